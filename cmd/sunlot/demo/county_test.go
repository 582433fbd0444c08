package demo

import (
	"slices"
	"testing"
	"time"

	"sunlot/admin/lead"
	"sunlot/cmd/sunlot/house"
	"sunlot/disclosure/mailbox"
	"sunlot/disclosure/power"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
)

var whole = identity.Page{Number: 1, Size: identity.MaxPage}

// sixVillages: in two townships, and each has something to show.
func sixVillages(t *testing.T, dir string) {
	k := again(t, dir)
	all, _, err := k.Data.People.Orgs(t.Context(), identity.Everywhere, "", whole)
	ok(t, err)
	towns := map[identity.Path]int{}
	for _, o := range all {
		if o.Kind != identity.Village {
			continue
		}
		towns[o.Path.Township()]++
		_, assets, err := k.Assets.SeeAssets(t.Context(), identity.Actor{}, casework.Query{
			Scope: identity.Scope{o.Path},
			Page:  whole,
		})
		ok(t, err)
		if assets == 0 {
			t.Errorf("%s has nothing that is public", o.Name)
		}
	}
	villages := 0
	for _, n := range towns {
		villages += n
	}
	if villages < 6 || len(towns) != 2 {
		t.Errorf("%d villages in %d townships", villages, len(towns))
	}
}

// casesOfEveryKind: a failed lot, a draft that was sent back with a reason, an
// objection with its answer, a rent in arrears, several items of small powers.
func casesOfEveryKind(t *testing.T, dir string) {
	k := again(t, dir)
	if lot := k.only(trading.Failed); lot.Title != warehouse.asset.Name {
		t.Errorf("%s found no bidder", lot.Title)
	}
	back, n, err := k.Data.Trading.Tenders(t.Context(), casework.Query{
		Scope:  identity.Everywhere,
		States: []casework.State{trading.Returned},
		Page:   whole,
	})
	ok(t, err)
	if n != 1 || back[0].Title != nursery.title {
		t.Fatalf("%d drafts are sent back", n)
	}
	trail, err := k.Tendering.SeeTrail(t.Context(), k.Actors[nursery.clerk], back[0])
	ok(t, err)
	if !slices.ContainsFunc(trail, func(a casework.Act) bool { return len(a.Reasons) == 2 }) {
		t.Errorf("the draft was sent back without reasons: %+v", trail)
	}
	let := k.awards()[shop.asset.Name]
	told, err := k.Bidding.SeeObjections(t.Context(), identity.Actor{}, let.Lot)
	ok(t, err)
	if len(told) != 1 || told[0].Unanswered() || told[0].Answer == "" {
		t.Errorf("the objection: %+v", told)
	}
	rent, err := k.Contracts.SeeMoney(t.Context(), identity.Actor{}, let.Lot)
	ok(t, err)
	if len(rent.Vouchers) != 0 || rent.Schedule[0].Arrears(k.Days.Today()) == 0 {
		t.Errorf("the shop's tenant is not behind: %+v", rent.Schedule)
	}
	parts := map[power.Category]bool{}
	items, _, err := k.Items.SeeItems(t.Context(), power.Query{Page: whole})
	ok(t, err)
	for _, i := range items {
		parts[i.Category] = true
	}
	if len(parts) != len(power.Categories) {
		t.Errorf("items of %v alone", parts)
	}
}

// reportsAreAnswered: each office has reports on its desk, none late; of the one that
// was answered a visitor has the code.
func reportsAreAnswered(t *testing.T, dir string) {
	k := again(t, dir)
	states := map[mailbox.State]int{}
	for _, login := range []string{"jiwei", "zhenjiwei"} {
		officer, err := (officers{k.room}).actor(t.Context(), login)
		ok(t, err)
		all, n, err := k.room.Lead.Reports(t.Context(), officer, lead.Query{Page: whole})
		ok(t, err)
		if n == 0 {
			t.Errorf("%s has nothing to read", login)
		}
		for _, r := range all {
			states[r.State]++
			if r.Late(k.Days.Today()) {
				t.Errorf("%s is late", r.ID)
			}
		}
	}
	if states[mailbox.Received] == 0 || states[mailbox.InHand] == 0 || states[mailbox.Finished] != 1 {
		t.Errorf("the reports: %v", states)
	}
	code, found, err := k.DB.Setting(t.Context(), reportCode)
	ok(t, err)
	read, err := k.Mailbox.Follow(t.Context(), "", code)
	if err != nil || !found || len(read.Answers) != 2 {
		t.Errorf("with the code one reads %+v, %v", read, err)
	}
}

