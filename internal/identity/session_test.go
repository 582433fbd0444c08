package identity_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading/tradingtest"
)

// desk is a county with its administrators and a wall clock that a test sets.
type desk struct {
	*identity.Sessions
	admin  *identity.Admin
	db     *storetest.DB
	clock  *tradingtest.Clock
	id     string
	second string
}

const password = "a long enough phrase"

var founders = [2]identity.Founder{
	{Name: "县管理员", Login: "admin", Password: password},
	{Name: "县管理员乙", Login: "admin2", Password: password},
}

var approve = identity.NewAction("tender.approve", "审批公告", identity.Leader)

func each(t *testing.T, run func(t *testing.T, d *desk)) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		clock := &tradingtest.Clock{}
		clock.Set(tradingtest.Monday)
		c.Clock = clock
		db := storetest.Open(t, c)
		d := &desk{db: db, clock: clock, admin: &identity.Admin{Store: db, Clock: clock, Acts: identity.Actions},
			Sessions: &identity.Sessions{
				Store:  db,
				Clock:  clock,
				Wall:   clock.Now,
				Secret: []byte(strings.Repeat("s", 32)),
			}}
		ids, err := d.admin.Found(t.Context(), "示范县", founders)
		if err != nil {
			t.Fatal(err)
		}
		d.id, d.second = ids[0], ids[1]
		for _, id := range ids {
			_, err := d.ChangePassword(t.Context(), identity.Actor{PersonID: id}, password, password+"!")
			if err != nil {
				t.Fatal(err)
			}
		}
		run(t, d)
	})
}

func (d *desk) login(t *testing.T) identity.Tokens {
	t.Helper()
	tokens, err := d.Login(t.Context(), "admin", password+"!", identity.From{Network: "here"})
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

// actor is who logs in with the password.
func (d *desk) actor(t *testing.T, login, password string) identity.Actor {
	t.Helper()
	tokens, err := d.Login(t.Context(), login, password, identity.From{Network: login})
	tradingtest.Must(t, err)
	who, err := d.Authenticate(t.Context(), tokens.Access)
	tradingtest.Must(t, err)
	return who
}

func (d *desk) pass(by time.Duration) { d.clock.Set(d.clock.Now().Add(by)) }

func refused(t *testing.T, what string, err error) {
	t.Helper()
	if fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("%s: got %v, want unauthenticated", what, err)
	}
}

func TestForgedTokensAreRefused(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		m := hmac.New(sha256.New, d.Secret)
		m.Write([]byte("access"))
		key := m.Sum(nil)
		own := jwt.MapClaims{}
		_, _, err := jwt.NewParser().ParseUnverified(d.login(t).Access, own)
		tradingtest.Must(t, err)
		family := own["fam"]
		good := func() jwt.MapClaims {
			return jwt.MapClaims{
				"iss": "sunlot",
				"aud": "sunlot",
				"sub": d.id,
				"typ": "access",
				"ver": 1,
				"fam": family,
				"exp": d.clock.Now().Add(time.Minute).Unix(),
			}
		}
		sign := func(method jwt.SigningMethod, key any, spoil func(jwt.MapClaims)) string {
			c := good()
			spoil(c)
			token, err := jwt.NewWithClaims(method, c).SignedString(key)
			if err != nil {
				t.Fatal(err)
			}
			return token
		}
		if _, err := d.Authenticate(t.Context(),
			sign(jwt.SigningMethodHS256, key, func(jwt.MapClaims) {})); err != nil {
			t.Fatalf("the test's own token is not good: %v", err)
		}
		for name, token := range map[string]string{
			"no signature":   sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, func(jwt.MapClaims) {}),
			"another method": sign(jwt.SigningMethodHS512, key, func(jwt.MapClaims) {}),
			"another key":    sign(jwt.SigningMethodHS256, []byte(strings.Repeat("x", 32)), func(jwt.MapClaims) {}),
			"refresh":        sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["typ"] = "refresh" }),
			"no login":       sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { delete(c, "fam") }),
			"another login":  sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["fam"] = event.NewID() }),
			"no type":        sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { delete(c, "typ") }),
			"no end":         sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { delete(c, "exp") }),
			"ended": sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) {
				c["exp"] = d.clock.Now().Add(-time.Second).Unix()
			}),
			"other audience": sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["aud"] = "elsewhere" }),
			"other issuer":   sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["iss"] = "elsewhere" }),
			"old version":    sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["ver"] = 0 }),
			"nobody":         sign(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["sub"] = "nobody" }),
			"empty":          "", "dots": strings.Repeat(".", 1<<20),
		} {
			_, err := d.Authenticate(t.Context(), token)
			refused(t, name, err)
		}
	})
}

