package tendering_test

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestReturnByWhoeverTheStageIsFor has a leader who also works at the station:
// what stands at the approval is returned as the leader's.
func TestReturnByWhoeverTheStageIsFor(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		both := v.Give(v.Leader, v.Station.Memberships[0].OrgID, identity.Station)
		back := casework.Return{Reasons: []fault.Field{{Name: "税费", Message: "请写明由谁承担"}}}
		for _, stage := range []struct {
			at casework.State
			as identity.Role
		}{{trading.Submitted, identity.Station}, {trading.Checked, identity.Leader},
			{trading.Approved, identity.Leader}} {
			n := v.Tender(stage.at)
			back.Version = n.Version
			if _, err := v.Tendering.ReturnTender(t.Context(), both, event.NewID(), n.ID, back); err != nil {
				t.Errorf("at %s: %v", stage.at, err)
				continue
			}
			acts, err := v.DB.Acts(t.Context(), n.Stream())
			if err != nil {
				t.Fatal(err)
			}
			if last := acts[len(acts)-1]; last.Kind != "tender.returned" || last.Role != stage.as {
				t.Errorf("at %s the trail says %s by %s", stage.at, last.Kind, last.Role)
			}
		}
		n := v.Tender(trading.Checked)
		back.Version = n.Version
		_, err := v.Tendering.ReturnTender(t.Context(), v.Station, event.NewID(), n.ID, back)
		tradingtest.Want(t, err, fault.Conflict, "")
	})
}
