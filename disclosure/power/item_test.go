package power_test

import (
	"strings"
	"testing"

	"sunlot/disclosure/power"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// TestAnItemIsPublishedByTheTownship: the station drafts, the leader publishes;
// the public reads the last edition until the next is published, and each
// edition is an event that names its document.
func TestAnItemIsPublishedByTheTownship(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, nobody := t.Context(), identity.Actor{}
		reads := func(id string, edition int, name string) {
			t.Helper()
			i, err := v.Items.SeeItem(ctx, nobody, id)
			tradingtest.Want(t, err, "", "")
			if i.Edition != edition || i.Name != name || i.Draft != nil || i.DraftedBy != "" {
				t.Fatalf("the public reads %+v", i)
			}
		}
		form := tradingtest.ItemForm()
		_, err := v.Items.DraftItem(ctx, v.Clerk, event.NewID(), "", form)
		tradingtest.Want(t, err, fault.Forbidden, "")
		id, err := v.Items.DraftItem(ctx, v.Station, event.NewID(), "", form)
		tradingtest.Want(t, err, "", "")
		_, err = v.Items.SeeItem(ctx, nobody, id)
		tradingtest.Want(t, err, fault.NotFound, "")
		if _, total, _ := v.Items.SeeItems(ctx, power.Query{}); total != 0 {
			t.Error("a draft is on the public list")
		}
		both := v.Give(v.Station, v.Leader.Memberships[0].OrgID, identity.Leader)
		_, err = v.Items.PublishItem(ctx, both, event.NewID(), id, 1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Items.PublishItem(ctx, v.Leader, event.NewID(), id, 1)
		tradingtest.Want(t, err, "", "")
		reads(id, 1, form.Name)
		_, err = v.Items.PublishItem(ctx, v.Leader, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "")
		next := form
		next.Name = "村级小型工程发包（修订）"
		_, err = v.Items.ReviseItem(ctx, v.Station, event.NewID(), id, 1, next)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Items.ReviseItem(ctx, v.Station, event.NewID(), id, 2, next)
		tradingtest.Want(t, err, "", "")
		reads(id, 1, form.Name)
		_, err = v.Items.PublishItem(ctx, v.Leader, event.NewID(), id, 3)
		tradingtest.Want(t, err, "", "")
		reads(id, 2, next.Name)
		events, err := v.Library.Events(ctx, event.Of("item", id), 0, 10)
		tradingtest.Want(t, err, "", "")
		for n, e := range events {
			facts, err := power.ReadEdition(e)
			tradingtest.Want(t, err, "", "")
			body, err := v.Library.Document(ctx, facts.Document)
			tradingtest.Want(t, err, "", "")
			if facts.Edition != n+1 || event.Hash(body) != facts.Document ||
				!strings.Contains(string(body), form.Number) {
				t.Errorf("edition %d: %+v %s", n+1, facts, body)
			}
		}
		if len(events) != 2 {
			t.Errorf("%d events", len(events))
		}
	})
}

// TestBadItems: each thing that can be wrong with an item is refused by the name
// of its field.
func TestBadItems(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		v.Item()
		for name, c := range map[string]struct {
			field  string
			code   fault.Code
			change func(*power.ItemForm)
		}{
			"the same number": {"number", fault.Conflict, func(*power.ItemForm) {}},
			"no number":       {"number", fault.Invalid, func(f *power.ItemForm) { f.Number = "" }},
			"no category":     {"category", fault.Invalid, func(f *power.ItemForm) { f.Category = "others" }},
			"no basis":        {"basis", fault.Invalid, func(f *power.ItemForm) { f.Basis = nil }},
			"a basis without title": {"basis", fault.Invalid, func(f *power.ItemForm) {
				f.Basis = []power.Basis{{Article: "第一条"}}
			}},
			"no steps":        {"steps", fault.Invalid, func(f *power.ItemForm) { f.Steps = nil }},
			"days below zero": {"steps", fault.Invalid, func(f *power.ItemForm) { f.Steps[0].Days = -1 }},
			"no such stage":   {"steps", fault.Invalid, func(f *power.ItemForm) { f.Steps[0].Stage = "party" }},
			"a stage twice": {"steps", fault.Invalid, func(f *power.ItemForm) {
				f.Steps[1].Stage = f.Steps[0].Stage
			}},
			"no way to complain": {"complain", fault.Invalid, func(f *power.ItemForm) { f.Complain = "" }},
		} {
			form := tradingtest.ItemForm()
			c.change(&form)
			_, err := v.Items.DraftItem(t.Context(), v.Station, event.NewID(), "", form)
			t.Log(name)
			tradingtest.Want(t, err, c.code, c.field)
		}
	})
}
