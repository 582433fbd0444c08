package main

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/web"
)

// visitor is somebody who tries every route.
type visitor struct {
	login            string // empty for nobody
	browser, program *client
	actions          []identity.Action
	mustChange       bool
}

// TestEveryRouteKeepsItsPolicy sends everybody to every declared route: who may
// not gets no further than the door, who may is not turned away there, nobody
// meets an error of ours, and nothing is written.
func TestEveryRouteKeepsItsPolicy(t *testing.T) {
	r := sqliteHouse(t)
	if behind := r.kit.Undeclared(); behind != nil {
		t.Errorf("routes without a policy: %v", behind)
	}
	visitors := r.visitors()
	before, tried, turned := r.rows(), 0, 0
	for _, route := range r.kit.Routes() {
		if route.Path == "/logout" {
			continue // would end the visitor's way; badLogouts has it
		}
		for _, v := range visitors {
			tried++
			a := r.try(route, v)
			if a.StatusCode >= 500 {
				t.Errorf("%s %s for %q: %d %s", route.Method, route.Path, v.login, a.StatusCode, brief(a.body))
			}
			if want := expected(route, v); want != 0 {
				turned++
				if a.StatusCode != want || want == 303 && !strings.HasPrefix(a.location(), doorOf(v)) {
					t.Errorf("%s %s (%s) for %q: %d %s, want %d", route.Method, route.Path, route.Policy, v.login, a.StatusCode, a.location(), want)
				}
			} else if denied(route, a) {
				t.Errorf("%s %s (%s) turns %q away: %d %s", route.Method, route.Path, route.Policy, v.login, a.StatusCode, brief(a.body))
			}
		}
	}
	if diff := changed(before, r.rows()); diff != nil {
		t.Errorf("something was written: %v", diff)
	}
	if tried < 800 || turned < 300 || turned > tried-300 {
		t.Errorf("%d tries, %d turned away: the matrix has a hole", tried, turned)
	}
}

// visitors are nobody, one person of each role, among them a bidder who may bid
// for the neighbour's lot, and one whose one-time password is not yet changed.
func (r *running) visitors() []visitor {
	admin := r.program("admin")
	var newcomer struct {
		Password string `json:"one_time_password"`
	}
	admin.act("/api/v1/people", object{"name": "新村民", "login": "newcomer", "org": r.org("青塘村村民委员会"), "role": "villager"}).into(r.t, &newcomer)
	all := []visitor{{browser: r.nobody(), program: r.nobody()}}
	all[0].browser.readToken("/login")
	bidder := r.bidder()
	r.qualified(r.neighbour().ID, bidder, bidder.form(r.neighbour().ID), false)
	for _, login := range []string{"admin", "clerk", "supervision", "station", "leader", "daibiao", bidder.login} {
		v := visitor{login: login, browser: r.browser(login), program: r.program(login)}
		for _, m := range r.actor(login).Memberships {
			v.actions = append(v.actions, m.Role.Actions()...)
		}
		all = append(all, v)
	}
	fresh := visitor{login: "newcomer", browser: r.nobody(), program: r.nobody(), mustChange: true}
	tokens := login(r.t, fresh.program, "newcomer", newcomer.Password)
	fresh.program.bearer = tokens["access_token"]
	fresh.browser.cookies["__Host-access"] = tokens["access_token"]
	fresh.browser.readToken("/password")
	return append(all, fresh)
}

// try goes to a route: to what there is when reading, to nowhere when writing.
func (r *running) try(route web.Route, v visitor) answer {
	path := route.Path
	if route.Method == "POST" {
		path = parameter.ReplaceAllString(path, event.NewID())
	} else {
		path = r.addressOf(path)
	}
	if strings.HasPrefix(path, "/api/") {
		if route.Method == "POST" {
			return v.program.act(path, object{})
		}
		return v.program.do(route.Method, path, "", nil)
	}
	if route.Method == "POST" {
		return v.browser.submit(path, nil)
	}
	return v.browser.do(route.Method, path, "", nil)
}

// addressOf fills a route's parameters with what the seed has.
func (r *running) addressOf(path string) string {
	n := r.neighbour()
	id := n.ID
	if strings.Contains(path, "/registrations") {
		id = r.registration(n.ID)
	}
	for noun, of := range map[string]string{"/assets": n.Asset, "/resolutions": n.TenderForm.Resolution, "/villages": r.org("松坪村村民委员会")} {
		if strings.Contains(path, noun) {
			id = of
		}
	}
	return strings.NewReplacer(":id", id, ":sha", n.Document, ":stream", string(n.Stream()), ":kind", "tender.draft", ":name", "x.jpg",
		":hash", strings.Repeat("0", 64), ":leaf", strings.Repeat("0", 64), "*", "x").Replace(path)
}

// registration is the id of a lot's first.
func (r *running) registration(lot string) (id string) {
	r.t.Helper()
	r.ok(r.inspect().QueryRow("SELECT id FROM registrations WHERE lot_id = ?", lot).Scan(&id))
	return id
}

// expected is the status with which the policy turns the visitor away; 0 when
// it does not.
func expected(route web.Route, v visitor) int {
	page := route.Method != "POST" && !strings.HasPrefix(route.Path, "/api/")
	words := strings.Fields(strings.TrimPrefix(route.Policy.String(), "signed "))
	may := words[0] != "needs"
	for _, act := range words[1:] {
		may = may || slices.Contains(v.actions, identity.Action(act))
	}
	switch {
	case words[0] == "public" || words[0] == "anonymous":
		return 0
	case v.login == "" && page:
		return 303
	case v.login == "":
		return 401
	case words[0] == "needs" && v.mustChange && page:
		return 303
	case !may:
		return 403
	}
	return 0
}

func doorOf(v visitor) string {
	if v.mustChange {
		return web.PasswordPath
	}
	return web.LoginPath + "?next="
}

// denied says whether the answer turns somebody away who may.
func denied(route web.Route, a answer) bool {
	wrongPassword := route.Path == "/login" || strings.HasPrefix(route.Path, "/api/v1/sessions")
	return a.StatusCode == 403 || a.StatusCode == 401 && !wrongPassword || strings.HasPrefix(a.location(), web.LoginPath)
}
