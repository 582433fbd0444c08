package identity

import (
	"strings"
	"testing"

	"sunlot/internal/fault"
)

func TestEveryRoleIsListedAndHasAName(t *testing.T) {
	if len(Roles()) != len(roles) {
		t.Errorf("%d of %d roles are listed", len(Roles()), len(roles))
	}
	for _, r := range Roles() {
		if !r.Exists() || r.Label() == "" || len(roles[r].at) == 0 {
			t.Errorf("%s: %+v", r, roles[r])
		}
	}
}

func TestWhoHandlesCasesIsAnOfficial(t *testing.T) {
	for r, want := range map[Role]bool{
		Administrator:  true,
		Clerk:          true,
		Leader:         true,
		Villager:       false,
		BidderRole:     false,
		Representative: false,
		"":             false,
	} {
		if r.Official() != want {
			t.Errorf("%q: %v", r, !want)
		}
	}
}

func TestCanSaysWhere(t *testing.T) {
	draft := NewAction("tender.draft", "起草公告", Clerk)
	clerk := Actor{PersonID: "p", Memberships: []Membership{{Role: Clerk, Path: "/c/t/v/"}}}
	scope, err := clerk.Can(draft)
	if err != nil {
		t.Fatal(err)
	}
	for place, want := range map[Path]bool{
		"/c/t/v/":   true,
		"/c/t/v/g/": true,
		"/c/t/w/":   false,
		"/c/t/":     false,
		"":          false,
	} {
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
		if _, err := c.who.Can(draft); fault.CodeOf(err) != c.code {
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
	older := cost{memory: 64, time: 1, lanes: 1}.hash("correct horse battery", make([]byte, 16))
	if !matches(older, "correct horse battery") || matches(older, "correct horse batterz") {
		t.Errorf("of another cost: %s", older)
	}
	for _, broken := range []string{
		"", "$argon2id$", "$argon2id$v=19$m=1,t=1,p=1$!$!",
		strings.Replace(older, "m=64", "m=1073741824", 1), strings.Replace(older, "t=1", "t=0", 1),
		strings.Replace(older, "p=1", "p=0", 1), strings.Replace(older, "m=64,", "", 1),
	} {
		if matches(broken, "anything at all") {
			t.Errorf("%q matches", broken)
		}
	}
	if a, b := OneTimePassword(), OneTimePassword(); a == b || len(a) != 19 {
		t.Errorf("%s, %s", a, b)
	}
}
