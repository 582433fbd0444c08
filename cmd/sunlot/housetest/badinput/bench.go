package badinput

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/identity"
)

// Bench is a running demonstration on which bad input is tried. It remembers
// what the tables held, so that each refusal can be asked whether it wrote.
type Bench struct {
	*housetest.House
	Desks    housetest.Desks
	Lots     []housetest.Auction // each at the same point between notice and lease
	OpenLot  string              // id of a lot that is open for registration
	Waiting  string              // id of a registration for it that waits since before the opening
	raised   int                 // objections so far
	held     map[string]string
	programs map[string]*housetest.Client
	expired  map[string]string // access tokens that have run out
	browsers map[string]*housetest.Client
}

// NewBench is a bench on a running demonstration that stands at its beginning.
func NewBench(r *housetest.House) *Bench {
	return &Bench{
		House:    r,
		Desks:    r.Desks(),
		programs: map[string]*housetest.Client{},
		expired:  map[string]string{},
		browsers: map[string]*housetest.Client{},
	}
}

// On lets the bench, and everybody on it, report to a part of the test.
func (b *Bench) On(t *testing.T) *Bench {
	b.T = t
	return b
}

// AsProgram is somebody by the API; the empty login is nobody's.
func (b *Bench) AsProgram(login string) *housetest.Client {
	if login == "" {
		return b.Nobody()
	}
	if b.programs[login] == nil {
		b.programs[login] = b.House.Program(login)
	}
	return b.programs[login]
}

// AsBrowser is somebody at the pages; the empty login is a visitor's.
func (b *Bench) AsBrowser(login string) *housetest.Client {
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

// Settle takes what the tables hold now as the state from which nothing may change.
func (b *Bench) Settle() { b.held = b.Rows() }

// Refused asks that the request was refused with that status, that the error
// names the field, and that nothing was written. An empty field asks for no name.
func (b *Bench) Refused(what string, a housetest.Answer, status int, field string) {
	b.T.Helper()
	if a.StatusCode != status {
		b.T.Errorf("%s: %d, want %d: %s", what, a.StatusCode, status, housetest.Brief(a.Body))
	}
	if field != "" && !slices.Contains(a.Fields(), field) {
		b.T.Errorf("%s: names %v, want %s: %s", what, a.Fields(), field, housetest.Brief(a.Body))
	}
	for _, m := range housetest.SummaryLink.FindAllStringSubmatch(a.Body, -1) {
		if m[1] != "request_id" && !strings.Contains(a.Body, ` id="f-`+m[1]+`"`) {
			b.T.Errorf("%s: the summary leads to %s, which is not on the page", what, m[1])
		}
	}
	b.Unchanged(what)
}

// Unchanged asks that nothing was written since the last look.
func (b *Bench) Unchanged(what string) {
	b.T.Helper()
	now := b.Rows()
	if diff := housetest.Changed(b.held, now); diff != nil {
		b.T.Errorf("%s wrote: %v", what, diff)
		b.held = now
	}
}

// Wrote asks that the request was carried out and left something.
func (b *Bench) Wrote(what string, a housetest.Answer, status int) {
	b.T.Helper()
	if a.StatusCode != status {
		b.T.Fatalf("%s: %d, want %d: %s", what, a.StatusCode, status, housetest.Brief(a.Body))
	}
	if housetest.Changed(b.held, b.Rows()) == nil {
		b.T.Errorf("%s wrote nothing, so the other assertions would say nothing", what)
	}
	b.Settle()
}

// Lapsed is an access token of a person that ran out an hour ago.
func (b *Bench) Lapsed(login string) string {
	b.T.Helper()
	if token := b.expired[login]; token != "" {
		return token
	}
	fresh := identity.Sessions{Store: b.DB, Clock: b.Clock, Secret: b.Sessions.Secret,
		Wall: func() time.Time { return time.Now().Add(-time.Hour) }}
	tokens, err := fresh.Login(b.T.Context(), login, demo.Password, identity.From{})
	b.Ok(err)
	b.expired[login] = tokens.Access
	return tokens.Access
}

// Visitor is the same visit once more, so that one login does not end the next try's.
func (b *Bench) Visitor(c *housetest.Client) *housetest.Client {
	other := b.Nobody()
	other.Cookies["__Host-visit"], other.Token = c.Cookies["__Host-visit"], c.Token
	return other
}

// TooLarge announces a body over the limit and sends its beginning alone.
func (b *Bench) TooLarge(path, bearer string) housetest.Answer {
	b.T.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(b.URL, "http://"))
	b.Ok(err)
	defer conn.Close()
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAuthorization: Bearer "+
		"%s\r\nContent-Length: %d\r\n\r\n",
		path, strings.TrimPrefix(b.URL, "http://"), bearer, 1<<21)
	_, err = conn.Write(make([]byte, 16<<10))
	b.Ok(err)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	b.Ok(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	b.Ok(err)
	return housetest.Answer{Response: res, Body: string(text)}
}
