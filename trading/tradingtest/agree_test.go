package tradingtest

import (
	"testing"

	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tendering"
)

// TestTheCheckerCatches: a state without its duty, a duty that outlived its state,
// and another noun of the case in its place.
func TestTheCheckerCatches(t *testing.T) {
	tender := Life{Noun: "tender", Lifecycle: trading.TenderLifecycle, Leads: tendering.Leads}
	award := Life{Noun: "award", Lifecycle: trading.AwardLifecycle, Leads: bidding.AwardLeads}
	check := map[string]bool{"tender:n1 check": true}
	for _, c := range []struct {
		name  string
		wrong []string
		want  int
	}{
		{"agrees", tender.disagree("n1", trading.Submitted, check, true), 0},
		{"nobody owes", tender.disagree("n1", trading.Submitted, nil, false), 1},
		{"another's", tender.disagree("n2", trading.Submitted, check, true), 1},
		{"outlived", tender.disagree("n1", trading.Withdrawn, check, true), 1},
		{"the wrong desk", tender.disagree("n1", trading.Checked, check, true), 2},
		{"the contract goes on", award.disagree("n1", trading.Settled, nil, true), 0},
		{"nothing goes on", award.disagree("n1", trading.Settled, nil, false), 1},
	} {
		if len(c.wrong) != c.want {
			t.Errorf("%s: %q", c.name, c.wrong)
		}
	}
}
