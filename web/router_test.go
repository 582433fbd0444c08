package web

import (
	"slices"
	"testing"

	"github.com/gofiber/fiber/v2"
)

func TestEveryRouteIsDeclared(t *testing.T) {
	h := open(t)
	if found := h.Undeclared(); len(found) != 0 {
		t.Errorf("undeclared: %v", found)
	}
	h.App.Delete("/behind", func(c *fiber.Ctx) error { return nil })
	if found := h.Undeclared(); !slices.Equal(found, []string{"DELETE /behind"}) {
		t.Errorf("a route added behind the kit's back: %v", found)
	}
	if !slices.ContainsFunc(h.Routes(), func(r Route) bool {
		return r.Method == "POST" && r.Path == "/drafts" && r.Policy.String() == "needs tender.draft tender.check"
	}) {
		t.Errorf("not in the table: %v", h.Routes())
	}
}

func TestNoRouteWithoutAPolicy(t *testing.T) {
	for name, p := range map[string]Policy{"zero": {}, "no action": Needs()} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s policy was taken", name)
				}
			}()
			open(t).Get("/x", p, func(*fiber.Ctx) error { return nil })
		}()
	}
}

func TestPolicies(t *testing.T) {
	h := open(t)
	cases := []struct {
		name, path, cookie string
		status             int
		location           string
	}{
		{"public", "/form", "", 200, ""},
		{"signed in", "/mine", "__Host-access=access-clerk", 200, ""},
		{"nobody on a page", "/mine?a=1&b=2", "", 303, "/login?next=%2Fmine%3Fa%3D1%26b%3D2"},
		{"lapsed on a page", "/mine", "__Host-access=old", 303, "/login?next=%2Fmine"},
		{"has the right", "/drafts", "__Host-access=access-clerk", 200, ""},
		{"has another right", "/drafts", "__Host-access=access-leader", 403, ""},
		{"has no role", "/drafts", "__Host-access=access-stranger", 403, ""},
		{"one-time password", "/drafts", "__Host-access=access-newcomer", 303, "/password"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h.t = t
			answer := h.ask("GET", c.path, "", "Cookie", c.cookie)
			h.expect(answer, c.status)
			if got := answer.Header.Get("Location"); got != c.location {
				t.Errorf("sent to %q, want %q", got, c.location)
			}
			h.expect(h.ask("HEAD", c.path, "", "Cookie", c.cookie), c.status)
		})
	}
}

func TestMutatingPolicies(t *testing.T) {
	h := open(t)
	token, cookies := h.visit("station")
	h.expect(h.ask("POST", "/drafts", fields("csrf", token), "Cookie", cookies), 303)
	if h.acted != 1 {
		t.Fatal("one of two rights is enough")
	}
	token, cookies = h.visit("leader")
	h.expect(h.ask("POST", "/drafts", fields("csrf", token), "Cookie", cookies), 403, "您的岗位不能办理")
	token, cookies = h.visit("newcomer")
	h.expect(h.ask("POST", "/drafts", fields("csrf", token), "Cookie", cookies), 403, "请先修改一次性密码")
	h.expect(h.ask("POST", "/api/v1/drafts", "", "Authorization", "Bearer access-leader"), 403, `"code":"forbidden"`)
	h.expect(h.ask("POST", "/api/v1/drafts", ""), 401, `"code":"unauthenticated"`)
	h.expect(h.ask("POST", "/api/v1/drafts", "", "Authorization", "Bearer stale"), 401, `"code":"unauthenticated"`)
	if h.acted != 1 {
		t.Errorf("a refused act was carried out: %d", h.acted)
	}
}

func TestALapsedFormIsShownAgain(t *testing.T) {
	h := open(t)
	token, cookies := h.visit("clerk")
	body := fields("csrf", token, "request_id", "abcdefgh12", "name", "李家塘<i>", "password", "geheim-geheim",
		"old", "geheim")
	for _, path := range []string{"/mine", "/open"} {
		page := h.expect(h.ask("POST", path, body, "Cookie",
			"__Host-access=lapsed; "+cookies[len("__Host-access=access-clerk; "):]),
			401, "您刚才填写、还没有提交的内容", "李家塘&lt;i&gt;", "没有保存")
		for _, secret := range []string{"geheim", token, "abcdefgh12"} {
			if contains(page, secret) {
				t.Errorf("%s shows %q again", path, secret)
			}
		}
	}
	if h.acted != 0 {
		t.Error("a lapsed login acted")
	}
}
