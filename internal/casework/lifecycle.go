package casework

import (
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// State is where a noun stands in its lifecycle. Only the arrows of its table exist.
type State string

// Lifecycle is where a noun may go: the one table of its states.
type Lifecycle struct {
	Noun   string            // its name on the screen
	Labels map[State]string  // the states' names on the screen
	Moves  map[State][]State // where each may go; a state without an entry is an end
}

// Move takes a state to the next one, or says why it cannot go there.
func (l Lifecycle) Move(from *State, to State) error {
	if !slices.Contains(l.Moves[*from], to) {
		return fault.New(fault.Conflict, "%s目前为“%s”，不能办理这一步（“%s”）", l.Noun, l.Labels[*from], l.Labels[to])
	}
	*from = to
	return nil
}

// Label is the state's name on the screen.
func (l Lifecycle) Label(at State) string { return l.Labels[at] }

// StepAsked is one step that a procedure asks for, with the day of it.
type StepAsked struct {
	Label string
	On    calendar.Date // when it was taken; empty while it was not
	After bool          // it comes only after the deal
}
