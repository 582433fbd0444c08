package trading

import (
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/trading/rules"
)

// votes is a list with so many for, against, abstaining and absent.
func votes(yes, no, abstain, absent int) []Vote {
	var all []Vote
	for choice, n := range map[Choice]int{For: yes, Against: no, Abstain: abstain, Absent: absent} {
		for range n {
			all = append(all, Vote{Name: "某", Choice: choice})
		}
	}
	return all
}

var held = []StepDone{{"propose", "2026-11-01"}, {"consult", "2026-11-01"}, {"party", "2026-11-05"}, {"decide", "2026-11-10"}, {"publish", "2026-11-11"}}

func TestLawful(t *testing.T) {
	pack, err := rules.Find("shifan")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		assembly  string
		kind      AssetKind
		outsiders bool
		votes     []Vote
		says      string // part of the reason; empty when lawful
	}{
		"two thirds came, more than half agreed":        {"group_meeting", WaterLand, false, votes(11, 9, 0, 10), ""},
		"one short of two thirds came":                  {"group_meeting", WaterLand, false, votes(19, 0, 0, 11), "到会19人"},
		"half is not more than half":                    {"group_meeting", WaterLand, false, votes(10, 10, 0, 0), "同意10人"},
		"abstaining counts as present":                  {"group_meeting", WaterLand, false, votes(11, 0, 9, 10), ""},
		"land to outsiders: two thirds of all":          {"group_meeting", WaterLand, true, votes(20, 0, 0, 10), ""},
		"land to outsiders: one short":                  {"group_meeting", WaterLand, true, votes(19, 5, 0, 6), "向本集体以外开放"},
		"a shop to outsiders needs no more":             {"group_meeting", Building, true, votes(11, 9, 0, 10), ""},
		"member representatives: two thirds of all":     {"member_representatives", Building, false, votes(20, 0, 0, 10), ""},
		"member representatives: two thirds of present": {"member_representatives", Building, false, votes(15, 5, 0, 10), "全体30人"},
		"an assembly that no rule knows":                {"committee", Building, false, votes(30, 0, 0, 0), "不在本县规则之内"},
	} {
		t.Run(name, func(t *testing.T) {
			got := unlawful(pack, Asset{AssetForm: AssetForm{Assembly: c.assembly, Kind: c.kind}},
				ResolutionForm{Votes: c.votes, Outsiders: c.outsiders, Steps: held}, "2026-11-23")
			if joined := strings.Join(got, ";"); (joined == "") != (c.says == "") || !strings.Contains(joined, c.says) {
				t.Errorf("got %q, want %q", joined, c.says)
			}
		})
	}
}

func TestStepsInOrder(t *testing.T) {
	pack, _ := rules.Find("shifan")
	with := func(key string, on calendar.Date) []StepDone {
		all := append([]StepDone{}, held...)
		for i := range all {
			if all[i].Key == key {
				all[i].On = on
			}
		}
		return all
	}
	for name, c := range map[string]struct {
		steps []StepDone
		says  string
	}{
		"as held":           {held, ""},
		"a step is missing": {with("party", ""), "缺少“党员大会审议”"},
		"out of order":      {with("consult", "2026-11-20"), "顺序不对"},
		"not yet":           {with("publish", "2026-11-24"), "还没有到"},
		"none":              {nil, "缺少“村党支部提议”"},
	} {
		if got := strings.Join(stepsMissed(pack, c.steps, "2026-11-23"), ";"); (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestTermOf(t *testing.T) {
	pack, _ := rules.Find("shifan")
	for _, c := range []struct {
		published, until, opens string
		days                    int
		firm                    bool
	}{
		{"2026-11-23", "2026-12-07T08:00:00Z", "2026-12-08T01:00:00Z", 10, true},
		{"2026-09-21", "2026-10-12T08:00:00Z", "2026-10-13T01:00:00Z", 10, true}, // over two holidays, with a worked Saturday
		{"2026-12-21", "2027-01-04T08:00:00Z", "2027-01-05T01:00:00Z", 10, false},
	} {
		got := TermOf(pack, calendar.Published, calendar.Date(c.published).At(10, 0), c.days)
		if stampSeconds(got) != [2]string{c.until, c.opens} || got.Firm != c.firm {
			t.Errorf("published %s: %v, firm %v", c.published, stampSeconds(got), got.Firm)
		}
	}
}

func stampSeconds(term Term) [2]string {
	const f = "2006-01-02T15:04:05Z"
	return [2]string{term.RegisterUntil.Format(f), term.OpensAt.Format(f)}
}

func TestEveryFigureHasASource(t *testing.T) {
	pack, _ := rules.Find("shifan")
	for _, n := range pack.Numbers() {
		if n.Value <= 0 || n.Source.Title == "" || n.UnitLabel() == "" {
			t.Errorf("%s: %+v", n.Label, n.Number)
		}
		if !n.Source.Local && n.Source.Article == "" {
			t.Errorf("%s cites a rule without its article", n.Label)
		}
	}
	for got, want := range map[string]string{
		pack.FreeSeconds.String(): "60 分钟", pack.WorksLimit.String(): "15 万元", pack.ResultDays.String(): "3 个工作日",
		rules.Share{Num: 2, Den: 3}.String(): "不少于三分之二", rules.Share{Num: 1, Den: 12, Strict: true}.String(): "超过12分之一",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if pack.MinNotice(301).Value != 7 || pack.MinNotice(502).Value != 10 || pack.MinNotice(228).Value != 10 {
		t.Error("the spring notice holds from 1 March to 1 May")
	}
}
