package bidding_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// publicised is a result in its publicity.
func publicised(t *testing.T, v *tradingtest.Village) (trading.Award, *tradingtest.Bidder) {
	t.Helper()
	b := v.Bidder("yingjia", "")
	l := v.Open(b)
	r, err := v.Bid(b, l.ID, l.Board.OpensAt, 40000, false)
	tradingtest.Must(t, err)
	v.Clock.Set(r.EndsAt.Add(trading.Grace))
	tradingtest.Must(t, v.Bidding.Work(t.Context()))
	a, err := v.DB.Award(t.Context(), l.ID)
	tradingtest.Must(t, err)
	return a, b
}

// TestWhoObjectsAndWhen: anybody, with a name and a phone, while the result is
// public; at most five of one sender.
func TestWhoObjectsAndWhen(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := publicised(t, v)
		good := trading.ObjectionForm{
			Lot:    a.Lot,
			Target: trading.AtVillage,
			Name:   "村民甲",
			Phone:  "13900000000",
			Text:   "看样日没有通知",
		}
		object := func(who identity.Actor, id string, change func(*trading.ObjectionForm)) (string, error) {
			form := good
			change(&form)
			return v.Bidding.Object(ctx, who, id, form, v.Clock.Now())
		}
		same := func(*trading.ObjectionForm) {}
		for name, c := range map[string]struct {
			code   fault.Code
			field  string
			change func(*trading.ObjectionForm)
		}{
			"no target":   {fault.Invalid, "target", func(f *trading.ObjectionForm) { f.Target = "" }},
			"another one": {fault.Invalid, "target", func(f *trading.ObjectionForm) { f.Target = "leader" }},
			"no name":     {fault.Invalid, "name", func(f *trading.ObjectionForm) { f.Name = " " }},
			"a long name": {fault.Invalid, "name", func(f *trading.ObjectionForm) { f.Name = strings.Repeat("名", 31) }},
			"no phone":    {fault.Invalid, "phone", func(f *trading.ObjectionForm) { f.Phone = "110" }},
			"no text":     {fault.Invalid, "text", func(f *trading.ObjectionForm) { f.Text = "" }},
			"a long text": {fault.Invalid, "text",
				func(f *trading.ObjectionForm) { f.Text = strings.Repeat("字", 2001) }},
			"no such lot": {fault.NotFound, "", func(f *trading.ObjectionForm) { f.Lot = "nosuchlot" }},
		} {
			t.Log(name)
			_, err := object(identity.Actor{}, event.NewID(), c.change)
			tradingtest.Want(t, err, c.code, c.field)
		}
		first, err := object(identity.Actor{}, "request-0001", same)
		tradingtest.Must(t, err)
		again, err := object(identity.Actor{}, "request-0001", same)
		if err != nil || again != first {
			t.Errorf("the same tap again: %q, %v", again, err)
		}
		_, err = object(b.Actor, "request-0001", same) // another's request of the same number
		tradingtest.Must(t, err)
		for range 4 {
			_, err = object(identity.Actor{}, event.NewID(), same)
			tradingtest.Must(t, err)
		}
		_, err = object(identity.Actor{}, event.NewID(), same)
		tradingtest.Want(t, err, fault.TooMany, "")
		o, err := v.Bidding.SeeObjection(ctx, v.Station, first)
		if err != nil || o.AnswerBy != "2026-12-11" || o.State != trading.Raised || o.Version != 1 {
			t.Errorf("the station reads %+v, %v", o, err)
		}
	})
}

// TestAfterThePublicityNobodyObjects, from its end to the millisecond.
func TestAfterThePublicityNobodyObjects(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		a, _ := publicised(t, v)
		for _, c := range []struct {
			before time.Duration
			code   fault.Code
		}{{time.Millisecond, ""}, {0, fault.Conflict}, {-time.Hour, fault.Conflict}} {
			v.Clock.Set(a.PublicUntil.Add(-c.before))
			_, err := v.Bidding.Object(t.Context(), identity.Actor{}, event.NewID(), trading.ObjectionForm{
				Lot:    a.Lot,
				Target: trading.AtVillage,
				Name:   "村民甲",
				Phone:  "13900000000",
				Text:   "没有通知",
			}, v.Clock.Now())
			t.Log(c.before)
			tradingtest.Want(t, err, c.code, "")
		}
	})
}

