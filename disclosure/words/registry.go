// Package words is the registry of what events say. Each room declares one
// wording for a kind of event, beside the type of its facts. The log's page,
// `sunlot verify` and the trail of a case read it here and nowhere else, so that
// nobody is told the same event in two ways.
package words

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"sunlot/internal/event"
)

// Wording is how one kind of event is told, or one step of a case that is no event.
type Wording struct {
	Kind   string
	Title  string            // of the event; empty when nothing is recorded in public
	Step   string            // what the trail of a case calls it; empty when it is no step
	Facts  any               // the zero value of the event's facts; nil when it is no event
	Silent map[string]string // fields of the facts that are not told, each with the reason

	tell func(json.RawMessage) ([]Fact, error)
}

// Of is the wording of an event whose facts are a T. What it says is read
// through the type: a field that is renamed or gone does not compile.
func Of[T any](kind, title string, say func(T) []Fact) Wording {
	var zero T
	return Wording{Kind: kind, Title: title, Facts: zero, tell: func(raw json.RawMessage) ([]Fact, error) {
		facts, err := decode[T](raw)
		if err != nil {
			return nil, err
		}
		return withValue(say(facts)), nil
	}}
}

// Act is the wording of a step that is no event: the trail alone tells it.
func Act(kind, label string) Wording { return Wording{Kind: kind, Step: label} }

// InTrail names the step of a case that the event is as well.
func (w Wording) InTrail(label string) Wording {
	w.Step = label
	return w
}

// Omits says that fields of the facts are not told, and why. A field of a field
// has both names with a dot between them.
func (w Wording) Omits(why string, fields ...string) Wording {
	w.Silent = maps.Clone(w.Silent)
	if w.Silent == nil {
		w.Silent = map[string]string{}
	}
	for _, field := range fields {
		w.Silent[field] = why
	}
	return w
}

// Registry is every wording that the program has. The zero one has none and
// tells each event by the name of its kind.
type Registry struct{ wordings map[string]Wording }

// New makes the registry of the rooms' lists. It refuses two wordings of one
// kind, and one that says nothing.
func New(rooms ...[]Wording) (Registry, error) {
	r := Registry{wordings: map[string]Wording{}}
	for _, w := range slices.Concat(rooms...) {
		if _, twice := r.wordings[w.Kind]; twice {
			return Registry{}, fmt.Errorf("words: %s has two wordings", w.Kind)
		}
		if w.Kind == "" || w.Title == "" && w.Step == "" {
			return Registry{}, fmt.Errorf("words: the wording of %q says nothing", w.Kind)
		}
		r.wordings[w.Kind] = w
	}
	return r, nil
}

// All lists the wordings in the order of their kinds.
func (r Registry) All() []Wording {
	return slices.SortedFunc(maps.Values(r.wordings), func(a, b Wording) int {
		return strings.Compare(a.Kind, b.Kind)
	})
}

// Told is an event as a villager reads it.
type Told struct {
	Title string
	Facts []Fact
}

// Tell tells an event: its title and its facts in the order of the wording.
// Facts that are not what their kind promises are not told at all, since half
// of them could mislead; the raw text is there to be read.
func (r Registry) Tell(e event.Event) Told {
	told := Told{Title: r.Title(e.Kind)}
	if tell := r.wordings[e.Kind].tell; tell != nil {
		told.Facts, _ = tell(e.Facts)
	}
	return told
}

// Title is what the log calls the kind of event; the kind itself when it has no wording.
func (r Registry) Title(kind string) string {
	if w := r.wordings[kind]; w.Title != "" {
		return w.Title
	}
	return kind
}

// Act is what the trail of a case calls the step; the kind itself when it has no wording.
func (r Registry) Act(kind string) string {
	if w := r.wordings[kind]; w.Step != "" {
		return w.Step
	}
	return kind
}

// Sentence tells an event in one line of a terminal. It may be a stranger's:
// nothing in it steers the terminal.
func (r Registry) Sentence(e event.Event) string {
	told := r.Tell(e)
	var facts []string
	for _, f := range told.Facts {
		facts = append(facts, Printable(f.Label)+" "+Printable(f.Value))
	}
	if len(facts) == 0 {
		return Printable(told.Title)
	}
	return Printable(told.Title) + "：" + strings.Join(facts, "，")
}

// Printable is a stranger's text for a terminal: quoted when a character of it
// is more than ink.
func Printable(s string) string {
	if q := fmt.Sprintf("%q", s); len(q) != len(s)+2 {
		return q
	}
	return s
}

// decode reads facts that have every field of their type, but for those that events
// recorded before them lack (omitempty, omitzero).
func decode[T any](raw json.RawMessage) (facts T, err error) {
	if err := json.Unmarshal(raw, &facts); err != nil {
		return facts, err
	}
	var have map[string]json.RawMessage
	if err := json.Unmarshal(raw, &have); err != nil {
		return facts, err
	}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		name, kind, _ := strings.Cut(field.Tag.Get("json"), ",")
		if _, there := have[name]; name != "" && !there && kind != "omitempty" && kind != "omitzero" {
			return facts, fmt.Errorf("words: the facts have no %s", name)
		}
	}
	return facts, nil
}

// withValue leaves out the facts that have nothing to say.
func withValue(facts []Fact) []Fact {
	return slices.DeleteFunc(facts, func(f Fact) bool { return f.Value == "" })
}
