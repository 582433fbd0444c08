package house_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/web"
)

// TestEveryRouteKeepsItsPolicy sends everybody to every declared route: who may
// not gets no further than the door, who may is not turned away there, nobody
// meets an error of ours, and nothing is written.
func TestEveryRouteKeepsItsPolicy(t *testing.T) {
	r := housetest.OnSQLite(t)
	if behind := r.Kit.Undeclared(); behind != nil {
		t.Errorf("routes without a policy: %v", behind)
	}
	visitors := visitorsOf(r)
	before, tried, turned := r.Rows(), 0, 0
	for _, route := range r.Kit.Routes() {
		if route.Path == "/logout" {
			continue // would end the visitor's way; badLogouts has it
		}
		for _, v := range visitors {
			tried++
			a := r.Try(route, v)
			if a.StatusCode >= 500 {
				t.Errorf("%s %s for %q: %d %s", route.Method, route.Path, v.Login, a.StatusCode,
					housetest.Brief(a.Body))
			}
			if want := expected(route, v); want != 0 {
				turned++
				if a.StatusCode != want || want == 303 && !strings.HasPrefix(a.Location(), doorOf(v)) {
					t.Errorf("%s %s (%s) for %q: %d %s, want %d", route.Method, route.Path, route.Policy, v.Login,
						a.StatusCode, a.Location(), want)
				}
			} else if denied(route, a) {
				t.Errorf("%s %s (%s) turns %q away: %d %s", route.Method, route.Path, route.Policy, v.Login,
					a.StatusCode, housetest.Brief(a.Body))
			}
		}
	}
	if diff := housetest.Changed(before, r.Rows()); diff != nil {
		t.Errorf("something was written: %v", diff)
	}
	if tried < 800 || turned < 300 || turned > tried-300 {
		t.Errorf("%d tries, %d turned away: the matrix has a hole", tried, turned)
	}
}

// visitorsOf are nobody, one person of each role, among them a bidder who may bid
// for the neighbour's lot, and one whose one-time password is not yet changed.
func visitorsOf(r *housetest.House) []housetest.Visitor {
	admin := r.Program("admin")
	var newcomer struct {
		Password string `json:"one_time_password"`
	}
	admin.Act("/api/v1/people", housetest.Object{
		"name":  "新村民",
		"login": "newcomer",
		"org":   r.Org("青塘村村民委员会"),
		"role":  "villager",
	}).Into(r.T, &newcomer)
	all := []housetest.Visitor{{Browser: r.Nobody(), Program: r.Nobody()}}
	all[0].Browser.ReadToken("/login")
	bidder := r.Bidder()
	r.Qualified(r.Neighbour().Lot, bidder, bidder.Form(r.Neighbour().Lot), false)
	for _, login := range []string{"admin", "clerk", "supervision", "station", "leader", "daibiao", bidder.Login} {
		v := housetest.Visitor{Login: login, Browser: r.Browser(login), Program: r.Program(login)}
		for _, m := range r.Actor(login).Memberships {
			v.Roles = append(v.Roles, m.Role)
		}
		all = append(all, v)
	}
	fresh := housetest.Visitor{Login: "newcomer", Browser: r.Nobody(), Program: r.Nobody(), MustChange: true}
	tokens := housetest.Login(r.T, fresh.Program, "newcomer", newcomer.Password)
	fresh.Program.Bearer = tokens["access_token"]
	fresh.Browser.Cookies["__Host-access"] = tokens["access_token"]
	fresh.Browser.ReadToken("/password")
	return append(all, fresh)
}

// expected is the status with which the policy turns the visitor away; 0 when
// it does not.
func expected(route web.Route, v housetest.Visitor) int {
	page := route.Method != "POST" && !strings.HasPrefix(route.Path, "/api/")
	words := strings.Fields(strings.TrimPrefix(route.Policy.String(), "signed "))
	may := words[0] != "needs"
	for _, act := range route.Policy.Actions() {
		may = may || slices.ContainsFunc(v.Roles, act.By)
	}
	switch {
	case words[0] == "public" || words[0] == "anonymous":
		return 0
	case v.Login == "" && page:
		return 303
	case v.Login == "":
		return 401
	case words[0] == "needs" && v.MustChange && page:
		return 303
	case !may:
		return 403
	}
	return 0
}

func doorOf(v housetest.Visitor) string {
	if v.MustChange {
		return web.PasswordPath
	}
	return web.LoginPath + "?next="
}

// denied says whether the answer turns somebody away who may.
func denied(route web.Route, a housetest.Answer) bool {
	wrongPassword := route.Path == "/login" || strings.HasPrefix(route.Path, "/api/v1/sessions")
	return a.StatusCode == 403 || a.StatusCode == 401 && !wrongPassword ||
		strings.HasPrefix(a.Location(), web.LoginPath)
}