func TestRefreshTokensRotate(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		first := d.login(t)
		second, err := d.Renew(ctx, first.Refresh)
		if err != nil || second.Refresh == first.Refresh {
			t.Fatalf("renewed to the same token, %v", err)
		}
		d.pass(29 * time.Second)
		again, err := d.Renew(ctx, first.Refresh)
		if err != nil || again.Refresh != second.Refresh {
			t.Errorf("within the grace the successor is the same: %v", err)
		}
		if _, err := d.Authenticate(ctx, again.Access); err != nil {
			t.Error(err)
		}
		d.pass(2 * time.Second)
		_, err = d.Renew(ctx, first.Refresh)
		refused(t, "an old token", err)
		_, err = d.Renew(ctx, second.Refresh)
		refused(t, "its successor, after a copy was used", err)
	})
}

func TestSessionsEnd(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a, b := d.login(t), d.login(t)
		if err := d.Logout(ctx, a.Refresh); err != nil {
			t.Fatal(err)
		}
		_, err := d.Renew(ctx, a.Refresh)
		refused(t, "after logging out", err)
		if b, err = d.Renew(ctx, b.Refresh); err != nil {
			t.Fatalf("another login goes on: %v", err)
		}
		who, err := d.Authenticate(ctx, b.Access)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.ChangePassword(ctx, who, password+"!", "another long phrase"); err != nil {
			t.Fatal(err)
		}
		_, err = d.Authenticate(ctx, b.Access)
		refused(t, "an access token after the password changed", err)
		_, err = d.Renew(ctx, b.Refresh)
		refused(t, "a refresh token after the password changed", err)
		for _, unknown := range []string{"", "nonsense", strings.Repeat("a", 1000)} {
			_, err := d.Renew(ctx, unknown)
			refused(t, "an unknown token", err)
			if err := d.Logout(ctx, unknown); err != nil {
				t.Errorf("logging out with %q: %v", unknown, err)
			}
		}
	})
}

func TestGuessingGetsSlower(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		for range 6 {
			_, err := d.Login(ctx, "admin", "wrong password", identity.From{Network: "far"})
			refused(t, "a wrong password", err)
		}
		if _, err := d.Login(ctx, "admin", password+"!",
			identity.From{Network: "far"}); fault.CodeOf(err) != fault.TooMany {
			t.Errorf("the seventh try must wait: %v", err)
		}
		if _, err := d.Login(ctx, "admin", password+"!", identity.From{Network: "home"}); err != nil {
			t.Errorf("from elsewhere the owner still gets in: %v", err)
		}
		d.pass(5 * time.Minute)
		if _, err := d.Login(ctx, "admin", password+"!", identity.From{Network: "far"}); err != nil {
			t.Errorf("after the wait: %v", err)
		}
	})
}

func TestRolesHoldFromThisRequestToThat(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		admin, err := d.Authenticate(ctx, d.login(t).Access)
		if err != nil {
			t.Fatal(err)
		}
		orgs, _, err := d.db.Orgs(ctx, identity.Everywhere, "", identity.Page{}.Clip())
		if err != nil {
			t.Fatal(err)
		}
		township, err := d.admin.AddOrg(ctx, admin, event.NewID(), identity.OrgForm{
			Kind:   identity.Township,
			Name:   "云溪镇",
			Parent: orgs[0].ID,
		})
		if err != nil {
			t.Fatal(err)
		}
		form := identity.PersonForm{Name: "分管领导", Login: "leader", Org: township, Role: identity.Leader}
		opened, err := d.admin.AddPerson(ctx, admin, "request-0001", form)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := d.admin.AddPerson(ctx, admin, "request-0001", form); err != nil || again.ID != opened.ID ||
			again.Code != "" {
			t.Errorf("the same request opens one account and tells its password once: %+v %v", again, err)
		}
		tokens, err := d.Login(ctx, "leader", opened.Code, identity.From{Network: "here"})
		if err != nil {
			t.Fatal(err)
		}
		leader, err := d.Authenticate(ctx, tokens.Access)
		if err != nil || !leader.MustChange {
			t.Fatalf("a one-time password must be changed: %v", err)
		}
		if _, err := leader.Can(approve); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("before that nothing is allowed: %v", err)
		}
		leader.MustChange = false
		if !leader.May(approve, leader.Memberships[0].Path) {
			t.Error("the leader may approve")
		}
		if _, err := d.admin.EndRole(ctx, admin, event.NewID(), leader.Memberships[0].ID); err != nil {
			t.Fatal(err)
		}
		d.pass(time.Millisecond)
		if leader, err = d.Authenticate(ctx, tokens.Access); err != nil || len(leader.Memberships) != 0 {
			t.Errorf("a role that ended still holds: %v, %v", leader.Memberships, err)
		}
		if _, err := d.admin.GiveRole(ctx, admin, event.NewID(), identity.RoleForm{
			Person: d.id,
			Org:    township,
			Role:   identity.Leader,
		}); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("nobody gives a role to themselves: %v", err)
		}
		if _, err := d.admin.EndRole(ctx, admin, event.NewID(),
			admin.Memberships[0].ID); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("nobody ends a role of their own: %v", err)
		}
		if _, err := d.admin.Found(ctx, "另一县", founders); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("a second county in one database: %v", err)
		}
	})
}
