package bidding_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// TestWhoBecomesAnOfficialBidsNoMore: asked again when he is admitted and at each
// bid; the station refuses him with that reason, and his deposit goes back.
func TestWhoBecomesAnOfficialBidsNoMore(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		b, admitted := v.Bidder("jianzhi", ""), v.Bidder("duizhang", "")
		v.Enter(n.Lot, b, admitted)
		v.Pay(n.Lot, b, admitted)
		v.Admit(admitted)
		b.Actor = v.Give(b.Actor, v.OtherCollective, identity.Clerk)
		_, err := v.Bidding.Qualify(ctx, v.Station, event.NewID(), b.Entry, bidding.Decision{Version: 1, Seen: true})
		tradingtest.Want(t, err, fault.Conflict, "seen")
		if !strings.Contains(fault.MessageOf(err), "保证金会退回") {
			t.Errorf("the station is not told what to do: %v", err)
		}
		_, err = v.Bidding.RefuseRegistration(ctx, v.Station, event.NewID(), b.Entry,
			bidding.Decision{Version: 1, Reason: "报名后任公职"})
		tradingtest.Must(t, err)
		deposits, err := v.DB.DepositsOf(ctx, b.Entry)
		if err != nil || len(deposits) != 1 || deposits[0].State != trading.RefundDue {
			t.Errorf("his deposit is %+v, %v", deposits, err)
		}
		v.Clock.Set(n.OpensAt)
		tradingtest.Must(t, v.Bidding.OpenLot(ctx, n.Lot))
		admitted.Actor = v.Give(admitted.Actor, v.OtherVillageOrg, identity.Supervision)
		_, err = v.Bid(admitted, n.Lot, n.OpensAt, v.Lot(n.Lot).Terms.Start, false)
		tradingtest.Want(t, err, fault.Forbidden, "")
		if bids, err := v.DB.Bids(ctx, n.Lot, 9); err != nil || len(bids) != 0 {
			t.Errorf("%d bids, %v", len(bids), err)
		}
	})
}

// TestWhoseBiddersRoleHasEndedIsNotAdmitted.
func TestWhoseBiddersRoleHasEndedIsNotAdmitted(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		b := v.Bidder("tuichu", "")
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		unasked := *v.Admin
		unasked.Engaged = nil // in the moment between the question and the registration
		_, err := unasked.EndRole(t.Context(), v.Administrator, event.NewID(), b.Memberships[0].ID)
		tradingtest.Must(t, err)
		v.Clock.Set(v.Clock.Now().Add(1e6))
		_, err = v.Bidding.Qualify(t.Context(), v.Station, event.NewID(), b.Entry,
			bidding.Decision{Version: 1, Seen: true})
		tradingtest.Want(t, err, fault.Conflict, "seen")
	})
}

// TestNobodyIsShutOutOfHisLot: who bids, or has won and not signed, keeps his
// account and his role until it has ended; his password takes two to set anew.
func TestNobodyIsShutOutOfHisLot(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		rival, winner := v.Bidder("duishou", ""), v.Bidder("yingjia", "")
		shut := func(b *tradingtest.Bidder, when string, kept bool) {
			t.Helper()
			for what, try := range map[string]func() error{
				"closed": func() error {
					_, err := v.Admin.CloseAccount(ctx, v.Administrator, event.NewID(),
						identity.CloseForm{Person: b.PersonID, Alone: true})
					return err
				},
				"ended": func() error {
					_, err := v.Admin.EndRole(ctx, v.Administrator, event.NewID(), b.Memberships[0].ID)
					return err
				},
			} {
				err := try()
				if kept && fault.CodeOf(err) != fault.Conflict || !kept && what == "closed" && err != nil {
					t.Errorf("%s %s: %v", when, what, err)
				}
			}
		}
		lot := v.OpenOf(n, rival, winner)
		shut(rival, "while it is bid for", true)
		handed, err := v.Admin.ResetPassword(ctx, v.Administrator, event.NewID(), rival.PersonID)
		if err != nil || handed.ID != "" || !handed.Half {
			t.Errorf("one administrator alone sets a bidder's password: %+v, %v", handed, err)
		}
		r, err := v.Bid(winner, lot.ID, n.OpensAt.Add(time.Minute), lot.Terms.Start, false)
		tradingtest.Must(t, err)
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.CloseLot(ctx, lot.ID))
		shut(winner, "won", true)
		shut(rival, "decided", false)
	})
}

