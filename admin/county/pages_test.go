package county_test

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestAnAdministratorBuildsTheCounty goes the way of the pages: choose a place
// from the list, register a village below it, open an account there.
func TestAnAdministratorBuildsTheCounty(t *testing.T) {
	r := housetest.OnSQLite(t)
	admin := r.Browser("admin")
	township := r.Org("云溪镇")
	page := admin.Get("/office/orgs?q=" + url.QueryEscape("云溪镇"))
	if !strings.Contains(page.Body, "/office/orgs?parent="+township) || strings.Contains(page.Body, `name="kind"`) {
		t.Fatal("the list offers no place, or a form before one is chosen")
	}
	form := admin.Get("/office/orgs?parent=" + township).Body
	if !strings.Contains(form, `value="village_committee"`) || strings.Contains(form, `value="villager_group"`) {
		t.Error("below a township stand villages, and no groups")
	}
	if a := admin.Submit("/office/orgs", url.Values{
		"request_id": {"register-0001"},
		"parent":     {township},
		"kind":       {"village_committee"},
		"name":       {"新村村民委员会"},
	}); a.StatusCode != 303 {
		t.Fatalf("%d %v", a.StatusCode, a.Fields())
	}
	village := r.Org("新村村民委员会")
	people := admin.Get("/office/people?org=" + village).Body
	if !strings.Contains(people, `<option value="supervision">`) ||
		strings.Contains(people, `<option value="leader">`) {
		t.Error("a village has a supervision committee and no township leader")
	}
	open := url.Values{
		"request_id": {"account-0001"},
		"org":        {village},
		"name":       {"新村监委会主任"},
		"login":      {"xincun"},
		"role":       {"supervision"},
	}
	wrong := url.Values{
		"request_id": {"account-0002"},
		"org":        {village},
		"name":       {"新村监委会主任"},
		"login":      {"X"},
		"role":       {"supervision"},
	}
	if a := admin.Submit("/office/people", wrong); a.StatusCode != 422 ||
		!strings.Contains(a.Body, "在新村村民委员会开通账号") || !strings.Contains(a.Body, `value="新村监委会主任"`) {
		t.Errorf("a mistake loses the place or the name: %d", a.StatusCode)
	}
	told := admin.Submit("/office/people", open)
	first := housetest.HalfCode.FindStringSubmatch(told.Body)
	if told.StatusCode != 200 || first == nil {
		t.Fatalf("no half of a one-time password: %d", told.StatusCode)
	}
	again := admin.Submit("/office/people", open)
	if again.StatusCode != 303 || strings.Contains(again.Body, first[1]) {
		t.Errorf("sent twice, the half is told again: %d", again.StatusCode)
	}
	other := r.Browser("admin2")
	path := housetest.AccountConfirm.FindString(other.Get("/office/accounts").Body)
	if mine := admin.Get("/office/accounts").Body; strings.Contains(mine, path) || strings.Contains(mine, first[1]) {
		t.Error("who proposed it may confirm it, or reads the half again")
	}
	confirmed := other.Submit(path, housetest.Once(url.Values{"login": {"xincun"}}))
	second := housetest.HalfCode.FindStringSubmatch(confirmed.Body)
	if confirmed.StatusCode != 200 || second == nil || !strings.Contains(confirmed.Body, "xincun") {
		t.Fatalf("no other half: %d", confirmed.StatusCode)
	}
	whole := first[1] + "-" + second[1]
	newcomer := r.Nobody()
	newcomer.ReadToken("/login")
	if a := newcomer.Submit("/login", url.Values{"login": {"xincun"}, "password": {whole}}); a.StatusCode != 303 {
		t.Fatalf("the one-time password does not let in: %d", a.StatusCode)
	}
	if a := newcomer.Get("/office"); a.Location() != "/password" {
		t.Errorf("a one-time password must be changed first: %d %s", a.StatusCode, a.Location())
	}
	housetest.Says(t, newcomer.Get("/password"), "您的账号由谁动过", "由县管理员和县管理员乙办理")
}

// TestNextYearsScheduleIsOnTheDesk: an administrator finds what waits, and where it
// is done; who has nothing waiting sees no empty list.
func TestNextYearsScheduleIsOnTheDesk(t *testing.T) {
	r := housetest.OnSQLite(t)
	admin := r.Browser("admin")
	if strings.Contains(admin.Get("/office").Body, "待办事项") {
		t.Error("an administrator without work is shown a list of it")
	}
	r.Ok(r.Reschedule(t.Context()))
	desk := admin.Get("/office").Body
	for _, part := range []string{"待办事项", "登记节假日安排", "2027 年", "最晚 2026年12月15日"} {
		if !strings.Contains(desk, part) {
			t.Errorf("the desk lacks %s: %s", part, housetest.Brief(desk))
		}
	}
}