// TestTheAnswerIsTheStations: in public words, once, on the newest copy; until
// then the result waits, however long.
func TestTheAnswerIsTheStations(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := publicised(t, v)
		id, err := v.Bidding.Object(ctx, identity.Actor{}, event.NewID(), trading.ObjectionForm{
			Lot:    a.Lot,
			Target: trading.AtVillage,
			Name:   "村民甲",
			Phone:  "13900000000",
			Text:   "有名有姓的原文",
		}, v.Clock.Now())
		tradingtest.Must(t, err)
		answer := func(who identity.Actor, form trading.AnswerForm) error {
			_, err := v.Bidding.AnswerObjection(ctx, who, event.NewID(), id, form)
			return err
		}
		good := trading.AnswerForm{Version: 1, Outcome: trading.Not, Answer: "答复", Withheld: "有个人信息"}
		for field, change := range map[string]func(*trading.AnswerForm){
			"outcome":  func(f *trading.AnswerForm) { f.Outcome = "yes" },
			"answer":   func(f *trading.AnswerForm) { f.Answer = "" },
			"withheld": func(f *trading.AnswerForm) { f.Withheld = " " },
		} {
			form := good
			change(&form)
			tradingtest.Want(t, answer(v.Station, form), fault.Invalid, field)
		}
		old := good
		old.Version = 2
		tradingtest.Want(t, answer(v.Station, old), fault.Conflict, "")
		// The station answers what is the village's; the committee seconds what is decided.
		tradingtest.Want(t, answer(v.Leader, good), fault.Forbidden, "")
		tradingtest.Want(t, answer(v.Supervision, good), fault.Forbidden, "")
		if o, err := v.Bidding.SeeObjection(ctx, v.Supervision, id); err != nil || o.Text+o.Name+o.Phone != "" {
			t.Errorf("the committee reads %+v, %v", o, err)
		}
		for _, who := range []identity.Actor{v.Clerk, b.Actor} {
			tradingtest.Want(t, answer(who, good), fault.Forbidden, "")
			_, err := v.Bidding.SeeObjection(ctx, who, id)
			tradingtest.Want(t, err, fault.Forbidden, "")
			_, _, err = v.Bidding.OfficeObjections(ctx, who, casework.Query{})
			tradingtest.Want(t, err, fault.Forbidden, "")
		}
		desk := v.Waits(v.Station)
		if len(desk) != 1 || desk[0].Name != "objection" || desk[0].Due != "2026-12-11" || desk[0].Case != id {
			t.Errorf("the desk has %+v", desk)
		}
		v.Clock.Set(a.PublicUntil.AddDate(0, 0, 30))
		tradingtest.Must(t, v.Bidding.Work(ctx))
		if got, err := v.Bidding.SeeAward(ctx, identity.Actor{}, a.Lot); err != nil ||
			got.State != trading.Publicised || got.PersonID+got.Registration != "" {
			t.Errorf("over an objection the result is %+v, %v", got, err)
		}
		tradingtest.Must(t, answer(v.Station, good))
		tradingtest.Want(t, answer(v.Station, old), fault.Conflict, "")
		tradingtest.Must(t, v.Bidding.Work(ctx))
		if got, err := v.Bidding.SeeAward(ctx, b.Actor, a.Lot); err != nil || got.State != trading.Settled ||
			got.PersonID != b.PersonID {
			t.Errorf("the winner reads %+v, %v", got, err)
		}
		list, total, err := v.Bidding.SeeObjectionsIn(ctx, identity.Actor{},
			casework.Query{Scope: identity.Everywhere, Text: "没有写过的字"})
		if err != nil || total != 1 || list[0].Text+list[0].Name != "" || list[0].Public != "" ||
			list[0].Withheld != "有个人信息" {
			t.Errorf("a search in sealed words tells what is in them: %+v, %d, %v", list, total, err)
		}
	})
}

// TestTheSameBidTwice is one bid: the same request has the same receipt, also
// after the end; with another price it is refused.
func TestTheSameBidTwice(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		b, other := v.Bidder("jia", ""), v.Bidder("yii", "")
		l := v.Open(b, other)
		form := trading.BidForm{Lot: l.ID, Price: 40000}
		first, err := v.Bidding.PlaceBid(ctx, b.Actor, "request-0001", form, v.Clock.Now())
		tradingtest.Must(t, err)
		v.Clock.Set(first.EndsAt.Add(time.Second))
		again, err := v.Bidding.PlaceBid(ctx, b.Actor, "request-0001", form, v.Clock.Now())
		if err != nil || again != first || first.Seq != 2 || first.Price != 40000 {
			t.Errorf("first %+v, again %+v, %v", first, again, err)
		}
		form.Price++
		_, err = v.Bidding.PlaceBid(ctx, b.Actor, "request-0001", form, v.Clock.Now())
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Bidding.PlaceBid(ctx, v.Clerk, event.NewID(), form, v.Clock.Now())
		tradingtest.Want(t, err, fault.Forbidden, "")
		form = trading.BidForm{Lot: "nosuchlot", Price: 1}
		_, err = v.Bidding.PlaceBid(ctx, other.Actor, event.NewID(), form, v.Clock.Now())
		tradingtest.Want(t, err, fault.NotFound, "")
		own, total, err := v.Bidding.OwnBids(ctx, b.Actor, identity.Page{}.Clip())
		if err != nil || total != 1 || own[0].Price != 40000 {
			t.Errorf("his own bids: %+v, %v", own, err)
		}
		lots, _, err := v.Bidding.SeeLots(ctx, identity.Actor{},
			casework.Query{Scope: identity.Everywhere, Text: "青塘村"})
		if err != nil || len(lots) != 1 || lots[0].Bidders != 2 {
			t.Errorf("everybody lists %+v, %v", lots, err)
		}
	})
}
