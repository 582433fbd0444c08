package admin

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/web"
)

// The values of a form's button act: to have the answers shown before they are sent, and to
// go back from there to the form. Without one the form is sent.
const (
	actCheck = "check"
	actMend  = "mend"
)

// Answer is one line of the page on which somebody checks what he has typed before it is sent.
type Answer struct {
	Field, Label, Value string // no field when it cannot be mended here
	Capital             string // a sum in words as banks write it; empty when it is none
	Photos, Files       []string
}

// Sum is the answer to a field that takes a sum.
func Sum(field, label string, f money.Fen, unit string) Answer {
	if f == 0 {
		return Answer{Field: field, Label: label}
	}
	return Answer{Field: field, Label: label, Value: f.Yuan() + " " + unit, Capital: f.Capital()}
}

// UnitChoices are units of a price to choose from.
func UnitChoices(units ...money.Unit) (all []web.Choice) {
	for _, u := range units {
		all = append(all, web.Choice{Value: u.Code(), Label: u.Label()})
	}
	return all
}

// Check is the page of the answers, in the order of the form.
type Check struct {
	Title   string
	Note    string // instead of the usual one above the answers
	Back    string // a page to go back to; empty when each answer has its own way
	Warning string // what happens when it is sent, and that it can't be undone
	Button  string // the one that sends it
	Answers []Answer
	Action  string // the form's address
	Kept    []Kept // what was typed
	Once    string // the number of the form, which stays its number
}

// Kept is one value of a form.
type Kept struct{ Name, Value string }

// Mends says whether the form is only to be drawn again, with what was typed.
func Mends(c *fiber.Ctx) bool { return c.FormValue("act") == actMend }

// Trying is the context for the use-case of a form: it only tries when the answers are to
// be checked first.
func Trying(c *fiber.Ctx, r *web.Reader) context.Context {
	if c.FormValue("act") == actCheck {
		return fault.Trial(r.Context())
	}
	return r.Context()
}

// Tried says whether a use-case has only been tried and may be carried out.
func Tried(err error) bool { return errors.Is(err, fault.ErrTried) }

// Check shows the answers of a form that may be sent. What was typed goes along on the page;
// papers are those fields that take photos or files, with what is taken in by now. A form
// that is kept unfinished is kept too: whoever closes the page here has lost nothing.
func (k *Kit) Check(c *fiber.Ctx, form FormID, page Check, papers map[string][]string) error {
	typed := web.AllValues(c)
	for name, hashes := range papers {
		delete(typed, name+"_drop")
		typed[name] = hashes
	}
	delete(typed, "act")
	page.Action = c.Path()
	page.Once = c.FormValue("request_id")
	for name, values := range typed {
		for _, value := range values {
			page.Kept = append(page.Kept, Kept{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(page.Kept, func(a, b Kept) int { return strings.Compare(a.Name, b.Name) })
	if form != "" {
		if _, err := k.Drafts.Keep(c.UserContext(), web.Actor(c), string(form), typed); err != nil {
			slog.Warn("what is checked is not kept as a draft", "err", err)
		}
	}
	return k.checkPage(c, page)
}

// Ask shows the answers of something that was typed long ago before a button that can't be
// undone; the form's address takes the version of what was shown.
func (k *Kit) Ask(c *fiber.Ctx, page Check, action string, version int) error {
	page.Action = action
	page.Once = event.NewID()
	page.Kept = []Kept{{Name: "version", Value: strconv.Itoa(version)}}
	return k.checkPage(c, page)
}

func (k *Kit) checkPage(c *fiber.Ctx, page Check) error {
	page.Answers = slices.DeleteFunc(page.Answers, Answer.empty)
	return k.Page(c, "office/check", page)
}

// empty says whether a line was left out that may be.
func (a Answer) empty() bool {
	return a.Value == "" && len(a.Photos)+len(a.Files) == 0
}
