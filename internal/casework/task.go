package casework

import (
	"cmp"
	"context"
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/identity"
)

// TaskKind is a kind of work that waits for somebody, with what is done.
type TaskKind struct{ Kind, Label string }

// Task is one thing to do by a day.
type Task struct {
	TaskKind
	ID    string // of the noun; of the lot for a contract, of the tender for a supplement
	Title string
	Note  string        // where the case stands, when the kind alone does not say it
	Due   calendar.Date // the last day; empty when none is set
}

// Late says whether the day has passed.
func (t Task) Late(today calendar.Date) bool { return t.Due != "" && today > t.Due }

// Tasks is a room's part of the desk.
type Tasks interface {
	// TaskKinds lists the room's kinds in the order of a case.
	TaskKinds() []TaskKind
	// Tasks lists what waits for the actor in the room, at most a page of each kind.
	Tasks(ctx context.Context, who identity.Actor) ([]Task, error)
}

// Desk is what waits for an official: the rooms' parts, in the order of a case.
type Desk []Tasks

// Kinds lists the kinds of all rooms.
func (d Desk) Kinds() []TaskKind {
	var all []TaskKind
	for _, room := range d {
		all = append(all, room.TaskKinds()...)
	}
	return all
}

// All is everything that waits for the actor as one list: what is due first
// comes first, what has no day last. Of what is due alike the kinds come in the
// order of a case.
func (d Desk) All(ctx context.Context, who identity.Actor) ([]Task, error) {
	var all []Task
	if _, err := who.Can(identity.OfficeRead); err != nil {
		return nil, err
	}
	for _, room := range d {
		tasks, err := room.Tasks(ctx, who)
		if err != nil {
			return nil, err
		}
		all = append(all, tasks...)
	}
	slices.SortStableFunc(all, func(a, b Task) int { return compareDue(a.Due, b.Due) })
	return all, nil
}

// compareDue puts what has no day last.
func compareDue(a, b calendar.Date) int {
	if (a == "") != (b == "") {
		return cmp.Compare(string(b), string(a))
	}
	return cmp.Compare(a, b)
}

// FirstPage is as much of a list as a desk takes.
var FirstPage = identity.Page{Number: 1, Size: identity.MaxPage}
