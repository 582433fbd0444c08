package casework

import (
	"slices"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Act is one step of a case: who did what, as whom, when, and with which
// reasons. The trail is private and append-only; an event tells the public the
// steps by role and time.
type Act struct {
	Noun     event.Stream
	Kind     string
	PersonID string
	Name     string // of the person, when read
	Role     identity.Role
	At       time.Time
	Reasons  []fault.Field // what a return asks to mend
}

// RoleFor is the role by which the actor may do it at the place.
func RoleFor(who identity.Actor, act *identity.Action, at identity.Path) identity.Role {
	for _, m := range who.Memberships {
		if m.Path.Covers(at) && act.By(m.Role) {
			return m.Role
		}
	}
	return ""
}

// Hands lists, each once, who did the steps of those kinds.
func Hands(acts []Act, kinds ...string) (persons []string) {
	for _, a := range acts {
		if slices.Contains(kinds, a.Kind) && !slices.Contains(persons, a.PersonID) {
			persons = append(persons, a.PersonID)
		}
	}
	return persons
}

// Second refuses, with the message, whoever did one of those steps to the noun, however
// many have gone over it since: of what is confirmed a part may still be his. The noun is
// locked by loading it.
func Second(tx Papers, who identity.Actor, noun event.Stream, message string, kinds ...string) error {
	acts, err := tx.Acts(noun)
	if err != nil {
		return err
	}
	return who.Second(message, Hands(acts, kinds...)...)
}

// NoteAct notes a step in the trail at the deciding time of the noun's stream.
func NoteAct(tx Papers, who identity.Actor, as *identity.Action, noun event.Stream, at identity.Path, kind string,
	reasons []fault.Field) error {
	now, err := tx.Lock(noun)
	if err != nil {
		return err
	}
	return tx.AddAct(Act{
		Noun:     noun,
		Kind:     kind,
		PersonID: who.PersonID,
		Role:     RoleFor(who, as, at),
		At:       now,
		Reasons:  reasons,
	})
}
