package bidding_test

import (
	"encoding/json"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestNobodyIsShutOutByWaiting: what the station has not decided by the opening is
// refused with that reason, its deposit goes back, and the log says how many
// there were; no desk has it any more.
func TestNobodyIsShutOutByWaiting(t *testing.T) {
	for name, admitted := range map[string]bool{"opened": true, "failed": false} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				n := v.Tender(trading.Announced)
				a, paid, idle := v.Bidder("waicun", ""), v.Bidder("lingyi", ""), v.Bidder("weijiao", "")
				v.Enter(n.Lot, a, paid, idle)
				v.Pay(n.Lot, a, paid)
				if admitted {
					v.Admit(a)
				}
				v.Clock.Set(n.OpensAt)
				tradingtest.Must(t, v.Bidding.Work(t.Context()))
				for _, b := range []*tradingtest.Bidder{paid, idle} {
					r, err := v.DB.Registration(t.Context(), b.Entry, identity.Everywhere)
					tradingtest.Must(t, err)
					if r.State != trading.RegistrationRefused || r.Reason == "" || !r.DecidedAt.Equal(n.OpensAt) {
						t.Errorf("%s: %+v", b.Name, r)
					}
				}
				list, err := v.Bidding.DepositsOf(t.Context(), paid.Actor, paid.Entry)
				tradingtest.Must(t, err)
				if len(list) != 1 || list[0].State != trading.RefundDue || list[0].RefundBy == "" {
					t.Errorf("the deposit: %+v", list)
				}
				want, undecided := 1, 2
				if !admitted {
					want, undecided = 2, 3
				}
				refunds := v.Waits(v.Station)
				if len(refunds) != want || refunds[0].Name != "refund" {
					t.Errorf("the station's desk has %+v", refunds)
				}
				events, err := v.Library.Events(t.Context(), event.Of("lot", n.Lot), 0, 10)
				tradingtest.Must(t, err)
				var facts struct {
					Undecided int `json:"undecided"`
				}
				tradingtest.Must(t, json.Unmarshal(events[len(events)-1].Facts, &facts))
				if facts.Undecided != undecided {
					t.Errorf("%s says %d, want %d", events[len(events)-1].Kind, facts.Undecided, undecided)
				}
			})
		})
	}
}

// TestABiddersOwnDuties: the deposit until it has come or the registration is
// taken back; a supplement moves its day and the station's.
func TestABiddersOwnDuties(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		a, b := v.Bidder("waicun", ""), v.Bidder("lingyi", "")
		v.Enter(n.Lot, a, b)
		waits := func(want string, of *tradingtest.Bidder) {
			t.Helper()
			got := ""
			for _, w := range v.Waits(of.Actor) {
				got += w.Name + " " + string(w.Due) + ";"
			}
			if got != want {
				t.Errorf("%s has %q, want %q", of.Name, got, want)
			}
		}
		waits("paying 2026-12-07;", a)
		v.Pay(n.Lot, a)
		waits("", a)
		waits("paying 2026-12-07;", b)
		id, err := v.Tendering.ProposeSupplement(ctx, v.Clerk, event.NewID(),
			trading.SupplementForm{Tender: n.ID, Text: "路已通"})
		tradingtest.Must(t, err)
		_, err = v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		later := v.Load(n.ID)
		waits("", a)
		waits("paying "+string(dayBefore(later.RegisterUntil))+";", b)
		for _, w := range v.Waits(v.Station) {
			if w.Name == "registration" && w.Due != dayBefore(later.OpensAt) {
				t.Errorf("the station has until %s, opening is %s", w.Due, later.OpensAt)
			}
		}
		_, err = v.Bidding.PullRegistration(ctx, b.Actor, event.NewID(), b.Entry, 1, v.Clock.Now())
		tradingtest.Must(t, err)
		waits("", b)
		if list := v.Waits(v.Station); len(list) != 1 {
			t.Errorf("the station still has %+v", list)
		}
	})
}

func dayBefore(at time.Time) calendar.Date { return calendar.DateOf(at.Add(-1)) }
