package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web"
)

// sessions knows whoever brings the name of a role as a token: it holds that role
// in the village.
type sessions struct{}

func (sessions) Authenticate(_ context.Context, access string) (identity.Actor, error) {
	at := identity.Membership{Role: identity.Role(access), Path: "/c/t/v/", OrgName: "样例村"}
	return identity.Actor{PersonID: access, Name: "张三", Memberships: []identity.Membership{at}}, nil
}

func (sessions) Renew(context.Context, string) (identity.Tokens, error) {
	return identity.Tokens{}, fault.New(fault.Unauthenticated, "lapsed")
}

type clock struct{}

func (clock) Now() time.Time { return time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC) }

// open is a kit without routes.
func open(t *testing.T) *web.Kit {
	t.Helper()
	k, err := web.New(web.Config{
		URL:      "http://127.0.0.1:8080",
		Secret:   []byte("a secret of the tests"),
		Sessions: sessions{},
		Clock:    clock{},
		Log:      slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

type answered struct {
	status     int
	kind, body string
	keeping    string // Cache-Control
}

// ask sends a request with a key, by whoever holds the role, or by nobody.
func ask(t *testing.T, k *web.Kit, method, path, role, body string) answered {
	t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", "the-key")
	if role != "" {
		req.Header.Set("Authorization", "Bearer "+role)
	}
	resp, err := k.App.Test(req, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answered{
		status:  resp.StatusCode,
		kind:    resp.Header.Get("Content-Type"),
		body:    string(raw),
		keeping: resp.Header.Get("Cache-Control"),
	}
}

// within draws a request's context and looks into it.
func within(t *testing.T, path, role string, look func(c *fiber.Ctx) error) answered {
	t.Helper()
	k := open(t)
	k.Get("/api/probe", web.Public, look)
	return ask(t, k, "GET", "/api/probe"+path, role, "")
}

// TestARefusedBodyNamesItsField: a form of many fields is of no use to a program
// that only hears that it is wrong.
func TestARefusedBodyNamesItsField(t *testing.T) {
	type form struct {
		Title string   `json:"title"`
		Years int      `json:"years"`
		Plots []string `json:"plots"`
	}
	for body, field := range map[string]string{
		`{"version":"one"}`:           "version",
		`{"form":{"title":7}}`:        "form.title",
		`{"form":{"years":"five"}}`:   "form.years",
		`{"form":{"years":1.5}}`:      "form.years",
		`{"form":{"plots":[{}]}}`:     "form.plots",
		`{"form":{"titel":"a"}}`:      "titel",
		`{"version":1,"price":1}`:     "price",
		`{"version":1} {"version":2}`: "",
		`{"version":1}]`:              "",
		`["a"]`:                       "",
		`{"version":`:                 "",
		``:                            "",
		`version=1`:                   "",
	} {
		err := decode([]byte(body), &revision[form]{})
		if fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", body, err)
			continue
		}
		fields := fault.FieldsOf(err)
		if field == "" && len(fields) > 0 || field != "" && (len(fields) != 1 || fields[0].Name != field) {
			t.Errorf("%s: names %v, want %q", body, fields, field)
		}
	}
}

func TestABodyIsReadWhole(t *testing.T) {
	var into revision[struct {
		Title string `json:"title"`
	}]
	if err := decode([]byte(" {\"version\":3,\"form\":{\"title\":\"东坡茶园\"}}\n"), &into); err != nil ||
		into.Version != 3 || into.Form.Title != "东坡茶园" {
		t.Errorf("%+v %v", into, err)
	}
	if err := decode([]byte(`{"version":3,"form":{"name":"a"}}`), &into); len(fault.FieldsOf(err)) != 1 {
		t.Errorf("a field of the inner form: %v", err)
	}
}

// TestAnActIsGivenItsKey: who acts, under which key, on which noun and copy.
func TestAnActIsGivenItsKey(t *testing.T) {
	k := open(t)
	var got []any
	k.Post("/api/probe/:id", web.SignedIn, step(
		func(_ context.Context, who identity.Actor, key, id string, version int) (string, error) {
			got = []any{who.PersonID, key, id, version}
			return "next", nil
		}))
	a := ask(t, k, "POST", "/api/probe/one", "village_clerk", `{"version":4}`)
	if a.status != 200 || a.body != `{"id":"next"}` ||
		!reflect.DeepEqual(got, []any{"village_clerk", "the-key", "one", 4}) {
		t.Errorf("%+v did %v", a, got)
	}
	got = nil
	a = ask(t, k, "POST", "/api/probe/one", "village_clerk", `{"versoin":4}`)
	if a.status != 422 || !strings.Contains(a.body, `"versoin"`) || got != nil {
		t.Errorf("%+v did %v", a, got)
	}
	a = ask(t, k, "POST", "/api/probe/one", "", `{"version":4}`)
	if a.status != 401 || got != nil {
		t.Errorf("by nobody: %+v did %v", a, got)
	}
}

// TestARefusedActIsToldAsItIs: the use-case's own words and fields.
func TestARefusedActIsToldAsItIs(t *testing.T) {
	k := open(t)
	k.Post("/api/probe", web.Public, write(func(*fiber.Ctx, identity.Actor, string, struct{}) (string, error) {
		return "", fault.New(fault.Conflict, "现在不能办理").On("state")
	}))
	a := ask(t, k, "POST", "/api/probe", "", `{}`)
	var told struct{ Error web.Problem }
	if err := json.Unmarshal([]byte(a.body), &told); err != nil || a.status != 409 ||
		told.Error.Message != "现在不能办理" ||
		len(told.Error.Fields) != 1 || told.Error.Fields[0].Name != "state" {
		t.Errorf("%+v %v", a, err)
	}
}

func TestAListSaysWhereItStands(t *testing.T) {
	double := func(n int) int { return 2 * n }
	for name, c := range map[string]struct {
		rows []int
		want string
	}{
		"rows":    {[]int{1, 2}, `{"items":[2,4],"total":7,"page":3,"size":2}`},
		"no rows": {nil, `{"items":[],"total":7,"page":3,"size":2}`},
	} {
		raw, err := json.Marshal(page(identity.Page{Number: 3, Size: 2}, c.rows, 7, double))
		if err != nil || string(raw) != c.want {
			t.Errorf("%s: %s %v", name, raw, err)
		}
	}
}

func TestAListIsAskedFor(t *testing.T) {
	within(t, "?q="+strings.Repeat("%E8%8C%B6", 70)+"&sort=newest&asset=a1&page=3&size=500", "",
		func(c *fiber.Ctx) error {
			q := query(c)
			if q.Text != strings.Repeat("茶", 60) || q.Sort != "newest" || q.Parent != "a1" || q.Page.Number != 3 ||
				q.Page.Size != identity.MaxPage {
				t.Errorf("%+v", q)
			}
			if len(q.Scope) != len(identity.Everywhere) {
				t.Errorf("looks in %v", q.Scope)
			}
			return nil
		})
	within(t, "", "", func(c *fiber.Ctx) error {
		if q := query(c); q.Text != "" || q.Page.Number != 1 || q.Page.Size != 20 {
			t.Errorf("%+v", q)
		}
		return nil
	})
}

// TestWhatAnAccountReadsIsKeptNowhere: an answer to a bearer token may hold what one
// person alone may see, an error's words too.
func TestWhatAnAccountReadsIsKeptNowhere(t *testing.T) {
	refused := fault.New(fault.NotFound, "没有")
	for _, err := range []error{nil, refused} {
		a := within(t, "", string(identity.Clerk), func(*fiber.Ctx) error { return err })
		if a.keeping != "no-store" {
			t.Errorf("%d may be kept: %q", a.status, a.keeping)
		}
	}
}

// TestAnOfficesListIsOfItsPlaces: ?office=true is refused to whoever has none.
func TestAnOfficesListIsOfItsPlaces(t *testing.T) {
	for _, c := range []struct {
		path, role string
		status     int
		scope      identity.Scope
	}{
		{"", "", 200, identity.Everywhere},
		{"?office=true", string(identity.Clerk), 200, identity.Scope{"/c/t/v/"}},
		{"?office=false", string(identity.Clerk), 200, identity.Everywhere},
		{"?office=true", "bidder", 403, nil},
		{"?office=true", "", 401, nil},
	} {
		a := within(t, c.path, c.role, func(ctx *fiber.Ctx) error {
			q, err := ofOffice(ctx, query(ctx))
			if err == nil && !reflect.DeepEqual(q.Scope, c.scope) {
				t.Errorf("%s by %q looks in %v", c.path, c.role, q.Scope)
			}
			return err
		})
		if a.status != c.status {
			t.Errorf("%s by %q: %d %s", c.path, c.role, a.status, a.body)
		}
	}
}
