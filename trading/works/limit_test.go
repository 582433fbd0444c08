package works_test

import (
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading/rules"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

// TestAWorkKeepsItsLimit: a later edition of the rules moves no work that runs; one
// that is not opened yet is held to today's.
func TestAWorkKeepsItsLimit(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		running := v.Project()
		p, _, err := v.Works.SeeProject(ctx, v.Clerk, running)
		tradingtest.Must(t, err)
		form := v.ProjectForm(p.Item)
		form.Name, form.Place, form.Split = "文化活动室修缮", "村部东侧", "和人行桥不是一处工程"
		waiting, err := v.Works.OpenProject(ctx, v.Clerk, event.NewID(), form)
		tradingtest.Must(t, err)
		old, err := v.Works.Limit()
		tradingtest.Must(t, err)
		below := int(form.Estimate/100) - 1
		limit := func(yuan int) {
			pack := v.Works.Pack()
			pack.WorksLimit = rules.Of(yuan, "yuan", rules.Source{})
			v.Works.Pack = tradingtest.Under(pack)
		}
		limit(below)

		if got := v.Works.LimitOf(p); got != old {
			t.Errorf("a work that runs is held to %s, want %s", got.Yuan(), old.Yuan())
		}
		over := []works.Entry{{
			State:     works.EntryConfirmed,
			EntryForm: works.EntryForm{Stage: works.ContractStage, Sum: form.Estimate},
		}}
		if said := works.ProgressOf(p, over, v.Works.LimitOf(p), v.Days.Today()).Warnings; len(said) > 0 {
			t.Errorf("it is warned of by rules of another day: %v", said)
		}
		p, _, err = v.Works.SeeProject(ctx, v.Clerk, waiting)
		tradingtest.Must(t, err)
		if got := v.Works.LimitOf(p); got != money.Fen(below)*100 {
			t.Errorf("a work that waits is held to %s", got.Yuan())
		}
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), waiting,
			works.ConfirmForm{Version: p.Version, Clean: true})
		tradingtest.Want(t, err, fault.Conflict, "")
		limit(below + 1)
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), waiting,
			works.ConfirmForm{Version: p.Version, Clean: true})
		tradingtest.Must(t, err)
		opened, err := v.Works.Limit()
		tradingtest.Must(t, err)
		limit(1)
		p, _, err = v.Works.SeeProject(ctx, v.Clerk, waiting)
		if err != nil || v.Works.LimitOf(p) != opened {
			t.Errorf("opened, it is held to %s: %v", v.Works.LimitOf(p).Yuan(), err)
		}
	})
}
