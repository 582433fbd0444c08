package demo

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/works"
)

// TestTheCounty founds the demonstration once; each part begins on a copy of it.
func TestTheCounty(t *testing.T) {
	dir := t.TempDir()
	begun := start(t, dir)
	ok(t, begun.DB.Close())
	ok(t, begun.room.DB.Close())
	for name, part := range map[string]func(*testing.T, string){
		"everybody gets in":        everybodyGetsIn,
		"reports are sealed":       reportsAreSealed,
		"its lots":                 lotsOfAllKinds,
		"its works":                worksOfAllKinds,
		"its day":                  aboutToday,
		"a restart":                restartFindsPeople,
		"a bid when it is due":     bidsWhenDue,
		"who leads does not raise": leaderDoesNotRaise,
		"the next story":           nextStoryBegins,
		"the other villages":       sixVillages,
		"cases of every kind":      casesOfEveryKind,
		"its reports":              reportsAreAnswered,
		"working hours":            onlyInWorkingHours,
		"each desk":                aNormalDay,
		"its photos":               noPhotoTwice,
		"the banner":               bannerTellsTheNext,
		"it runs":                  runsAndTells,
	} {
		t.Run(name, func(t *testing.T) { part(t, dir) })
	}
}

// lotsOfAllKinds: two are let, one of them is paid for, one is live, two are open for
// registration.
func lotsOfAllKinds(t *testing.T, dir string) {
	k := again(t, dir)
	of := k.awards()
	let := of[pond.asset.Name]
	if len(of) != 2 || let.State != trading.Contracted || !let.Priority || let.Price != 41000 ||
		let.Name != k.Actors["script3"].Name {
		t.Fatalf("the pond is not the member's: %+v", of)
	}
	if a := of[shop.asset.Name]; a.State != trading.Contracted || a.Price != 1700 ||
		a.Name != k.Actors["script2"].Name {
		t.Errorf("the shop is let: %+v", a)
	}
	paid, _, err := k.Bidding.SeeDeposits(t.Context(), k.Actors["station"], casework.Query{
		Parent: let.Lot,
		Page:   identity.Page{}.Clip(),
	})
	ok(t, err)
	for _, d := range paid {
		if forgotten := d.Payer == unrefunded; d.State != trading.Refunded && !forgotten ||
			forgotten && (d.State != trading.RefundDue || d.RefundBy >= k.Days.Today()) {
			t.Errorf("the deposit of %s is %s, by %s", d.Payer, d.State, d.RefundBy)
		}
	}
	rent, err := k.Contracts.SeeMoney(t.Context(), identity.Actor{}, let.Lot)
	ok(t, err)
	if len(rent.Vouchers) != 1 || rent.Vouchers[0].Amount != let.Yearly || len(rent.Schedule) != pond.years {
		t.Errorf("the pond's rent: %+v", rent)
	}
	live := k.only(trading.Bidding)
	if live.Title != liveStories[0].asset.Name || live.Board.Leading.Bidder == "" ||
		live.Price() != liveStories[0].start {
		t.Errorf("the live lot: %s at %s of %q", live.Title, live.Price().Yuan(), live.Board.Leading.Bidder)
	}
	for _, login := range liveStories[0].all() {
		b := who(login)
		r, err := k.Bidding.OwnRegistration(t.Context(), k.Actors[login], live.ID)
		if err != nil || r.Number == "" || (r.Rank > 0) != (b.claim != "") {
			t.Errorf("%s may not bid as he is: %+v %v", b.login, r, err)
		}
	}
	open := map[string]trading.Lot{}
	for _, l := range k.lots(trading.Listed) {
		open[l.Title] = l
	}
	tea, next := open[TeaGarden.asset.Name], open[reservoir.asset.Name]
	if len(open) != 3 || !tea.Board.OpensAt.After(k.Clock.Now()) || k.ours(t.Context(), tea.ID) {
		t.Errorf("the open notice: %+v", tea)
	}
	wood := open[cedars.asset.Name]
	if wood.Side != trading.Sell || wood.Unit != money.Total || k.ours(t.Context(), wood.ID) {
		t.Errorf("the timber: %+v", wood)
	}
	if !next.Board.OpensAt.After(k.Clock.Now()) || !k.ours(t.Context(), next.ID) {
		t.Errorf("the next lot for the script: %+v", next)
	}
}

