package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/typed"
)

// Typed is what stands in a form's fields: as typed, or as saved.
type Typed map[string]string

// Reader reads a submitted form, keeps what was typed for the next drawing, and
// gathers what cannot be read.
type Reader struct {
	c     *fiber.Ctx
	kept  map[string][]string // read instead of the request's form, unless nil
	Typed Typed
	Wrong fault.Form
}

// Read begins to read the form.
func Read(c *fiber.Ctx) *Reader { return &Reader{c: c, Typed: Typed{}} }

// ReadKept reads a form from a draft, as it would have come.
func ReadKept(c *fiber.Ctx, d identity.Draft) *Reader {
	kept := d.Typed
	if kept == nil {
		kept = map[string][]string{}
	}
	return &Reader{c: c, kept: kept, Typed: Typed{}}
}

func (r *Reader) value(name string) string {
	if r.kept == nil {
		return r.c.FormValue(name)
	}
	if all := r.kept[name]; len(all) > 0 {
		return all[0]
	}
	return ""
}

// Text is a field as typed, with the ends trimmed and without what can't be seen.
func (r *Reader) Text(name string) string {
	v := strings.TrimSpace(typed.Text(strings.ReplaceAll(r.value(name), "\r\n", "\n")))
	r.Typed[name] = v
	return v
}

// Context is the request's, under which nothing is written while a part of the form
// could not be read: the use-case says what else is wrong.
func (r *Reader) Context() context.Context {
	return fault.Unread(r.c.UserContext(), r.Wrong.Err())
}

// All is what could not be read together with what the use-case refused: a person
// mends it in one go.
func (r *Reader) All(err error) error {
	if err == nil || fault.CodeOf(err) != fault.Invalid {
		return err
	}
	all := r.Wrong
	all.Join(err)
	return all.Err()
}

// Number reads an integer.
func (r *Reader) Number(name, label string) int {
	n, err := strconv.Atoi(typed.Number(r.Text(name)))
	switch {
	case err == nil:
	case r.Typed[name] == "":
		r.Wrong.Add(name, "请填写%s", label)
	default:
		r.Wrong.Add(name, "%s请填写整数", label)
	}
	return n
}

// Yuan reads a sum.
func (r *Reader) Yuan(name, label string) money.Fen {
	fen, err := money.ParseYuan(r.Text(name))
	r.unread(name, label, err)
	return fen
}

// YuanOrNone reads a sum that may be left empty, which is zero.
func (r *Reader) YuanOrNone(name, label string) money.Fen {
	if r.Text(name) == "" {
		return 0
	}
	return r.Yuan(name, label)
}

// Quantity reads how much there is of something, in its measure.
func (r *Reader) Quantity(name, label string, measure money.Measure) money.Area {
	quantity, err := measure.Parse(r.Text(name))
	r.unread(name, label, err)
	return quantity
}

// Day reads a date; the use-case says when an empty one is wrong.
func (r *Reader) Day(name, label string) calendar.Date {
	v := r.Text(name)
	if v == "" {
		return ""
	}
	d, err := calendar.ParseDate(typed.Day(v))
	r.unread(name, label, err)
	return d
}

// unread names the field that is empty or cannot be read.
func (r *Reader) unread(name, label string, err error) {
	switch {
	case err == nil:
	case r.Typed[name] == "":
		r.Wrong.Add(name, "请填写%s", label)
	default:
		r.Wrong.Add(name, "%s：%s", label, fault.MessageOf(err))
	}
}

// Yes reads a checkbox.
func (r *Reader) Yes(name string) bool { return r.Text(name) == "yes" }

// Note keeps what cannot be read as the complaint about a field.
func (r *Reader) Note(name string, err error) {
	if err != nil {
		r.Wrong.Add(name, "%s", strings.TrimPrefix(err.Error(), string(fault.Invalid)+": "))
	}
}

