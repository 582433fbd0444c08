package bidding_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// voiding is an objection whose decision to take the result back waits, in version 3.
func voiding(t *testing.T, v *tradingtest.Village) (a trading.Award, id string) {
	t.Helper()
	a, _ = publicised(t, v)
	id = upheld(t, v, a)
	_, err := v.Bidding.DecideObjection(t.Context(), v.Leader, event.NewID(), id,
		trading.DecisionForm{Version: 2, Ruling: trading.Void, Reason: "竞买人不符合条件"})
	tradingtest.Must(t, err)
	return a, id
}

// TestADecisionThatWaitsIsWithdrawn: the leader takes it back and decides otherwise; the
// public log tells of nothing, the trail of each step.
func TestADecisionThatWaitsIsWithdrawn(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, id := voiding(t, v)
		before := len(tradingtest.Kinds(t, v, event.Of("lot", a.Lot)))
		withdraw := func(who identity.Actor, version int) error {
			_, err := v.Bidding.WithdrawDecision(ctx, who, event.NewID(), id, version)
			return err
		}
		for _, who := range []identity.Actor{v.Station, v.Supervision} {
			tradingtest.Want(t, withdraw(who, 3), fault.Forbidden, "")
		}
		again := trading.AnswerForm{Version: 3, Outcome: trading.Founded, Answer: "改了的答复"}
		for _, version := range []int{2, 3, 4} {
			again.Version = version
			_, err := v.Bidding.AnswerObjection(ctx, v.Leader, event.NewID(), id, again)
			tradingtest.Want(t, err, fault.Conflict, "")
		}
		colleague := v.Give(v.Bidder("leader2", "").Actor, v.Leader.Memberships[0].OrgID, identity.Leader)
		tradingtest.Want(t, withdraw(colleague, 3), fault.Forbidden, "")
		tradingtest.Want(t, withdraw(v.Leader, 2), fault.Conflict, "")
		tradingtest.Must(t, withdraw(v.Leader, 3))
		tradingtest.Want(t, withdraw(v.Leader, 4), fault.Conflict, "")
		o, err := v.Bidding.SeeObjection(ctx, v.Leader, id)
		if err != nil || o.State != trading.Upheld || o.Ruling != "" || o.Reason != "" || o.Doubt != "" {
			t.Errorf("the leader reads %+v, %v", o, err)
		}
		if desk := v.Waits(v.Leader); len(desk) != 1 || desk[0].Name != "decision" || len(v.Waits(v.Supervision)) != 0 {
			t.Errorf("the leader's desk has %+v", desk)
		}
		if after := len(tradingtest.Kinds(t, v, event.Of("lot", a.Lot))); after != before {
			t.Errorf("%d events tell of it", after-before)
		}
		_, err = v.Bidding.SecondDecision(ctx, v.Supervision, event.NewID(), id,
			trading.SecondForm{Version: 4, Agree: true})
		tradingtest.Want(t, err, fault.Conflict, "")
		want := []string{"objection.proposed", "objection.withdrawn"}
		if got := steps(t, v, v.Supervision, id); !slices.Equal(got, want) {
			t.Errorf("the trail has %v", got)
		}
		if got := steps(t, v, v.Station, id); len(got) != 0 {
			t.Errorf("the station reads the trail: %v", got)
		}
		_, err = v.Bidding.DecideObjection(ctx, v.Leader, event.NewID(), id,
			trading.DecisionForm{Version: 4, Ruling: trading.Keep, Reason: "不影响成交，已补正"})
		tradingtest.Must(t, err)
		tradingtest.Must(t, v.Bidding.Work(ctx))
		if got, err := v.DB.Award(ctx, a.Lot); err != nil || got.State != trading.Settled {
			t.Errorf("the result is %s, %v", got.State, err)
		}
	})
}

// steps is the trail of an objection as somebody reads it.
func steps(t *testing.T, v *tradingtest.Village, who identity.Actor, id string) (kinds []string) {
	t.Helper()
	o, err := v.DB.Objection(t.Context(), id, identity.Everywhere)
	tradingtest.Must(t, err)
	acts, err := v.Bidding.ObjectionTrail(t.Context(), who, o)
	tradingtest.Must(t, err)
	for _, a := range acts {
		kinds = append(kinds, a.Kind)
	}
	return kinds
}

