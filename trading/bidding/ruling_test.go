package bidding_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

// objected raises an objection against somebody's act.
func objected(t *testing.T, v *tradingtest.Village, lot string, target trading.Target) (id string) {
	t.Helper()
	id, err := v.Bidding.Object(t.Context(), identity.Actor{}, event.NewID(), trading.ObjectionForm{
		Lot:    lot,
		Target: target,
		Name:   "村民甲",
		Phone:  "13900000000",
		Text:   "报名没有审核就放进来了",
	}, v.Clock.Now())
	tradingtest.Must(t, err)
	return id
}

// upheld answers one as right and moves the clock to the end of the publicity.
func upheld(t *testing.T, v *tradingtest.Village, a trading.Award) (id string) {
	t.Helper()
	id = objected(t, v, a.Lot, trading.AtStation)
	_, err := v.Bidding.AnswerObjection(t.Context(), v.Leader, event.NewID(), id, trading.AnswerForm{
		Version: 1,
		Outcome: trading.Partly,
		Answer:  "有一件报名材料不齐",
	})
	tradingtest.Must(t, err)
	v.Clock.Set(a.SettlesAt())
	tradingtest.Must(t, v.Bidding.Work(t.Context()))
	return id
}

// TestWhoIsObjectedToDoesNotAnswer: the station neither reads nor answers what is
// objected to itself; the township's leader does, in the objector's own words.
func TestWhoIsObjectedToDoesNotAnswer(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, _ := publicised(t, v)
		id := objected(t, v, a.Lot, trading.AtStation)
		form := trading.AnswerForm{Version: 1, Outcome: trading.Not, Answer: "审核记录齐全"}
		_, err := v.Bidding.AnswerObjection(ctx, v.Station, event.NewID(), id, form)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.SeeObjection(ctx, v.Station, id)
		tradingtest.Want(t, err, fault.Forbidden, "")
		list, err := v.Bidding.SeeObjections(ctx, v.Station, a.Lot)
		if err != nil || len(list) != 1 || list[0].Text+list[0].Name+list[0].Phone != "" {
			t.Errorf("the station reads %+v, %v", list, err)
		}
		for _, w := range v.Waits(v.Station) {
			if w.Case == id {
				t.Errorf("it waits on the station's desk: %+v", w)
			}
		}
		if desk := v.Waits(v.Leader); len(desk) != 1 || desk[0].Name != "referred" || desk[0].Due != "2026-12-11" {
			t.Errorf("the leader's desk has %+v", desk)
		}
		o, err := v.Bidding.SeeObjection(ctx, v.Leader, id)
		if err != nil || o.State != trading.Referred || o.Name != "村民甲" {
			t.Errorf("the leader reads %+v, %v", o, err)
		}
		_, err = v.Bidding.AnswerObjection(ctx, v.Leader, event.NewID(), id, form)
		tradingtest.Must(t, err)
		list, err = v.Bidding.SeeObjections(ctx, identity.Actor{}, a.Lot)
		if err != nil || list[0].Public != "报名没有审核就放进来了" || list[0].State != trading.Answered ||
			list[0].Name != "" {
			t.Errorf("everybody reads %+v, %v", list, err)
		}
		v.Clock.Set(a.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(ctx))
		if got, err := v.DB.Award(ctx, a.Lot); err != nil || got.State != trading.Settled {
			t.Errorf("the result is %s, %v", got.State, err)
		}
	})
}

// TestAnUpheldObjectionHoldsTheResult until what follows is decided; kept with an
// explanation, it settles.
func TestAnUpheldObjectionHoldsTheResult(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, _ := publicised(t, v)
		id := upheld(t, v, a)
		if got, err := v.DB.Award(ctx, a.Lot); err != nil || got.State != trading.Publicised {
			t.Errorf("the result is %s, %v", got.State, err)
		}
		_, err := v.Contracts.Offer(ctx, v.Clerk, event.NewID(), a.Lot)
		tradingtest.Want(t, err, fault.Conflict, "")
		if desk := v.Waits(v.Leader); len(desk) != 1 || desk[0].Name != "decision" || desk[0].Due == "" {
			t.Errorf("the leader's desk has %+v", desk)
		}
		decide := func(who identity.Actor, form trading.DecisionForm) error {
			_, err := v.Bidding.DecideObjection(ctx, who, event.NewID(), id, form)
			return err
		}
		good := trading.DecisionForm{Version: 2, Ruling: trading.Keep, Reason: "不影响成交，已补正"}
		tradingtest.Want(t, decide(v.Leader, trading.DecisionForm{Version: 2, Reason: "无"}), fault.Invalid, "ruling")
		tradingtest.Want(t, decide(v.Leader, trading.DecisionForm{Version: 2, Ruling: trading.Keep}), fault.Invalid,
			"reason")
		tradingtest.Want(t, decide(v.Leader, trading.DecisionForm{Version: 1, Ruling: trading.Keep, Reason: "无"}),
			fault.Conflict, "")
		for _, who := range []identity.Actor{v.Station, v.Clerk, v.Supervision} {
			tradingtest.Want(t, decide(who, good), fault.Forbidden, "")
		}
		tradingtest.Must(t, decide(v.Leader, good))
		tradingtest.Want(t, decide(v.Leader, trading.DecisionForm{Version: 3, Ruling: trading.Void, Reason: "又"}),
			fault.Conflict, "")
		tradingtest.Must(t, v.Bidding.Work(ctx))
		if got, err := v.DB.Award(ctx, a.Lot); err != nil || got.State != trading.Settled {
			t.Errorf("the result is %s, %v", got.State, err)
		}
	})
}

