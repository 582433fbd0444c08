package admin

import (
	"context"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

var (
	mend = casework.TaskKind{Kind: "mend", Label: "修"}
	sow  = casework.TaskKind{Kind: "sow", Label: "播"}
	reap = casework.TaskKind{Kind: "reap", Label: "收"}
)

// TestTheDeskCounts: all of them by kind, the late apart, and only the kinds
// with something to do; a kind that there is not narrows nothing.
func TestTheDeskCounts(t *testing.T) {
	all := []casework.Task{
		{TaskKind: mend, ID: "1", Due: "2026-11-20"},
		{TaskKind: reap, ID: "2", Due: "2026-11-23"},
		{TaskKind: mend, ID: "3"},
	}
	for kind, want := range map[string]struct {
		kept string
		ids  int
	}{"": {"", 3}, "mend": {"mend", 2}, "sow": {"sow", 0}, "plough": {"", 3}} {
		page := deskPage{Today: "2026-11-23"}
		chosen := page.count([]casework.TaskKind{mend, sow, reap}, all, kind)
		if page.All != 3 || page.Late != 1 || page.Kind != want.kept || len(chosen) != want.ids {
			t.Errorf("%q: %+v, %d chosen", kind, page, len(chosen))
		}
		if len(page.Kinds) != 2 || page.Kinds[0] != (taskCount{Kind: "mend", Label: "修", Count: 2, Late: 1}) ||
			page.Kinds[1].Count != 1 {
			t.Errorf("%q: %+v", kind, page.Kinds)
		}
	}
}

// TestATaskLeadsToItsPage: to its noun where the address is open, else to a list.
func TestATaskLeadsToItsPage(t *testing.T) {
	k := &Kit{}
	k.TaskPages(map[string]string{"mend": "/office/barns/"})
	k.TaskPages(map[string]string{"sow": "/office/fields?state=bare"})
	for kind, want := range map[casework.TaskKind]string{mend: "/office/barns/7", sow: "/office/fields?state=bare"} {
		if got := k.taskPage(casework.Task{TaskKind: kind, ID: "7"}); got != want {
			t.Errorf("%s: %s", kind.Kind, got)
		}
	}
}

// onlyKinds has kinds and never a task.
type onlyKinds struct{}

func (onlyKinds) TaskKinds() []casework.TaskKind { return []casework.TaskKind{reap} }

func (onlyKinds) Tasks(context.Context, identity.Actor) ([]casework.Task, error) { return nil, nil }

// TestAKindWithoutAPageStopsTheBoot: its tasks would lead nowhere.
func TestAKindWithoutAPageStopsTheBoot(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("the desk is registered")
		}
	}()
	(&Desk{Kit: &Kit{}, Tasks: casework.Desk{onlyKinds{}}}).Register()
}

// TestLinksAreForThoseWhoMay: one of the acts is enough.
func TestLinksAreForThoseWhoMay(t *testing.T) {
	mow := identity.NewAction("hay.mow", "割草", identity.Clerk)
	sell := identity.NewAction("hay.sell", "卖草", identity.Station)
	k := &Kit{}
	k.Links(Link{Label: "草", Acts: []*identity.Action{mow, sell}}, Link{Label: "卖", Acts: []*identity.Action{sell}})
	k.Links(Link{Label: "割", Acts: []*identity.Action{mow}})
	clerk := identity.Actor{PersonID: "p", Memberships: []identity.Membership{{Role: identity.Clerk, Path: "/c/t/v/"}}}
	if links := k.linksFor(clerk); len(links) != 2 || links[0].Label != "草" || links[1].Label != "割" {
		t.Errorf("%+v", links)
	}
	if links := k.linksFor(identity.Actor{}); links != nil {
		t.Errorf("%+v", links)
	}
}
