package identity_test

import (
	"errors"
	"testing"

	"sunlot/internal/identity"
)

// TestAllReadsToTheEnd: a list of several pages is whole, and an error ends it.
func TestAllReadsToTheEnd(t *testing.T) {
	const total = 2*identity.MaxFilePage + 1
	broken := errors.New("no")
	for _, failing := range []int{0, 2} {
		all, err := identity.All(func(p identity.Page) ([]int, int, error) {
			if p.Number == failing {
				return nil, 0, broken
			}
			from := p.Clip().Offset()
			rows := make([]int, min(p.Clip().Size, total-from))
			return rows, total, nil
		})
		if failing == 0 && (err != nil || len(all) != total) || failing > 0 && !errors.Is(err, broken) {
			t.Errorf("%d rows, %v", len(all), err)
		}
	}
}
