package power

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading/works"
)

func whole() ItemForm {
	return ItemForm{
		Number:      "GC-01",
		Name:        "村级小型工程发包",
		Category:    "works",
		Basis:       []Basis{{Title: "村民委员会组织法", Article: "第二十四条"}, {Title: "乡镇办法"}},
		Responsible: "村民委员会",
		Scope:       "小型工程",
		Rights:      "可以看材料",
		Steps:       []ItemStep{{Name: "决议", Who: "村民代表会议", Leaves: "决议", Stage: works.NeedStage}},
		Discloses:   "每一步",
		Until:       "核实后立即公开",
		Risks:       "化整为零",
		Complain:    "村监委会",
	}
}

// TestLimitsOfAForm: each field has a most, and what is over it is refused by
// the field's name.
func TestLimitsOfAForm(t *testing.T) {
	if err := whole().check(); err != nil {
		t.Fatal(err)
	}
	step := whole().Steps[0]
	step.Stage = ""
	long := strings.Repeat("长", 1001)
	for field, change := range map[string][]func(*ItemForm){
		"number":      {func(f *ItemForm) { f.Number = strings.Repeat("1", 21) }},
		"name":        {func(f *ItemForm) { f.Name = long }, func(f *ItemForm) { f.Name = " " }},
		"category":    {func(f *ItemForm) { f.Category = "" }},
		"responsible": {func(f *ItemForm) { f.Responsible = long }},
		"scope":       {func(f *ItemForm) { f.Scope = "" }},
		"rights":      {func(f *ItemForm) { f.Rights = long }},
		"discloses":   {func(f *ItemForm) { f.Discloses = long }},
		"until":       {func(f *ItemForm) { f.Until = "" }},
		"risks":       {func(f *ItemForm) { f.Risks = long }},
		"complain":    {func(f *ItemForm) { f.Complain = long }},
		"basis": {
			func(f *ItemForm) { f.Basis = slices.Repeat(f.Basis[:1], maxRows+1) },
			func(f *ItemForm) { f.Basis[1].Article = long },
		},
		"steps": {
			func(f *ItemForm) { f.Steps = slices.Repeat([]ItemStep{step}, maxRows+1) },
			func(f *ItemForm) { f.Steps[0].Days = 366 },
			func(f *ItemForm) { f.Steps[0].Name = "" },
			func(f *ItemForm) { f.Steps[0].Who = "" },
			func(f *ItemForm) { f.Steps[0].Leaves = long },
		},
	} {
		for n, wrong := range change {
			form := whole()
			wrong(&form)
			err := form.check()
			if fault.CodeOf(err) != fault.Invalid || !named(err, field) {
				t.Errorf("%s, case %d: %v", field, n, err)
			}
		}
	}
	full := whole()
	full.Steps = slices.Repeat([]ItemStep{step}, maxRows)
	if err := full.check(); err != nil {
		t.Errorf("%d steps: %v", maxRows, err)
	}
}

// named says whether the error is about the field and no other.
func named(err error, field string) bool {
	fields := fault.FieldsOf(err)
	return len(fields) == 1 && fields[0].Name == field
}

func TestCategoriesHaveNames(t *testing.T) {
	for _, c := range Categories {
		if c.Category.Label() != c.Label || c.Label == "" {
			t.Errorf("%s is called %q", c.Category, c.Category.Label())
		}
	}
	if Category("others").Label() != "" {
		t.Error("a category that there is not has a name")
	}
}

// TestOnlyFactsOfAnEditionAreRead: an event that is something else is an error.
func TestOnlyFactsOfAnEditionAreRead(t *testing.T) {
	want := PublishedFacts{Edition: 2, Number: "GC-01", Category: "works", Steps: 10, Document: "d"}
	raw, err := event.Canonical(want)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ReadEdition(event.Event{Facts: raw}); err != nil || got != want {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := ReadEdition(event.Event{Facts: []byte(`{"edition":"second"}`)}); err == nil {
		t.Error("an edition that is no number is read")
	}
}

// TestStepsAreCounted: how many steps were on time, late, left out without a
// word, and are still to come; what was skipped or never needed counts nowhere.
func TestStepsAreCounted(t *testing.T) {
	item := ItemForm{Steps: []ItemStep{
		{Name: "决议", Stage: works.NeedStage},
		{Name: "设计", Stage: works.DesignStage, Days: 3},
		{Name: "预算", Stage: works.BudgetStage, Days: 5},
		{Name: "变更", Stage: works.VariationStage},
		{Name: "验收", Stage: works.AcceptanceStage},
		{Name: "宣传"},
	}}
	done := func(stage works.Stage, on calendar.Date) works.Entry {
		return works.Entry{State: works.EntryConfirmed, EntryForm: works.EntryForm{
			Stage: stage,
			On:    on,
			Note:  "n",
			Files: []string{"f"},
		}}
	}
	entries := []works.Entry{done(works.NeedStage, "2026-11-20"), done(works.DesignStage, "2026-11-26"),
		bare(done(works.AcceptanceStage, "2026-12-08"))}
	g := works.ProgressOf(works.Project{State: works.Underway}, entries, 150_000_00, "2026-12-08")
	run := RunOf(item, g, calendar.Published, "2026-12-08")
	if run.OnTime != 0 || run.Unproven != 1 || run.Late != 1 || run.Missing != 1 || run.Due != 1 ||
		len(run.Steps) != 6 {
		t.Errorf("%+v", run)
	}
	if by := run.Steps[1].By; by != "2026-11-25" {
		t.Errorf("the design was due on %s", by)
	}
	for _, step := range run.Steps {
		if step.Standing.Label() == "" {
			t.Errorf("%s: %q has no name", step.Name, step.Standing)
		}
	}
}
