package main

import (
	"context"
	"strings"
	"testing"

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
	r := sqliteHouse(t)
	ids := []string{r.ourWork(true), r.ourWork(true), r.theirWork(true)}
	before := strings.Count(r.nobody().get("/items/"+r.itemID()).body, "按时 1")
	r.confirmed(ids[0], works.EntryForm{Stage: works.NeedStage, On: r.days.Today(), Note: "会议同意"})
	r.typed("clerk", ids[1])
	store := &counted{Store: r.works.Store}
	r.works.Store = store
	page := r.nobody().get("/items/" + r.itemID())
	for _, id := range ids {
		if !strings.Contains(page.body, "/projects/"+id) {
			t.Errorf("%d, without the work %s", page.StatusCode, id)
		}
	}
	if on := strings.Count(page.body, "按时 1"); on != before+1 || store.reads != 1 {
		t.Errorf("%d works are on time, %d before; read %d times", on, before, store.reads)
	}
}