// TestAResultIsTakenBack: the lot has failed, every deposit goes back, the asset
// waits for another notice, and nothing is signed.
func TestAResultIsTakenBack(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := publicised(t, v)
		other := objected(t, v, a.Lot, trading.AtVillage)
		id := upheld(t, v, a)
		_, err := v.Bidding.DecideObjection(ctx, v.Leader, event.NewID(), id, trading.DecisionForm{
			Version: 2,
			Ruling:  trading.Void,
			Reason:  "竞买人不符合条件",
		})
		tradingtest.Must(t, err)
		second(t, v, id, 3)
		got, err := v.DB.Award(ctx, a.Lot)
		if err != nil || got.State != trading.Voided || v.Lot(a.Lot).State != trading.Failed {
			t.Errorf("the result is %s, the lot %s, %v", got.State, v.Lot(a.Lot).State, err)
		}
		list, err := v.Bidding.DepositsOf(ctx, b.Actor, b.Entry)
		if err != nil || len(list) != 1 || list[0].State != trading.RefundDue {
			t.Errorf("the winner's deposit: %+v, %v", list, err)
		}
		if !slices.ContainsFunc(v.Waits(v.Clerk), func(w casework.Waiting) bool {
			return w.DutyKind == trading.RelistDuty
		}) {
			t.Errorf("the clerk's desk has %+v", v.Waits(v.Clerk))
		}
		_, err = v.Contracts.Offer(ctx, v.Clerk, event.NewID(), a.Lot)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Contracts.Sign(ctx, b.Actor, event.NewID(), a.Lot, contracts.SignForm{Version: 1, Agreed: true})
		tradingtest.Want(t, err, fault.NotFound, "")
		kinds := tradingtest.Kinds(t, v, event.Of("lot", a.Lot))
		if n := len(kinds); !slices.Equal(kinds[n-2:], []string{"objection.decided", "award.voided"}) {
			t.Errorf("events: %v", kinds)
		}
		r, err := v.DB.Registration(ctx, b.Entry, identity.Everywhere)
		tradingtest.Must(t, err)
		if where, err := v.Bidding.Standing(ctx, b.Actor, r); err != nil || !strings.HasPrefix(where, "成交结果已撤销，保证金最晚") {
			t.Errorf("the winner reads %q, %v", where, err)
		}
		_, err = v.Bidding.AnswerObjection(ctx, v.Station, event.NewID(), other, trading.AnswerForm{
			Version: 1,
			Outcome: trading.Founded,
			Answer:  "成立",
		})
		tradingtest.Must(t, err) // what is still open is answered, and decided once more without harm
		_, err = v.Bidding.DecideObjection(ctx, v.Leader, event.NewID(), other, trading.DecisionForm{
			Version: 2,
			Ruling:  trading.Keep,
			Reason:  "维持",
		})
		tradingtest.Want(t, err, fault.Conflict, "ruling") // nobody upholds what isn't there
		_, err = v.Bidding.DecideObjection(ctx, v.Leader, event.NewID(), other, trading.DecisionForm{
			Version: 2,
			Ruling:  trading.Void,
			Reason:  "已经撤销",
		})
		tradingtest.Must(t, err)
		second(t, v, other, 3)
		if desk := v.Waits(v.Leader); slices.ContainsFunc(desk, func(w casework.Waiting) bool {
			return w.Name == "decision"
		}) {
			t.Errorf("the leader's desk has %+v", desk)
		}
		_, err = v.Bidding.Object(ctx, identity.Actor{}, event.NewID(), trading.ObjectionForm{
			Lot: a.Lot, Target: trading.AtVillage, Name: "村民乙", Phone: "13900000001", Text: "还有意见",
		}, v.Clock.Now())
		tradingtest.Want(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "撤销") {
			t.Errorf("who objects to what was taken back reads %v", err)
		}
	})
}

