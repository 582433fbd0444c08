package admin

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

// TestADutyLeadsToItsPage: to its case's where the address has one, else to a
// list; what is told without its case leads nowhere.
func TestADutyLeadsToItsPage(t *testing.T) {
	k := &Kit{}
	k.DutyPages(map[string]string{"mend": "/office/barns/:id"})
	k.DutyPages(map[string]string{"sow": "/office/fields?state=bare", "reap": "/fields/:id/crop"})
	for kind, want := range map[string]string{
		"mend": "/office/barns/7",
		"sow":  "/office/fields?state=bare",
		"reap": "/fields/7/crop",
	} {
		w := casework.Waiting{Duty: casework.Duty{Case: "7"}, DutyKind: &casework.DutyKind{Name: kind}}
		if got := k.dutyPage(w); got != want {
			t.Errorf("%s: %s", kind, got)
		}
		w.Case = ""
		if got := k.dutyPage(w); got != "" {
			t.Errorf("%s without a case leads to %s", kind, got)
		}
	}
}

// TestAKindWithoutAPageStopsTheBoot: its duties would lead nowhere.
func TestAKindWithoutAPageStopsTheBoot(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("the desk is registered")
		}
	}()
	(&Desk{Kit: &Kit{Duties: &casework.Desk{Kinds: []*casework.DutyKind{{Name: "reap"}}}}}).Register()
}

// TestLinksAreForThoseWhoMay: one of the acts is enough.
func TestLinksAreForThoseWhoMay(t *testing.T) {
	mow := identity.NewAction("hay.mow", "割草", identity.Clerk)
	sell := identity.NewAction("hay.sell", "卖草", identity.Station)
	k := &Kit{}
	k.Links(Link{Label: "草", Acts: []*identity.Action{mow, sell}}, Link{Label: "卖", Acts: []*identity.Action{sell}})
	k.Links(Link{Label: "割", Acts: []*identity.Action{mow}})
	clerk := identity.Actor{PersonID: "p", Memberships: []identity.Membership{{Role: identity.Clerk, Path: "/c/t/v/"}}}
	if links := k.menuFor(clerk); len(links) != 3 || links[1].Label != "草" || links[2].Label != "割" {
		t.Errorf("%+v", links)
	}
	if links := k.menuFor(identity.Actor{}); len(links) != 1 {
		t.Errorf("%+v", links)
	}
}
