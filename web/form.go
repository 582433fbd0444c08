package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
)

// Field is one labelled control of a form, drawn by the parts text, textarea,
// select, radios, checkbox, date and file.
type Field struct {
	Name, Label, Value string
	Values             []string // of a control that takes several
	Hint, Error, Unit  string
	Type               string // of an input; text when empty
	Mode               string // the phone's keyboard: decimal, numeric, tel
	Autocomplete       string
	Accept             string // of a file
	Rows               int    // of a textarea; 4 when 0
	Max                int    // characters; the server decides, this only helps
	Optional           bool
	Multiple           bool
	Checked            bool
	Choices            []Choice
}

// Choice is one entry of a select or one radio button.
type Choice struct{ Value, Label, Hint string }

// LabelOf is what the chosen one is called; empty when it is none of them.
func LabelOf(choices []Choice, value string) string {
	at := slices.IndexFunc(choices, func(c Choice) bool { return c.Value == value })
	if at < 0 {
		return ""
	}
	return choices[at].Label
}

// ID is the control's id, to which the error summary links.
func (f Field) ID() string { return fieldID(f.Name) }

// Has says whether a choice is taken.
func (f Field) Has(value string) bool {
	return f.Value == value || slices.Contains(f.Values, value)
}

// DescribedBy lists the ids of hint and error for a screen reader.
func (f Field) DescribedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID()+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID()+"-error")
	}
	return strings.Join(ids, " ")
}

func fieldID(name string) string { return "f-" + name }

// newField makes a field for a template: the view (for its errors), name, label,
// value, then options by name:
//
//	{{template "text" (field . "area" "面积" .Data.Form.Area "unit" "亩" "mode" "decimal")}}
func newField(v *View, name, label string, value any, options ...any) (Field, error) {
	f := Field{Name: name, Label: label, Error: v.ErrorOf(name)}
	switch value := value.(type) {
	case nil:
	case bool:
		f.Checked = value
	case []string:
		f.Values = value
	default:
		f.Value = fmt.Sprint(value)
	}
	for i := 0; i < len(options); i += 2 {
		key, _ := options[i].(string)
		if i+1 == len(options) || !f.set(key, options[i+1]) {
			return f, fmt.Errorf("field %s: option %v is unknown or has the wrong value", name, options[i])
		}
	}
	return f, nil
}

func (f *Field) set(key string, value any) bool {
	texts := map[string]*string{"hint": &f.Hint, "unit": &f.Unit, "type": &f.Type, "mode": &f.Mode,
		"autocomplete": &f.Autocomplete, "accept": &f.Accept, "value": &f.Value}
	numbers := map[string]*int{"rows": &f.Rows, "max": &f.Max}
	marks := map[string]*bool{"optional": &f.Optional, "multiple": &f.Multiple, "checked": &f.Checked}
	ok := false
	switch {
	case texts[key] != nil:
		*texts[key], ok = fmt.Sprint(value), true
	case numbers[key] != nil:
		*numbers[key], ok = value.(int)
	case marks[key] != nil:
		*marks[key], ok = value.(bool)
	case key == "choices":
		f.Choices, ok = value.([]Choice)
	}
	return ok
}

// StatesOf are the choices of a list's states, by their names on the screen.
func StatesOf(states []casework.State, label func(casework.State) string) []Choice {
	var all []Choice
	for _, st := range states {
		all = append(all, Choice{Value: string(st), Label: label(st)})
	}
	return all
}

// Button is what sends a form. Tone is "", quiet or danger.
type Button struct{ Label, Tone, Name, Value string }

// newButton makes a button: label, tone, and the name and value that it sends, if any.
func newButton(label, tone string, sends ...string) (Button, error) {
	b := Button{Label: label, Tone: tone}
	switch len(sends) {
	case 0:
	case 2:
		b.Name, b.Value = sends[0], sends[1]
	default:
		return b, fmt.Errorf("button %s: wants a name and a value", label)
	}
	return b, nil
}

// Again draws the form once more with what is wrong, the typed values in data.
// Errors that no change of the form can mend are passed on.
func (k *Kit) Again(c *fiber.Ctx, err error, page string, data any) error {
	switch fault.CodeOf(err) {
	case fault.Invalid, fault.Conflict, fault.TooMany, fault.Unavailable:
	case fault.Unauthenticated:
		if Actor(c).SignedIn() || len(fault.FieldsOf(err)) == 0 {
			return err
		}
	default:
		return err
	}
	c.Status(Status(err))
	return k.draw(c, page, data, err)
}

// Values lists all values of a form field, at most 2,000.
func Values(c *fiber.Ctx, name string) []string {
	var all []string
	if form, err := c.MultipartForm(); err == nil {
		all = form.Value[name]
	} else {
		for _, v := range c.Context().PostArgs().PeekMulti(name) {
			all = append(all, string(v))
		}
	}
	return all[:min(len(all), 2000)]
}

// mostFields is more than any form has.
const mostFields = 400

// AllValues is everything that was typed into a form, without the files and what
// belongs to the one sending of it.
func AllValues(c *fiber.Ctx) map[string][]string {
	all := map[string][]string{}
	add := func(name, value string) {
		if name == csrfField || name == "request_id" || len(name) > 60 || len(all) == mostFields && all[name] == nil {
			return
		}
		if len(all[name]) < 2000 {
			all[name] = append(all[name], strings.ToValidUTF8(value, ""))
		}
	}
	if form, err := c.MultipartForm(); err == nil {
		for name, values := range form.Value {
			for _, v := range values {
				add(name, v)
			}
		}
		return all
	}
	for name, value := range c.Context().PostArgs().All() {
		add(string(name), string(value))
	}
	return all
}
