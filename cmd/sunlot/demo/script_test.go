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
	"sunlot/trading"
	"sunlot/trading/works"
)

// TestTheCounty founds the demonstration once; each part begins on a copy of it.
func TestTheCounty(t *testing.T) {
	dir := t.TempDir()
	begun := start(t, dir)
	ok(t, begun.DB.Close())
	ok(t, begun.room.DB.Close())
	for name, part := range map[string]func(*testing.T, string){
		"everybody gets in":              everybodyGetsIn,
		"reports are sealed":             reportsAreSealed,
		"its lots":                       lotsOfAllKinds,
		"its works":                      worksOfAllKinds,
		"its day":                        aboutToday,
		"a restart":                      restartFindsPeople,
		"a bid when it is due":           bidsWhenDue,
		"who leads does not raise":       leaderDoesNotRaise,
		"the next story":                 nextStoryBegins,
		"a visitor's case is waited for": visitorsAreWaitedFor,
		"the banner":                     bannerTellsTheNext,
		"it runs":                        runsAndTells,
	} {
		t.Run(name, func(t *testing.T) { part(t, dir) })
	}
}

// lotsOfAllKinds: one is let, one is live, one is open for registration.
func lotsOfAllKinds(t *testing.T, dir string) {
	k := again(t, dir)
	awards, _, err := k.Bidding.SeeAwards(t.Context(), identity.Actor{}, casework.Query{
		Scope: identity.Everywhere,
		Page:  identity.Page{Number: 1, Size: identity.MaxPage},
	})
	ok(t, err)
	if len(awards) != 1 || awards[0].State != trading.Contracted || !awards[0].Priority || awards[0].Price != 41000 ||
		awards[0].Name != k.Actors["script3"].Name {
		t.Fatalf("the pond is not the member's: %+v", awards)
	}
	paid, _, err := k.Bidding.SeeDeposits(t.Context(), k.Actors["station"], casework.Query{
		Parent: awards[0].Lot,
		Page:   identity.Page{}.Clip(),
	})
	ok(t, err)
	for _, d := range paid {
		if forgotten := d.Payer == unrefunded; d.State != trading.Refunded && !forgotten ||
			forgotten && (d.State != trading.RefundDue || d.RefundBy >= k.Days.Today()) {
			t.Errorf("the deposit of %s is %s, by %s", d.Payer, d.State, d.RefundBy)
		}
	}
	rent, err := k.Contracts.SeeMoney(t.Context(), identity.Actor{}, awards[0].Lot)
	ok(t, err)
	if len(rent.Vouchers) != 1 || rent.Vouchers[0].Amount != awards[0].Yearly || len(rent.Schedule) != pond.years {
		t.Errorf("the pond's rent: %+v", rent)
	}
	live := k.only(trading.Bidding)
	if live.Title != liveStories[0].asset.Name || live.Board.Leading.Bidder == "" ||
		live.Price() != liveStories[0].start {
		t.Errorf("the live lot: %s at %s of %q", live.Title, live.Price().Yuan(), live.Board.Leading.Bidder)
	}
	for _, b := range append(slices.Clone(Bidders), scriptBidders...) {
		r, err := k.Bidding.OwnRegistration(t.Context(), k.Actors[b.login], live.ID)
		if err != nil || r.Number == "" || (r.Rank > 0) != (b.claim != "") {
			t.Errorf("%s may not bid as he is: %+v %v", b.login, r, err)
		}
	}
	open := k.only(trading.Listed)
	if open.Title != TeaGarden.asset.Name || !open.Board.OpensAt.After(k.Clock.Now()) || k.ours(t.Context(), open.ID) {
		t.Errorf("the open notice: %s opens at %s", open.Title, open.Board.OpensAt)
	}
}

// worksOfAllKinds: one is finished, one is late and lacks its budget.
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
		for _, st := range []workStory{bridge, road} {
			if st.name == p.Name && len(entries) != len(st.done) {
				t.Errorf("%s: %d of %d deeds are public", p.Name, len(entries), len(st.done))
			}
		}
	}
	if len(all) != 2 || reached[bridge.name] != works.PaymentStage || reached[road.name] != works.ContractStage {
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
	if len(k.Actors["clerk2"].Memberships) == 0 || len(k.Orgs) != len(orgs)+1 {
		t.Errorf("%+v in %v", k.Actors["clerk2"], k.Orgs)
	}
	if len(k.lots(trading.Bidding)) != 1 || len(k.lots(trading.Listed)) != 1 {
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
	if raised.Price() <= lot.Price() || raised.Price() > lot.Price()+2*lot.Terms.Step {
		t.Errorf("raised from %s to %s", lot.Price().Yuan(), raised.Price().Yuan())
	}
	if pause := k.next.Sub(k.Clock.Now()); pause < shortestPause-time.Second || pause > longestPause {
		t.Errorf("the next bid comes in %s", pause)
	}
	dear := trading.BidForm{Lot: lot.ID, Price: raised.Price()}
	for who := 0; dear.Price <= mostTimes*lot.Terms.Start; who = 1 - who {
		dear.Price += 10 * lot.Terms.Step
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

// nextStoryBegins: when the live lot has ended, the next of the stories is
// carried to its opening, round and round.
func nextStoryBegins(t *testing.T, dir string) {
	k := again(t, dir)
	for n := 1; n <= len(liveStories); n++ {
		k.close()
		k.plays()
		now, want := k.only(trading.Bidding), liveStories[n%len(liveStories)]
		if !strings.HasPrefix(now.Title, want.asset.Name) || now.Price() != want.start || k.told() != n+1 {
			t.Errorf("story %d: %s at %s, %d told", n, now.Title, now.Price().Yuan(), k.told())
		}
	}
}

// visitorsAreWaitedFor: while a visitor has a case under way the clock does not
// jump to the script's next opening.
func visitorsAreWaitedFor(t *testing.T, dir string) {
	for name, visit := range map[string]func(*county){
		"an entry for the tea garden": func(k *county) {
			form := trading.RegistrationForm{
				Lot:     k.only(trading.Listed).ID,
				Phone:   "13800000000",
				Account: "622200000000001",
				As:      trading.AsOutsider,
				Agreed:  true,
			}
			_, err := k.Bidding.Register(t.Context(), k.Actors["bidder2"], event.NewID(), form, k.Clock.Now())
			ok(t, err)
		},
		"a notice that waits for the leader": (*county).checked,
		"a notice": func(k *county) {
			st := liveStories[1]
			_, err := k.announced(t.Context(), st)
			ok(t, err)
		},
	} {
		k := again(t, dir)
		if free, err := k.nobodyWaits(t.Context()); free || err != nil {
			t.Errorf("%s: the live lot keeps nobody: %v", name, err)
		}
		visit(k)
		k.close()
		k.plays()
		if lots := k.lots(trading.Bidding); len(lots) != 0 || k.told() != 1 {
			t.Errorf("%s is run over by %d lots", name, len(lots))
		}
	}
}

// checked is a notice that came as far as the leader, who does not approve it.
func (k *county) checked() {
	k.t.Helper()
	st, ctx := liveStories[1], k.t.Context()
	leader := k.Actors["leader"]
	k.Actors["leader"] = identity.Actor{}
	_, err := k.announced(ctx, st)
	k.Actors["leader"] = leader
	if err == nil {
		k.t.Fatal("a notice that nobody approved is announced")
	}
}
