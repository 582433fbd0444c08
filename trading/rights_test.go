package trading

import (
	"slices"
	"testing"

	"sunlot/trading/rules"
)

// TestRightsOf: the statute puts members first on land that is open to outsiders and nowhere
// else; what the vote gives besides stays, behind them.
func TestRightsOf(t *testing.T) {
	pack, err := rules.Find("shifan")
	if err != nil {
		t.Fatal(err)
	}
	silent := pack
	silent.MembersFirst = rules.Source{}
	both, lessee := []Priority{MemberFirst, FormerLessee}, []Priority{FormerLessee}
	for name, c := range map[string]struct {
		pack      rules.Pack
		kind      AssetKind
		outsiders bool
		voted     []Priority
		want      []Priority
		statute   bool
	}{
		"land, nothing voted":             {pack, FarmLand, true, nil, []Priority{MemberFirst}, true},
		"land, the lessee voted":          {pack, WaterLand, true, lessee, both, true},
		"land, the lessee first":          {pack, FarmLand, true, []Priority{FormerLessee, MemberFirst}, both, true},
		"land, both voted":                {pack, FarmLand, true, both, both, true},
		"land for members":                {pack, FarmLand, false, lessee, lessee, false},
		"a shop":                          {pack, Building, true, lessee, lessee, false},
		"a county without that statute":   {silent, FarmLand, true, lessee, lessee, false},
		"a machine and nothing was voted": {pack, Equipment, true, nil, nil, false},
	} {
		vote := ResolutionForm{Outsiders: c.outsiders, Priorities: slices.Clone(c.voted)}
		got := RightsOf(c.pack, c.kind, vote)
		if !slices.Equal(got.Priorities, c.want) || got.MembersOnly == c.outsiders ||
			(got.Statute.Title != "") != c.statute || len(got.Labels()) != len(c.want) {
			t.Errorf("%s: %+v", name, got)
		}
		if !slices.Equal(vote.Priorities, c.voted) {
			t.Errorf("%s: the vote itself has changed: %v", name, vote.Priorities)
		}
	}
	for _, k := range BidderKinds {
		if k.Kind.Label() != k.Label {
			t.Errorf("%s is called %s", k.Kind, k.Kind.Label())
		}
	}
	if BidderKind("mayor").Label() != "" {
		t.Error("a mayor is no kind of bidder")
	}
}
