package power_test

import (
	"slices"
	"testing"

	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// TestWhoServesTwoTownshipsSaysForWhich: none is taken for him, nor one that is not his.
func TestWhoServesTwoTownshipsSaysForWhich(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, both := t.Context(), v.Station
		own := both.Memberships[0]
		other := own
		other.Path = identity.Path(string(own.Path[:len(own.Path)-2]) + "x/")
		both.Memberships = []identity.Membership{other, own}
		draft := func(township identity.Path) (string, error) {
			return v.Items.DraftItem(ctx, both, event.NewID(), township, tradingtest.ItemForm())
		}
		for _, township := range []identity.Path{"", "a/b/nobodys/"} {
			_, err := draft(township)
			tradingtest.Want(t, err, fault.Invalid, "township")
		}
		id, err := draft(own.Path.Township())
		tradingtest.Must(t, err)
		i, err := v.Items.SeeItem(ctx, v.Station, id)
		tradingtest.Must(t, err)
		if i.Path != own.Path.Township() {
			t.Errorf("it is of %s", i.Path)
		}
		both.Memberships = []identity.Membership{own, own} // two posts in one
		form := tradingtest.ItemForm()
		form.Number = "GC-02"
		_, err = v.Items.DraftItem(ctx, both, event.NewID(), "", form)
		tradingtest.Must(t, err)
	})
}

// TestWhatTheOfficeSeesOfADraft: who drafts and who publishes in the township
// reads it with its trail and finds it in their list; it waits for the leader
// until it is published. To everybody else there is nothing.
func TestWhatTheOfficeSeesOfADraft(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id, err := v.Items.DraftItem(ctx, v.Station, event.NewID(), "", tradingtest.ItemForm())
		tradingtest.Must(t, err)
		for _, who := range []identity.Actor{v.Station, v.Leader} {
			i, err := v.Items.SeeItem(ctx, who, id)
			tradingtest.Must(t, err)
			if i.State != power.Drafted || i.Draft == nil || i.DraftedBy != v.Station.PersonID || i.Label() != "起草中" {
				t.Errorf("the office reads %+v", i)
			}
			list, total, err := v.Items.OfficeItems(ctx, who, power.Query{})
			tradingtest.Must(t, err)
			if total != 1 || list[0].ID != id {
				t.Errorf("the office's list has %d: %+v", total, list)
			}
		}
		for _, who := range []identity.Actor{{}, v.Clerk, v.Supervision} {
			_, err := v.Items.SeeItem(ctx, who, id)
			tradingtest.Want(t, err, fault.NotFound, "")
			_, _, err = v.Items.OfficeItems(ctx, who, power.Query{})
			if err == nil {
				t.Errorf("%s reads the office's list", who.Name)
			}
			if waits := v.Waits(who); who.SignedIn() && len(waits) > 0 {
				t.Errorf("%s has duties: %v", who.Name, waits)
			}
		}
		waits := func(want int) {
			t.Helper()
			desk := v.Waits(v.Leader)
			if len(desk) != want {
				t.Fatalf("%d duties wait for the leader, want %d", len(desk), want)
			}
			if want > 0 && (desk[0].Name != "item" || desk[0].Case != id || desk[0].Title != "GC-01 村级小型工程发包") {
				t.Errorf("%+v", desk[0])
			}
		}
		waits(1)
		_, err = v.Items.PublishItem(ctx, v.Leader, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		waits(0)
		_, err = v.Items.ReviseItem(ctx, v.Station, event.NewID(), id, 2, tradingtest.ItemForm())
		tradingtest.Must(t, err)
		waits(1)
	})
}