// TestAnotherLeaderStandsInForTheCommittee, from the day after its last one; who has
// answered or decided never does. The log says who it was.
func TestAnotherLeaderStandsInForTheCommittee(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, id := voiding(t, v)
		other := v.Give(v.Bidder("leader2", "").Actor, v.Leader.Memberships[0].OrgID, identity.Leader)
		second := func(who identity.Actor) error {
			_, err := v.Bidding.SecondDecision(ctx, who, event.NewID(), id, trading.SecondForm{Version: 3, Agree: true})
			return err
		}
		tradingtest.Want(t, second(other), fault.Conflict, "")
		o, err := v.DB.Objection(ctx, id, identity.Everywhere)
		tradingtest.Must(t, err)
		v.Clock.Set(bidding.StandsFrom(o).At(0, 0).Add(-1))
		tradingtest.Want(t, second(other), fault.Conflict, "")
		v.Clock.Set(bidding.StandsFrom(o).At(0, 0))
		tradingtest.Want(t, second(v.Leader), fault.Forbidden, "")
		tradingtest.Want(t, second(v.Station), fault.Forbidden, "")
		if seen, err := v.Bidding.SeeObjection(ctx, v.Leader, id); err != nil || !seen.Decider {
			t.Errorf("who decided reads %+v, %v", seen, err)
		}
		tradingtest.Must(t, second(other))
		if got, err := v.DB.Award(ctx, a.Lot); err != nil || got.State != trading.Voided {
			t.Errorf("the result is %s, %v", got.State, err)
		}
		told, err := v.Bidding.LotStore.Events(ctx, event.Of("lot", a.Lot), 0, 100)
		tradingtest.Must(t, err)
		at := slices.IndexFunc(told, func(e event.Event) bool { return e.Kind == "objection.decided" })
		var facts trading.DecidedFacts
		tradingtest.Must(t, json.Unmarshal(told[at].Facts, &facts))
		if !facts.StoodIn || facts.Seconded {
			t.Errorf("the log says %+v", facts)
		}
	})
}

// TestWhoeverObjectedIsNoSecond: not of another's objection to the same result either.
func TestWhoeverObjectedIsNoSecond(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, _ := publicised(t, v)
		_, err := v.Bidding.Object(ctx, v.Supervision, event.NewID(), trading.ObjectionForm{
			Lot:    a.Lot,
			Target: trading.AtVillage,
			Name:   "监委会主任",
			Phone:  "13900000000",
			Text:   "没有公示",
		}, v.Clock.Now())
		tradingtest.Must(t, err)
		id := upheld(t, v, a)
		_, err = v.Bidding.DecideObjection(ctx, v.Leader, event.NewID(), id,
			trading.DecisionForm{Version: 2, Ruling: trading.Void, Reason: "竞买人不符合条件"})
		tradingtest.Must(t, err)
		_, err = v.Bidding.SecondDecision(ctx, v.Supervision, event.NewID(), id,
			trading.SecondForm{Version: 3, Agree: true})
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestTheOrderTellsNobodyThatADecisionWaits: of two the older stays first, and the
// committee finds none by words that it may not read.
func TestTheOrderTellsNobodyThatADecisionWaits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, _ := publicised(t, v)
		older := objected(t, v, a.Lot, trading.AtVillage)
		v.Clock.Set(v.Clock.Now().Add(time.Minute))
		newer := objected(t, v, a.Lot, trading.AtVillage)
		for _, id := range []string{older, newer} {
			_, err := v.Bidding.AnswerObjection(ctx, v.Station, event.NewID(), id,
				trading.AnswerForm{Version: 1, Outcome: trading.Founded, Answer: "成立"})
			tradingtest.Must(t, err)
		}
		_, err := v.Bidding.DecideObjection(ctx, v.Leader, event.NewID(), newer,
			trading.DecisionForm{Version: 2, Ruling: trading.Void, Reason: "竞买人不符合条件"})
		tradingtest.Must(t, err)
		list := func(who identity.Actor, text string) (ids []string) {
			all, _, err := v.Bidding.OfficeObjections(ctx, who, casework.Query{
				Text: text,
				Sort: "waiting",
				Page: identity.Page{Number: 1, Size: identity.MaxPage},
			})
			tradingtest.Must(t, err)
			for _, o := range all {
				ids = append(ids, o.ID)
			}
			return ids
		}
		if got := list(v.Leader, ""); !slices.Equal(got, []string{older, newer}) {
			t.Errorf("in the order %v, want %v", got, []string{older, newer})
		}
		if with, without := list(v.Supervision, "没有一个字是这样的"), list(v.Supervision, ""); !slices.Equal(with, without) {
			t.Errorf("the committee finds %v of %v by words", with, without)
		}
	})
}

