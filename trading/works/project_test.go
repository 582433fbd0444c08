package works_test

import (
	"slices"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

// deed is a stage with what is typed in of it.
func deed(stage works.Stage, yuan int64) works.EntryForm {
	form := works.EntryForm{Stage: stage, On: "2026-11-23", Sum: 100 * money.Fen(yuan), Note: "照材料登记"}
	if stage == works.ContractStage {
		form.Party = "惠民建筑公司"
	}
	return form
}

// TestASmallWorkFromNeedToPayment: nothing is public before the committee has
// confirmed it; each confirmed entry is one event; the last payment ends it.
func TestASmallWorkFromNeedToPayment(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, nobody := t.Context(), identity.Actor{}
		item := v.Item()
		id, err := v.Works.OpenProject(ctx, v.Clerk, event.NewID(), v.ProjectForm(item))
		tradingtest.Want(t, err, "", "")
		_, _, err = v.Works.SeeProject(ctx, nobody, id)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, deed(works.NeedStage, 0))
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), id, works.ConfirmForm{
			Version: 1,
			Clean:   true,
		})
		tradingtest.Want(t, err, "", "")
		for n, s := range []struct {
			stage works.Stage
			yuan  int64
		}{
			{works.NeedStage, 0}, {works.DesignStage, 0}, {works.BudgetStage, 126800}, {works.TenderStage, 0},
			{works.ContractStage, 119600},
			{works.BuildStage, 0}, {works.VariationStage, 8400}, {works.BuildStage, 0}, {works.AcceptanceStage, 0},
			{works.FinalStage, 127950}, {works.PaymentStage, 127950},
		} {
			form := deed(s.stage, s.yuan)
			form.Files, form.Photos = []string{v.File(v.Clerk, int(s.yuan))}, []string{v.Photo(v.Clerk, 9+n)}
			entry, err := v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, form)
			tradingtest.Want(t, err, "", "")
			_, before, _ := v.Works.SeeProject(ctx, nobody, id)
			_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), entry, works.ConfirmForm{
				Version: 1,
				Clean:   true,
			})
			tradingtest.Want(t, err, "", "")
			_, after, _ := v.Works.SeeProject(ctx, nobody, id)
			if len(after) != len(before)+1 {
				t.Errorf("%s: the public sees %d entries before and %d after", s.stage, len(before), len(after))
			}
		}
		p, entries, err := v.Works.SeeProject(ctx, nobody, id)
		tradingtest.Want(t, err, "", "")
		if p.State != works.Finished || p.Sums.Outstanding() != 0 || p.Sums.Agreed() != 12_800_000 ||
			p.ProposedBy+p.ConfirmedBy+entries[0].RecordedBy != "" {
			t.Errorf("the public reads %+v", p)
		}
		if g := works.ProgressOf(p, entries, v.Works.LimitOf(p), v.Days.Today()); len(g.Gaps) > 0 ||
			!slices.Equal(g.Warnings, []string{"已登记的 10 个环节都是在同一天登记的"}) {
			t.Errorf("%q %q", g.Gaps, g.Warnings)
		}
		if got := tradingtest.Kinds(t, v, p.Stream()); !slices.Equal(got,
			[]string{"project.opened", "project.staged", "project.staged", "project.staged", "project.staged",
				"project.staged", "project.staged", "project.varied", "project.staged", "project.accepted",
				"project.settled", "project.paid"}) {
			t.Errorf("events: %v", got)
		}
		_, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, deed(works.PaymentStage, 1))
		tradingtest.Want(t, err, fault.Conflict, "")
	})
}

