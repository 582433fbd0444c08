package house_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/house"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/identity"
)

// TestRoleTable keeps docs/roles.md true.
func TestRoleTable(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("# Who may do what\n\n")
	doc.WriteString("Written by the tests from the one table in the code. What is not in it nobody may do.\n\n")
	doc.WriteString("| role | at | may |\n|---|---|---|\n")
	given := map[*identity.Action]bool{}
	for _, r := range identity.Roles() {
		var at, may []string
		for _, k := range identity.OrgKinds() {
			if r.At(k) {
				at = append(at, k.Label())
			}
		}
		for _, a := range house.Actions() {
			if a.By(r) {
				given[a] = true
				may = append(may, fmt.Sprintf("%s (%s)", a.Label(), a.Name()))
			}
		}
		if len(may) == 0 {
			may = []string{"—"}
		}
		fmt.Fprintf(&doc, "| %s (%s) | %s | %s |\n", r.Label(), r, strings.Join(at, ", "), strings.Join(may, ", "))
	}
	if len(given) != len(house.Actions()) {
		t.Errorf("%d of %d actions are given to a role", len(given), len(house.Actions()))
	}
	const path = "../../../docs/roles.md"
	if have, _ := os.ReadFile(path); string(have) != doc.String() {
		if err := os.WriteFile(path, []byte(doc.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s did not say what the code does; it is written anew", path)
	}
}

// TestEveryActionIsListedOnce: a rule that a route asks for and that is not in
// the list would be missing in the document.
func TestEveryActionIsListedOnce(t *testing.T) {
	all, names := house.Actions(), map[string]bool{}
	for _, a := range all {
		if a.Name() == "" || a.Label() == "" || names[a.Name()] {
			t.Errorf("%q (%s) has no name of its own", a.Name(), a.Label())
		}
		names[a.Name()] = true
	}
	for _, route := range housetest.OnSQLite(t).Kit.Routes() {
		for _, a := range route.Policy.Actions() {
			if !slices.Contains(all, a) {
				t.Errorf("%s %s needs %s, which is not in the list", route.Method, route.Path, a.Name())
			}
		}
	}
}