// onlyInWorkingHours: nothing happened on a Sunday, a holiday or at night, and no case
// has gone over two desks in one minute.
func onlyInWorkingHours(t *testing.T, dir string) {
	k := again(t, dir)
	days, err := k.Days.Calendar(t.Context())
	ok(t, err)
	rows := storetest.Query[struct {
		Stream, Kind string
		HappenedAt   int64
	}](t, k.rows, "SELECT stream, kind, happened_at FROM events ORDER BY happened_at")
	on := map[calendar.Date]bool{}
	for _, e := range rows {
		at := time.UnixMilli(e.HappenedAt).In(calendar.Beijing)
		worked, _ := days.Working(calendar.DateOf(at))
		if !worked || at.Hour() < 9 || at.Hour() >= 17 {
			t.Errorf("%s of %s was on %s", e.Kind, e.Stream, at.Format("Monday, 2 January, 15:04"))
		}
		on[calendar.DateOf(at)] = true
	}
	if len(rows) < 100 || len(on) < 40 {
		t.Errorf("%d events on %d days", len(rows), len(on))
	}
	acts := storetest.Query[struct {
		Noun, Kind, PersonID string
		ActedAt              int64
	}](t, k.rows, "SELECT noun, kind, person_id, acted_at FROM acts ORDER BY noun, id")
	for i, a := range acts[1:] {
		before := acts[i]
		soon := a.ActedAt-before.ActedAt < time.Minute.Milliseconds()
		if soon && a.Noun == before.Noun && a.PersonID != before.PersonID {
			t.Errorf("%s has gone from %s to %s in one minute", a.Noun, before.Kind, a.Kind)
		}
	}
}

// aNormalDay: at most one thing is late on a desk, and whoever has a part in a case has
// something to do or to look at.
func aNormalDay(t *testing.T, dir string) {
	k := again(t, dir)
	desk := casework.Desk{Kinds: house.Duties(), Store: k.Data.Cases, Days: k.Days}
	late := map[string]string{}
	for _, login := range everybody() {
		waiting, _, err := desk.Own(t.Context(), k.Actors[login], "", whole)
		ok(t, err)
		for _, w := range waiting {
			if w.Due == "" || w.Due >= k.Days.Today() {
				continue
			}
			if late[login] != "" {
				t.Errorf("%s is late with %s and %s", login, late[login], w.Title)
			}
			late[login] = w.Title
		}
		switch login {
		case "clerk", "clerk2", "clerk6", "supervision", "supervision2", "station", "station2", "leader":
			if len(waiting) == 0 {
				t.Errorf("%s has nothing to do", login)
			}
		}
	}
	for _, login := range []string{"clerk", "station", "station2"} {
		if late[login] == "" {
			t.Errorf("%s shows nothing that is late", login)
		}
	}
	if len(late) > 6 { // those three, the second person of each station, the tenant
		t.Errorf("late are %v", late)
	}
}

// noPhotoTwice: what is shown of one thing is shown of no other.
func noPhotoTwice(t *testing.T, dir string) {
	k := again(t, dir)
	of := map[string]string{}
	shown := func(what string, photos []string) {
		for _, p := range photos {
			if of[p] != "" {
				t.Errorf("%s and %s show the same photo", of[p], what)
			}
			of[p] = what
		}
	}
	everywhere := casework.Query{Scope: identity.Everywhere, Page: whole}
	assets, _, err := k.Assets.SeeAssets(t.Context(), identity.Actor{}, everywhere)
	ok(t, err)
	for _, a := range assets {
		shown(a.Name, a.Photos)
	}
	projects, _, err := k.Works.SeeProjects(t.Context(), identity.Actor{}, everywhere)
	ok(t, err)
	for _, p := range projects {
		_, entries, err := k.Works.SeeProject(t.Context(), identity.Actor{}, p.ID)
		ok(t, err)
		for _, e := range entries {
			shown(p.Name+" "+string(e.Stage), e.Photos)
		}
	}
	if len(of) < 30 {
		t.Errorf("only %d photos", len(of))
	}
	if _, err := k.Photos(t.Context(), k.Actors["clerk"], trading.FarmLand, "twice", 1); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Photos(t.Context(), k.Actors["clerk"], trading.FarmLand, "twice", 1); err == nil {
		t.Error("a photo is drawn a second time")
	}
}
