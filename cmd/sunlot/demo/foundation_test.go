package demo

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sunlot/cmd/sunlot/house"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// county is a demonstration put together as Run does it. Its loops stand still:
// nothing happens but what the test does.
type county struct {
	*script
	t    *testing.T
	own  *Demonstration
	room *house.ReadingRoom
	rows *storetest.DB // with every subject's SQL
}

// settings are those of a demonstration in a folder, with a reading room.
func settings(dir string) house.Config {
	return house.Config{
		Addr:      "127.0.0.1:0",
		URL:       "http://127.0.0.1",
		Data:      dir,
		Origin:    "sunlot.test/log",
		Rules:     "shifan",
		LeadsAddr: "127.0.0.1:0",
		LeadsURL:  "http://127.0.0.2",
		LeadsData: filepath.Join(dir, "leads"),
	}
}

// start opens the demonstration in a folder, founding it when it is empty.
func start(t *testing.T, dir string) *county {
	t.Helper()
	ctx, c, clock, ring := t.Context(), settings(dir), &Clock{}, &house.Bell{}
	db, err := house.OpenDB(ctx, c, clock, ring.Ring)
	ok(t, err)
	t.Cleanup(func() { db.Close() })
	ok(t, Mark(ctx, db, clock))
	k := &county{t: t, own: &Demonstration{DB: db, Clock: clock}, rows: storetest.On(db)}
	t.Cleanup(func() { tradingtest.Whole(t, k.rows) })
	h, err := house.Build(ctx, c, db, clock, ring, k.own.banner)
	ok(t, err)
	k.own.Open(h)
	k.room, err = openRoom(ctx, c, h.Data.Mailbox, clock)
	ok(t, err)
	t.Cleanup(func() { k.room.DB.Close() })
	k.script, err = newScript(ctx, h, k.own, k.room)
	ok(t, err)
	return k
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// again opens a copy of a demonstration's folder, as after a restart.
func again(t *testing.T, dir string) *county {
	t.Helper()
	copied := t.TempDir()
	ok(t, os.CopyFS(copied, os.DirFS(dir)))
	return start(t, copied)
}

// lots are those in a state.
func (k *county) lots(state casework.State) []trading.Lot {
	k.t.Helper()
	all, _, err := k.Bidding.SeeLots(k.t.Context(), identity.Actor{}, casework.Query{
		Scope:  identity.Everywhere,
		States: []casework.State{state},
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	ok(k.t, err)
	return all
}

// only is the one lot in a state.
func (k *county) only(state casework.State) trading.Lot {
	k.t.Helper()
	lots := k.lots(state)
	if len(lots) != 1 {
		k.t.Fatalf("%d lots are %s", len(lots), state)
	}
	return lots[0]
}

// login asks whether somebody gets in with the demonstration's password.
func (k *county) login(store identity.SessionStore, login string) (identity.Actor, error) {
	sessions := identity.Sessions{
		Store:  store,
		Clock:  k.Clock,
		Wall:   time.Now,
		Secret: []byte("0123456789abcdef0123456789abcdef"),
	}
	tokens, err := sessions.Login(context.WithoutCancel(k.t.Context()), login, Password, identity.From{})
	if err != nil {
		return identity.Actor{}, err
	}
	return sessions.Authenticate(k.t.Context(), tokens.Access)
}
