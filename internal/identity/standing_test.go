package identity_test

import (
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading/tradingtest"
)

// otherNode is another server's store: it hears nothing of what the first one changes.
type otherNode struct{ identity.SessionStore }

func (otherNode) Changes() int64 { return 0 }

// TestARoleTakenAwayIsGoneWithinASecond: at once at the node that took it, within a
// second at every other; a closed account likewise. What somebody does to his own copy
// reaches no other request.
func TestARoleTakenAwayIsGoneWithinASecond(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		other := &identity.Sessions{Store: otherNode{d.db}, Clock: d.clock, Wall: d.clock.Now, Secret: d.Secret}
		first, second := d.actor(t, "admin", password+"!"), d.actor(t, "admin2", password+"!")
		id, code := d.third(t, first, second)
		tokens, err := d.Login(ctx, "admin3", code, identity.From{Network: "third"})
		tradingtest.Must(t, err)
		holds := func(at *identity.Sessions) int {
			t.Helper()
			who, err := at.Authenticate(ctx, tokens.Access)
			if err != nil {
				return -1
			}
			n := len(who.Memberships)
			clear(who.Memberships)
			return n
		}
		for name, node := range map[string]*identity.Sessions{"here": d.Sessions, "elsewhere": other} {
			if a, b := holds(node), holds(node); a != 1 || b != 1 {
				t.Fatalf("%s: %d and %d roles before", name, a, b)
			}
		}
		who, err := d.Authenticate(ctx, tokens.Access)
		tradingtest.Must(t, err)
		_, err = d.admin.EndRole(ctx, first, event.NewID(), who.Memberships[0].ID)
		tradingtest.Must(t, err)
		d.pass(time.Millisecond)
		if n := holds(d.Sessions); n != 0 {
			t.Errorf("at the node that ended it %d roles are held", n)
		}
		d.pass(time.Second)
		if n := holds(other); n != 0 {
			t.Errorf("a second later another node has %d roles", n)
		}
		_, err = d.db.WriteAdmin(ctx, request(t), func(tx identity.AdminTx) (string, error) {
			return "", tx.Disable(id, true)
		})
		tradingtest.Must(t, err)
		if n := holds(d.Sessions); n >= 0 {
			t.Error("a closed account still acts")
		}
		d.pass(time.Second)
		if n := holds(other); n >= 0 {
			t.Error("a second later a closed account still acts at another node")
		}
	})
}

// TestARoleEndsByItsTimeForWhoIsRemembered: to the millisecond, not a second later.
func TestARoleEndsByItsTimeForWhoIsRemembered(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		tokens := d.login(t)
		end := d.clock.Now().Add(500 * time.Millisecond)
		who, err := d.Authenticate(t.Context(), tokens.Access)
		tradingtest.Must(t, err)
		_, err = d.db.WriteAdmin(t.Context(), request(t), func(tx identity.AdminTx) (string, error) {
			return "", tx.EndMembership(who.Memberships[0].ID, end)
		})
		tradingtest.Must(t, err)
		for at, want := range map[time.Duration]int{-time.Millisecond: 1, 0: 0} {
			d.clock.Set(end.Add(at))
			who, err := d.Authenticate(t.Context(), tokens.Access)
			if err != nil || len(who.Memberships) != want {
				t.Errorf("%v after its end: %d roles, %v", at, len(who.Memberships), err)
			}
		}
	})
}

func request(t *testing.T) event.Request {
	t.Helper()
	r, err := event.NewRequest("admin", "admin.act", event.NewID(), []any{})
	storetest.Must(t, err)
	return r
}