// TestWhoMayOpenAndConfirm: the handler never confirms, the neighbour finds
// nothing, and what is confirmed must have been looked at.
func TestWhoMayOpenAndConfirm(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id := v.Project()
		_, err := v.Works.RecordStage(ctx, v.OtherClerk, event.NewID(), id, deed(works.NeedStage, 0))
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Works.RecordStage(ctx, v.Supervision, event.NewID(), id, deed(works.NeedStage, 0))
		tradingtest.Want(t, err, fault.Forbidden, "")
		both := v.Give(v.Clerk, v.VillageOrg, identity.Supervision)
		entry, err := v.Works.RecordStage(ctx, both, event.NewID(), id, deed(works.NeedStage, 0))
		tradingtest.Want(t, err, "", "")
		clean := works.ConfirmForm{Version: 1, Clean: true}
		_, err = v.Works.ConfirmEntry(ctx, both, event.NewID(), entry, clean)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Works.ConfirmEntry(ctx, v.OtherSupervision, event.NewID(), entry, clean)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), entry, works.ConfirmForm{Version: 1})
		tradingtest.Want(t, err, fault.Invalid, "clean")
		_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), entry, works.ConfirmForm{
			Version: 2,
			Clean:   true,
		})
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Works.ReturnEntry(ctx, v.Supervision, event.NewID(), entry, casework.Return{
			Version: 1,
			Reasons: []fault.Field{{Name: "日期", Message: "与决议不符"}},
		})
		tradingtest.Want(t, err, "", "")
		_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), entry, works.ConfirmForm{
			Version: 2,
			Clean:   true,
		})
		tradingtest.Want(t, err, fault.Conflict, "")
		if _, seen, _ := v.Works.SeeProject(ctx, identity.Actor{}, id); len(seen) != 0 {
			t.Errorf("the public sees what was returned: %+v", seen)
		}
		_, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, deed(works.NeedStage, 0)) // once more, mended
		tradingtest.Want(t, err, "", "")
		// and that is one too many
		_, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, deed(works.NeedStage, 0))
		tradingtest.Want(t, err, fault.Conflict, "stage")
		proposal, err := v.Works.OpenProject(ctx, both, event.NewID(), v.ProjectForm(itemOf(t, v, id)))
		tradingtest.Want(t, err, "", "")
		_, err = v.Works.ConfirmProject(ctx, both, event.NewID(), proposal, clean)
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestADocumentIsPublicWithItsEntry: before that its uploader and the handlers
// of the village have it; afterwards everybody, byte for byte.
func TestADocumentIsPublicWithItsEntry(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, nobody := t.Context(), identity.Actor{}
		id := v.Project()
		form := deed(works.BudgetStage, 126800)
		form.Files = []string{v.File(v.Clerk, 1)}
		sees := func(who identity.Actor, code fault.Code) {
			t.Helper()
			body, err := v.Works.SeeFile(ctx, who, form.Files[0])
			tradingtest.Want(t, err, code, "")
			if code == "" && string(body) != string(tradingtest.PDF(1)) {
				t.Errorf("other bytes: %q", body)
			}
		}
		sees(v.Clerk, "")
		sees(v.Supervision, fault.NotFound)
		_, err := v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, with(form, v.File(v.Clerk, 2)))
		tradingtest.Want(t, err, "", "")
		theirs := form
		theirs.Stage, theirs.Sum = works.DesignStage, 0
		theirs.Files = []string{v.File(v.OtherClerk, 3)}
		_, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, theirs)
		tradingtest.Want(t, err, fault.Invalid, "files")
		form.Stage, form.Sum = works.TenderStage, 0
		entry, err := v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, form)
		tradingtest.Want(t, err, "", "")
		sees(v.Supervision, "")
		sees(v.OtherSupervision, fault.NotFound)
		sees(v.Station, fault.NotFound)
		sees(nobody, fault.NotFound)
		_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), entry, works.ConfirmForm{
			Version: 1,
			Clean:   true,
		})
		tradingtest.Want(t, err, "", "")
		sees(nobody, "")
	})
}

// TestBadProjects: each thing that can be wrong with a proposal or an entry is
// refused by the name of its field.
func TestBadProjects(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, item := t.Context(), v.Item()
		draft, err := v.Items.DraftItem(ctx, v.Station, event.NewID(), "", numbered("GC-02"))
		tradingtest.Want(t, err, "", "")
		for name, c := range map[string]struct {
			field  string
			change func(*works.ProjectForm)
		}{
			"over the limit":        {"estimate", func(f *works.ProjectForm) { f.Estimate = 15_000_001 }},
			"no estimate":           {"estimate", func(f *works.ProjectForm) { f.Estimate = 0 }},
			"no name":               {"name", func(f *works.ProjectForm) { f.Name = " " }},
			"a phone in the text":   {"scope", func(f *works.ProjectForm) { f.Scope = "找13800000000" }},
			"the other village":     {"village", func(f *works.ProjectForm) { f.Village = v.OtherVillageOrg }},
			"a group":               {"village", func(f *works.ProjectForm) { f.Village = v.Group }},
			"an unpublished item":   {"item", func(f *works.ProjectForm) { f.Item = draft }},
			"no such item":          {"item", func(f *works.ProjectForm) { f.Item = "nosuchitem" }},
			"no such resolution":    {"resolution", func(f *works.ProjectForm) { f.Resolution = "nosuchone" }},
			"a stage twice":         {"plan", func(f *works.ProjectForm) { f.Plan = append(f.Plan, f.Plan[2]) }},
			"days out of order":     {"plan", func(f *works.ProjectForm) { f.Plan[1].On = "2026-11-01" }},
			"a sum without a stage": {"plan", func(f *works.ProjectForm) { f.Plan[0].Sum = 1 }},
		} {
			form := v.ProjectForm(item)
			c.change(&form)
			_, err := v.Works.OpenProject(ctx, v.Clerk, event.NewID(), form)
			t.Log(name)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
		form := v.ProjectForm(item)
		form.Estimate = 15_000_000 // the limit itself is small
		_, err = v.Works.OpenProject(ctx, v.Clerk, event.NewID(), form)
		tradingtest.Want(t, err, "", "")
	})
}

func itemOf(t *testing.T, v *tradingtest.Village, project string) string {
	t.Helper()
	p, err := v.DB.Project(t.Context(), project, identity.Everywhere)
	tradingtest.Want(t, err, "", "")
	return p.Item
}
