package works_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

// TestAProposalGoesBackForGood: with reasons, once; the public never learns of it.
func TestAProposalGoesBackForGood(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		form := v.ProjectForm(v.Item())
		id, err := v.Works.OpenProject(ctx, v.Clerk, "request-0001", form)
		tradingtest.Must(t, err)
		again, err := v.Works.OpenProject(ctx, v.Clerk, "request-0001", form)
		if err != nil || again != id {
			t.Errorf("the same tap again: %q, %v", again, err)
		}
		_, err = v.Works.OpenProject(ctx, v.Leader, event.NewID(), form)
		tradingtest.Want(t, err, fault.Forbidden, "")
		back := casework.Return{Version: 1, Reasons: []fault.Field{{Name: "估算", Message: "请附依据"}}}
		_, err = v.Works.ReturnProject(ctx, v.Supervision, event.NewID(), id, casework.Return{Version: 1})
		tradingtest.Want(t, err, fault.Invalid, "reasons")
		_, err = v.Works.ReturnProject(ctx, v.OtherSupervision, event.NewID(), id, back)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), id, works.ConfirmForm{Version: 1})
		tradingtest.Want(t, err, fault.Invalid, "clean")
		_, err = v.Works.ReturnProject(ctx, v.Supervision, event.NewID(), id, back)
		tradingtest.Must(t, err)
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), id,
			works.ConfirmForm{Version: 2, Clean: true})
		tradingtest.Want(t, err, fault.Conflict, "")
		p, _, err := v.Works.SeeProject(ctx, v.Clerk, id)
		if err != nil || p.State != works.ProjectReturned || len(p.Mend) != 1 || p.Mend[0] != back.Reasons[0] {
			t.Errorf("the clerk reads %+v, %v", p, err)
		}
		_, _, err = v.Works.SeeProject(ctx, identity.Actor{}, id)
		tradingtest.Want(t, err, fault.NotFound, "")
		if got := tradingtest.Kinds(t, v, p.Stream()); len(got) != 0 {
			t.Errorf("events: %v", got)
		}
		acts, err := v.Works.SeeProjectTrail(ctx, v.Leader, p)
		var kinds []string
		for _, a := range acts {
			kinds = append(kinds, a.Kind)
		}
		if err != nil || !slices.Equal(kinds, []string{"project.proposed", "project.returned"}) {
			t.Errorf("the trail: %v, %v", kinds, err)
		}
		if acts, err = v.Works.SeeProjectTrail(ctx, v.OtherClerk, p); err != nil || len(acts) != 0 {
			t.Errorf("the neighbour reads the trail: %v, %v", acts, err)
		}
	})
}

// TestWhatThePublicSeesOfAWork: nothing that waits, no person, what is written in
// an entry once it is confirmed.
func TestWhatThePublicSeesOfAWork(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id := v.Project()
		entry, err := v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, deed(works.NeedStage, 0))
		tradingtest.Must(t, err)
		seen := func(who identity.Actor) (works.Project, []works.Entry) {
			p, entries, err := v.Works.SeeProject(ctx, who, id)
			tradingtest.Must(t, err)
			return p, entries
		}
		for name, c := range map[string]struct {
			who     identity.Actor
			entries int
		}{"visitor": {identity.Actor{}, 0}, "neighbour": {v.OtherClerk, 0}, "clerk": {v.Clerk,
			1}, "committee": {v.Supervision, 1}, "leader": {v.Leader, 1}} {
			p, entries := seen(c.who)
			if len(entries) != c.entries || (p.ProposedBy == "") != (c.entries == 0) {
				t.Errorf("%s reads %+v %+v", name, p, entries)
			}
			_, _, err := v.Works.SeeEntry(ctx, c.who, entry)
			if (err == nil) != (c.entries == 1) {
				t.Errorf("%s opens the entry: %v", name, err)
			}
		}
		p, _ := seen(identity.Actor{})
		deeds, err := v.Works.SeeDeeds(ctx, []works.Project{p})
		if err != nil || len(deeds[id]) != 0 {
			t.Errorf("deeds before: %+v, %v", deeds, err)
		}
		_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), entry,
			works.ConfirmForm{Version: 1, Clean: true})
		tradingtest.Must(t, err)
		deeds, err = v.Works.SeeDeeds(ctx, []works.Project{p})
		if err != nil || len(deeds[id]) != 1 || deeds[id][0].RecordedBy+deeds[id][0].ConfirmedBy != "" {
			t.Errorf("deeds after: %+v, %v", deeds, err)
		}
		proposal, err := v.Works.OpenProject(ctx, v.Clerk, event.NewID(), v.ProjectForm(p.Item))
		tradingtest.Must(t, err)
		for name, c := range map[string]struct {
			who  identity.Actor
			want int
		}{"visitor": {identity.Actor{}, 1}, "neighbour": {v.OtherClerk, 1}, "clerk": {v.Clerk, 2}} {
			list, total, err := v.Works.SeeProjects(ctx, c.who,
				casework.Query{Scope: identity.Scope{p.Path}, Parent: p.Item})
			if err != nil || total != c.want || len(list) != c.want {
				t.Errorf("%s lists %+v, %v", name, list, err)
			}
		}
		asked := casework.Query{States: []casework.State{works.ProjectProposed}}
		if list, _, err := v.Works.SeeProjects(ctx, identity.Actor{}, asked); err != nil || len(list) != 1 ||
			list[0].ID == proposal {
			t.Errorf("who asks for proposals gets %+v, %v", list, err)
		}
		_, err = v.Works.ProjectFor(ctx, v.OtherClerk, id)
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}

