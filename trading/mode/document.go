package mode

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sunlot/internal/fault"
)

// Document is a mode's own part of terms or board, in JSON, as it is kept and told.
// Empty is the zero value of its type.
type Document string

// MarshalJSON writes the document as what it is.
func (d Document) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return []byte(d), nil
}

// UnmarshalJSON keeps the text.
func (d *Document) UnmarshalJSON(text []byte) error {
	*d = ""
	if !bytes.Equal(text, []byte("null")) {
		*d = Document(text)
	}
	return nil
}

// Read reads a document into the mode's own type. One that is not its decides nothing.
func Read[T any](d Document, what string) (own T, err error) {
	if d == "" {
		return own, nil
	}
	if err := json.Unmarshal([]byte(d), &own); err != nil {
		return own, fault.New(fault.Internal, "mode: the %s cannot be read: %v", what, err)
	}
	return own, nil
}

// Write is the document of a mode's own type.
func Write(own any) Document {
	text, err := json.Marshal(own)
	if err != nil {
		panic(err) // a mode's own types can be written
	}
	return Document(text)
}

// Seconds is a time that a document has in seconds, with their thousandths where there are any.
type Seconds time.Duration

// MarshalJSON writes whole seconds without a point.
func (s Seconds) MarshalJSON() ([]byte, error) {
	ms := time.Duration(s).Milliseconds()
	if ms%1000 == 0 {
		return strconv.AppendInt(nil, ms/1000, 10), nil
	}
	if ms < 0 {
		return nil, fmt.Errorf("mode: %v is no length of time", time.Duration(s))
	}
	return fmt.Appendf(nil, "%d.%03d", ms/1000, ms%1000), nil
}

// UnmarshalJSON reads them without a float.
func (s *Seconds) UnmarshalJSON(text []byte) error {
	if strings.ContainsFunc(string(text), func(r rune) bool { return r != '.' && (r < '0' || r > '9') }) {
		return fmt.Errorf("mode: %q is no length of time", text)
	}
	d, err := time.ParseDuration(string(text) + "s")
	*s = Seconds(d)
	return err
}
