package parts_test

import (
	"slices"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web/public/parts"
)

// TestOnlyAVillageIsAVillage: a group, a township and what there is not are none.
func TestOnlyAVillageIsAVillage(t *testing.T) {
	r := housetest.OnSQLite(t)
	from := &identity.Directory{Store: r.DB}
	org, err := parts.Village(t.Context(), from, r.Org("青塘村村民委员会"))
	if err != nil || org.Name != "青塘村村民委员会" {
		t.Errorf("%+v %v", org, err)
	}
	for _, id := range []string{r.Org("青塘村第三村民小组"), r.Org("云溪镇"), "", "x"} {
		if _, err := parts.Village(t.Context(), from, id); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// TestAPublicListIsNarrowedToAVillage by its address; another's notices are not on it.
func TestAPublicListIsNarrowedToAVillage(t *testing.T) {
	r := housetest.OnSQLite(t)
	title := r.Neighbour().AssetName
	housetest.Says(t, r.Nobody().Get("/tenders"), title)
	housetest.Says(t, r.Nobody().Get("/tenders?village="+r.Org("松坪村村民委员会")), title)
	housetest.Silent(t, r.Nobody().Get("/tenders?village="+r.Org("青塘村村民委员会")), title)
	housetest.Expect(t, r.Nobody().Get("/tenders?village="+r.Org("云溪镇")), 404)
}

// TestWhatIsOnOffer: what is bid for now, and what will be, the next opening first.
func TestWhatIsOnOffer(t *testing.T) {
	r := housetest.OnSQLite(t)
	first := r.Neighbour().Lot
	r.Jump(r.Clock.Now().Add(24 * time.Hour))
	second := r.Desks().Lot()
	where := map[string]string{"whole": "", "ours": r.Org("青塘村村民委员会")}
	ids := func(what string, live bool) (all []string) {
		in := identity.Everywhere
		if where[what] != "" {
			org, err := r.DB.Org(t.Context(), where[what])
			r.Ok(err)
			in = identity.Scope{org.Path}
		}
		now, next, err := parts.OnOffer(t.Context(), r.Bidding, in, 10)
		r.Ok(err)
		if live {
			next = now
		}
		for _, l := range next {
			all = append(all, l.ID)
		}
		return all
	}
	if !r.Lot(first).Board.OpensAt.Before(r.Lot(second).Board.OpensAt) {
		t.Fatal("the two do not open one after the other")
	}
	if got := ids("whole", false); !slices.Equal(got, []string{first, second}) || ids("whole", true) != nil {
		t.Errorf("on offer: %v", got)
	}
	if got := ids("ours", false); len(got) != 1 {
		t.Errorf("in the village: %v", got)
	}
	if m, err := parts.Money(t.Context(), r.Contracts, first); m != nil || err != nil {
		t.Errorf("a lot without a contract has money: %+v %v", m, err)
	}
}
