package house_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/house"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/identity"
)

// single is an administrator at a browser who tries to be two persons.
type single struct {
	t     *testing.T
	at    *housetest.House // where the browsers are
	c     *housetest.Client
	count func(query string) int
}

func countIn(t *testing.T, at *housetest.House) func(string) int {
	return func(query string) (n int) {
		t.Helper()
		if err := at.Inspect().QueryRow(query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
}

// proposes sends a form that must only propose: it shows half of a password,
// leaves an event, and its sender cannot confirm it.
func (a *single) proposes(what, path string, form url.Values) (half string) {
	a.t.Helper()
	events := a.count("SELECT COUNT(*) FROM events WHERE kind = 'account.proposed'")
	said := a.c.Submit(path, housetest.Once(form))
	m := housetest.HalfCode.FindStringSubmatch(said.Body)
	if said.StatusCode != 200 || m == nil || housetest.WholeCode.MatchString(said.Body) {
		a.t.Fatalf("%s: %d %s", what, said.StatusCode, housetest.Brief(said.Body))
	}
	if now := a.count("SELECT COUNT(*) FROM events WHERE kind = 'account.proposed'"); now != events+1 {
		a.t.Errorf("%s leaves %d events", what, now-events)
	}
	return m[1]
}

// confirmsNone tries to confirm everything that waits, by its address.
func (a *single) confirmsNone() {
	a.t.Helper()
	page := a.c.Get("/office/accounts").Body
	if housetest.AccountConfirm.MatchString(page) {
		a.t.Error("the page offers to confirm what its reader has proposed")
	}
	refusals := a.count("SELECT COUNT(*) FROM refusals WHERE kind = 'account.confirm'")
	drops := housetest.AccountDrop.FindAllString(page, -1)
	for _, drop := range drops {
		path := strings.TrimSuffix(drop, "drop") + "confirm"
		if said := a.c.Submit(path, housetest.Once(nil)); said.StatusCode != 403 {
			a.t.Errorf("confirmed by who proposed it: %d", said.StatusCode)
		}
	}
	if now := a.count("SELECT COUNT(*) FROM refusals WHERE kind = 'account.confirm'"); len(drops) == 0 ||
		now < refusals+1 {
		a.t.Errorf("of %d tries %d are on record", len(drops), now-refusals)
	}
}

func (a *single) letsIn(login, password string) bool {
	a.t.Helper()
	c := a.at.Nobody()
	c.ReadToken("/login")
	return c.Submit("/login", url.Values{"login": {login}, "password": {password}}).StatusCode == 303
}

// guardedRoles lists the roles by which somebody is a second person, reads what is
// sealed, or is bound by what he does.
func guardedRoles() (roles []identity.Role) {
	for _, r := range identity.Roles() {
		if slices.ContainsFunc(house.Actions(), func(a *identity.Action) bool { return a.Guarded() && a.By(r) }) {
			roles = append(roles, r)
		}
	}
	return roles
}

// TestOneAdministratorAloneIsNobodysSecond: for each role that is anybody's second
// person, or that binds its holder, he tries the ways to such an account, and gets no further than a
// proposal in the public log.
func TestOneAdministratorAloneIsNobodysSecond(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		a := &single{t: t, at: r, c: r.Browser("admin"), count: countIn(t, r)}
		puppet := r.Appoint(housetest.Object{"name": "村民甲", "login": "puppet", "org": r.Org("青塘村村民委员会"),
			"role": "villager"})
		holders := map[identity.Role]struct{ login, org string }{
			identity.Administrator: {"admin2", "示范县"},
			identity.Supervision:   {"supervision", "青塘村村民委员会"},
			identity.Station:       {"station", "云溪镇经管站"},
			identity.Leader:        {"leader", "云溪镇"},
			identity.Clerk:         {"clerk", "青塘村经济合作社"},
			identity.BidderRole:    {r.Bidder().Login, "示范县"},
		}
		for _, role := range guardedRoles() {
			at, there := holders[role]
			if role == identity.Receiver {
				continue // the reading room's, see below
			}
			if !there {
				t.Fatalf("nobody tries to be a %s", role)
			}
			fresh := "new" + string(role)
			half := a.proposes("a new "+fresh, "/office/people", url.Values{"org": {r.Org(at.org)}, "name": {"新人"},
				"login": {fresh}, "role": {string(role)}})
			if a.letsIn(fresh, half) {
				t.Errorf("half of a password lets %s in", fresh)
			}
			half = a.proposes("a puppet as "+fresh, "/office/people/"+puppet+"/roles",
				url.Values{"org": {r.Org(at.org)}, "role": {string(role)}})
			person := r.Actor(at.login).PersonID
			reset := a.proposes("the password of "+at.login, "/office/people/"+person+"/password",
				url.Values{"login": {at.login}})
			if a.letsIn("puppet", half) || a.letsIn(at.login, reset) || !a.letsIn(at.login, demo.Password) {
				t.Errorf("a proposal has changed an account: %s", role)
			}
			for _, m := range r.Actor("puppet").Memberships {
				if m.Role != identity.Villager {
					t.Errorf("the puppet is a %s", m.Role)
				}
			}
		}
		a.confirmsNone()
		refused := a.c.Submit("/office/people/"+r.Actor("admin").PersonID+"/password", housetest.Once(nil))
		if refused.StatusCode != 403 || !strings.Contains(refused.Body, "不能重设自己的密码") {
			t.Errorf("his own password without the old one: %d", refused.StatusCode)
		}
		if a.count("SELECT COUNT(*) FROM refusals WHERE kind = 'account.reset'") != 1 {
			t.Error("that try is not on record")
		}
		wrong := a.c.Submit("/password", url.Values{"old": {"a wrong old one"}, "password": {"a new long phrase"},
			"again": {"a new long phrase"}})
		if wrong.StatusCode != 422 {
			t.Errorf("a wrong old password: %d", wrong.StatusCode)
		}
		var facts string
		rows, err := r.Inspect().Query("SELECT leaf FROM events WHERE kind LIKE 'account.%'")
		r.Ok(err)
		defer rows.Close()
		for rows.Next() {
			r.Ok(rows.Scan(&facts))
			for _, private := range []string{"新人", "村民甲", "newleader", "puppet", puppet, r.Actor("admin").PersonID} {
				if strings.Contains(facts, private) {
					t.Errorf("the public log names %s: %s", private, facts)
				}
			}
		}
	})
}

