// Package badinput tries on every mutating route everything that can be wrong
// with a request. Each room's test holds the trials of the room's own routes and
// runs them here: the answer has the right status and names the wrong field, and
// no watched table has changed.
package badinput

import (
	"runtime"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// Trial is one mutating route with what is tried on it.
type Trial struct {
	Route string // method and path, as it is declared
	Run   func(b *Bench)
}

// Trials are a room's, by the time of the demonstration at which they are tried.
// What comes after the last of them is not waited for.
type Trials struct {
	Listed  func(b *Bench) []Trial // notices are out, registration is open
	Opened  func(b *Bench) []Trial // the lots are bid for
	Closed  func(b *Bench) []Trial // the results are public
	Settled func(b *Bench) []Trial // the results are final
}

// Run tries a room's routes on both databases. The room is the package of the
// test that calls it: a mutating route of the room's without a trial fails, and
// so does a trial of another room's route.
func Run(t *testing.T, trials Trials) {
	_, file, _, _ := runtime.Caller(1)
	room := roomOfFile(t, file)
	housetest.Each(t, func(t *testing.T, r *housetest.House) { NewBench(r).run(t, room, trials) })
}

func (b *Bench) run(t *testing.T, room string, trials Trials) {
	tried := map[string]bool{}
	for _, stage := range b.stages(trials) {
		stage.reach()
		for _, trial := range stage.at(b) {
			tried[trial.Route] = true
			name := strings.ReplaceAll(strings.TrimPrefix(trial.Route, "POST /"), "/", " ")
			t.Run(name, func(t *testing.T) { trial.Run(b.On(t)) })
		}
		b.On(t)
	}
	if len(tried) == 0 {
		t.Errorf("%s tries nothing", room)
	}
	for _, route := range b.Kit.Routes() {
		name := route.Method + " " + route.Path
		switch at := RoomOf(route); {
		case !Mutating(route):
		case at == room && !tried[name]:
			t.Errorf("%s has no bad input", name)
		case at != room && tried[name]:
			t.Errorf("%s is tried by %s and is the route of %s", name, room, at)
		}
		delete(tried, name)
	}
	for route := range tried {
		t.Errorf("%s is tried, and there is no such route", route)
	}
}

// stage is a time of the demonstration with what is tried then.
type stage struct {
	reach  func()
	trials func(b *Bench) []Trial
}

// at are the trials of the stage.
func (s stage) at(b *Bench) []Trial {
	if s.trials == nil {
		return nil
	}
	return s.trials(b)
}

// stages are in the order of time: the clock never goes back. The last is the
// last at which there is something to try.
func (b *Bench) stages(trials Trials) []stage {
	all := []stage{{b.ListAll, trials.Listed}, {b.OpenAll, trials.Opened}, {b.CloseAll, trials.Closed},
		{b.SettleAll, trials.Settled}}
	for len(all) > 1 && all[len(all)-1].trials == nil {
		all = all[:len(all)-1]
	}
	if len(all) == 1 {
		all[0].reach = b.List
	}
	return all
}

// Calls makes a trial of each call; the noun is made when its turn comes.
func Calls(prefix string, calls map[string]func() Call) []Trial {
	var all []Trial
	for path, make := range calls {
		all = append(all, Trial{prefix + path, func(b *Bench) { make().Try(b) }})
	}
	return all
}

// Sheets makes a trial of each form; the noun is made when its turn comes.
func Sheets(prefix string, sheets map[string]func() Sheet) []Trial {
	var all []Trial
	for path, make := range sheets {
		all = append(all, Trial{prefix + path, func(b *Bench) { make().Try(b, prefix+path) }})
	}
	return all
}
