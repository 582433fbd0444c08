package tradingtest

import (
	"fmt"

	"sunlot/disclosure/power"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/works"
)

// ItemForm is a short item of small works.
func ItemForm() power.ItemForm {
	return power.ItemForm{
		Number:      "GC-01",
		Name:        "村级小型工程发包",
		Category:    "works",
		Basis:       []power.Basis{{Title: "村民委员会组织法", Article: "第二十四条"}},
		Responsible: "村民委员会",
		Scope:       "小型工程",
		Rights:      "可以看材料",
		Discloses:   "每一步",
		Until:       "核实后立即公开",
		Risks:       "化整为零",
		Complain:    "村监委会",
		Steps: []power.ItemStep{{Name: "决议", Who: "村民代表会议", Leaves: "决议", Stage: works.NeedStage}, {
			Name:   "预算",
			Who:    "村民委员会",
			Days:   10,
			Leaves: "预算书",
			Stage:  works.BudgetStage,
		}},
	}
}

// Item publishes the township's item of small works.
func (v *Village) Item() string {
	v.T.Helper()
	id, err := v.Items.DraftItem(v.T.Context(), v.Station, event.NewID(), "", ItemForm())
	v.ok(err)
	_, err = v.Items.PublishItem(v.T.Context(), v.Leader, event.NewID(), id, 1)
	v.ok(err)
	return id
}

// ProjectForm is a footbridge with a plan.
func (v *Village) ProjectForm(item string) works.ProjectForm {
	return works.ProjectForm{
		Village:  v.VillageOrg,
		Item:     item,
		Name:     "三组人行桥",
		Place:    "溪口",
		Scope:    "长18米、宽2.2米",
		Estimate: 13_000_000,
		Split:    "各在不同的组，不相连",
		Plan: []works.Planned{{Stage: works.NeedStage, On: "2026-11-20"}, {
			Stage: works.BudgetStage,
			On:    "2026-12-01",
			Sum:   12_800_000,
		}, {
			Stage: works.ContractStage,
			On:    "2026-12-10",
			Sum:   12_500_000,
		}},
	}
}

// Project opens the footbridge and has it confirmed.
func (v *Village) Project() string {
	v.T.Helper()
	id, err := v.Works.OpenProject(v.T.Context(), v.Clerk, event.NewID(), v.ProjectForm(v.Item()))
	v.ok(err)
	_, err = v.Works.ConfirmProject(v.T.Context(), v.Supervision, event.NewID(), id, works.ConfirmForm{
		Version: 1,
		Clean:   true,
	})
	v.ok(err)
	return id
}

// File uploads a small PDF; each n is another one.
func (v *Village) File(who identity.Actor, n int) string {
	v.T.Helper()
	f, err := v.Works.AddFile(v.T.Context(), who, PDF(n))
	v.ok(err)
	return f.SHA256
}

// PDF is the least that is taken for a document.
func PDF(n int) []byte { return fmt.Appendf(nil, "%%PDF-1.4\n%% %d\n%%%%EOF\n", n) }
