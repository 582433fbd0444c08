// Package fault is the one error type that crosses floors.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Code is what a caller may branch on. Each maps to one HTTP status.
type Code string

const (
	Invalid         Code = "invalid"         // the request itself is wrong
	Unauthenticated Code = "unauthenticated" // nobody is signed in, or the login has lapsed
	Forbidden       Code = "forbidden"       // this person may not do this
	NotFound        Code = "not_found"       // or the person may not know it exists
	Gone            Code = "gone"            // it was public and is withheld
	Conflict        Code = "conflict"        // the lifecycle does not allow it now
	TooMany         Code = "too_many"        // slow down; nothing was done
	Unavailable     Code = "unavailable"     // try again with the same request id
	Internal        Code = "internal"        // ours; the villager sees only a reference number
)

// Field is one form field and what to do about it.
type Field struct {
	Name    string `json:"name"`
	Message string `json:"message"`
}

// Error carries a code for programs, one plain sentence for people, and the
// form fields to mend, if any.
type Error struct {
	Code    Code
	Message string
	Fields  []Field
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Code, e.Message)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "；%s：%s", f.Name, f.Message)
	}
	return b.String()
}

// New returns an Error whose message is shown to the person who caused it.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// On points the error at a form field.
func (e *Error) On(field string) *Error {
	e.Fields = append(e.Fields, Field{Name: field, Message: e.Message})
	return e
}

// CodeOf unwraps err; nil is "" and anything that is not an Error is Internal.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// MessageOf is the sentence for people; empty for anything that is not an Error.
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return ""
}

// FieldsOf returns the fields that err points at.
func FieldsOf(err error) []Field {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
