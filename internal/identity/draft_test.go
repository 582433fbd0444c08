package identity_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// TestADraftIsItsWritersAlone: kept until it is dropped or thirty days are over,
// by form, the last one saved first.
func TestADraftIsItsWritersAlone(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		drafts := &identity.Drafts{Store: v.DB, Clock: v.Clock}
		typed := map[string][]string{"name": {"鱼塘", "二"}, "empty": {}}
		_, err := drafts.Keep(ctx, v.Clerk, "assets/new/", typed)
		tradingtest.Must(t, err)
		v.Clock.Set(v.Clock.Now().Add(time.Minute))
		_, err = drafts.Keep(ctx, v.Clerk, "tenders/new/", typed)
		tradingtest.Must(t, err)
		v.Clock.Set(v.Clock.Now().Add(time.Minute))
		_, err = drafts.Keep(ctx, v.Clerk, "assets/new/", map[string][]string{"name": {"水库"}})
		tradingtest.Must(t, err)
		own, err := drafts.Own(ctx, v.Clerk)
		if err != nil || len(own) != 2 || own[0].Form != "assets/new/" || own[0].Value("name") != "水库" ||
			own[1].Value("name") != "鱼塘" || own[1].Value("empty") != "" || own[1].Value("none") != "" {
			t.Errorf("own %+v, %v", own, err)
		}
		_, err = drafts.Find(ctx, v.OtherClerk, "assets/new/")
		tradingtest.Want(t, err, fault.NotFound, "")
		if own, err := drafts.Own(ctx, v.OtherClerk); err != nil || len(own) != 0 {
			t.Errorf("another has %+v, %v", own, err)
		}
		tradingtest.Must(t, drafts.Drop(ctx, v.OtherClerk, "assets/new/")) // which is not his
		_, err = drafts.Find(ctx, v.Clerk, "assets/new/")
		tradingtest.Must(t, err)
		tradingtest.Must(t, drafts.Drop(ctx, v.Clerk, "assets/new/"))
		_, err = drafts.Find(ctx, v.Clerk, "assets/new/")
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}

// TestADraftLapses at its time, to the millisecond, and is then thrown away.
func TestADraftLapses(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		drafts := &identity.Drafts{Store: v.DB, Clock: v.Clock}
		kept, err := drafts.Keep(t.Context(), v.Clerk, "assets/new/", map[string][]string{"name": {"鱼塘"}})
		tradingtest.Must(t, err)
		v.Clock.Set(kept.SavedAt.Add(identity.DraftFor - time.Millisecond))
		_, err = drafts.Find(t.Context(), v.Clerk, "assets/new/")
		tradingtest.Must(t, err)
		v.Clock.Set(kept.SavedAt.Add(identity.DraftFor))
		_, err = drafts.Find(t.Context(), v.Clerk, "assets/new/")
		tradingtest.Want(t, err, fault.NotFound, "")
		if own, err := drafts.Own(t.Context(), v.Clerk); err != nil || len(own) != 0 {
			t.Errorf("listed %+v, %v", own, err)
		}
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		defer stop()
		go drafts.Run(ctx)
		for ctx.Err() == nil {
			if _, err := v.DB.DraftOf(ctx, v.Clerk.PersonID, "assets/new/"); fault.CodeOf(err) == fault.NotFound {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Error("what somebody typed is still there after its time")
	})
}

// TestDraftsHaveLimits: of size, of number, and of who is there.
func TestDraftsHaveLimits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		drafts := &identity.Drafts{Store: v.DB, Clock: v.Clock}
		keep := func(who identity.Actor, form string, n int) error {
			_, err := drafts.Keep(t.Context(), who, form, map[string][]string{"t": {strings.Repeat("x", n)}})
			return err
		}
		around := len(`{"t":[""]}`)
		tradingtest.Must(t, keep(v.Clerk, "form", identity.DraftBytes-around))
		tradingtest.Want(t, keep(v.Clerk, "form", identity.DraftBytes-around+1), fault.Invalid, "")
		tradingtest.Want(t, keep(identity.Actor{}, "form", 1), fault.Unauthenticated, "")
		for i := 1; i < identity.MaxDrafts; i++ {
			tradingtest.Must(t, keep(v.Clerk, fmt.Sprint("form", i), 1))
		}
		tradingtest.Want(t, keep(v.Clerk, "one more", 1), fault.Conflict, "")
		tradingtest.Must(t, keep(v.Clerk, "form", 2)) // one that is there already
		tradingtest.Must(t, keep(v.OtherClerk, "form", 1))
	})
}

// TestTheDirectory: everybody reads the organisations, officials alone who
// represents their place.
func TestTheDirectory(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, d := t.Context(), &identity.Directory{Store: v.DB}
		village, err := d.Org(ctx, v.VillageOrg)
		tradingtest.Must(t, err)
		_, err = d.Org(ctx, "nosuchorg")
		tradingtest.Want(t, err, fault.NotFound, "")
		in, err := d.Orgs(ctx, identity.Scope{village.Path}, identity.Group, identity.Collective)
		if err != nil || len(in) != 2 {
			t.Errorf("in the village: %+v, %v", in, err)
		}
		for text, want := range map[string]int{"": 2, "青塘": 1, "云溪": 2, "不存在": 0} {
			list, total, err := d.Villages(ctx, text, identity.Page{}.Clip())
			if err != nil || total != want || want > 0 && list[0].Township != "云溪镇" {
				t.Errorf("villages with %q: %+v, %d, %v", text, list, total, err)
			}
		}
		if _, total, err := d.Find(ctx, "松坪村", identity.Page{}.Clip()); err != nil || total != 3 {
			t.Errorf("found %d, %v", total, err)
		}
		people, err := d.Representatives(ctx, v.Clerk, village.Path)
		tradingtest.Must(t, err)
		if len(people) != 0 {
			t.Errorf("a group's representative stands for the village: %+v", people)
		}
		group, err := d.Org(ctx, v.Group)
		tradingtest.Must(t, err)
		people, err = d.Representatives(ctx, v.Clerk, group.Path)
		if err != nil || len(people) != 1 || people[0].ID != v.Representative.PersonID {
			t.Errorf("the group's: %+v, %v", people, err)
		}
		if people, err = d.Representatives(ctx, v.OtherClerk, group.Path); err != nil || len(people) != 0 {
			t.Errorf("the neighbour reads %+v, %v", people, err)
		}
		_, err = d.Representatives(ctx, v.Representative, group.Path)
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}
