package privacy

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Papers is what the gate asks of a room's transaction.
type Papers interface {
	casework.Papers
	// Cleared says whether two persons have cleared the number for the place or one
	// that it lies in.
	Cleared(number string, at identity.Path) (bool, error)
	// SaveDocument keeps a public document of the place under its SHA-256; the same
	// again is no error.
	SaveDocument(sha256 string, body []byte, at identity.Path) error
}

// Publish keeps a public text of the place and returns the hash by which an event
// names it. It is the only way to one: a text with a number of a person in it
// that nobody has cleared is refused as Check does.
func Publish(tx Papers, at identity.Path, v any) (string, error) {
	if err := Check(tx, at, v); err != nil {
		return "", err
	}
	body, err := event.Canonical(v)
	if err != nil {
		return "", err
	}
	return event.Hash(body), tx.SaveDocument(event.Hash(body), body, at)
}

// Check refuses a form of which any text has a number of a person in it, by the
// field's name and with the piece. Drafts are checked too, so that whoever types
// learns of it and not whoever confirms.
func Check(tx Papers, at identity.Path, form any) error {
	body, err := event.Canonical(form)
	if err != nil {
		return err
	}
	var fields any
	if err := json.Unmarshal(body, &fields); err != nil {
		return err
	}
	var f fault.Form
	if err := checkIn(tx, at, &f, "text", false, fields); err != nil {
		return err
	}
	return f.Err()
}

// checkIn looks at every text below a field; what stands in a list is the list's.
func checkIn(tx Papers, at identity.Path, f *fault.Form, field string, listed bool, v any) error {
	switch v := v.(type) {
	case string:
		return checkText(tx, at, f, field, v)
	case []any:
		for _, each := range v {
			if err := checkIn(tx, at, f, field, true, each); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			of := name
			if listed {
				of = field
			}
			if err := checkIn(tx, at, f, of, listed, v[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// digest is a hash in hex, which nobody reads as a number.
var digest = regexp.MustCompile(`^[0-9a-f]{64}$`)

func checkText(tx Papers, at identity.Path, f *fault.Form, field, text string) error {
	if digest.MatchString(text) {
		return nil
	}
	for _, hit := range Find(text) {
		cleared, err := tx.Cleared(hit.Number, at)
		if err != nil {
			return err
		}
		if !cleared {
			f.Add(field, "这里像是有%s（%s），公开前请去掉；确是单位公开的号码，请先在“公开核对”里申请放行",
				hit.Kind, hit.Shown())
			return nil
		}
	}
	return nil
}

// Refuse adds a complaint to a form when a text has a number of a person in it. It
// is for texts that belong to no place, for which nothing is cleared.
func Refuse(f *fault.Form, field, text string) {
	if hits := Find(text); len(hits) > 0 {
		f.Add(field, "这里像是有%s（%s），公开前请去掉", hits[0].Kind, hits[0].Shown())
	}
}
