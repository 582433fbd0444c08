package works

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/disclosure/words"
	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// TestEventsOfAWorkInWords: what a leaf of each kind says, from its bytes, whose
// names are for ever.
func TestEventsOfAWorkInWords(t *testing.T) {
	all, err := words.New(Wordings)
	if err != nil {
		t.Fatal(err)
	}
	of := func(stage, skipped, sum, corrects string) string {
		return `{"entry":"e1","stage":"` + stage + `","skipped":` + skipped + `,"on":"2026-11-23","sum":` + sum +
			`,"photos":["p1"],"files":["f1","f2"],"sums":{"budget":100,"contract":9000,"varied":500,"final":0,"paid":200},` +
			`"corrects":` + corrects + `}`
	}
	staged := func(stage, skipped, sum string) string { return of(stage, skipped, sum, "0") }
	for _, c := range []struct {
		kind, facts string
		says        []string
	}{
		{
			"project.opened", `{"item":{"stream":"item:i1","seq":2},"edition":3,"village":"v","resolution":"","estimate":13000000,` +
				`"limit":15000000,"plan":[{"stage":"need","on":"2026-11-20"}],"document":"d1"}`,
			[]string{"估算：130,000.00 元", "这类工程的限额：150,000.00 元", "按哪个事项：item:i1/2，第 3 版", "文件校验码：d1"},
		},
		{
			"project.staged", staged("build", "false", "0"),
			[]string{"环节：施工", "日期：2026年11月23日", "文件：2 份", "照片：1 张", "合同价（含变更）：95.00 元", "已付：2.00 元"},
		},
		{
			"project.varied", staged("variation", "false", "-500"),
			[]string{"环节：变更签证", "日期：2026年11月23日", "金额：-5.00 元", "文件：2 份", "照片：1 张", "合同价（含变更）：95.00 元",
				"已付：2.00 元"},
		},
		{
			"project.paid", staged("payment", "false", "200"),
			[]string{"环节：付款", "日期：2026年11月23日", "金额：2.00 元", "文件：2 份", "照片：1 张", "合同价（含变更）：95.00 元", "已付：2.00 元"},
		},
		{
			"project.skipped", of("payment", "true", "0", "4"),
			[]string{"更正：第 4 项", "环节：付款", "日期：2026年11月23日", "文件：2 份", "照片：1 张"},
		},
		{"project.skipped", staged("design", "true", "0"), []string{"环节：设计", "日期：2026年11月23日", "文件：2 份", "照片：1 张"}},
	} {
		var says []string
		for _, f := range all.Tell(event.Event{Kind: c.kind, Facts: json.RawMessage(c.facts)}).Facts {
			says = append(says, f.Label+"："+f.Value)
		}
		if !slices.Equal(says, c.says) {
			t.Errorf("%s says\n%q, want\n%q", c.kind, says, c.says)
		}
	}
}

// TestEveryStageIsWhole: a name, what proves it, and an event that the room tells.
func TestEveryStageIsWhole(t *testing.T) {
	all, err := words.New(Wordings)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[Stage]bool{}
	for i, s := range Specs() {
		if seen[s.Stage] || s.Label == "" || s.Paper == "" || all.Title(s.Event) == s.Event ||
			all.Title(s.Event) == "" || place(s.Stage) != i {
			t.Errorf("%+v", s)
		}
		seen[s.Stage] = true
		if s.Stage.Label() != s.Label {
			t.Errorf("%s is called %q", s.Stage, s.Stage.Label())
		}
	}
	if _, ok := SpecOf("party"); ok || Stage("party").Label() != "" || place("party") != -1 {
		t.Error("there is a stage that nobody declared")
	}
	Specs()[0].Label = "x"
	if NeedStage.Label() == "x" {
		t.Error("whoever lists the stages may change them")
	}
}

// TestWhatAWorkOwes: the final account once there is one, else what was agreed.
func TestWhatAWorkOwes(t *testing.T) {
	for _, c := range []struct {
		sums              Sums
		owed, outstanding int64
	}{
		{Sums{}, 0, 0}, {Sums{Contract: 90, Varied: -5, Paid: 10}, 85,
			75}, {Sums{Contract: 90, Final: 80, Paid: 85}, 80, -5},
	} {
		if int64(c.sums.Owed()) != c.owed || int64(c.sums.Outstanding()) != c.outstanding {
			t.Errorf("%+v: owed %s, outstanding %s", c.sums, c.sums.Owed().Yuan(), c.sums.Outstanding().Yuan())
		}
	}
	p := Project{State: Underway, NextDue: "2026-12-01"}
	if p.Late("2026-12-01") || !p.Late("2026-12-02") ||
		(Project{State: Finished, NextDue: "2026-12-01"}).Late("2027-01-01") {
		t.Error("a work is late from the day after, as long as it goes on")
	}
}

// TestEachFieldOfAProposalHasItsLimits; at the limit itself nothing is refused.
func TestEachFieldOfAProposalHasItsLimits(t *testing.T) {
	good := func() ProjectForm {
		return ProjectForm{Village: "v", Item: "i", Name: strings.Repeat("桥", 60), Place: strings.Repeat("溪", 120),
			Scope: strings.Repeat("长",
				1000), Estimate: 15_000_000, Plan: []Planned{{Stage: NeedStage,
				On: "2026-11-20"}, {Stage: BudgetStage, Sum: 1}}}
	}
	if err := good().check(15_000_000); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		field  string
		change func(*ProjectForm)
	}{
		"a long name":       {"name", func(f *ProjectForm) { f.Name += "桥" }},
		"a long place":      {"place", func(f *ProjectForm) { f.Place += "溪" }},
		"a long scope":      {"scope", func(f *ProjectForm) { f.Scope += "长" }},
		"no village":        {"village", func(f *ProjectForm) { f.Village = "" }},
		"no item":           {"item", func(f *ProjectForm) { f.Item = "" }},
		"a long resolution": {"resolution", func(f *ProjectForm) { f.Resolution = strings.Repeat("r", 17) }},
		"a fen too much":    {"estimate", func(f *ProjectForm) { f.Estimate++ }},
		"below zero":        {"estimate", func(f *ProjectForm) { f.Estimate = -1 }},
		"no such stage":     {"plan", func(f *ProjectForm) { f.Plan[0].Stage = "party" }},
		"stages reversed":   {"plan", func(f *ProjectForm) { slices.Reverse(f.Plan) }},
		"no such day":       {"plan", func(f *ProjectForm) { f.Plan[0].On = "2026-02-30" }},
		"a day long past":   {"plan", func(f *ProjectForm) { f.Plan[0].On = "1999-12-31" }},
		"a sum below zero":  {"plan", func(f *ProjectForm) { f.Plan[1].Sum = -1 }},
	} {
		form := good()
		c.change(&form)
		fields := fault.FieldsOf(form.check(15_000_000))
		if len(fields) != 1 || fields[0].Name != c.field {
			t.Errorf("%s: %v, want %s", name, fields, c.field)
		}
	}
}
