package web

import (
	"strings"
	"testing"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

// Everything that a mutating request may come with, against every kind of route.
func TestForgedForms(t *testing.T) {
	h := open(t)
	token, cookies := h.visit("clerk")
	other, otherCookies := h.visit("station")
	anonymous, anonymousCookies := h.visit("")
	cases := []struct {
		name, path, token, cookies string
		headers                    []string
		status                     int
	}{
		{"own token", "/mine", token, cookies, nil, 303},
		{"own origin", "/mine", token, cookies, []string{"Origin", "http://127.0.0.1:8080"}, 303},
		{"the machine's other name", "/mine", token, cookies, []string{"Origin", "http://localhost:8080"}, 303},
		{"same-origin fetch", "/mine", token, cookies, []string{"Sec-Fetch-Site", "same-origin"}, 303},
		{"typed address", "/mine", token, cookies, []string{"Sec-Fetch-Site", "none"}, 303},
		{"anonymous form", "/open", anonymous, anonymousCookies, nil, 303},

		{"no token", "/mine", "", cookies, nil, 403},
		{"cut token", "/mine", token[:len(token)-1], cookies, nil, 403},
		{"another's token", "/mine", other, cookies, nil, 403},
		{"another's cookies", "/mine", token, otherCookies, nil, 403},
		{"token from before the login", "/mine", anonymous, "__Host-access=access-clerk; " + anonymousCookies, nil,
			403},
		{"no visit", "/mine", token, "__Host-access=access-clerk", nil, 403},
		{"no cookies at all", "/open", anonymous, "", nil, 403},
		{"foreign origin", "/mine", token, cookies, []string{"Origin", "http://evil.test"}, 403},
		{"null origin", "/mine", token, cookies, []string{"Origin", "null"}, 403},
		{"other port", "/mine", token, cookies, []string{"Origin", "http://127.0.0.1:9090"}, 403},
		{"other scheme", "/mine", token, cookies, []string{"Origin", "https://127.0.0.1:8080"}, 403},
		{"our name at the front", "/mine", token, cookies, []string{"Origin", "http://127.0.0.1:8080.evil.test"},
			403},
		{"cross-site fetch", "/mine", token, cookies, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"sibling site", "/mine", token, cookies, []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"foreign origin without login", "/open", anonymous, anonymousCookies,
			[]string{"Origin", "http://evil.test"}, 403},
		{"API with cookies and no token", "/api/v1/drafts", "", cookies, nil, 403},
		{"API with a foreign origin", "/api/v1/sessions", "", "", []string{"Origin", "http://evil.test"}, 403},
		{"bearer on a page", "/mine", "", "", []string{"Authorization", "Bearer access-clerk"}, 401},

		{"API with cookies and token", "/api/v1/drafts", token, cookies, nil, 303},
		{"API with cookies and token in the header", "/api/v1/drafts", "", cookies,
			[]string{"X-CSRF-Token", token}, 303},
		{"API with bearer", "/api/v1/drafts", "", "", []string{"Authorization", "Bearer access-clerk"}, 303},
		{"API without any credential", "/api/v1/sessions", "", "", nil, 303},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h.t, h.acted = t, 0
			answer := h.ask("POST", c.path, fields("csrf", c.token, "x", "1"),
				append([]string{"Cookie", c.cookies}, c.headers...)...)
			h.expect(answer, c.status)
			if acted := h.acted == 1; acted != (c.status == 303) {
				t.Errorf("acted %d times", h.acted)
			}
		})
	}
}

func TestTokenOutlivesTheAccessToken(t *testing.T) {
	h := open(t)
	token, cookies := h.visit("clerk")
	lapsed := strings.Replace(cookies, "__Host-access=access-clerk", "__Host-refresh=refresh-clerk", 1)
	h.expect(h.ask("POST", "/mine", fields("csrf", token), "Cookie", lapsed), 303)
	if h.acted != 1 || h.accounts.renewed != 1 {
		t.Errorf("acted %d, renewed %d", h.acted, h.accounts.renewed)
	}
}

func TestPagesWithoutAFormLeaveNoCookie(t *testing.T) {
	h := open(t)
	if set := h.ask("GET", "/nowhere", "").Header.Values("Set-Cookie"); len(set) != 0 {
		t.Error(set)
	}
}