// TestTheDeskOfTheWorks: the next planned stage waits for the clerk with its day,
// what he typed in for the committee.
func TestTheDeskOfTheWorks(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		waits := func(want string) {
			t.Helper()
			var all []string
			for _, who := range []identity.Actor{v.Clerk, v.Supervision, v.OtherClerk, v.OtherSupervision,
				v.Leader, v.Station} {
				for _, w := range v.Waits(who) {
					if w.Name != "item" {
						all = append(all, strings.TrimSpace(w.Name+" "+w.Title+" "+string(w.Due)))
					}
				}
			}
			if got := strings.Join(all, "; "); got != want {
				t.Errorf("waiting: %s, want %s", got, want)
			}
		}
		id, err := v.Works.OpenProject(ctx, v.Clerk, event.NewID(), v.ProjectForm(v.Item()))
		tradingtest.Must(t, err)
		waits("project 三组人行桥")
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), id,
			works.ConfirmForm{Version: 1, Clean: true})
		tradingtest.Must(t, err)
		waits("stage 三组人行桥：需求和决议 2026-11-20")
		entry, err := v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, deed(works.NeedStage, 0))
		tradingtest.Must(t, err)
		waits("stage 三组人行桥：预算 2026-12-01; entry 三组人行桥：需求和决议")
		_, err = v.Works.ReturnEntry(ctx, v.Supervision, event.NewID(), entry, casework.Return{
			Version: 1,
			Reasons: []fault.Field{{Name: "日期", Message: "与决议不符"}},
		})
		tradingtest.Must(t, err)
		waits("stage 三组人行桥：需求和决议 2026-11-20")
	})
}

// TestAStageLeftOutIsSaid: with its reason and without money; it is an event of
// its own kind; it may be done afterwards, once, and is not left out then.
func TestAStageLeftOutIsSaid(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, id := t.Context(), v.Project()
		form := works.EntryForm{Stage: works.DesignStage, Skipped: true, Note: "用标准图"}
		entry, err := v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, form)
		tradingtest.Must(t, err)
		_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), entry,
			works.ConfirmForm{Version: 1, Clean: true})
		tradingtest.Must(t, err)
		if got := tradingtest.Kinds(t, v, event.Of("project", id)); !slices.Equal(got,
			[]string{"project.opened", "project.skipped"}) {
			t.Errorf("events: %v", got)
		}
		_, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, form)
		tradingtest.Want(t, err, fault.Conflict, "stage")
		form.Skipped, form.On = false, "2026-11-23"
		entry, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, form)
		tradingtest.Must(t, err)
		_, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, form)
		tradingtest.Want(t, err, fault.Conflict, "stage")
		form.Skipped, form.On = true, ""
		_, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, form)
		tradingtest.Want(t, err, fault.Conflict, "stage")
		_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), entry,
			works.ConfirmForm{Version: 1, Clean: true})
		tradingtest.Must(t, err)
	})
}

// TestWhoUploadsADocument: the clerk, and PDFs alone.
func TestWhoUploadsADocument(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		for _, who := range []identity.Actor{v.Supervision, v.Leader, v.Station, v.Representative} {
			_, err := v.Works.AddFile(t.Context(), who, tradingtest.PDF(1))
			tradingtest.Want(t, err, fault.Forbidden, "")
		}
		_, err := v.Works.AddFile(t.Context(), v.Clerk, []byte("MZ"))
		tradingtest.Want(t, err, fault.Invalid, "")
		if v.File(v.Clerk, 1) != v.File(v.OtherClerk, 1) || v.File(v.Clerk, 1) == v.File(v.Clerk, 2) {
			t.Error("a document is not called by what it is")
		}
		_, err = v.Works.SeeFile(t.Context(), v.Clerk, strings.Repeat("0", 64))
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}
