package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/disclosure"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/blob"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/livestream"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
	"sunlot/web"
	"sunlot/web/api"
	"sunlot/web/public"
)

// house is the program put together: the database, the use-cases, the screens
// and the loops.
type house struct {
	db        *store.DB
	log       *ledger.Log
	blind     *ledger.Blind
	kit       *web.Kit
	hub       *livestream.Hub
	epoch     string
	pack      rules.Pack
	days      casework.Schedules
	library   *casework.Library
	directory *identity.Directory
	assets    *register.Service
	resolving *resolving.Service
	tendering *tendering.Service
	bidding   *bidding.Service
	contracts *contracts.Service
	works     *works.Service
	items     *disclosure.Items
	mailbox   *mailbox.Service
	sessions  *identity.Sessions
	admin     *identity.Admin
	drafts    *identity.Drafts
	broken    atomic.Bool // the public log signs nothing more
	loops     sync.WaitGroup
	stop      context.CancelFunc
}

// openDB opens the database and brings its tables up to date.
func openDB(ctx context.Context, c config, clock calendar.Clock, bell func([]event.Stream)) (*store.DB, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Config{DSN: c.DSN, Dir: c.Data, Clock: clock, Bell: bell})
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// build puts the house together on an open database.
func build(ctx context.Context, c config, db *store.DB, clock calendar.Clock, ring *bell, banner func(context.Context) (*web.Banner, error)) (*house, error) {
	key, err := c.key()
	if err != nil {
		return nil, err
	}
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	pack, err := rules.Find(c.Rules)
	if err != nil {
		return nil, err
	}
	h := &house{db: db}
	h.log, err = ledger.Open(ctx, ledger.Config{Store: db, Key: key, Guard: ledger.Guard{Path: filepath.Join(c.Data, "checkpoint")}})
	if err != nil {
		return nil, err
	}
	ring.log.Store(h.log)
	h.blind = &ledger.Blind{Store: db, Log: h.log, Clock: clock}
	h.pack, h.days = pack, casework.Schedules{Years: db, Clock: clock}
	h.mailbox = &mailbox.Service{Store: db, Blind: h.blind, Clock: clock, Secret: secret}
	h.rooms(c, db, clock)
	h.sessions = &identity.Sessions{Store: db, Clock: clock, Wall: time.Now, Secret: secret}
	h.admin = &identity.Admin{Store: db, Clock: clock}
	h.drafts = &identity.Drafts{Store: db, Clock: clock}
	h.kit, err = web.New(web.Config{URL: c.URL, Secret: secret, Sessions: h.sessions, Clock: clock,
		Log: slog.Default(), Banner: banner})
	if err != nil {
		return nil, err
	}
	if h.epoch, err = liveEpoch(ctx, db); err != nil {
		return nil, err
	}
	h.hub = livestream.New(livestream.Config{Source: db, Clock: clock, Epoch: h.epoch, Ends: db.Ends, Origin: h.kit.OwnOrigin,
		Shown: func(s event.Stream) bool { return s.Noun() == "lot" || s.Noun() == "tender" }})
	ring.hub.Store(h.hub)
	h.screens()
	return h, nil
}

// rooms builds the use-cases of trading and disclosure.
func (h *house) rooms(c config, db *store.DB, clock calendar.Clock) {
	h.directory = &identity.Directory{Store: db}
	h.library = &casework.Library{
		Store:   db,
		Photos:  blob.PhotosIn(c.Data),
		Clock:   clock,
		Uploads: []identity.Action{identity.OfficeRead, identity.LotRegister},
		Reads:   trading.ReadsPapers,
	}
	h.assets = &register.Service{Store: db, Pack: h.pack}
	h.resolving = &resolving.Service{Store: db, Pack: h.pack}
	h.bidding = &bidding.Service{
		Lots:          db,
		Registrations: db,
		Deposits:      db,
		Awards:        db,
		Pack:          h.pack,
		Days:          h.days,
		Clock:         clock,
		Blind:         h.blind,
	}
	h.tendering = &tendering.Service{
		Store:     db,
		Assets:    h.assets,
		Resolving: h.resolving,
		Lots:      listing{h.bidding},
		Pack:      h.pack,
		Days:      h.days,
		Clock:     clock,
	}
	h.contracts = &contracts.Service{Store: db, Pack: h.pack, Days: h.days}
	h.works = &works.Service{Store: db, Pack: h.pack, Days: h.days, Clock: clock, Files: blob.FilesIn(c.Data)}
	h.items = &disclosure.Items{Store: db}
}

// listing is tendering's port to the bidding, which stands above it.
type listing struct{ bidding *bidding.Service }

