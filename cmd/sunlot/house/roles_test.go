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
				may = append(may, fmt.Sprintf("%s `%s`", a.Label(), a.Name()))
			}
		}
		if len(may) == 0 {
			may = []string{"—"}
		}
		fmt.Fprintf(&doc, "| %s `%s` | %s | %s |\n", r.Label(), r, strings.Join(at, "、"), strings.Join(may, "、"))
	}
	doc.WriteString(seconds(t))
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

// seconds is the part on what takes two persons.
func seconds(t *testing.T) string {
	t.Helper()
	var doc strings.Builder
	named := map[string]*identity.Action{}
	for _, a := range house.Actions() {
		named[a.Name()] = a
	}
	labels := func(roles func(identity.Role) bool) string {
		var all []string
		for _, r := range identity.Roles() {
			if roles(r) {
				all = append(all, r.Label())
			}
		}
		return strings.Join(all, "、")
	}
	doc.WriteString("\n## What takes two persons\n\n")
	fmt.Fprintf(&doc, "The second is another person than who did the first, and neither has opened, reset, reopened "+
		"or appointed the other's account in the last %d days (`identity.MayBeSecond`). Who did the first are all "+
		"who have written a part of what is confirmed, also before somebody amended it and whatever their post is "+
		"now (`casework.Second`).\n\n", identity.FreshDays)
	doc.WriteString("| second act | who may be the second | after |\n|---|---|---|\n")
	for _, a := range house.Actions() {
		if len(a.Firsts()) == 0 {
			continue
		}
		var firsts []string
		for _, name := range a.Firsts() {
			first := named[name]
			if first == nil {
				t.Errorf("%s comes after %s, which nobody does", a.Name(), name)
				continue
			}
			firsts = append(firsts, fmt.Sprintf("%s `%s` by %s", first.Label(), name, labels(first.By)))
		}
		fmt.Fprintf(&doc, "| %s `%s` | %s | %s |\n", a.Label(), a.Name(), labels(a.By), strings.Join(firsts, "；"))
	}
	guarded := func(r identity.Role) bool {
		return slices.ContainsFunc(house.Actions(), func(a *identity.Action) bool { return a.Guarded() && a.By(r) })
	}
	fmt.Fprintf(&doc, "\nOpening an account for one of these roles, giving it, resetting its account's password and "+
		"reopening it take two administrators: %s. Each has half of the one-time password. At the server "+
		"`sunlot account` does it alone, in public at once and %d days later.\n", labels(guarded),
		int(identity.MachineDelay.Hours()/24))
	doc.WriteString("\n## What one person may not be at once\n\n")
	doc.WriteString("Where one place lies in the other: in a village, its township and the county.\n\n")
	doc.WriteString("| role | and |\n|---|---|\n")
	for _, pair := range identity.Apart {
		fmt.Fprintf(&doc, "| %s | %s |\n", pair[0].Label(), pair[1].Label())
	}
	return doc.String()
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
