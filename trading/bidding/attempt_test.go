package bidding_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/amending"
	"sunlot/trading/tradingtest"
)

// unsold is a tender whose lot nobody wanted at 500.00, on a vote that allows 400.00, with the
// clock at the minute after.
func unsold(t *testing.T, v *tradingtest.Village) trading.Tender {
	t.Helper()
	asset := v.Asset()
	form := v.TenderForm(asset, v.Resolution(v.ResolutionForm(asset)))
	form.StartPrice = 50000
	n := v.Carry(form, trading.Announced)
	v.Clock.Set(n.OpensAt)
	tradingtest.Must(t, v.Bidding.Work(t.Context()))
	return v.Load(n.ID)
}

// anew is the terms of the next notice on a resolution, at a start price.
func anew(v *tradingtest.Village, n trading.Tender, resolution string, price money.Fen) trading.TenderForm {
	form := n.TenderForm
	form.Resolution = resolution
	form.StartPrice = price
	form.StartsOn = "2027-03-01"
	form.InspectionOn = v.Days.Today().AddDays(5)
	form.PriorityNotified = v.Days.Today().AddDays(-20)
	return form
}

// votedOn is another lawful vote on the asset, held so many days after a day.
func votedOn(v *tradingtest.Village, n trading.Tender, from calendar.Date) string {
	form := v.ResolutionForm(n.Asset)
	form.FloorPrice = 10000
	for i := range form.Steps {
		form.Steps[i].On = from.AddDays(i)
	}
	return v.Resolution(form)
}

func announcedFacts(t *testing.T, v *tradingtest.Village, n trading.Tender) (f trading.AnnouncedFacts) {
	t.Helper()
	list, err := v.Library.Events(t.Context(), n.Stream(), 0, 10)
	tradingtest.Must(t, err)
	tradingtest.Must(t, json.Unmarshal(list[0].Facts, &f))
	return f
}

// TestTheNextNoticeKnowsTheOneBefore: it says which it is and after which, in the log too; its
// start price falls only with a vote of its own, held since, and no further than the rules say.
func TestTheNextNoticeKnowsTheOneBefore(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := unsold(t, v)
		first := trading.Attempt{Count: 1}
		if f := announcedFacts(t, v, n); f.Attempt != 1 || f.Before != (event.Ref{}) || n.Attempt != first {
			t.Fatalf("the first is %+v, in the log %d %v", n.Attempt, f.Attempt, f.Before)
		}
		desk := v.Waits(v.Clerk)
		if len(desk) != 1 || desk[0].DutyKind != trading.RelistDuty || desk[0].Due == "" {
			t.Fatalf("the clerk's desk has %+v", desk)
		}
		last, err := v.Tendering.NextAttempt(ctx, n.Asset)
		tradingtest.Must(t, err)
		for resolution, want := range map[string]money.Fen{n.Resolution: 50000, "another": 40000} {
			if got := last.Suggest(anew(v, n, resolution, 40000)).StartPrice; got != want {
				t.Errorf("on %s %d is suggested, want %d", resolution, got, want)
			}
		}
		draft := func(resolution string, price money.Fen) (string, error) {
			return v.Tendering.DraftTender(ctx, v.Clerk, event.NewID(), anew(v, n, resolution, price))
		}
		_, err = draft(n.Resolution, 49999)
		tradingtest.Want(t, err, fault.Invalid, "start_price")
		if !strings.Contains(err.Error(), "第2次公告") || !strings.Contains(err.Error(), "重新表决") {
			t.Errorf("the clerk reads %v", err)
		}
		earlier := votedOn(v, n, calendar.DateOf(n.AnnouncedAt).AddDays(-20))
		_, err = draft(earlier, 49999)
		tradingtest.Want(t, err, fault.Invalid, "start_price")
		v.Clock.Set(n.OpensAt.AddDate(0, 0, 12))
		since := votedOn(v, n, calendar.DateOf(n.OpensAt).AddDays(1))
		_, err = draft(since, 39999)
		tradingtest.Want(t, err, fault.Invalid, "start_price")
		second := v.Carry(anew(v, n, since, 40000), trading.Announced)
		f := announcedFacts(t, v, second)
		if second.Attempt != (trading.Attempt{Count: 2, Before: n.ID}) || f.Attempt != 2 ||
			f.Before != n.Event {
			t.Errorf("the second is %+v, in the log %d %v", second.Attempt, f.Attempt, f.Before)
		}
		before, err := v.Tendering.SeeAttempts(ctx, second)
		if err != nil || len(before) != 1 || before[0].ID != n.ID {
			t.Errorf("before it: %+v, %v", before, err)
		}
		v.Clock.Set(second.OpensAt)
		tradingtest.Must(t, v.Bidding.Work(ctx))
		again, err := v.Tendering.NextAttempt(ctx, n.Asset)
		if err != nil || again.Count != 3 || again.Last.ID != second.ID || again.Lowest != 40000 ||
			again.Voted != 32000 {
			t.Errorf("the next would be %+v, %v", again, err)
		}
	})
}

