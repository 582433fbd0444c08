package identity

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sunlot/internal/fault"
)

// TestRoleTable keeps docs/roles.md true.
func TestRoleTable(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("# Who may do what\n\nWritten by the tests from the one table in the code. What is not in it nobody may do.\n\n| role | at | may |\n|---|---|---|\n")
	seen := map[Action]bool{}
	for _, r := range Roles() {
		var at, may []string
		for _, k := range roles[r].at {
			at = append(at, k.Label())
		}
		for _, a := range r.Actions() {
			seen[a] = true
			may = append(may, fmt.Sprintf("%s (%s)", a.Label(), a))
		}
		if len(may) == 0 {
			may = []string{"—"}
		}
		fmt.Fprintf(&doc, "| %s (%s) | %s | %s |\n", r.Label(), r, strings.Join(at, ", "), strings.Join(may, ", "))
	}
	if len(Roles()) != len(roles) || len(seen) != len(actionLabels) {
		t.Errorf("%d of %d roles are listed, %d of %d actions are given to a role", len(Roles()), len(roles), len(seen), len(actionLabels))
	}
	const path = "../../docs/roles.md"
	if have, _ := os.ReadFile(path); string(have) != doc.String() {
		if err := os.WriteFile(path, []byte(doc.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s did not say what the code does; it is written anew", path)
	}
}

func TestCanSaysWhere(t *testing.T) {
	clerk := Actor{PersonID: "p", Memberships: []Membership{{Role: Clerk, Path: "/c/t/v/"}}}
	scope, err := clerk.Can(TenderDraft)
	if err != nil {
		t.Fatal(err)
	}
	for place, want := range map[Path]bool{"/c/t/v/": true, "/c/t/v/g/": true, "/c/t/w/": false, "/c/t/": false, "": false} {
		if scope.Covers(place) != want {
			t.Errorf("%q: got %v", place, !want)
		}
	}
	for name, c := range map[string]struct {
		who  Actor
		code fault.Code
	}{
		"nobody":            {Actor{}, fault.Unauthenticated},
		"one-time password": {Actor{PersonID: "p", MustChange: true, Memberships: clerk.Memberships}, fault.Forbidden},
		"without the role":  {Actor{PersonID: "p"}, fault.Forbidden},
	} {
		if _, err := c.who.Can(TenderDraft); fault.CodeOf(err) != c.code {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestWhoSeesWhat(t *testing.T) {
	for _, c := range []struct {
		a                  Audience
		handler, own, sees bool
	}{
		{Public, false, false, true}, {Handlers, false, true, false}, {Handlers, true, false, true},
		{Own, true, false, false}, {Own, false, true, true}, {Nobody, true, true, false}, {"", true, true, false},
	} {
		if got := c.a.Sees(c.handler, c.own); got != c.sees {
			t.Errorf("%q, handler %v, own %v: %v", c.a, c.handler, c.own, got)
		}
	}
}

func TestPlaces(t *testing.T) {
	township := Org{ID: "t", Kind: Township, Path: "/c/t/"}
	for kind, want := range map[OrgKind]Path{Village: "/c/t/v/", Department: "/c/t/", Group: "", County: "", Zone: ""} {
		o := Org{ID: "v", Kind: kind}
		err := o.Under(township)
		if (err == nil) != (want != "") || o.Path != want {
			t.Errorf("%s under a township: %q, %v", kind, o.Path, err)
		}
	}
}

func TestPasswords(t *testing.T) {
	hash, err := HashPassword("clerk", "correct horse battery")
	if err != nil || !matches(hash, "correct horse battery") || matches(hash, "correct horse batterz") {
		t.Errorf("%s, %v", hash, err)
	}
	for _, bad := range []string{"", "short", "my clerk password", strings.Repeat("长", 129)} {
		if _, err := HashPassword("clerk", bad); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, broken := range []string{"", "$argon2id$", "$argon2id$v=19$m=1,t=1,p=1$!$!"} {
		if matches(broken, "anything at all") {
			t.Errorf("%q matches", broken)
		}
	}
	if a, b := OneTimePassword(), OneTimePassword(); a == b || len(a) != 19 {
		t.Errorf("%s, %s", a, b)
	}
}