func (l listing) List(tx tendering.Tx, t trading.Tender) error {
	return l.bidding.ListLot(tx.(bidding.ListingTx), t)
}

func (l listing) Postpone(tx tendering.Tx, t trading.Tender) error {
	return l.bidding.PostponeLot(tx.(bidding.ListingTx), t)
}

// desk is what waits for officials, in the order of a case.
func (h *house) desk() casework.Desk {
	return casework.Desk{h.resolving, h.tendering, h.bidding, h.contracts, h.items, h.works}
}

// liveEpoch names the history that live rooms count in. It is made once for a
// database; after a backup was restored the setting is to be deleted.
func liveEpoch(ctx context.Context, db *store.DB) (string, error) {
	const setting = "live_epoch"
	epoch, found, err := db.Setting(ctx, setting)
	if err != nil || found {
		return epoch, err
	}
	epoch = event.NewID()
	return epoch, db.SetSetting(ctx, setting, epoch)
}

// screens declares every route.
func (h *house) screens() {
	standings := disclosure.Standings{Leaves: h.db, Log: h.log}
	(&public.Screens{Kit: h.kit, Pack: h.pack, Days: h.days, Library: h.library, Directory: h.directory, Assets: h.assets,
		Resolving: h.resolving, Tendering: h.tendering, Bidding: h.bidding, Contracts: h.contracts, Works: h.works, Items: h.items, Admin: h.admin, Sessions: h.sessions,
		Blind: h.blind, Mailbox: h.mailbox, Log: h.log, Standings: standings, Events: h.db, Epoch: h.epoch}).Register()
	(&admin.Screens{Kit: h.kit, Pack: h.pack, Days: h.days, Library: h.library, Directory: h.directory, Assets: h.assets,
		Resolving: h.resolving, Tendering: h.tendering, Bidding: h.bidding, Contracts: h.contracts, Works: h.works, Items: h.items, Admin: h.admin, Mailbox: h.mailbox,
		Drafts: h.drafts, Desk: h.desk(), Standings: standings}).Register()
	(&api.Screens{Kit: h.kit, Pack: h.pack, Days: h.days, Library: h.library, Directory: h.directory, Assets: h.assets,
		Resolving: h.resolving, Tendering: h.tendering, Bidding: h.bidding, Contracts: h.contracts, Works: h.works, Items: h.items, Admin: h.admin, Sessions: h.sessions, Log: h.log, Standings: standings, Events: h.db}).Register()
	h.kit.Get("/connection/websocket", web.Public, h.hub.Handler())
	h.kit.Get("/healthz", web.Public, func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	h.kit.Get("/readyz", web.Public, h.ready)
}

// ready says whether requests can be carried out: the database answers, its
// tables are ours, and what is published will be signed.
func (h *house) ready(c *fiber.Ctx) error {
	migrated, err := h.db.Migrated(c.UserContext())
	if err != nil || !migrated || h.broken.Load() {
		slog.Warn("not ready", "migrated", migrated, "log", !h.broken.Load(), "err", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready\n")
	}
	return c.SendString("ready\n")
}

// bell wakes the sequencer and the live rooms after each commit. It is there
// before they are.
type bell struct {
	log atomic.Pointer[ledger.Log]
	hub atomic.Pointer[livestream.Hub]
}

func (b *bell) ring(streams []event.Stream) {
	if log := b.log.Load(); log != nil {
		log.Ring()
	}
	if hub := b.hub.Load(); hub != nil {
		hub.Ring(streams)
	}
}

// start begins the loops.
func (h *house) start(ctx context.Context) {
	ctx, h.stop = context.WithCancel(context.WithoutCancel(ctx))
	h.loops.Go(func() {
		if err := h.log.Run(ctx); err != nil {
			h.broken.Store(true)
			slog.Error("the public log signs nothing more until somebody has looked", "err", err)
		}
	})
	h.loops.Go(func() { h.blind.Run(ctx) })
	h.loops.Go(func() { h.bidding.Run(ctx) })
	h.loops.Go(func() { h.drafts.Run(ctx) })
	h.loops.Go(func() { h.hub.Run(ctx) })
}

// serve listens until ctx ends, then lets running requests finish and stops the loops.
func (h *house) serve(ctx context.Context, addr string) error {
	h.start(ctx)
	failed := make(chan error, 1)
	go func() { failed <- h.kit.Listen(addr) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		h.hub.Close() // the web server's shutdown does not know the rooms' sockets
		err = h.kit.App.ShutdownWithTimeout(15 * time.Second)
	}
	h.stop()
	h.loops.Wait()
	return errors.Join(err, h.db.Close())
}
