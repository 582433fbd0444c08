package identity_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// wrong tries a wrong password and says whether it reached the hash.
func (d *desk) wrong(t *testing.T, login, network string) bool {
	t.Helper()
	_, err := d.Login(t.Context(), login, "wrong password", identity.From{Network: network})
	switch fault.CodeOf(err) {
	case fault.Unauthenticated:
		return true
	case fault.TooMany, fault.Unavailable:
		return false
	}
	t.Errorf("%s from %s: %v", login, network, err)
	return false
}

// reached counts how many of so many wrong tries, all at once, reach the hash.
func (d *desk) reached(t *testing.T, many int, login, network func(i int) string) int {
	var count atomic.Int32
	var all sync.WaitGroup
	for i := range many {
		all.Go(func() {
			if d.wrong(t, login(i), network(i)) {
				count.Add(1)
			}
		})
	}
	all.Wait()
	return int(count.Load())
}

func same(s string) func(int) string { return func(int) string { return s } }

func numbered(s string) func(int) string { return func(i int) string { return fmt.Sprint(s, i) } }

// Guessing is counted before it is hashed: by login and address, by login, by
// address. The first try of a login from an address is always taken.
func TestGuessesAtOnceDoNotPassTogether(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for _, c := range []struct {
			what           string
			many, most     int
			login, network func(int) string
		}{
			{"one login from one address", 100, 6, same("admin"), same("far")},
			{"many logins from one address", 90, 90, numbered("login"), same("near")},
			{"the same logins again", 90, 1, numbered("login"), same("near")},
			{"one login from many addresses", 60, 60, same("clerk"), numbered("address")},
			{"the same addresses again", 60, 1, same("clerk"), numbered("address")},
		} {
			if got := d.reached(t, c.many, c.login, c.network); got > c.most {
				t.Errorf("%s: %d of %d reach the hash, want at most %d", c.what, got, c.many, c.most)
			}
		}
	})
}

// Two nodes count together.
func TestGuessesAreCountedOnAllNodes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		other := *d
		other.Sessions = &identity.Sessions{Store: d.db, Clock: d.clock, Wall: d.clock.Now, Secret: d.Secret}
		for range 3 {
			d.wrong(t, "admin", "far")
			other.wrong(t, "admin", "far")
		}
		if d.wrong(t, "admin", "far") || other.wrong(t, "admin", "far") {
			t.Error("a seventh try passes on another node")
		}
	})
}

// A device that was right before passes while others guess; another person's,
// or one made up, does not.
func TestAKnownDevicePasses(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		device := d.login(t).Device
		d.reached(t, 60, same("admin"), numbered("address"))
		d.reached(t, 6, same("admin"), same("here"))
		login := func(from identity.From) error {
			_, err := d.Login(ctx, "admin", password+"!", from)
			return err
		}
		for what, from := range map[string]identity.From{
			"no device":                  {Network: "here"},
			"a made-up one":              {Network: "here", Device: strings.Repeat("A", 26) + ".AAAA"},
			"half of one":                {Network: "here", Device: device[:27]},
			"an address that has failed": {Network: "address1"},
		} {
			if err := login(from); fault.CodeOf(err) != fault.TooMany {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := login(identity.From{Network: "here", Device: device}); err != nil {
			t.Errorf("the owner's device: %v", err)
		}
		if err := login(identity.From{Network: "a new phone's"}); err != nil {
			t.Errorf("the owner's new phone, which has not failed: %v", err)
		}
		for range 7 {
			_, _ = d.Login(ctx, "admin", "wrong password", identity.From{Device: device})
		}
		if err := login(identity.From{Device: device}); fault.CodeOf(err) != fault.TooMany {
			t.Errorf("a device guesses without end: %v", err)
		}
		d.pass(time.Hour + time.Minute)
		if tokens, err := d.Login(ctx, "admin", password+"!", identity.From{Network: "here"}); err != nil ||
			tokens.Device == device {
			t.Errorf("an hour later: %v", err)
		}
	})
}

func TestTheOldPasswordIsNotGuessedEither(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		who := identity.Actor{PersonID: d.id}
		var last error
		for range 7 {
			_, last = d.ChangePassword(t.Context(), who, "wrong password", password+"?")
		}
		if fault.CodeOf(last) != fault.TooMany {
			t.Errorf("the seventh wrong old password: %v", last)
		}
		d.pass(5 * time.Minute)
		if _, err := d.ChangePassword(t.Context(), who, password+"!", password+"?"); err != nil {
			t.Errorf("after the wait: %v", err)
		}
	})
}

func TestObjectionsAreNotRaisedWithoutEnd(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		raised := 0
		for range 80 {
			if d.CountObjection(t.Context(), identity.Actor{}, "far") == nil {
				raised++
			}
		}
		if err := d.CountObjection(t.Context(), identity.Actor{PersonID: "p"}, "far"); err != nil {
			t.Errorf("who is signed in waits for his neighbours: %v", err)
		}
		if raised > 61 || raised < 60 || d.CountObjection(t.Context(), identity.Actor{}, "near") != nil {
			t.Errorf("%d objections at once from one address", raised)
		}
		d.pass(2 * time.Hour)
		if err := d.CountObjection(t.Context(), identity.Actor{}, "far"); err != nil {
			t.Errorf("two hours later: %v", err)
		}
	})
}

func TestAccountsAreNotOpenedWithoutEnd(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		opened := 0
		for range 120 {
			if d.CountJoin(t.Context(), "far") == nil {
				opened++
			}
		}
		if opened > 101 || opened < 100 || d.CountJoin(t.Context(), "near") != nil {
			t.Errorf("%d accounts at once from one address", opened)
		}
		d.pass(2 * time.Hour)
		if err := d.CountJoin(t.Context(), "far"); err != nil {
			t.Errorf("two hours later: %v", err)
		}
	})
}
