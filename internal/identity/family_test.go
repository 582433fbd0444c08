package identity_test

import (
	"context"
	"testing"
	"time"

	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading/tradingtest"
)

// TestAnEndedLoginLetsNobodyOn: its access token ends with it, at once on the node
// that ended it and within a second on the others; another login goes on.
func TestAnEndedLoginLetsNobodyOn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		other := &identity.Sessions{Store: d.db, Clock: d.clock, Wall: d.clock.Now, Secret: d.Secret}
		for name, end := range map[string]func(identity.Tokens) error{
			"logged out": func(of identity.Tokens) error { return d.Logout(ctx, of.Refresh) },
			"a copy used": func(of identity.Tokens) error {
				if _, err := d.Renew(ctx, of.Refresh); err != nil {
					return err
				}
				d.pass(time.Minute)
				_, err := d.Renew(ctx, of.Refresh)
				refused(t, "a token that was replaced", err)
				return nil
			},
		} {
			ended, goesOn := d.login(t), d.login(t)
			for _, node := range []*identity.Sessions{d.Sessions, other} {
				_, err := node.Authenticate(ctx, ended.Access)
				tradingtest.Must(t, err)
			}
			tradingtest.Must(t, end(ended))
			_, err := d.Authenticate(ctx, ended.Access)
			refused(t, name, err)
			d.pass(time.Second)
			_, err = other.Authenticate(ctx, ended.Access)
			refused(t, name+", on another node", err)
			_, err = other.Authenticate(ctx, goesOn.Access)
			tradingtest.Must(t, err)
		}
	})
}

// TestANodeAsksOnceASecond whether a login is still open.
func TestANodeAsksOnceASecond(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		counting := &asked{DB: d.db}
		s := &identity.Sessions{Store: counting, Clock: d.clock, Wall: d.clock.Now, Secret: d.Secret}
		access := d.login(t).Access
		for range 3 {
			for range 10 {
				_, err := s.Authenticate(t.Context(), access)
				tradingtest.Must(t, err)
			}
			d.pass(time.Second)
		}
		if counting.times != 3 {
			t.Errorf("in three seconds it asks %d times", counting.times)
		}
	})
}

// asked counts how often the store is asked whether a login is open.
type asked struct {
	*storetest.DB
	times int
}

func (a *asked) FamilyOpen(ctx context.Context, family string, now time.Time) (bool, error) {
	a.times++
	return a.DB.FamilyOpen(ctx, family, now)
}