// awards are all, by what is let.
func (k *county) awards() map[string]trading.Award {
	k.t.Helper()
	awards, _, err := k.Bidding.SeeAwards(k.t.Context(), identity.Actor{}, casework.Query{
		Scope: identity.Everywhere,
		Page:  identity.Page{Number: 1, Size: identity.MaxPage},
	})
	ok(k.t, err)
	of := map[string]trading.Award{}
	for _, a := range awards {
		lot, err := k.Bidding.SeeLot(k.t.Context(), identity.Actor{}, a.Lot)
		ok(k.t, err)
		of[lot.Title] = a
	}
	return of
}

// worksOfAllKinds: one is finished, one is late and lacks its budget, one has begun.
func worksOfAllKinds(t *testing.T, dir string) {
	k := again(t, dir)
	all, _, err := k.Works.SeeProjects(t.Context(), identity.Actor{}, casework.Query{
		Scope: identity.Everywhere,
		Page:  identity.Page{Number: 1, Size: identity.MaxPage},
	})
	ok(t, err)
	reached := map[string]works.Stage{}
	for _, p := range all {
		reached[p.Name] = p.Reached
		_, entries, err := k.Works.SeeProject(t.Context(), identity.Actor{}, p.ID)
		ok(t, err)
		for _, st := range []workStory{bridge, road, lamps} {
			if st.name == p.Name && len(entries) != len(st.done) {
				t.Errorf("%s: %d of %d deeds are public", p.Name, len(entries), len(st.done))
			}
		}
	}
	if len(all) != 3 || reached[bridge.name] != works.PaymentStage || reached[road.name] != works.ContractStage ||
		reached[lamps.name] != works.DesignStage {
		t.Errorf("%v", reached)
	}
}

// aboutToday: a visitor finds about the day that his own calendar shows; the lot
// opened on a working day, which may lie before a long holiday.
func aboutToday(t *testing.T, dir string) {
	k := again(t, dir)
	if off := time.Until(k.Clock.Now()); off.Abs() > 12*24*time.Hour {
		t.Errorf("the demonstration's day is %s off", off)
	}
}

// restartFindsPeople: nothing is founded twice, and everybody is known again; of
// an older demonstration those whom it had.
func restartFindsPeople(t *testing.T, dir string) {
	k := again(t, dir)
	for _, login := range everybody() {
		p, err := k.rows.PersonByLogin(t.Context(), login)
		ok(t, err)
		if k.Actors[login].PersonID != p.ID {
			t.Errorf("%s is %+v, not %s", login, k.Actors[login], p.ID)
		}
	}
	if len(k.Actors["clerk2"].Memberships) == 0 || len(k.Orgs) != len(orgs)+len(neighbourOrgs)+1 {
		t.Errorf("%+v in %v", k.Actors["clerk2"], k.Orgs)
	}
	if len(k.lots(trading.Bidding)) != 1 || len(k.lots(trading.Listed)) != 3 {
		t.Error("a restart told a story")
	}
	if n := k.told(); n != 1 {
		t.Errorf("%d stories are told", n)
	}
	older := &script{Seeder: &Seeder{House: k.House, Clock: k.Clock, Actors: map[string]identity.Actor{}}}
	kept := scriptBidders
	scriptBidders = append(slices.Clone(kept), demoBidder{login: "script9"})
	defer func() { scriptBidders = kept }()
	ok(t, older.find(t.Context()))
	if _, found := older.Actors["script9"]; found || len(older.Actors) != len(k.Actors) {
		t.Errorf("%d people of %d", len(older.Actors), len(k.Actors))
	}
}

// told is how many live lots the script has begun.
func (k *county) told() int {
	k.t.Helper()
	kept, _, err := k.DB.Setting(k.t.Context(), scriptRounds)
	ok(k.t, err)
	n, err := strconv.Atoi(kept)
	ok(k.t, err)
	return n
}

func (k *county) plays() {
	k.t.Helper()
	ok(k.t, k.play(k.t.Context()))
}

