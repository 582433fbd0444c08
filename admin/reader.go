package admin

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
)

// typed is what stands in a form's fields: as typed, or as saved.
type typed map[string]string

// reader reads a submitted form, keeps what was typed for the next drawing, and
// gathers what cannot be read.
type reader struct {
	c     *fiber.Ctx
	typed typed
	wrong fault.Form
}

func read(c *fiber.Ctx) *reader { return &reader{c: c, typed: typed{}} }

// text is a field as typed, with the ends trimmed.
func (r *reader) text(name string) string {
	v := strings.TrimSpace(strings.ReplaceAll(r.c.FormValue(name), "\r\n", "\n"))
	r.typed[name] = v
	return v
}

func (r *reader) number(name, label string) int {
	v := r.text(name)
	n, err := strconv.Atoi(v)
	if err != nil {
		r.wrong.Add(name, "%s应是一个整数", label)
	}
	return n
}

func (r *reader) yuan(name string) money.Fen {
	fen, err := money.ParseYuan(r.text(name))
	r.note(name, err)
	return fen
}

// yuanOrNone reads a sum that may be left empty, which is zero.
func (r *reader) yuanOrNone(name string) money.Fen {
	if r.text(name) == "" {
		return 0
	}
	return r.yuan(name)
}

func (r *reader) mu(name string) money.Area {
	area, err := money.ParseMu(r.text(name))
	r.note(name, err)
	return area
}

// day reads a date; the use-case says when an empty one is wrong.
func (r *reader) day(name string) calendar.Date {
	v := r.text(name)
	if v == "" {
		return ""
	}
	d, err := calendar.ParseDate(v)
	r.note(name, err)
	return d
}

func (r *reader) yes(name string) bool { return r.text(name) == "yes" }

func (r *reader) note(name string, err error) {
	if err != nil {
		r.wrong.Add(name, "%s", strings.TrimPrefix(err.Error(), string(fault.Invalid)+": "))
	}
}

// version is which copy of the noun the form was drawn from; a missing one is
// as old as can be.
func (r *reader) version() int {
	n, err := strconv.Atoi(r.text("version"))
	if err != nil {
		return 0
	}
	return n
}

// requestID is the form's own number.
func (r *reader) requestID() string { return r.c.FormValue("request_id") }

// photos reads a photo field: those kept from before without the ones crossed
// out, and the newly chosen ones, which are taken in at once so that a mistake
// elsewhere in the form does not lose them.
func (r *reader) photos(s *Screens, name string) []string {
	var all []string
	dropped := map[string]bool{}
	for _, sha := range web.Values(r.c, name+"_drop") {
		dropped[sha] = true
	}
	for _, sha := range web.Values(r.c, name) {
		if !dropped[sha] && len(all) < 2*web.MaxFiles {
			all = append(all, sha)
		}
	}
	uploads, err := web.Uploads(r.c, name+"_new")
	r.noteFault(name, err)
	for _, up := range uploads {
		p, err := s.Trading.AddPhoto(r.c.UserContext(), web.Actor(r.c), up.Data)
		if r.noteFault(name, err); err == nil {
			all = append(all, p.SHA256)
		}
	}
	return all
}

func (r *reader) noteFault(name string, err error) {
	if err != nil {
		message := "照片没有上传成功,请重试"
		if fault.CodeOf(err) == fault.Invalid {
			message = strings.TrimPrefix(err.Error(), string(fault.Invalid)+": ")
		}
		r.wrong.Add(name, "%s", message)
	}
}

// reasons reads why a case goes back: one line per field that has a remark.
func (r *reader) reasons(fields []reviewField) trading.Return {
	back := trading.Return{Version: r.version()}
	for _, f := range fields {
		if remark := r.text("reason_" + f.Name); remark != "" {
			back.Reasons = append(back.Reasons, fault.Field{Name: f.Label, Message: remark})
		}
	}
	return back
}

// reviewField is one line of a case under review.
type reviewField struct{ Name, Label, Value string }
