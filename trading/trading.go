// Package trading lets what a village owns: from the asset and the resolution
// over the tender to its published notice.
package trading

import (
	"context"
	"slices"

	"sunlot/internal/blob"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/rules"
)

// Service is the use-cases. The deciding time comes from the transaction; Clock
// only serves reads.
type Service struct {
	Store  Store
	Photos blob.Photos
	Pack   rules.Pack
	Clock  calendar.Clock
	Blind  Blind // of registrations
}

// State is where a noun stands in its lifecycle. Only the arrows of its table exist.
type State string

// Move takes a state to the next one, or says why it cannot go there.
func Move(moves map[State][]State, labels map[State]string, noun string, from *State, to State) error {
	if !slices.Contains(moves[*from], to) {
		return fault.New(fault.Conflict, "%s当前为“%s”,不能转为“%s”", noun, labels[*from], labels[to])
	}
	*from = to
	return nil
}

// Newest refuses a change that was made on an outdated copy.
func Newest(have, seen int) error {
	if have != seen {
		return fault.New(fault.Conflict, "内容已被他人修改,请打开最新内容后再办理")
	}
	return nil
}

// Known turns a missing object that a form names into a complaint about the field.
func Known(err error, field, message string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.New(fault.Invalid, "%s", message).On(field)
	}
	return err
}

// CalendarNow is the schedules that the program and the administrator know.
func (s *Service) CalendarNow(ctx context.Context) (calendar.Calendar, error) {
	years, err := s.Store.Years(ctx)
	return calendar.Published.With(years...), err
}

// otherAsset refuses to turn a case into one of another asset.
func otherAsset() error {
	return fault.New(fault.Invalid, "资产不能更改,请另行登记或起草").On("asset")
}

// begin is the head of each use-case: may the actor, and which act is this.
func begin(who identity.Actor, act identity.Action, kind, requestID string, content any) (identity.Scope, event.Request, error) {
	scope, err := who.Can(act)
	if err != nil {
		return nil, event.Request{}, err
	}
	once, err := event.NewRequest(who.PersonID, kind, requestID, content)
	return scope, once, err
}

// filled makes an empty list of a missing one: in a document, a fact or an
// answer a list is [] and never null.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Publish keeps a public text and returns the hash by which an event names it.
func Publish(tx Papers, v any) (string, error) {
	body, err := event.Canonical(v)
	if err != nil {
		return "", err
	}
	return event.Hash(body), tx.SaveDocument(event.Hash(body), body)
}
