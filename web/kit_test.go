package web

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Two actions of the kind that rooms declare.
var (
	tenderDraft = identity.NewAction("tender.draft", "起草公告", identity.Clerk)
	tenderCheck = identity.NewAction("tender.check", "审核公告", identity.Station)
	lotRegister = identity.NewAction("lot.register", "报名竞买", identity.BidderRole)
)

// accounts is a Sessions whose tokens are written out: access-NAME is a valid
// access token, refresh-NAME a valid refresh token.
type accounts struct {
	renewed int
	down    error
	until   time.Time // when the last asked of has to have answered
}

func (a *accounts) Authenticate(ctx context.Context, access string) (identity.Actor, error) {
	a.until, _ = ctx.Deadline()
	if a.down != nil {
		return identity.Actor{}, a.down
	}
	name, ok := strings.CutPrefix(access, "access-")
	if !ok {
		return identity.Actor{}, errLapsed
	}
	actor := identity.Actor{PersonID: name, Name: "张" + name}
	for _, role := range identity.Roles() {
		if string(role) == name {
			actor.Memberships = []identity.Membership{{Role: role, Path: "/c/", OrgName: "示范县"}}
		}
	}
	actor.MustChange = name == "newcomer"
	return actor, nil
}

func (a *accounts) Renew(_ context.Context, refresh string) (identity.Tokens, error) {
	name, ok := strings.CutPrefix(refresh, "refresh-")
	if !ok {
		return identity.Tokens{}, errLapsed
	}
	a.renewed++
	return tokensOf(name), nil
}

func tokensOf(name string) identity.Tokens {
	return identity.Tokens{Access: "access-" + name, Refresh: "refresh-" + name,
		AccessUntil: time.Now().Add(time.Minute), RefreshUntil: time.Now().Add(time.Hour)}
}

type stopped time.Time

func (s stopped) Now() time.Time { return time.Time(s) }

// house is a kit with a few routes to knock at.
type house struct {
	*Kit
	t        *testing.T
	accounts *accounts
	log      *bytes.Buffer
	acted    int // how often a mutating handler ran
}

func open(t *testing.T, change ...func(*Config)) *house {
	h := &house{t: t, accounts: &accounts{}, log: &bytes.Buffer{}}
	cfg := Config{
		URL:      "http://127.0.0.1:8080",
		Secret:   []byte("a secret of the tests"),
		Sessions: h.accounts,
		Actions:  []*identity.Action{lotRegister},
		Clock:    stopped(time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)),
		Log:      slog.New(slog.NewJSONHandler(h.log, nil)),
	}
	for _, f := range change {
		f(&cfg)
	}
	kit, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h.Kit = kit
	h.log.Reset()
	act := func(c *fiber.Ctx) error { h.acted++; return h.Done(c, "/form", "已办理") }
	form := func(c *fiber.Ctx) error {
		return h.Page(c, "account/login", map[string]any{"CanLogIn": true, "Next": "/", "Login": ""})
	}
	h.Get("/form", Public, form)
	h.Get("/mine", SignedIn, form)
	h.Get("/drafts", Needs(tenderDraft), form)
	h.Post("/open", Public, act)
	h.Post("/mine", SignedIn, act)
	h.Post("/drafts", Needs(tenderDraft, tenderCheck), act)
	h.Post("/api/v1/drafts", Needs(tenderDraft), act)
	h.Post("/api/v1/sessions", Public, act)
	return h
}

// ask sends a request; headers come in pairs.
func (h *house) ask(method, target, body string, headers ...string) *http.Response {
	h.t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	answer, err := h.App.Test(r, -1)
	if err != nil {
		h.t.Fatal(err)
	}
	return answer
}

func (h *house) expect(answer *http.Response, status int, parts ...string) string {
	h.t.Helper()
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	if answer.StatusCode != status {
		h.t.Errorf("status %d, want %d: %.300s", answer.StatusCode, status, all)
	}
	for _, part := range parts {
		if !strings.Contains(string(all), part) {
			h.t.Errorf("no %q in %s", part, all)
		}
	}
	return string(all)
}

var (
	tokenIn = regexp.MustCompile(`name="csrf" value="([^"]+)"`)
	visitIn = regexp.MustCompile(`__Host-visit=([^;]+)`)
)

// visit opens a form as somebody and returns its token and the cookies to send with it.
func (h *house) visit(name string) (token, cookies string) {
	h.t.Helper()
	if name != "" {
		cookies = "__Host-access=access-" + name
	}
	answer := h.ask("GET", "/form", "", "Cookie", cookies)
	page := h.expect(answer, 200)
	found := tokenIn.FindStringSubmatch(page)
	cookie := visitIn.FindStringSubmatch(strings.Join(answer.Header.Values("Set-Cookie"), "\n"))
	if found == nil || cookie == nil {
		h.t.Fatalf("no token or no visit in %v %s", answer.Header, page)
	}
	return found[1], strings.TrimPrefix(cookies+"; __Host-visit="+cookie[1], "; ")
}

