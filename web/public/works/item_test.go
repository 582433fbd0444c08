package works_test

import (
	"context"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/trading/works"
)

// counted counts how often a page reads projects and their entries.
type counted struct {
	works.Store
	reads int
}

func (s *counted) Entries(ctx context.Context, projects ...string) ([]works.Entry, error) {
	s.reads++
	return s.Store.Entries(ctx, projects...)
}

// TestAnItemReadsItsRunsAtOnce: however often a power was used, its page asks
// once for what was done.
func TestAnItemReadsItsRunsAtOnce(t *testing.T) {
	r := housetest.OnSQLite(t)
	ids := []string{r.OurWork(true), r.OurWork(true), r.TheirWork(true)}
	before := strings.Count(r.Nobody().Get("/items/"+r.ItemID()).Body, "缺材料 1")
	r.Confirmed(ids[0], works.EntryForm{Stage: works.NeedStage, On: r.Days.Today(), Note: "会议同意"})
	r.Typed("clerk", ids[1])
	store := &counted{Store: r.Works.Store}
	r.Works.Store = store
	page := r.Nobody().Get("/items/" + r.ItemID())
	for _, id := range ids {
		if !strings.Contains(page.Body, "/projects/"+id) {
			t.Errorf("%d, without the work %s", page.StatusCode, id)
		}
	}
	if on := strings.Count(page.Body, "缺材料 1"); on != before+1 || store.reads != 1 {
		t.Errorf("%d works have one step without its paper, %d before; read %d times", on, before, store.reads)
	}
}