// TestAMadeUpSecondConfirmsNoKey: an administrator whom both have opened confirms
// what neither of them has entered, until a week is over.
func TestAMadeUpSecondConfirmsNoKey(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		third := r.Appointed("/api/v1/people", housetest.Object{"name": "县管理员丙", "login": "admin3",
			"org": r.Org("示范县"), "role": "administrator"})
		c := r.Nobody()
		c.ReadToken("/login")
		housetest.Expect(t, c.Submit("/login", url.Values{"login": {"admin3"}, "password": {third.Password}}), 303)
		c.ReadToken("/password")
		housetest.Expect(t, c.Submit("/password", url.Values{"old": {third.Password}, "password": {demo.Password},
			"again": {demo.Password}}), 303)
		key, err := age.GenerateX25519Identity()
		r.Ok(err)
		admin := r.Browser("admin")
		housetest.Expect(t, admin.Submit("/office/receivers", housetest.Once(url.Values{"org": {r.Org("云溪镇")},
			"name": {"云溪镇纪委"}, "recipient": {key.Recipient().String()}})), 303)
		fresh := r.Browser("admin3")
		path := housetest.ConfirmLink.FindString(fresh.Get("/office/receivers").Body)
		housetest.Expect(t, admin.Submit(path, housetest.Once(nil)), 403)
		a := fresh.Submit(path, housetest.Once(nil))
		if a.StatusCode != 403 || !strings.Contains(a.Body, "之前不能算作两个人") {
			t.Errorf("a second of his own making: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
		if n := countIn(t, r)("SELECT COUNT(*) FROM events WHERE kind = 'office.proposed'"); n != 3 {
			t.Errorf("%d tries with a key are in the log", n)
		}
		r.Jump(r.Clock.Now().Add(identity.FreshDays * 24 * time.Hour))
		housetest.Expect(t, fresh.Submit(path, housetest.Once(nil)), 303)
	})
}

