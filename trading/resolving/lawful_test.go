package resolving

import (
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// votes is a list with so many for, against, abstaining and absent.
func votes(yes, no, abstain, absent int) []trading.Vote {
	var all []trading.Vote
	for choice, n := range map[trading.Choice]int{
		trading.For:     yes,
		trading.Against: no,
		trading.Abstain: abstain,
		trading.Absent:  absent,
	} {
		for range n {
			all = append(all, trading.Vote{Name: "某", Choice: choice})
		}
	}
	return all
}

var held = []trading.StepDone{{
	Key: "propose",
	On:  "2026-11-01",
}, {
	Key: "consult",
	On:  "2026-11-01",
}, {Key: "party", On: "2026-11-05"}, {Key: "decide", On: "2026-11-10"}, {Key: "publish", On: "2026-11-11"}}

func TestLawful(t *testing.T) {
	pack, err := rules.Find("shifan")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		assembly  string
		kind      trading.AssetKind
		outsiders bool
		votes     []trading.Vote
		says      string // part of the reason; empty when lawful
	}{
		"two thirds came, more than half agreed": {"group_meeting", trading.WaterLand, false,
			votes(11, 9, 0, 10), ""},
		"one short of two thirds came": {"group_meeting", trading.WaterLand, false,
			votes(19, 0, 0, 11), "到会19人"},
		"half is not more than half": {"group_meeting", trading.WaterLand, false,
			votes(10, 10, 0, 0), "同意10人"},
		"abstaining counts as present": {"group_meeting", trading.WaterLand, false,
			votes(11, 0, 9, 10), ""},
		"land to outsiders: two thirds of all": {"group_meeting", trading.WaterLand, true,
			votes(20, 0, 0, 10), ""},
		"land to outsiders: one short": {"group_meeting", trading.WaterLand, true,
			votes(19, 5, 0, 6), "租给本集体以外"},
		"a shop to outsiders needs no more": {"group_meeting", trading.Building, true,
			votes(11, 9, 0, 10), ""},
		"member representatives: two thirds of all": {"member_representatives", trading.Building, false,
			votes(20, 0, 0, 10), ""},
		"member representatives: two thirds of present": {"member_representatives", trading.Building, false,
			votes(15, 5, 0, 10), "全体30人"},
		"an assembly that no rule knows": {"committee", trading.Building, false, votes(30, 0, 0, 0), "不在本县规则之内"},
	} {
		t.Run(name, func(t *testing.T) {
			got := unlawful(pack, trading.Asset{AssetForm: trading.AssetForm{Assembly: c.assembly, Kind: c.kind}},
				trading.ResolutionForm{Votes: c.votes, Outsiders: c.outsiders, Steps: held}, "2026-11-23")
			if joined := strings.Join(got, ";"); (joined == "") != (c.says == "") || !strings.Contains(joined, c.says) {
				t.Errorf("got %q, want %q", joined, c.says)
			}
		})
	}
}

func TestStepsInOrder(t *testing.T) {
	pack, _ := rules.Find("shifan")
	with := func(key string, on calendar.Date) []trading.StepDone {
		all := append([]trading.StepDone{}, held...)
		for i := range all {
			if all[i].Key == key {
				all[i].On = on
			}
		}
		return all
	}
	for name, c := range map[string]struct {
		steps []trading.StepDone
		says  string
	}{
		"as held":           {held, ""},
		"a step is missing": {with("party", ""), "缺少“党员大会审议”"},
		"out of order":      {with("consult", "2026-11-20"), "顺序不对"},
		"not yet":           {with("publish", "2026-11-24"), "还没有到"},
		"none":              {nil, "缺少“村党组织提议”"},
	} {
		if got := strings.Join(stepsMissed(pack, c.steps, "2026-11-23"), ";"); (got == "") != (c.says == "") ||
			!strings.Contains(got, c.says) {
			t.Errorf("%s: got %q", name, got)
		}
	}
}
