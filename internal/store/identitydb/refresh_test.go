package identitydb_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

func TestRefreshTokens(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		now := time.Now().UTC().Truncate(time.Millisecond)
		token := func(hash, family string, until time.Time) identity.Refresh {
			return identity.Refresh{
				Hash:      strings.Repeat(hash, 64),
				Family:    family,
				PersonID:  "clerk1",
				Version:   3,
				ExpiresAt: until,
			}
		}
		read := func(r identity.Refresh) (kept identity.Refresh, err error) {
			err = db.WriteRefresh(t.Context(), r.Hash, func(tx identity.RefreshTx) error {
				var err error
				kept, err = tx.Token()
				return err
			})
			return kept, err
		}
		lapsed, first := token("0", "old", now.Add(-time.Hour)), token("a", "f", now.Add(time.Hour))
		storetest.Must(t, db.AddRefresh(t.Context(), lapsed))
		storetest.Must(t, db.AddRefresh(t.Context(), first))
		if _, err := read(lapsed); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("lapsed token kept: %v", err)
		}
		if kept, err := read(first); err != nil || kept != first {
			t.Errorf("%+v, %v", kept, err)
		}
		second := token("b", "f", now.Add(time.Hour))
		storetest.Must(t, db.WriteRefresh(t.Context(), first.Hash, func(tx identity.RefreshTx) error {
			return tx.Replace(now, second)
		}))
		if kept, err := read(first); err != nil || !kept.ReplacedAt.Equal(now) {
			t.Errorf("replaced: %+v, %v", kept, err)
		}
		if kept, err := read(second); err != nil || !kept.ReplacedAt.IsZero() {
			t.Errorf("successor: %+v, %v", kept, err)
		}
		other := token("c", "g", now.Add(time.Hour))
		storetest.Must(t, db.AddRefresh(t.Context(), other))
		storetest.Must(t, db.WriteRefresh(t.Context(), second.Hash, func(tx identity.RefreshTx) error {
			return tx.EndFamily("f")
		}))
		for r, want := range map[identity.Refresh]fault.Code{first: fault.NotFound, second: fault.NotFound, other: ""} {
			if _, err := read(r); fault.CodeOf(err) != want {
				t.Errorf("%s: %v", r.Hash[:1], err)
			}
		}
		storetest.Must(t, db.SetPassword(t.Context(), "clerk1", "$new$", true))
		if _, err := read(other); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("token outlives the password: %v", err)
		}
		p, err := db.Person(t.Context(), "clerk1")
		if err != nil || p.TokenVersion != 1 || !p.MustChange || p.PasswordHash != "$new$" {
			t.Errorf("%+v, %v", p, err)
		}
		if err := db.SetPassword(t.Context(), "nobody", "$new$", true); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("nobody's password: %v", err)
		}
	})
}

// Two tabs renew at once: the token is replaced once.
func TestARefreshTokenIsReplacedOnce(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		until := time.Now().Add(time.Hour)
		storetest.Must(t, db.AddRefresh(t.Context(), identity.Refresh{
			Hash:      storetest.Hash('a'),
			Family:    "f",
			PersonID:  "clerk1",
			ExpiresAt: until,
		}))
		var replaced atomic.Int64
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				mine := false
				err := db.WriteRefresh(t.Context(), storetest.Hash('a'), func(tx identity.RefreshTx) error {
					kept, err := tx.Token()
					mine = err == nil && kept.ReplacedAt.IsZero()
					if !mine {
						return err
					}
					return tx.Replace(time.Now(), identity.Refresh{
						Hash:      storetest.Hash('b'),
						Family:    "f",
						PersonID:  "clerk1",
						ExpiresAt: until,
					})
				})
				if err != nil {
					t.Error(err)
				}
				if mine {
					replaced.Add(1)
				}
			})
		}
		all.Wait()
		if replaced.Load() != 1 {
			t.Errorf("replaced %d times", replaced.Load())
		}
	})
}