// TestTheReadingRoomsAdministratorAloneReadsNothing: neither by an officer's
// password nor by an officer of his own; each try is in the private log, and an
// officer whose password two have reset is told by whom.
func TestTheReadingRoomsAdministratorAloneReadsNothing(t *testing.T) {
	r := housetest.OnSQLite(t)
	room := r.Reading()
	a := &single{t: t, at: room.In, c: room.At("roomadmin"), count: countIn(t, room.In)}
	officer, err := room.DB.PersonByLogin(t.Context(), "jiwei")
	r.Ok(err)
	orgs, _, err := room.DB.Orgs(t.Context(), identity.Everywhere, "示范县纪委监委", identity.Page{}.Clip())
	r.Ok(err)
	office := orgs[0].ID
	reset := a.proposes("an officer's password", "/office/people/"+officer.ID+"/password",
		url.Values{"login": {"jiwei"}})
	half := a.proposes("an officer of his own", "/office/people", url.Values{"org": {office}, "name": {"新人"},
		"login": {"mole"}, "role": {"receiver"}})
	second, err := room.DB.PersonByLogin(t.Context(), "roomadmin2")
	r.Ok(err)
	other := a.proposes("the other administrator's password", "/office/people/"+second.ID+"/password",
		url.Values{"login": {"roomadmin2"}})
	if a.letsIn("jiwei", reset) || a.letsIn("mole", half) || a.letsIn("roomadmin2", other) {
		t.Error("half of a password lets in")
	}
	a.confirmsNone()
	own, err := room.DB.PersonByLogin(t.Context(), "roomadmin")
	r.Ok(err)
	for path, says := range map[string]string{
		"/office/people/" + own.ID + "/password": "不能重设自己的密码",
		"/office/people/" + own.ID + "/roles":    "不能给本人分配岗位",
	} {
		said := a.c.Submit(path, housetest.Once(url.Values{"org": {office}, "role": {"receiver"}}))
		if said.StatusCode != 403 || !strings.Contains(said.Body, says) {
			t.Errorf("%s: %d", path, said.StatusCode)
		}
	}
	housetest.Expect(t, room.At("jiwei").Get("/reports"), 200)
	housetest.Expect(t, a.c.Submit("/office/people/"+officer.ID+"/close", housetest.Once(nil)), 409)
	confirm := room.At("roomadmin2")
	var code string
	page := confirm.Get("/office/accounts").Body
	for _, sheet := range strings.Split(page, "<tr>") {
		path := housetest.AccountConfirm.FindString(sheet)
		if path == "" || !strings.Contains(sheet, "jiwei") {
			continue
		}
		said := confirm.Submit(path, housetest.Once(url.Values{"login": {"jiwei"}}))
		if m := housetest.HalfCode.FindStringSubmatch(said.Body); m != nil {
			code = reset + "-" + m[1]
		}
	}
	if a := room.At("jiwei").Get("/reports"); a.StatusCode != 303 {
		t.Errorf("a session from before the reset: %d", a.StatusCode)
	}
	c := room.In.Nobody()
	c.ReadToken("/login")
	housetest.Expect(t, c.Submit("/login", url.Values{"login": {"jiwei"}, "password": {code}}), 303)
	housetest.Says(t, c.Get("/password"), "重设密码，由受理室管理员和受理室管理员乙办理")
	c.ReadToken("/password")
	housetest.Expect(t, c.Submit("/password", url.Values{"old": {code}, "password": {demo.Password},
		"again": {demo.Password}}), 303)
	housetest.Says(t, c.Get("/reports"), "本单位的账号由谁动过",
		"县纪委监委受理员，重设密码，由受理室管理员和受理室管理员乙办理")
	if page := room.At("zhenjiwei").Get("/reports").Body; strings.Contains(page, "县纪委监委受理员，重设密码") {
		t.Error("another office is told")
	}
}