// TestNobodyElseLearnsThatADecisionWaits: not by a filter, not by a number of versions; who
// is the second reads what was withheld from others. Sent back, the trail has it.
func TestNobodyElseLearnsThatADecisionWaits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, _ := publicised(t, v)
		id := objected(t, v, a.Lot, trading.AtVillage)
		_, err := v.Bidding.AnswerObjection(ctx, v.Station, event.NewID(), id,
			trading.AnswerForm{Version: 1, Outcome: trading.Founded, Answer: "成立", Withheld: "有个人信息"})
		tradingtest.Must(t, err)
		version := func(who identity.Actor) int {
			list, err := v.Bidding.SeeObjections(ctx, who, a.Lot)
			tradingtest.Must(t, err)
			return list[0].Version
		}
		before := version(identity.Actor{})
		_, err = v.Bidding.DecideObjection(ctx, v.Leader, event.NewID(), id,
			trading.DecisionForm{Version: 2, Ruling: trading.Void, Reason: "竞买人不符合条件"})
		tradingtest.Must(t, err)
		if version(identity.Actor{}) != before || version(v.Station) != before || version(v.Leader) != 3 {
			t.Errorf("everybody reads version %d, the station %d", version(identity.Actor{}), version(v.Station))
		}
		found := func(who identity.Actor, states ...casework.State) int {
			list, total, err := v.Bidding.OfficeObjections(ctx, who, casework.Query{
				States: states,
				Page:   identity.Page{Number: 1, Size: identity.MaxPage},
			})
			if err != nil || len(list) != total {
				t.Errorf("%d of %d, %v", len(list), total, err)
			}
			return total
		}
		if found(v.Station, trading.Voiding) != 0 || found(v.Station, trading.Upheld) != 1 || found(v.Station) != 1 {
			t.Error("the station learns by a filter that a decision waits")
		}
		if found(v.Supervision, trading.Voiding) != 1 || found(v.Leader, trading.Upheld) != 0 {
			t.Error("who may know does not find it")
		}
		both := v.Give(v.Supervision, v.OtherVillageOrg, identity.Station)
		if _, err := v.Bidding.SeeObjection(ctx, both, id); err != nil {
			t.Errorf("with a role in each of two places: %v", err)
		}
		if o, err := v.Bidding.SeeObjection(ctx, v.Supervision, id); err != nil || o.Text == "" || o.Name != "" {
			t.Errorf("the second person reads %+v, %v", o, err)
		}
		_, err = v.Bidding.SecondDecision(ctx, v.Supervision, event.NewID(), id,
			trading.SecondForm{Version: 3, Reason: "请先核对身份"})
		tradingtest.Must(t, err)
		if got := steps(t, v, v.Leader, id); !slices.Equal(got, []string{"objection.proposed", "objection.doubted"}) {
			t.Errorf("the trail has %v", got)
		}
		if version(identity.Actor{}) != before {
			t.Errorf("everybody reads version %d", version(identity.Actor{}))
		}
		if o, err := v.Bidding.SeeObjection(ctx, v.Supervision, id); err != nil || o.Text != "" {
			t.Errorf("afterwards the committee reads %+v, %v", o, err)
		}
	})
}