// TestWhatWasLetBeginsAnew: the notice after a letting that stands is a first one, and no price
// before binds it.
func TestWhatWasLetBeginsAnew(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		b := v.Bidder("one", "")
		lot := v.Open(b)
		_, err := v.Bid(b, lot.ID, lot.Board.OpensAt, 40000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(lot.Board.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		n := v.Load(lot.Tender)
		if again, err := v.Tendering.NextAttempt(t.Context(), n.Asset); err != nil || again != nil {
			t.Errorf("after a result: %+v, %v", again, err)
		}
		form := anew(v, n, votedOn(v, n, calendar.DateOf(n.AnnouncedAt).AddDays(-20)), 10000)
		form.StartsOn = n.EndsOn().AddDays(1)
		id, err := v.Tendering.DraftTender(t.Context(), v.Clerk, event.NewID(), form)
		tradingtest.Must(t, err)
		if got := v.Load(id).Attempt; got != (trading.Attempt{Count: 1}) {
			t.Errorf("the next letting is %+v", got)
		}
	})
}

// TestTooFewBiddersOpenNothing: where a county asks for two at the first notice, one does not
// open it and gets the deposit back; at the second one is enough.
func TestTooFewBiddersOpenNothing(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id, err := v.Amending.ProposeAmendment(ctx, v.Administrator, event.NewID(), amending.Form{
			Key:     "bidding.min_bidders",
			Value:   2,
			From:    v.Days.Today().AddDays(3),
			Title:   "示范县农村产权流转交易管理办法",
			Article: "第九条",
			Reason:  "首次公告要有竞争",
		})
		tradingtest.Must(t, err)
		_, err = v.Amending.DecideAmendment(ctx, v.SecondAdministrator, event.NewID(), id,
			amending.DecideForm{Version: 1, Agree: true, Read: true})
		tradingtest.Must(t, err)
		v.Clock.Set(v.Clock.Now().AddDate(0, 0, 4))
		asset := v.Asset()
		form := v.TenderForm(asset, v.Resolution(v.ResolutionForm(asset)))
		form.InspectionOn = v.Days.Today().AddDays(5)
		n := v.Carry(form, trading.Announced)
		b := v.Bidder("alone", "")
		if lot := v.OpenOf(n, b); lot.State != trading.Failed {
			t.Fatalf("with one bidder the lot is %s", lot.State)
		}
		list, err := v.Library.Events(ctx, event.Of("lot", n.Lot), 0, 10)
		tradingtest.Must(t, err)
		var f trading.FailedFacts
		tradingtest.Must(t, json.Unmarshal(list[len(list)-1].Facts, &f))
		if f.Reason != trading.TooFew || f.Bidders != 1 || f.Least != 2 || !v.Lot(n.Lot).TooFew() {
			t.Errorf("the log says %+v", f)
		}
		paid, err := v.Bidding.DepositsOf(ctx, b.Actor, b.Entry)
		if err != nil || len(paid) != 1 || paid[0].State != trading.RefundDue {
			t.Errorf("the deposit: %+v, %v", paid, err)
		}
		n = v.Load(n.ID)
		second := v.Carry(anew(v, n, n.Resolution, n.StartPrice), trading.Announced)
		if lot := v.OpenOf(second, v.Bidder("again", "")); lot.State != trading.Bidding {
			t.Errorf("the second time the lot is %s", lot.State)
		}
	})
}

// TestAnEndedNoticeIsStillTheOneBefore: the clerk's word that the thing is not let for now does
// not make the next notice a first one.
func TestAnEndedNoticeIsStillTheOneBefore(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := unsold(t, v)
		_, err := v.Tendering.EndTender(t.Context(), v.Clerk, event.NewID(), n.ID, n.Version)
		tradingtest.Must(t, err)
		_, err = v.Tendering.DraftTender(t.Context(), v.Clerk, event.NewID(), anew(v, n, n.Resolution, 40000))
		tradingtest.Want(t, err, fault.Invalid, "start_price")
		list, _, err := v.Tendering.SeeTenders(t.Context(), identity.Actor{}, casework.Query{Parent: n.Asset,
			Page: identity.Page{}.Clip()})
		if err != nil || len(list) != 1 || !slices.Contains(trading.LotStates(), list[0].LotState) {
			t.Errorf("half a draft is left: %+v, %v", list, err)
		}
	})
}
