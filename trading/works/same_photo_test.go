package works_test

import (
	"slices"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

// TestAPhotoOfAnotherWorkIsTold to the clerk who enters it and to the committee
// that confirms it, and to nobody else.
func TestAPhotoOfAnotherWorkIsTold(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		first := v.Project()
		p, _, err := v.Works.SeeProject(ctx, v.Clerk, first)
		tradingtest.Must(t, err)
		form := v.ProjectForm(p.Item)
		form.Name = "四组水渠"
		second, err := v.Works.OpenProject(ctx, v.Clerk, event.NewID(), form)
		tradingtest.Must(t, err)
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), second, works.ConfirmForm{
			Version: 1,
			Clean:   true,
		})
		tradingtest.Must(t, err)
		photo := v.Photo(v.Clerk, 9)
		record := func(project string, stage works.Stage) string {
			id, err := v.Works.RecordStage(ctx, v.Clerk, event.NewID(), project, works.EntryForm{
				Stage:  stage,
				On:     v.Days.Today(),
				Note:   "施工",
				Photos: []string{photo},
			})
			tradingtest.Must(t, err)
			return id
		}
		alone := record(first, works.BuildStage)
		if said, err := v.Works.SeeSame(ctx, v.Clerk, alone); err != nil || len(said) > 0 {
			t.Errorf("alone: %q, %v", said, err)
		}
		record(second, works.BuildStage)
		here := record(first, works.AcceptanceStage)
		said, err := v.Works.SeeSame(ctx, v.Supervision, here)
		slices.Sort(said)
		if err != nil || !slices.Equal(said,
			[]string{"有照片和本项目的“施工”完全相同", "有照片和项目“四组水渠”的“施工”完全相同"}) {
			t.Errorf("%q, %v", said, err)
		}
		_, err = v.Works.SeeSame(ctx, v.Bidder("luren", "").Actor, here)
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}