// bidsWhenDue: the script's bidders pause, raise, and stop when the price has
// risen so far that the lot ends by its own rules.
func bidsWhenDue(t *testing.T, dir string) {
	k := again(t, dir)
	lot := k.only(trading.Bidding)
	k.next = k.Clock.Now().Add(time.Minute)
	k.plays()
	if now := k.only(trading.Bidding); now.Price() != lot.Price() {
		t.Errorf("a bid of %s before its time", now.Price().Yuan())
	}
	k.next = k.Clock.Now()
	k.plays()
	raised := k.only(trading.Bidding)
	if raised.Price() <= lot.Price() || raised.Price() > lot.Price()+2*stepOf(t, lot) {
		t.Errorf("raised from %s to %s", lot.Price().Yuan(), raised.Price().Yuan())
	}
	if pause := k.next.Sub(k.Clock.Now()); pause < shortestPause-time.Second || pause > longestPause {
		t.Errorf("the next bid comes in %s", pause)
	}
	dear := trading.BidForm{Lot: lot.ID, Price: raised.Price()}
	for who := 0; dear.Price <= mostTimes*lot.Terms.Start; who = 1 - who {
		dear.Price += 10 * stepOf(t, lot)
		_, err := k.Bidding.PlaceBid(t.Context(), k.Actors[Bidders[who].login], event.NewID(), dear, k.Clock.Now())
		ok(t, err)
	}
	k.next = k.Clock.Now()
	k.plays()
	if now := k.only(trading.Bidding); now.Price() != dear.Price {
		t.Errorf("the script goes on at %s", now.Price().Yuan())
	}
}

// leaderDoesNotRaise: each of the script's bids is another bidder's than the last.
func leaderDoesNotRaise(t *testing.T, dir string) {
	k := again(t, dir)
	for range 12 {
		was := k.only(trading.Bidding)
		ok(t, k.raise(t.Context(), was))
		now := k.only(trading.Bidding)
		if now.Board.Leading.Bidder == was.Board.Leading.Bidder || now.Price() <= was.Price() {
			t.Errorf("%s at %s, then %s at %s", was.Board.Leading.Bidder, was.Price().Yuan(),
				now.Board.Leading.Bidder, now.Price().Yuan())
		}
	}
	stale := k.only(trading.Bidding)
	ok(t, k.raise(t.Context(), stale))
	if err := k.raise(t.Context(), stale); err != nil {
		t.Errorf("a visitor who was faster stops the script: %v", err)
	}
}

// close ends the live lot.
func (k *county) close() {
	k.t.Helper()
	lot := k.only(trading.Bidding)
	ok(k.t, k.jump(k.t.Context(), lot.Board.EndsAt.Add(time.Minute)))
	ok(k.t, k.Bidding.CloseLot(k.t.Context(), lot.ID))
}

// nextStoryBegins: when the live lot has ended and nothing else is to come, the next of
// the stories is carried to its opening for whoever asks, round and round; until then
// the clock stays where it is.
func nextStoryBegins(t *testing.T, dir string) {
	k := again(t, dir)
	k.close()
	k.passed()
	for n := 1; n <= len(liveStories); n++ {
		if n > 1 {
			k.close()
		}
		before := k.Clock.Now()
		k.plays()
		if moved := k.Clock.Now().Sub(before); moved > time.Minute || len(k.lots(trading.Bidding)) > 0 {
			t.Fatalf("nobody asked, and the clock has gone %s", moved)
		}
		want := liveStories[n%len(liveStories)]
		b, err := k.own.banner(t.Context())
		ok(t, err)
		if b.Next != opensSays+want.title {
			t.Errorf("offered is %q", b.Next)
		}
		title, err := k.nextStory(t.Context())
		ok(t, err)
		now := k.only(trading.Bidding)
		if !strings.HasPrefix(now.Title, want.asset.Name) || now.Price() != want.start || k.told() != n+1 ||
			title != want.title {
			t.Errorf("story %d: %s at %s, %d told", n, now.Title, now.Price().Yuan(), k.told())
		}
		if again, err := k.nextStory(t.Context()); again != "" || err != nil {
			t.Errorf("beside a live lot begins %q, %v", again, err)
		}
	}
}

// passed lets all that was published before the visitor came go by.
func (k *county) passed() {
	k.t.Helper()
	for {
		at, _, err := k.own.next(k.t.Context())
		ok(k.t, err)
		if at.IsZero() {
			return
		}
		ok(k.t, k.jump(k.t.Context(), at))
		for _, lot := range k.lots(trading.Listed) {
			ok(k.t, k.Bidding.OpenLot(k.t.Context(), lot.ID))
		}
		if len(k.lots(trading.Bidding)) > 0 {
			k.close()
		}
	}
}

// stepOf is by how much a bid has to rise.
func stepOf(t *testing.T, lot trading.Lot) money.Fen {
	t.Helper()
	terms, err := mode.AscendingOf(lot.Terms)
	ok(t, err)
	return terms.Step
}