// TestNobodyDecidesWhereHeTakesPart: a clerk of the station with a registration
// of his own in the lot neither admits nor refuses anybody there.
func TestNobodyDecidesWhereHeTakesPart(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		b, rival := v.Bidder("zhanyuan", ""), v.Bidder("duishou", "")
		v.Enter(n.Lot, b, rival)
		v.Pay(n.Lot, b, rival)
		clerk := v.Give(b.Actor, v.Station.Memberships[0].OrgID, identity.Station)
		_, err := v.Bidding.RefuseRegistration(ctx, clerk, event.NewID(), rival.Entry,
			bidding.Decision{Version: 1, Reason: "不合格"})
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.Qualify(ctx, clerk, event.NewID(), rival.Entry, bidding.Decision{Version: 1, Seen: true})
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.Qualify(ctx, v.Station, event.NewID(), rival.Entry, bidding.Decision{Version: 1, Seen: true})
		tradingtest.Must(t, err)
	})
}

// TestNobodyDecidesAboutMoneyWhereHeTakesPart: a station's clerk who has a registration in
// the lot matches none of its payments, by statement or by hand, and sends none back; of
// his own deposit he notes no refund after he pulled out either. A colleague does.
func TestNobodyDecidesAboutMoneyWhereHeTakesPart(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		b, rival := v.Bidder("zhanyuan", ""), v.Bidder("duishou", "")
		v.Enter(n.Lot, b, rival)
		clerk := v.Give(b.Actor, v.Station.Memberships[0].OrgID, identity.Station)
		v.Import(clerk, tradingtest.Statement(v.Line(b, n.Lot), v.Line(rival, n.Lot)))
		own, his := deposits(t, v)["S"+b.Entry], deposits(t, v)["S"+rival.Entry]
		for _, d := range []trading.Deposit{own, his} {
			if d.State != trading.Received || !strings.Contains(d.Problem, "导入人本人报名了") {
				t.Errorf("the clerk's statement made it %s, %q", d.State, d.Problem)
			}
		}
		form := bidding.HandForm{Version: his.Version, Registration: rival.Entry, Reason: "户口簿载明"}
		_, err := v.Bidding.ProposeMatch(ctx, clerk, event.NewID(), his.ID, form)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.RejectDeposit(ctx, clerk, event.NewID(), his.ID, his.Version)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.ProposeMatch(ctx, v.Station, event.NewID(), his.ID, form)
		tradingtest.Must(t, err)
		_, err = v.Bidding.ConfirmMatch(ctx, clerk, event.NewID(), his.ID, his.Version+1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.DeclineMatch(ctx, clerk, event.NewID(), his.ID, his.Version+1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.ConfirmMatch(ctx, v.Colleague, event.NewID(), his.ID, his.Version+1)
		tradingtest.Must(t, err)

		v.Import(v.Station, tradingtest.Statement(v.Line(b, n.Lot))) // tries again what waits
		if got := deposits(t, v)["S"+b.Entry]; got.State != trading.Matched {
			t.Fatalf("a colleague's statement made it %s, %q", got.State, got.Problem)
		}
		_, err = v.Bidding.PullRegistration(ctx, b.Actor, event.NewID(), b.Entry, 1, v.Clock.Now())
		tradingtest.Must(t, err)
		due := deposits(t, v)["S"+b.Entry]
		refund := bidding.RefundForm{Version: due.Version, Trace: "R-1"}
		_, err = v.Bidding.RefundDeposit(ctx, clerk, event.NewID(), due.ID, refund)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.RefundDeposit(ctx, v.Station, event.NewID(), due.ID, refund)
		tradingtest.Must(t, err)
		_, err = v.Bidding.ConfirmRefund(ctx, clerk, event.NewID(), due.ID, due.Version+1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.ConfirmRefund(ctx, v.Colleague, event.NewID(), due.ID, due.Version+1)
		tradingtest.Must(t, err)
	})
}
