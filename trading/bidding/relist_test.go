package bidding_test

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestAFailedLotWaitsForItsClerk: until the clerk drafts another notice of the
// asset, or says that it is not let for now, which is said once and of nothing else.
func TestAFailedLotWaitsForItsClerk(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		end := func(who identity.Actor, id string, version int) error {
			_, err := v.Tendering.EndTender(ctx, who, event.NewID(), id, version)
			return err
		}
		tradingtest.Want(t, end(v.Clerk, n.ID, n.Version), fault.Conflict, "")
		v.Clock.Set(n.OpensAt)
		tradingtest.Must(t, v.Bidding.Work(ctx))
		desk := v.Waits(v.Clerk)
		if len(desk) != 1 || desk[0].DutyKind != trading.RelistDuty || desk[0].Case != n.ID {
			t.Fatalf("the clerk's desk has %+v", desk)
		}
		for st, want := range map[casework.State]int{
			trading.Failed: 1, trading.Bidding: 0, trading.Listed: 0, trading.Announced: 1, trading.Drafted: 0,
		} {
			_, total, err := v.Tendering.SeeTenders(ctx, v.Clerk, casework.Query{
				Scope:  identity.Scope{v.Clerk.Memberships[0].Path},
				States: []casework.State{st},
			})
			if err != nil || total != want {
				t.Errorf("in the state %s: %d, want %d, %v", st, total, want, err)
			}
		}
		tradingtest.Want(t, end(v.Station, n.ID, n.Version), fault.Forbidden, "")
		tradingtest.Want(t, end(v.OtherClerk, n.ID, n.Version), fault.NotFound, "")
		tradingtest.Want(t, end(v.Clerk, n.ID, n.Version+1), fault.Conflict, "")
		form := n.TenderForm
		form.StartsOn = "2027-03-01"
		again, err := v.Tendering.DraftTender(ctx, v.Clerk, event.NewID(), form)
		tradingtest.Must(t, err)
		desk = v.Waits(v.Clerk)
		if len(desk) != 1 || desk[0].Case != again || desk[0].Name != "tender" {
			t.Errorf("drafted anew, it has %+v", desk)
		}
		tradingtest.Must(t, end(v.Clerk, n.ID, n.Version))
		tradingtest.Want(t, end(v.Clerk, n.ID, n.Version), fault.Conflict, "")
		_, err = v.Tendering.WithdrawTender(ctx, v.Clerk, event.NewID(), again, 1)
		tradingtest.Must(t, err)
		desk = v.Waits(v.Clerk)
		if len(desk) != 1 || desk[0].DutyKind != trading.LettingDuty {
			t.Errorf("withdrawn, it has %+v", desk)
		}
	})
}
