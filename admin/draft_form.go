package admin

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// DraftForm is a long form whose content can be kept unfinished, as the room
// that has the form declares it.
type DraftForm struct {
	Noun   string           // as in its addresses: /office/{noun}/new and /office/{noun}/{id}/edit
	Parent string           // the parameter that names the noun which a new one is for; empty when it is for none
	Act    *identity.Action // of those who fill it in
	Label  string           // what the form is called
	Title  string           // the field by which a draft is recognised; empty when there is none
	Photos []string         // the fields that take photos
	// May refuses a form that is not in the actor's places. One of parent and id is
	// empty, both for a new noun that is for none.
	May func(ctx context.Context, who identity.Actor, parent, id string) error
	// Again draws the form anew with what was typed and what is wrong with it.
	Again func(c *fiber.Ctx, form FormID, draft identity.Draft, wrong error) error
}

// Forms lets the content of forms be kept unfinished.
func (k *Kit) Forms(forms ...DraftForm) { k.forms = append(k.forms, forms...) }

// formOf finds what was declared of a form.
func (k *Kit) formOf(form FormID) (DraftForm, error) {
	none := fault.New(fault.NotFound, "没有找到这份表单")
	if !formPattern.MatchString(string(form)) {
		return DraftForm{}, none
	}
	for _, f := range k.forms {
		if f.Noun == form.noun() && (form.ID() != "" || (f.Parent != "") == (form.Parent() != "")) {
			return f, nil
		}
	}
	return DraftForm{}, none
}

// FormID names one form that can be kept: noun/new, noun/new/parent or noun/id.
type FormID string

var formPattern = regexp.MustCompile(`^[a-z]+(-[a-z]+)?/(new|(new/)?[a-z2-7]{16})$`)

// FormOf names a noun's form: of the noun with that id or, without one, of a new
// noun for the parent.
func FormOf(noun, id, parent string) FormID {
	switch {
	case id != "":
		return FormID(noun + "/" + id)
	case parent != "":
		return FormID(noun + "/new/" + parent)
	}
	return FormID(noun + "/new")
}

func (f FormID) noun() string { noun, _, _ := strings.Cut(string(f), "/"); return noun }

// ID is the noun's; empty for a new one.
func (f FormID) ID() string {
	_, id, _ := strings.Cut(string(f), "/")
	if id == "new" || strings.HasPrefix(id, "new/") {
		return ""
	}
	return id
}

// Parent is for which noun a new one is; empty for none.
func (f FormID) Parent() string {
	_, parent, _ := strings.Cut(string(f), "/new/")
	return parent
}

// page is where the form is filled in.
func (d DraftForm) page(f FormID) string {
	switch {
	case f.ID() != "":
		return "/office/" + d.Noun + "/" + f.ID() + "/edit"
	case f.Parent() != "":
		return "/office/" + d.Noun + "/new?" + d.Parent + "=" + url.QueryEscape(f.Parent())
	}
	return "/office/" + d.Noun + "/new"
}

// keptPage is the same page with what was kept.
func (d DraftForm) keptPage(f FormID) string {
	if page := d.page(f); strings.Contains(page, "?") {
		return page + "&draft=yes"
	}
	return d.page(f) + "?draft=yes"
}
