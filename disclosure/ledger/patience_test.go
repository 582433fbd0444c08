package ledger

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestARunWaitsTwentyMinutesInAll: whatever the number of its addresses; and what several
// wait for at once counts once.
func TestARunWaitsTwentyMinutesInAll(t *testing.T) {
	var p Patience
	for range 3 {
		if !p.grant(longestWait) {
			t.Fatal("no patience")
		}
	}
	if p.spent < longestWait || p.spent > longestWait+time.Minute {
		t.Errorf("three at once have spent %s", p.spent)
	}
	waits := 1
	for ; waits < 99; waits++ {
		p.until = time.Time{} // as if the time had gone by
		if !p.grant(longestWait) {
			break
		}
	}
	if want := int(allWaits / longestWait); waits < want-1 || waits > want {
		t.Errorf("%d waits of %s", waits, longestWait)
	}
}

// TestAnImpatientRunEnds: without patience, or once the run is over, the 429 is what the
// server answered.
func TestAnImpatientRunEnds(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Retry-After", "9999999999")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer server.Close()
	short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	for _, c := range []struct {
		ctx context.Context
		p   *Patience
	}{{t.Context(), &Patience{spent: allWaits}}, {short, &Patience{}}} {
		request, err := http.NewRequestWithContext(c.ctx, http.MethodGet, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := c.p.Do(server.Client(), request)
		if err != nil || answer.StatusCode != http.StatusTooManyRequests {
			t.Errorf("%v %v", answer, err)
		}
	}
	if asked != 2 {
		t.Errorf("asked %d times", asked)
	}
}