// Version is which copy of the noun the form was drawn from; a missing one is
// as old as can be.
func (r *Reader) Version() int {
	n, err := strconv.Atoi(r.Text("version"))
	if err != nil {
		return 0
	}
	return n
}

// RequestID is the form's own number.
func (r *Reader) RequestID() string { return r.c.FormValue("request_id") }

// Photos reads a photo field: those kept from before without the ones crossed
// out, and the newly chosen ones, which are taken in at once so that a mistake
// elsewhere in the form does not lose them.
func (r *Reader) Photos(photos *casework.Library, name string) []string {
	var all []string
	dropped := map[string]bool{}
	for _, sha := range r.Values(name + "_drop") {
		dropped[sha] = true
	}
	for _, sha := range r.Values(name) {
		if !dropped[sha] && len(all) < 2*MaxFiles {
			all = append(all, sha)
		}
	}
	if r.kept != nil {
		return all
	}
	uploads, err := Uploads(r.c, name+"_new")
	r.noteFault(name, err)
	for _, up := range uploads {
		p, err := photos.AddPhoto(r.c.UserContext(), Actor(r.c), up.Data)
		if r.noteFault(name, err); err == nil {
			all = append(all, p.SHA256)
		}
	}
	return all
}

// Files reads a field of documents: those kept from before without the ones
// crossed out, and the newly chosen ones, which add takes in at once.
func (r *Reader) Files(name string,
	add func(ctx context.Context, who identity.Actor, raw []byte) (sha256 string, err error)) []string {
	var all []string
	dropped := r.Values(name + "_drop")
	for _, sha := range r.Values(name) {
		if !slices.Contains(dropped, sha) && len(all) < 2*MaxFiles {
			all = append(all, sha)
		}
	}
	uploads, err := Uploads(r.c, name+"_new")
	r.noteFault(name, err)
	for _, up := range uploads {
		sha, err := add(r.c.UserContext(), Actor(r.c), up.Data)
		if r.noteFault(name, err); err == nil && !slices.Contains(all, sha) {
			all = append(all, sha)
		}
	}
	return all
}

func (r *Reader) noteFault(name string, err error) {
	if err != nil {
		message := "没有上传成功，请重试"
		if fault.CodeOf(err) == fault.Invalid {
			message = strings.TrimPrefix(err.Error(), string(fault.Invalid)+": ")
		}
		r.Wrong.Add(name, "%s", message)
	}
}

// Reasons reads why a case goes back: one line per field that has a remark.
func (r *Reader) Reasons(fields []ReviewField) casework.Return {
	back := casework.Return{Version: r.Version()}
	for _, f := range fields {
		if remark := r.Text("reason_" + f.Name); remark != "" {
			back.Reasons = append(back.Reasons, fault.Field{Name: f.Label, Message: remark})
		}
	}
	return back
}

// ReviewField is one line of a case under review. Before is its value when the
// case was last returned, if it is another now; Asked what was then to be mended.
type ReviewField struct {
	Name, Label, Value string
	Before, Asked      string
	Changed            bool
}

// Rows reads fields that stand beside each other in rows. Empty rows are left
// out; a field that is missing in a row is empty.
func (r *Reader) Rows(names ...string) [][]string {
	columns, most := make([][]string, len(names)), 0
	for i, name := range names {
		columns[i] = r.Values(name)
		most = max(most, len(columns[i]))
	}
	var rows [][]string
	for n := range most {
		row, empty := make([]string, len(names)), true
		for i, column := range columns {
			if n < len(column) {
				row[i] = strings.TrimSpace(column[n])
			}
			empty = empty && row[i] == ""
		}
		if !empty {
			rows = append(rows, row)
		}
	}
	return rows
}

// Values lists all values of a field, at most 2,000.
func (r *Reader) Values(name string) []string {
	if r.kept != nil {
		return r.kept[name]
	}
	return Values(r.c, name)
}
