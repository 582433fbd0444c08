package housetest

import (
	"sunlot/disclosure/power"
	"sunlot/internal/event"
	"sunlot/trading/works"
)

// ItemID is the seed's item of small works.
func (r *House) ItemID() string {
	r.T.Helper()
	list, _, err := r.Items.SeeItems(r.T.Context(), power.Query{Category: "works"})
	r.Ok(err)
	return list[0].ID
}

// proposed is a small work of a village, confirmed if asked to.
func proposed(r *House, clerk, supervision, village string, confirmed bool) string {
	r.T.Helper()
	id, err := r.Works.OpenProject(r.T.Context(), r.Actor(clerk), event.NewID(), works.ProjectForm{
		Village:  r.Org(village),
		Item:     r.ItemID(),
		Name:     "三组人行桥",
		Place:    "溪口",
		Scope:    "长18米、宽2.2米",
		Estimate: 13_000_000,
		Split:    "各在不同的组，不相连",
		Plan:     []works.Planned{{Stage: works.BudgetStage, On: "2026-12-01", Sum: 12_800_000}},
	})
	r.Ok(err)
	if confirmed {
		_, err = r.Works.ConfirmProject(r.T.Context(), r.Actor(supervision), event.NewID(), id, works.ConfirmForm{
			Version: 1,
			Clean:   true,
		})
		r.Ok(err)
	}
	return id
}

func (r *House) OurWork(confirmed bool) string {
	return proposed(r, "clerk", "supervision", "青塘村村民委员会", confirmed)
}

func (r *House) TheirWork(confirmed bool) string {
	return proposed(r, "clerk2", "supervision2", "松坪村村民委员会", confirmed)
}

// Typed enters a stage of a work, which waits for the committee.
func (r *House) Typed(clerk, project string) string {
	r.T.Helper()
	id, err := r.Works.RecordStage(r.T.Context(), r.Actor(clerk), event.NewID(), project, works.EntryForm{
		Stage: works.NeedStage,
		On:    r.Days.Today(),
		Note:  "会议同意",
	})
	r.Ok(err)
	return id
}

// Confirmed enters a stage of our village's work and has it confirmed.
func (r *House) Confirmed(project string, form works.EntryForm) {
	r.T.Helper()
	id, err := r.Works.RecordStage(r.T.Context(), r.Actor("clerk"), event.NewID(), project, form)
	r.Ok(err)
	_, err = r.Works.ConfirmEntry(r.T.Context(), r.Actor("supervision"), event.NewID(), id, works.ConfirmForm{
		Version: 1,
		Clean:   true,
	})
	r.Ok(err)
}