// TestTheTrailOfAnItemIsTheOffices: each step with its person, in order; nobody
// else reads the names.
func TestTheTrailOfAnItemIsTheOffices(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id := v.Item()
		_, err := v.Items.ReviseItem(ctx, v.Station, event.NewID(), id, 2, tradingtest.ItemForm())
		tradingtest.Must(t, err)
		i, err := v.Items.SeeItem(ctx, v.Leader, id)
		tradingtest.Must(t, err)
		acts, err := v.Items.SeeItemTrail(ctx, v.Leader, i)
		tradingtest.Must(t, err)
		var steps []string
		for _, a := range acts {
			steps = append(steps, a.Kind+" "+a.Name)
		}
		if !slices.Equal(steps, []string{"item.drafted station", "item.published leader", "item.drafted station"}) {
			t.Error(steps)
		}
		for _, who := range []identity.Actor{{}, v.Clerk} {
			if acts, err := v.Items.SeeItemTrail(ctx, who, i); err != nil || acts != nil {
				t.Errorf("%s reads the trail: %v %v", who.Name, acts, err)
			}
		}
	})
}

// TestTheListIsNarrowed: the public finds published items by number, name and category.
func TestTheListIsNarrowed(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		v.Item()
		other := tradingtest.ItemForm()
		other.Number, other.Name, other.Category = "ZC-02", "三资管理", "assets"
		id, err := v.Items.DraftItem(ctx, v.Station, event.NewID(), "", other)
		tradingtest.Must(t, err)
		_, err = v.Items.PublishItem(ctx, v.Leader, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		for name, c := range map[string]struct {
			query power.Query
			want  []string
		}{
			"all":              {power.Query{}, []string{"GC-01", "ZC-02"}},
			"a category":       {power.Query{Category: "assets"}, []string{"ZC-02"}},
			"part of a number": {power.Query{Text: "GC"}, []string{"GC-01"}},
			"part of a name":   {power.Query{Text: "三资"}, []string{"ZC-02"}},
			"nothing of it":    {power.Query{Text: "茶园"}, nil},
			"a state is not public": {power.Query{States: []casework.State{power.Revising}},
				[]string{"GC-01", "ZC-02"}},
			"another township's own": {power.Query{Scope: identity.Scope{"/elsewhere/"}}, nil},
		} {
			c.query.Page = identity.Page{}
			list, total, err := v.Items.SeeItems(ctx, c.query)
			tradingtest.Must(t, err)
			var numbers []string
			for _, i := range list {
				numbers = append(numbers, i.Number)
			}
			if !slices.Equal(numbers, c.want) || total != len(c.want) {
				t.Errorf("%s: %v, %d in all", name, numbers, total)
			}
		}
	})
}

// TestTheSameRequestDraftsOnce: a form that is sent twice makes one item, and
// with other content it is refused.
func TestTheSameRequestDraftsOnce(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, request, form := t.Context(), event.NewID(), tradingtest.ItemForm()
		first, err := v.Items.DraftItem(ctx, v.Station, request, "", form)
		tradingtest.Must(t, err)
		second, err := v.Items.DraftItem(ctx, v.Station, request, "", form)
		tradingtest.Must(t, err)
		if first != second {
			t.Errorf("%s and %s", first, second)
		}
		form.Name = "另一个事项"
		_, err = v.Items.DraftItem(ctx, v.Station, request, "", form)
		tradingtest.Want(t, err, fault.Conflict, "")
	})
}

// TestWhoDraftedAPartIsNoSecond: whoever drafted what another has revised since publishes
// it in no post that he gets later; the next edition, of which he wrote nothing, he may.
func TestWhoDraftedAPartIsNoSecond(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), tradingtest.ItemForm()
		village, err := v.DB.Org(ctx, v.VillageOrg)
		tradingtest.Must(t, err)
		id, err := v.Items.DraftItem(ctx, v.Station, event.NewID(), "", form)
		tradingtest.Must(t, err)
		_, err = v.Items.ReviseItem(ctx, v.Colleague, event.NewID(), id, 1, form)
		tradingtest.Must(t, err)
		promoted := v.Give(v.Station, village.ParentID, identity.Leader)
		_, err = v.Items.PublishItem(ctx, promoted, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Items.PublishItem(ctx, v.Leader, event.NewID(), id, 2)
		tradingtest.Must(t, err)
		form.Scope += "以内"
		_, err = v.Items.ReviseItem(ctx, v.Colleague, event.NewID(), id, 3, form)
		tradingtest.Must(t, err)
		_, err = v.Items.PublishItem(ctx, promoted, event.NewID(), id, 4)
		tradingtest.Must(t, err)
	})
}
