package house_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/identity"
)

// bench is a running demonstration on which bad input is tried. It remembers
// what the tables held, so that each refusal can be asked whether it wrote.
type bench struct {
	*housetest.House
	t        *testing.T
	held     map[string]string
	programs map[string]*housetest.Client
	expired  map[string]string // access tokens that have run out
	browsers map[string]*housetest.Client
	desks    housetest.Desks
	lots     []housetest.Auction // each at the same point between notice and lease
	open     string              // id of a lot that is open for registration
	typing   *typing             // payloads are typed in place of bad input; nil for bad input
}

func newBench(t *testing.T, r *housetest.House) *bench {
	return &bench{House: r, t: t, expired: map[string]string{}, programs: map[string]*housetest.Client{}, browsers: map[string]*housetest.Client{}, desks: r.Desks()}
}

// on lets the bench, and everybody on it, report to a part of the test.
func (b *bench) on(t *testing.T) *bench {
	b.t, b.House.T = t, t
	return b
}

// asProgram is somebody by the API; the empty login is nobody's.
func (b *bench) asProgram(login string) *housetest.Client {
	if login == "" {
		return b.Nobody()
	}
	if b.programs[login] == nil {
		b.programs[login] = b.House.Program(login)
	}
	return b.programs[login]
}

// asBrowser is somebody at the pages; the empty login is a visitor's.
func (b *bench) asBrowser(login string) *housetest.Client {
	if login == "" {
		c := b.Nobody()
		c.ReadToken("/login")
		return c
	}
	if b.browsers[login] == nil {
		b.browsers[login] = b.House.Browser(login)
	}
	return b.browsers[login]
}

// settle takes what the tables hold now as the state from which nothing may change.
func (b *bench) settle() { b.held = b.Rows() }

// refused asks that the request was refused with that status, that the error
// names the field, and that nothing was written. An empty field asks for no name.
func (b *bench) refused(what string, a housetest.Answer, status int, field string) {
	b.t.Helper()
	if a.StatusCode != status {
		b.t.Errorf("%s: %d, want %d: %s", what, a.StatusCode, status, housetest.Brief(a.Body))
	}
	if field != "" && !slices.Contains(a.Fields(), field) {
		b.t.Errorf("%s: names %v, want %s: %s", what, a.Fields(), field, housetest.Brief(a.Body))
	}
	for _, m := range housetest.SummaryLink.FindAllStringSubmatch(a.Body, -1) {
		if m[1] != "request_id" && !strings.Contains(a.Body, ` id="f-`+m[1]+`"`) {
			b.t.Errorf("%s: the summary leads to %s, which is not on the page", what, m[1])
		}
	}
	b.unchanged(what)
}

func (b *bench) unchanged(what string) {
	b.t.Helper()
	now := b.Rows()
	if diff := housetest.Changed(b.held, now); diff != nil {
		b.t.Errorf("%s wrote: %v", what, diff)
		b.held = now
	}
}

// wrote asks that the request was carried out and left something.
func (b *bench) wrote(what string, a housetest.Answer, status int) {
	b.t.Helper()
	if a.StatusCode != status {
		b.t.Fatalf("%s: %d, want %d: %s", what, a.StatusCode, status, housetest.Brief(a.Body))
	}
	if housetest.Changed(b.held, b.Rows()) == nil {
		b.t.Errorf("%s wrote nothing, so the other assertions would say nothing", what)
	}
	b.settle()
}

// lapsed is an access token of a person that ran out an hour ago.
func (b *bench) lapsed(login string) string {
	b.t.Helper()
	if token := b.expired[login]; token != "" {
		return token
	}
	fresh := identity.Sessions{Store: b.DB, Clock: b.Clock, Secret: b.Sessions.Secret,
		Wall: func() time.Time { return time.Now().Add(-time.Hour) }}
	tokens, err := fresh.Login(b.t.Context(), login, demo.Password, "")
	b.Ok(err)
	b.expired[login] = tokens.Access
	return tokens.Access
}

// TestBadInput tries each operation and form with everything that can be wrong
// with it. A mutating route without an entry fails.
func TestBadInput(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		b := newBench(t, r)
		tried := map[string]bool{}
		for _, stage := range b.stages() {
			stage.reach()
			for _, trial := range stage.trials() {
				tried[trial.route] = true
				t.Run(strings.ReplaceAll(strings.TrimPrefix(trial.route, "POST /"), "/", " "), func(t *testing.T) { trial.run(b.on(t)) })
			}
			b.on(t)
		}
		for _, route := range b.Kit.Routes() {
			if route.Method != "GET" && route.Method != "HEAD" && !tried[route.Method+" "+route.Path] {
				t.Errorf("%s %s has no bad input", route.Method, route.Path)
			}
		}
	})
}

// stage is a time of the demonstration with what is tried then.
type stage struct {
	reach  func()
	trials func() []trial
}

// stages are in the order of time: the clock never goes back.
func (b *bench) stages() []stage {
	return []stage{
		{b.list, func() []trial {
			return slices.Concat(b.operations(), b.moreOperations(), b.forms(), b.moreForms(), b.entries(), b.entrySheets(), b.deposits(), b.depositSheets(), b.reports(), b.worksSheets())
		}},
		{b.openAll, b.biddings},
		{b.closeAll, b.objections},
		{b.settleAll, func() []trial { return slices.Concat(b.contracts(), b.contractSheets()) }},
	}
}

// trial is one mutating route with what is tried on it.
type trial struct {
	route string
	run   func(b *bench)
}