func fields(pairs ...string) string {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v.Encode()
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	good := Config{URL: "https://sunlot.example.cn", Secret: make([]byte, 16), Log: slog.New(slog.DiscardHandler)}
	if _, err := New(good); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Config){
		"no address":   func(c *Config) { c.URL = "" },
		"no scheme":    func(c *Config) { c.URL = "sunlot.example.cn" },
		"ftp":          func(c *Config) { c.URL = "ftp://sunlot.example.cn" },
		"short secret": func(c *Config) { c.Secret = make([]byte, 15) },
	} {
		cfg := good
		spoil(&cfg)
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestAgainDrawsTheFormWithItsErrors(t *testing.T) {
	h := open(t)
	answers := map[string]error{
		"mend":     fault.New(fault.Invalid, "请填写登录名").On("login"),
		"password": fault.New(fault.Unauthenticated, "登录名或密码不对").On("login"),
		"state":    fault.New(fault.Conflict, "公告已经发布"),
		"missing":  fault.New(fault.NotFound, "没有找到这个交易"),
		"lapsed":   errLapsed,
	}
	h.Get("/again/:why", Public, func(c *fiber.Ctx) error {
		return h.Again(c, answers[c.Params("why")], "account/login",
			map[string]any{"CanLogIn": true, "Next": "/", "Login": "wang<b>"})
	})
	page := h.expect(h.ask("GET", "/again/mend", ""), 422, "<title>错误：登录 - 晒标</title>",
		`<a href="#f-login">请填写登录名</a>`,
		`id="f-login"`, `aria-invalid="true"`, `aria-describedby="f-login-error"`, `value="wang&lt;b&gt;"`)
	if strings.Contains(page, "wang<b>") {
		t.Error("what was typed came back as markup")
	}
	h.expect(h.ask("GET", "/again/password", ""), 401, `action="/login"`, "登录名或密码不对")
	h.expect(h.ask("GET", "/again/state", ""), 409, "公告已经发布", `action="/login"`)
	if page := h.expect(h.ask("GET", "/again/missing", ""), 404, "没有找到这个交易"); strings.Contains(page,
		`action="/login"`) {
		t.Error("a form was drawn for what is not there")
	}
	if page := h.expect(h.ask("GET", "/again/lapsed", ""), 401, "登录已失效"); strings.Contains(page, `name="password"`) {
		t.Error("a lapsed login was drawn as a form error")
	}
}

func TestDoneSaysItOnce(t *testing.T) {
	h := open(t)
	token, cookies := h.visit("clerk")
	answer := h.ask("POST", "/mine", fields("csrf", token), "Cookie", cookies)
	h.expect(answer, 303)
	if answer.Header.Get("Location") != "/form" {
		t.Error("went to", answer.Header.Get("Location"))
	}
	kept := regexp.MustCompile(`__Host-flash=[^;]+`).FindString(strings.Join(answer.Header.Values("Set-Cookie"),
		"\n"))
	next := h.ask("GET", "/form", "", "Cookie", kept)
	h.expect(next, 200, `<p class="flash" role="status">已办理。</p>`)
	if !strings.Contains(strings.Join(next.Header.Values("Set-Cookie"), "\n"), "__Host-flash=; max-age=0") {
		t.Errorf("the message is not forgotten: %v", next.Header.Values("Set-Cookie"))
	}
	h.expect(h.ask("GET", "/form", "", "Cookie", "__Host-flash=%%%"), 200)
}

func TestBannerIsOnEveryPage(t *testing.T) {
	h := open(t, func(c *Config) {
		c.Banner = func(ctx context.Context) (*Banner, error) {
			return &Banner{Text: "示范数据", Next: "公告期满", Stage: "/demo/stage"}, ctx.Err()
		}
	})
	h.expect(h.ask("GET", "/form", ""), 200, "示范数据", "2026年11月23日 09:30", "星期一", `action="/demo/stage"`,
		"到下一阶段", "公告期满")
	h.expect(h.ask("GET", "/nowhere", ""), 404, "示范数据")
	if page := open(t).expect(open(t).ask("GET", "/form", ""), 200); strings.Contains(page, "示范数据") {
		t.Error("a program in earnest says 示范数据")
	}
}

// TestAbsolute writes whole addresses from what the program was told, not from
// what a request claims.
func TestAbsolute(t *testing.T) {
	for at, want := range map[string]string{"http://127.0.0.1:8080": "http://127.0.0.1:8080/tenders/a",
		"https://sunlot.example.cn/": "https://sunlot.example.cn/tenders/a"} {
		if got := open(t, func(c *Config) { c.URL = at }).Absolute("/tenders/a"); got != want {
			t.Errorf("%s gives %s, want %s", at, got, want)
		}
	}
}
