package identity

import (
	"slices"
	"testing"
)

// TestATownshipIsTheSecondAreaFromTheTop.
func TestATownshipIsTheSecondAreaFromTheTop(t *testing.T) {
	for path, want := range map[Path]Path{"/c/": "/c/", "/c/t/": "/c/t/", "/c/t/v/": "/c/t/",
		"/c/t/v/g/": "/c/t/", "": ""} {
		if got := path.Township(); got != want {
			t.Errorf("%q lies in %q, want %q", path, got, want)
		}
	}
	if Path("").Covers("/c/") || Path("/c/t/").Covers("/c/tt/") || !Path("/c/t/").Covers("/c/t/") ||
		Scope(nil).Covers("/c/") {
		t.Error("a place covers itself and what is below, and nothing else")
	}
}

// TestKindsAndRolesFit: what may stand where, and which roles are there.
func TestKindsAndRolesFit(t *testing.T) {
	if got := KindsUnder(Village); !slices.Equal(got, []OrgKind{Group, Collective, Cooperative}) {
		t.Errorf("under a village: %v", got)
	}
	if got := KindsUnder(Department); len(got) != 0 {
		t.Errorf("under a department: %v", got)
	}
	if got := RolesAt(Village); !slices.Equal(got, []Role{Supervision, Representative, Villager}) {
		t.Errorf("at a village: %v", got)
	}
	if len(OrgKinds()) != len(kinds) {
		t.Errorf("%d of %d kinds are listed", len(OrgKinds()), len(kinds))
	}
	for _, k := range OrgKinds() {
		if k.Label() == "" || k != County && len(kinds[k].under) == 0 {
			t.Errorf("%s has no name, or stands nowhere", k)
		}
	}
}

// TestPagesHaveLimits.
func TestPagesHaveLimits(t *testing.T) {
	for in, want := range map[Page]Page{
		{}:                                  {Number: 1, Size: 20},
		{Number: 3, Size: 10}:               {Number: 3, Size: 10},
		{Number: -1, Size: 101}:             {Number: 1, Size: 100},
		{Number: 1 << 40, Size: 1}:          {Number: 100_000, Size: 1},
		{Number: 1, Size: 2000, File: true}: {Number: 1, Size: 1000, File: true},
	} {
		if got := in.Clip(); got != want {
			t.Errorf("%+v is read as %+v, want %+v", in, got, want)
		}
	}
	if got := (Page{Number: 3, Size: 20}).Offset(); got != 40 {
		t.Errorf("before the third page come %d rows", got)
	}
}