// second is the supervision committee's yes to a decision in that version.
func second(t *testing.T, v *tradingtest.Village, id string, version int) {
	t.Helper()
	_, err := v.Bidding.SecondDecision(t.Context(), v.Supervision, event.NewID(), id,
		trading.SecondForm{Version: version, Agree: true})
	tradingtest.Must(t, err)
}

// TestNobodyTakesAResultBackAlone: what the leader decides waits for the village's
// supervision committee and holds the result up; nobody else reads which way it
// goes. Sent back, the leader decides again.
func TestNobodyTakesAResultBackAlone(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, _ := publicised(t, v)
		id := upheld(t, v, a)
		decide := func(version int, ruling trading.Ruling) error {
			_, err := v.Bidding.DecideObjection(ctx, v.Leader, event.NewID(), id,
				trading.DecisionForm{Version: version, Ruling: ruling, Reason: "竞买人不符合条件"})
			return err
		}
		say := func(who identity.Actor, form trading.SecondForm) error {
			_, err := v.Bidding.SecondDecision(ctx, who, event.NewID(), id, form)
			return err
		}
		yes := trading.SecondForm{Version: 3, Agree: true}
		tradingtest.Want(t, say(v.Supervision, trading.SecondForm{Version: 2, Agree: true}), fault.Conflict, "")
		before := len(tradingtest.Kinds(t, v, event.Of("lot", a.Lot)))
		tradingtest.Must(t, decide(2, trading.Void))
		tradingtest.Want(t, decide(3, trading.Keep), fault.Conflict, "") // it is decided, and waits
		if after := len(tradingtest.Kinds(t, v, event.Of("lot", a.Lot))); after != before {
			t.Errorf("%d events tell of it", after-before)
		}
		v.Clock.Set(a.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(ctx))
		if got, err := v.DB.Award(ctx, a.Lot); err != nil || got.State != trading.Publicised {
			t.Errorf("the result is %s, %v", got.State, err)
		}
		for name, who := range map[string]identity.Actor{"visitor": {}, "clerk": v.Clerk, "station": v.Station} {
			list, err := v.Bidding.SeeObjections(ctx, who, a.Lot)
			if err != nil || list[0].State != trading.Upheld || list[0].Ruling != "" || list[0].Reason != "" ||
				!list[0].DecidedAt.IsZero() {
				t.Errorf("%s reads %+v, %v", name, list, err)
			}
		}
		o, err := v.Bidding.SeeObjection(ctx, v.Supervision, id)
		if err != nil || o.Ruling != trading.Void || o.Reason == "" || o.Name != "" || o.Phone != "" {
			t.Errorf("the committee reads %+v, %v", o, err)
		}
		if desk := v.Waits(v.Supervision); len(desk) != 1 || desk[0].Name != "voiding" || desk[0].Due == "" ||
			len(v.Waits(v.Leader)) != 0 {
			t.Errorf("the committee's desk has %+v", desk)
		}
		for _, who := range []identity.Actor{v.Leader, v.Station, v.Clerk} {
			tradingtest.Want(t, say(who, yes), fault.Forbidden, "")
		}
		tradingtest.Want(t, say(v.OtherSupervision, yes), fault.NotFound, "")
		both := v.Give(v.Leader, v.VillageOrg, identity.Supervision)
		tradingtest.Want(t, say(both, yes), fault.Forbidden, "")
		tradingtest.Want(t, say(v.Supervision, trading.SecondForm{Version: 3}), fault.Invalid, "reason")
		tradingtest.Must(t, say(v.Supervision, trading.SecondForm{Version: 3, Reason: "请先核对身份"}))
		o, err = v.Bidding.SeeObjection(ctx, v.Leader, id)
		if err != nil || o.State != trading.Upheld || o.Doubt != "请先核对身份" || o.Ruling != "" {
			t.Errorf("the leader reads %+v, %v", o, err)
		}
		if list, err := v.Bidding.SeeObjections(ctx, v.Station, a.Lot); err != nil || list[0].Doubt != "" {
			t.Errorf("the station reads %+v, %v", list, err)
		}
		if desk := v.Waits(v.Leader); len(desk) != 1 || desk[0].Name != "decision" {
			t.Errorf("the leader's desk has %+v", desk)
		}
		tradingtest.Must(t, decide(4, trading.Void))
		tradingtest.Must(t, say(v.Supervision, trading.SecondForm{Version: 5, Agree: true}))
		tradingtest.Want(t, say(v.Supervision, trading.SecondForm{Version: 6, Agree: true}), fault.Conflict, "")
		list, err := v.Bidding.SeeObjections(ctx, identity.Actor{}, a.Lot)
		if err != nil || list[0].State != trading.Decided || list[0].Ruling != trading.Void || list[0].Reason == "" {
			t.Errorf("everybody reads %+v, %v", list, err)
		}
	})
}
