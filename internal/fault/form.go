package fault

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunlot/internal/typed"
)

// Form gathers what is wrong with a form, so that a person mends it in one go.
type Form struct{ fields []Field }

// Add notes that a field is wrong. Only the first complaint of a field is kept.
func (f *Form) Add(field, format string, args ...any) {
	for _, have := range f.fields {
		if have.Name == field {
			return
		}
	}
	f.fields = append(f.fields, Field{Name: field, Message: fmt.Sprintf(format, args...)})
}

// Text checks a required text of at most limit characters.
func (f *Form) Text(field, label, value string, limit int) {
	if typed.Empty(value) {
		f.Add(field, "请填写%s", label)
		return
	}
	f.Optional(field, label, value, limit)
}

// Optional checks a text that may be empty.
func (f *Form) Optional(field, label, value string, limit int) {
	switch {
	case !utf8.ValidString(value) || strings.ContainsFunc(value, hidden):
		f.Add(field, "%s中有无法显示的字符，请删去后重填", label)
	case utf8.RuneCountInString(value) > limit:
		f.Add(field, "%s不能超过%d个字，现为%d个字", label, limit, utf8.RuneCountInString(value))
	}
}

// Line checks a required text of one line, such as a name: what nobody sees in
// it would make two names that look alike, or a list with a false line.
func (f *Form) Line(field, label, value string, limit int) {
	f.visible(field, label, value)
	f.Text(field, label, value, limit)
}

// OptionalLine checks a text of one line that may be empty.
func (f *Form) OptionalLine(field, label, value string, limit int) {
	f.visible(field, label, value)
	f.Optional(field, label, value, limit)
}

func (f *Form) visible(field, label, value string) {
	if strings.ContainsFunc(value, unseen) {
		f.Add(field, "%s中有换行或看不见的字符，请删去，不要粘贴，重新输入一遍", label)
	}
}

// Between checks a number against its lowest and highest allowed value.
func (f *Form) Between(field, label string, value, low, high int64) {
	if value < low || value > high {
		f.Add(field, "%s应在%d到%d之间", label, low, high)
	}
}

// Join adds the fields that another form's error names.
func (f *Form) Join(err error) {
	for _, more := range FieldsOf(err) {
		f.Add(more.Name, "%s", more.Message)
	}
}

// Err is nil when nothing is wrong.
func (f *Form) Err() error {
	if len(f.fields) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Message: "请改正下列内容", Fields: f.fields}
}

// hidden says which characters may not be in a text: control characters other
// than line breaks and tabs, and what nobody sees, as the marks that reorder what
// is read.
func hidden(r rune) bool {
	if r == '\n' || r == '\r' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || typed.Unseen(r)
}

// unseen says which characters a line does not have: breaks, tabs, and what takes
// no room or is drawn as nothing. What chooses a rare character's form is kept.
func unseen(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) ||
		!unicode.Is(unicode.Zs, r) && typed.Empty(string(r))
}
