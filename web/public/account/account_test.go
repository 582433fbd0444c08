package account

import (
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

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web"
)

type sessions struct{}

func (sessions) Authenticate(_ context.Context, access string) (identity.Actor, error) {
	return identity.Actor{PersonID: access, Name: "张三"}, nil
}

func (sessions) Renew(context.Context, string) (identity.Tokens, error) {
	return identity.Tokens{}, fault.New(fault.Unauthenticated, "lapsed")
}

// told is a house of which nothing but an account's history is asked.
type told struct{ identity.AdminStore }

func (told) History(context.Context, string) ([]identity.Vouched, error) {
	return []identity.Vouched{{Act: identity.AccountReset, Name: "张三", At: clock{}.Now(), By: []string{"甲", "乙"}}}, nil
}

var lotRegister = identity.NewAction("lot.register", "报名竞买", identity.BidderRole)

type clock struct{}

func (clock) Now() time.Time { return time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC) }

// browser is somebody at the screens of a house that has no database: what is
// tested here never gets that far.
type browser struct {
	t       *testing.T
	kit     *web.Kit
	cookies map[string]string
	token   string
}

func open(t *testing.T, room string) *browser {
	t.Helper()
	kit, err := web.New(web.Config{
		URL:      "http://127.0.0.1:8080",
		Secret:   []byte("a secret of the tests"),
		Sessions: sessions{},
		Actions:  []*identity.Action{lotRegister},
		Clock:    clock{},
		Log:      slog.New(slog.DiscardHandler),
		Room:     room,
	})
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, kit: kit, cookies: map[string]string{}}
}

var token = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

func (b *browser) do(method, path string, form url.Values) (*http.Response, string) {
	b.t.Helper()
	if form != nil {
		form.Set("csrf", b.token)
	}
	req := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	req.Host = "127.0.0.1:8080"
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	resp, err := b.kit.App.Test(req, 10_000)
	if err != nil {
		b.t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range resp.Cookies() {
		b.cookies[c.Name] = c.Value
	}
	if found := token.FindSubmatch(body); found != nil {
		b.token = string(found[1])
	}
	return resp, string(body)
}

// wants asks that a page answers so and has all of the parts.
func (b *browser) wants(status int, method, path string, form url.Values, parts ...string) {
	b.t.Helper()
	resp, page := b.do(method, path, form)
	if resp.StatusCode != status {
		b.t.Errorf("%s %s: %d %.300s", method, path, resp.StatusCode, page)
	}
	for _, part := range parts {
		if !strings.Contains(page, part) {
			b.t.Errorf("%s %s: no %s", method, path, part)
		}
	}
}

// TestTwoPasswordsThatDiffer come back with what was typed, but for the passwords.
func TestTwoPasswordsThatDiffer(t *testing.T) {
	b := open(t, "")
	(&Screens{Kit: b.kit, Admin: &identity.Admin{Store: told{}}}).Register()
	b.wants(200, "GET", "/join?next=/lots/a/register", nil, `name="next" value="/lots/a/register"`)
	form := url.Values{
		"name":     {"王<i>"},
		"login":    {"wang"},
		"password": {"a long secret"},
		"again":    {"another secret"},
		"next":     {"/lots/a/register"},
	}
	b.wants(422, "POST", "/join", form, "两次填写的密码不一样", `href="#f-again"`, `value="wang"`, "王&lt;i&gt;",
		`value="/lots/a/register"`)
	if _, page := b.do("POST", "/join", form); strings.Contains(page, "secret") {
		t.Error("the page repeats a password")
	}
	b.cookies["__Host-access"] = "p1"
	b.wants(200, "GET", "/password", nil, `action="/password"`, "2026年11月23日 09:30，张三，重设密码，由甲和乙办理")
	b.wants(422, "POST", "/password", url.Values{"old": {"x"}, "password": {"one secret"}, "again": {"two"}},
		"两次填写的新密码不一样", "由甲和乙办理")
}

// TestALoginThatCanBeNobodys is not looked up.
func TestALoginThatCanBeNobodys(t *testing.T) {
	b := open(t, "")
	(&Screens{Kit: b.kit}).Register()
	b.wants(200, "GET", "/login", nil, `name="next" value="/office"`, `href="/join?next=`)
	for _, form := range []url.Values{
		{"login": {strings.Repeat("a", 65)}, "password": {"x"}},
		{"login": {"wang"}, "password": {strings.Repeat("x", 513)}},
	} {
		b.wants(401, "POST", "/login", form, "登录名或密码不对", `id="f-login" name="login" value=""`)
	}
}

// TestNobodyIsLedAway: an address of another site is none to go on to.
func TestNobodyIsLedAway(t *testing.T) {
	b := open(t, "")
	(&Screens{Kit: b.kit}).Register()
	for _, next := range []string{"https://evil.test/", "//evil.test", "/\\evil.test"} {
		b.wants(200, "GET", "/login?next="+url.QueryEscape(next), nil, `name="next" value="/"`)
		b.wants(200, "GET", "/join?next="+url.QueryEscape(next), nil, `name="next" value="/"`)
	}
}

// TestLargeType is a choice of two, kept by the browser.
func TestLargeType(t *testing.T) {
	b := open(t, "")
	(&Screens{Kit: b.kit}).Register()
	b.wants(200, "GET", "/login", nil)
	b.wants(422, "POST", "/care", url.Values{"large": {"huge"}}, "请用页面上方的按钮切换关怀版和标准版")
	b.wants(303, "POST", "/care", url.Values{"large": {"yes"}, "back": {"/login"}})
	b.wants(200, "GET", "/login", nil, `class="care"`)
	resp, _ := b.do("POST", "/care", url.Values{"large": {"no"}, "back": {"https://evil.test/"}})
	if at := resp.Header.Get("Location"); resp.StatusCode != 303 || at != "/" {
		t.Errorf("%d to %s", resp.StatusCode, at)
	}
}

// TestAHouseInWhichNobodyJoins has the login alone.
func TestAHouseInWhichNobodyJoins(t *testing.T) {
	b := open(t, "受理室")
	(&Screens{Kit: b.kit}).RegisterLogin()
	_, page := b.do("GET", "/login", nil)
	if strings.Contains(page, "/join") || !strings.Contains(page, "受理室") {
		t.Errorf("%.400s", page)
	}
	b.wants(404, "GET", "/join", nil)
	b.wants(303, "GET", "/password", nil)
}
