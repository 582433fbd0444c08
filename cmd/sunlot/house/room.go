package house

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/admin/county"
	"sunlot/admin/lead"
	"sunlot/admin/lead/room"
	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/identitydb"
	"sunlot/internal/store/leaddb"
	"sunlot/internal/store/ledgerdb"
	"sunlot/web"
	"sunlot/web/public/account"
)

// ReadingRoom is the receiving offices' house: a database, keys, a private log
// and a listener of its own. All that it shares with the public program is the
// mailbox.
type ReadingRoom struct {
	DB     *store.DB
	People *identitydb.DB
	log    *ledger.Log
	Kit    *web.Kit
	Lead   *lead.Service
	Admin  *identity.Admin
	loops  sync.WaitGroup
}

// OpenRoom puts the reading room together over the public program's mailbox.
func OpenRoom(ctx context.Context, c Config, box lead.Mailbox, clock calendar.Clock) (*ReadingRoom, error) {
	own, ring := c.OfRoom(), &Bell{}
	db, err := OpenDB(ctx, own, clock, ring.Ring)
	if err != nil {
		return nil, err
	}
	r, err := buildRoom(ctx, own, db, box, clock)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	ring.log.Store(r.log)
	return r, nil
}

// OpenBox opens the public program's database for a room on another machine. Its
// account is looked at as the public program's own: what can rewrite the public
// record has no place in a receiving office.
func OpenBox(ctx context.Context, c Config) (*store.DB, error) {
	db, err := store.Open(ctx, store.Config{DSN: c.DSN, Narrow: c.Narrow})
	if err != nil {
		return nil, err
	}
	return db, tellRights(ctx, c, db)
}

func buildRoom(ctx context.Context, c Config, db *store.DB, box lead.Mailbox,
	clock calendar.Clock) (*ReadingRoom, error) {
	key, err := c.Key()
	if err != nil {
		return nil, err
	}
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	r := &ReadingRoom{DB: db, People: identitydb.On(db)}
	guard, err := c.guard()
	if err != nil {
		return nil, err
	}
	r.log, err = ledger.Open(ctx, ledger.Config{
		Store: ledgerdb.On(db),
		Key:   key,
		Guard: guard,
	})
	if err != nil {
		return nil, err
	}
	r.Lead = &lead.Service{
		Store:   leaddb.On(r.People),
		Mailbox: box,
		Keys:    lead.Keyring{Dir: filepath.Join(c.Data, "keys")},
		Clock:   clock,
	}
	r.Admin = &identity.Admin{
		Store: r.People,
		Clock: clock,
		Acts:  Actions(),
		Keyed: r.Lead.Keyed,
		Log:   slog.Default(),
	}
	sessions := &identity.Sessions{
		Store:  r.People,
		Clock:  clock,
		Wall:   time.Now,
		Secret: secret,
		Log:    slog.Default(),
	}
	r.Kit, err = web.New(web.Config{
		URL:      c.URL,
		Secret:   secret,
		Sessions: sessions,
		Clock:    clock,
		Actions:  Actions(),
		Log:      slog.Default(),
		Room:     "受理室",
		Proxies:  c.proxies(),
	})
	if err != nil {
		return nil, err
	}
	(&account.Screens{Kit: r.Kit, Admin: r.Admin, Sessions: sessions}).RegisterLogin()
	days := casework.Schedules{Store: r.People, Clock: clock}
	(&county.Screens{Kit: &admin.Kit{Kit: r.Kit, Days: days}, Admin: r.Admin}).RegisterOwn()
	(&room.Screens{
		Kit:       r.Kit,
		Lead:      r.Lead,
		Directory: &identity.Directory{Store: r.People},
		Admin:     r.Admin,
	}).Register()
	r.Kit.Get("/healthz", web.Public, func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	return r, nil
}

// Serve answers until ctx ends and then closes the database: alone, on a machine of
// its own.
func (r *ReadingRoom) Serve(ctx context.Context, d *Doors) error { return r.serve(ctx, d.room) }

// serve answers at the door until ctx ends and then closes the database.
func (r *ReadingRoom) serve(ctx context.Context, door net.Listener) error {
	loops, stop := context.WithCancel(context.WithoutCancel(ctx))
	r.loops.Go(func() {
		if err := r.log.Run(loops); err != nil {
			slog.Error("the reading room's log signs nothing more until somebody has looked", "err", err)
		}
	})
	r.loops.Go(func() { r.Lead.Run(loops) })
	failed := make(chan error, 1)
	go func() { failed <- r.Kit.Serve(door) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = r.Kit.App.ShutdownWithTimeout(15 * time.Second)
	}
	stop()
	r.loops.Wait()
	return errors.Join(err, r.DB.Close())
}

// Serve runs the public house and, when it has an address, the reading room in
// the same process. Each ends when the other does.
func Serve(ctx context.Context, d *Doors, h *House, r *ReadingRoom) error {
	if r == nil {
		return h.serve(ctx, d.public)
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { defer stop(); ended <- r.serve(ctx, d.room) }()
	err := h.serve(ctx, d.public)
	stop()
	return errors.Join(err, <-ended)
}
