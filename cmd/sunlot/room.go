package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/admin/lead"
	"sunlot/admin/lead/room"
	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/web"
	"sunlot/web/public"
)

// readingRoom is the receiving offices' house: a database, keys, a private log
// and a listener of its own. All that it shares with the public program is the
// mailbox.
type readingRoom struct {
	db    *store.DB
	log   *ledger.Log
	kit   *web.Kit
	lead  *lead.Service
	admin *identity.Admin
	loops sync.WaitGroup
}

// openRoom puts the reading room together over the public program's mailbox.
func openRoom(ctx context.Context, c config, box lead.Mailbox, clock calendar.Clock) (*readingRoom, error) {
	own, ring := c.ofRoom(), &bell{}
	db, err := openDB(ctx, own, clock, ring.ring)
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

func buildRoom(ctx context.Context, c config, db *store.DB, box lead.Mailbox, clock calendar.Clock) (*readingRoom, error) {
	key, err := c.key()
	if err != nil {
		return nil, err
	}
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	r := &readingRoom{db: db, admin: &identity.Admin{Store: db, Clock: clock}}
	r.log, err = ledger.Open(ctx, ledger.Config{Store: db, Key: key, Guard: ledger.Guard{Path: filepath.Join(c.Data, "checkpoint")}})
	if err != nil {
		return nil, err
	}
	r.lead = &lead.Service{Store: db, Mailbox: box, Keys: lead.Keyring{Dir: filepath.Join(c.Data, "keys")}, Clock: clock}
	sessions := &identity.Sessions{Store: db, Clock: clock, Wall: time.Now, Secret: secret}
	if r.kit, err = web.New(web.Config{URL: c.URL, Secret: secret, Sessions: sessions, Clock: clock, Log: slog.Default(), Room: "受理室"}); err != nil {
		return nil, err
	}
	(&public.Screens{Kit: r.kit, Sessions: sessions, Admin: r.admin}).RegisterLogin()
	(&admin.Screens{Kit: r.kit, Admin: r.admin}).RegisterCounty()
	(&room.Screens{Kit: r.kit, Lead: r.lead, Directory: &identity.Directory{Store: db}}).Register()
	r.kit.Get("/healthz", web.Public, func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	return r, nil
}

// serve listens until ctx ends and then closes the database.
func (r *readingRoom) serve(ctx context.Context, addr string) error {
	loops, stop := context.WithCancel(context.WithoutCancel(ctx))
	r.loops.Go(func() {
		if err := r.log.Run(loops); err != nil {
			slog.Error("the reading room's log signs nothing more until somebody has looked", "err", err)
		}
	})
	r.loops.Go(func() { r.lead.Run(loops) })
	failed := make(chan error, 1)
	go func() { failed <- r.kit.Listen(addr) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = r.kit.App.ShutdownWithTimeout(15 * time.Second)
	}
	stop()
	r.loops.Wait()
	return errors.Join(err, r.db.Close())
}

// serveRoom runs the reading room alone, on a machine of the receiving office:
// SUNLOT_DSN is then the public database under an account that may only read,
// add and delete envelopes.
func serveRoom(ctx context.Context, words []string, out io.Writer) error {
	c, err := configOf("room", words, nil)
	if err != nil {
		return err
	}
	if c.DSN == "" || c.LeadsAddr == "" {
		return errors.New("room: set SUNLOT_DSN to the public database and SUNLOT_LEADS_ADDR; with SQLite the room runs inside serve")
	}
	box, err := store.Open(ctx, store.Config{DSN: c.DSN})
	if err != nil {
		return err
	}
	defer box.Close()
	r, err := openRoom(ctx, c, box, calendar.System{})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "晒标 Sunlot 受理室: %s\n", c.LeadsURL)
	return r.serve(ctx, c.LeadsAddr)
}

// besides runs the public house and, when it has an address, the reading room in
// the same process. Each ends when the other does.
func besides(ctx context.Context, c config, h *house, r *readingRoom) error {
	if r == nil {
		return h.serve(ctx, c.Addr)
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { defer stop(); ended <- r.serve(ctx, c.LeadsAddr) }()
	err := h.serve(ctx, c.Addr)
	stop()
	return errors.Join(err, <-ended)
}
