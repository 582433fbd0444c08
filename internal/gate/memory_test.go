package gate

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// A large photo and a code are not opened at the same time, and nobody waits
// longer than he wants to.
func TestMemoryIsLentOnlyOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		giveBack, err := Borrow(t.Context(), 2*lent)
		if err != nil {
			t.Fatal("whoever needs more than there is waits for the whole:", err)
		}
		hurried, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := Borrow(hurried, 1); err != ErrBusy {
			t.Errorf("lent beyond what there is: %v", err)
		}
		taken := make(chan func())
		go func() {
			back, err := Borrow(t.Context(), lent)
			if err != nil {
				t.Error(err)
			}
			taken <- back
		}()
		synctest.Wait()
		giveBack()
		(<-taken)()
	})
}
