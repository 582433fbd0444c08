package fault

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
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
	if strings.TrimSpace(value) == "" {
		f.Add(field, "请填写%s", label)
		return
	}
	f.Optional(field, label, value, limit)
}

// Optional checks a text that may be empty.
func (f *Form) Optional(field, label, value string, limit int) {
	switch {
	case !utf8.ValidString(value) || strings.ContainsFunc(value, hidden):
		f.Add(field, "%s中有无法显示的字符,请删去后重填", label)
	case utf8.RuneCountInString(value) > limit:
		f.Add(field, "%s不能超过%d个字,现为%d个字", label, limit, utf8.RuneCountInString(value))
	}
}

// Between checks a number against its lowest and highest allowed value.
func (f *Form) Between(field, label string, value, low, high int64) {
	if value < low || value > high {
		f.Add(field, "%s应在%d到%d之间", label, low, high)
	}
}

// Err is nil when nothing is wrong.
func (f *Form) Err() error {
	if len(f.fields) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Message: "有内容需要改正", Fields: f.fields}
}

// hidden says which characters may not be in a text: control characters other
// than line breaks and tabs, and the marks that reorder what is read.
func hidden(r rune) bool {
	if r == '\n' || r == '\r' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || r == '\u202e' || r == '\u202d' || r == '\u2066' || r == '\u2067' || r == '\u2068'
}
