package casework

import (
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

// Query asks for a page of a list. Sort is one of the names that the method
// gives; anything else is its default. Text is part of a name or title.
type Query struct {
	Scope  identity.Scope
	States []State // none means all
	Text   string
	Sort   string
	Parent string // only what belongs to the noun with this id: its asset, lot or item
	Kind   string // of assets, or the target of objections; none means all
	Public bool   // the list is the public's: Text is words as the public's search finds them
	Bounds Bounds
	Page   identity.Page
}

// Bounds narrow a list by its day and its price or sum, as the method says which; what
// is empty narrows nothing. The last day counts.
type Bounds struct {
	From, Until calendar.Date
	Least, Most money.Fen
}

// SameVersion refuses a change that was made on an outdated copy.
func SameVersion(have, seen int) error {
	if have != seen {
		return fault.New(fault.Conflict, "内容已被他人修改，请打开最新内容后再办理")
	}
	return nil
}

// InvalidIfMissing turns a missing or withheld object that a form names into a
// complaint about the field.
func InvalidIfMissing(err error, field, message string) error {
	switch fault.CodeOf(err) {
	case fault.NotFound:
		return fault.New(fault.Invalid, "%s", message).On(field)
	case fault.Gone:
		return fault.New(fault.Invalid, "%s", fault.MessageOf(err)).On(field)
	}
	return err
}

// Begin is the head of each use-case: may the actor, and which act is this.
func Begin(who identity.Actor, act *identity.Action, kind, requestID string,
	content any) (identity.Scope, event.Request, error) {
	scope, err := who.Can(act)
	if err != nil {
		return nil, event.Request{}, err
	}
	once, err := event.NewRequest(who.PersonID, kind, requestID, content)
	return scope, once, err
}

// NotNil makes an empty list of a missing one: in a document, a fact or an
// answer a list is [] and never null.
func NotNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
