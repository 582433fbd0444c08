package admin

import (
	"testing"

	"sunlot/internal/fault"
)

const id, parent = "abcdefghijklmnop", "ponmlkjihgfedcba"

// TestFormsAreFoundByTheirNames: a form is of a new noun, of a new noun for
// another, or of one that there is; nothing else is a form.
func TestFormsAreFoundByTheirNames(t *testing.T) {
	k := &Kit{}
	k.Forms(DraftForm{Noun: "barns"}, DraftForm{Noun: "leases", Parent: "barn"})
	for form, found := range map[FormID]bool{
		"barns/new": true, "barns/" + id: true, "barns/new/" + parent: false,
		"leases/new": false, "leases/" + id: true, "leases/new/" + parent: true,
		"mills/new": false, "": false, "barns": false, "barns/": false, "barns/new/": false, "barns/NEW": false,
		"barns/abc": false, "barns/" + id + "/edit": false, "leases/new/" + parent + "/x": false, "../barns/new": false,
	} {
		declared, err := k.formOf(form)
		if found != (err == nil) || found && declared.Noun != form.noun() {
			t.Errorf("%q: %+v %v", form, declared, err)
		}
		if !found && fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%q: %v", form, err)
		}
	}
}

func TestAFormKnowsItsPage(t *testing.T) {
	barns, leases := DraftForm{Noun: "barns"}, DraftForm{Noun: "leases", Parent: "barn"}
	for _, c := range []struct {
		of         DraftForm
		form       FormID
		page, kept string
	}{
		{of: barns, form: FormOf("barns", "", ""), page: "/office/barns/new", kept: "/office/barns/new?draft=yes"},
		{of: barns, form: FormOf("barns", id, ""), page: "/office/barns/" + id + "/edit",
			kept: "/office/barns/" + id + "/edit?draft=yes"},
		{of: leases, form: FormOf("leases", "", parent), page: "/office/leases/new?barn=" + parent,
			kept: "/office/leases/new?barn=" + parent + "&draft=yes"},
		{of: leases, form: FormOf("leases", id, parent), page: "/office/leases/" + id + "/edit",
			kept: "/office/leases/" + id + "/edit?draft=yes"},
	} {
		if page, kept := c.of.page(c.form), c.of.keptPage(c.form); page != c.page || kept != c.kept {
			t.Errorf("%s: %s, %s", c.form, page, kept)
		}
	}
	if f := FormOf("leases", "", parent); f.ID() != "" || f.Parent() != parent {
		t.Errorf("%q %q", f.ID(), f.Parent())
	}
	if f := FormOf("leases", id, parent); f.ID() != id || f.Parent() != "" {
		t.Errorf("%q %q", f.ID(), f.Parent())
	}
}
