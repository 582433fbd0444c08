// Package house puts the program together: its settings, the database, the
// use-cases, the screens and the loops; and the reading room beside it.
package house

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/mailbox"
	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/blob"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/disclosuredb"
	"sunlot/internal/store/tradingdb"
	"sunlot/internal/store/worksdb"
	"sunlot/livestream"
	"sunlot/trading"
	"sunlot/trading/amending"
	"sunlot/trading/bidding"
	"sunlot/trading/citing"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rolls"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
	"sunlot/web"
	"sunlot/web/api"
)

// House is the program put together: the database, the use-cases, the screens
// and the loops.
type House struct {
	DB        *store.DB
	Data      Data
	Log       *ledger.Log
	Blind     *ledger.Blind
	Kit       *web.Kit
	hub       *livestream.Hub
	epoch     string
	Pack      func() rules.Pack
	Days      casework.Schedules
	Library   *casework.Library
	directory *identity.Directory
	Assets    *register.Service
	Rolls     *rolls.Service
	Resolving *resolving.Service
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Works     *works.Service
	Items     *power.Service
	Privacy   *privacy.Service
	Citing    *citing.Service
	Amending  *amending.Service
	Mailbox   *mailbox.Service
	Sessions  *identity.Sessions
	Admin     *identity.Admin
	drafts    *identity.Drafts
	nextYear  *casework.NextYear
	duties    *casework.Desk
	years     chan struct{} // a schedule was entered or amended at this node
	changes   func() int64  // counts this node's commits, but for bids
	broken    atomic.Bool   // the public log signs nothing more
	Loops     sync.WaitGroup
	Stop      context.CancelFunc
}

// DemonstrationMark is the setting that marks a demonstration's database.
const DemonstrationMark = "demonstration"

// OpenDB opens the database and brings its tables up to date.
func OpenDB(ctx context.Context, c Config, clock calendar.Clock, bell func([]event.Stream)) (*store.DB, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Config{
		DSN:    c.DSN,
		Set:    c.tables,
		Dir:    c.Data,
		Narrow: c.Narrow,
		Clock:  clock,
		Bell:   bell,
	})
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, tellRights(ctx, c, db)
}

// tellRights says in the log which rights of a narrow account are too many, and
// closes the database when it cannot be asked.
func tellRights(ctx context.Context, c Config, db *store.DB) error {
	if !c.Narrow {
		return nil
	}
	may, err := db.TooManyRights(ctx)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	if len(may) > 0 {
		slog.Error("nothing is written while the database's account may rewrite the record: take these rights away",
			"rights", may)
	}
	return nil
}

// Build puts the house together on an open database.
func Build(ctx context.Context, c Config, db *store.DB, clock calendar.Clock, ring *Bell,
	banner func(context.Context) (*web.Banner, error)) (*House, error) {
	key, err := c.Key()
	if err != nil {
		return nil, err
	}
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	wordings, err := Wordings()
	if err != nil {
		return nil, err
	}
	h := &House{DB: db, Data: DataOn(db), years: make(chan struct{}, 1), changes: ring.changes.Load}
	ring.years.Store(&h.years)
	guard, err := c.guard()
	if err != nil {
		return nil, err
	}
	h.Log, err = ledger.Open(ctx, ledger.Config{
		Store: h.Data.Ledger,
		Key:   key,
		Guard: guard,
	})
	if err != nil {
		return nil, err
	}
	ring.log.Store(h.Log)
	h.Blind = &ledger.Blind{Store: h.Data.Ledger, Log: h.Log, Clock: clock}
	h.Days = casework.Schedules{Store: h.Data.People, Clock: clock}
	h.Mailbox = &mailbox.Service{Store: h.Data.Mailbox, Blind: h.Blind, Clock: clock, Secret: secret}
	if err := h.rooms(ctx, c, clock); err != nil {
		return nil, err
	}
	h.Sessions = &identity.Sessions{
		Store:  h.Data.People,
		Clock:  clock,
		Wall:   time.Now,
		Secret: secret,
		Log:    slog.Default(),
	}
	space, err := c.space()
	if err != nil {
		return nil, err
	}
	h.Kit, err = web.New(web.Config{
		URL:      c.URL,
		Secret:   secret,
		Sessions: h.Sessions,
		Words:    wordings,
		Clock:    clock,
		Actions:  Actions(),
		Log:      slog.Default(),
		Banner:   banner, Body: c.Body,
		Withheld: h.Library.Withheld,
		Proxies:  c.proxies(),
		Roomy:    space.Roomy,
	})
	if err != nil {
		return nil, err
	}
	h.epoch, err = liveEpoch(ctx, db)
	if err != nil {
		return nil, err
	}
	h.hub = livestream.New(livestream.Config{
		Source: db,
		Clock:  clock,
		Epoch:  h.epoch,
		Ends:   h.Data.Trading.Ends,
		Origin: h.Kit.OwnOrigin,
		Shown:  func(s event.Stream) bool { return s.Noun() == "lot" || s.Noun() == "tender" },
	})
	ring.hub.Store(h.hub)
	h.screens()
	return h, nil
}

// rooms builds the use-cases of trading and disclosure.
func (h *House) rooms(ctx context.Context, c Config, clock calendar.Clock) error {
	book, err := rules.Open(c.Rules)
	if err != nil {
		return err
	}
	// Each act reads the edition of its day.
	h.Pack = func() rules.Pack { return book.On(h.Days.Today()) }
	h.Admin = &identity.Admin{
		Store:   h.Data.People,
		Clock:   clock,
		Acts:    Actions(),
		Public:  privacy.Refuse,
		Engaged: tradingdb.Engaged(h.Data.Trading),
		Log:     slog.Default(),
	}
	h.drafts = &identity.Drafts{Store: h.Data.People, Clock: clock}
	quiet, _ := c.quiet() // refused where the settings are read
	h.directory = &identity.Directory{Store: h.Data.People}
	h.Library = &casework.Library{
		Store:   h.Data.Cases,
		Photos:  blob.PhotosIn(c.Data),
		Clock:   clock,
		Uploads: []*identity.Action{identity.OfficeRead, bidding.LotRegister},
		Reads:   trading.ReadsPapers,
	}
	h.Assets = &register.Service{Store: h.Data.Trading, Pack: h.Pack}
	h.Rolls = &rolls.Service{Store: h.Data.Rolls, Pack: h.Pack, Days: h.Days}
	h.Resolving = &resolving.Service{Store: h.Data.Rolls, Pack: h.Pack}
	h.Bidding = &bidding.Service{
		Cashier: bidding.Cashier{
			DepositStore:      h.Data.Trading,
			StatementStore:    h.Data.Trading,
			RegistrationStore: h.Data.Trading,
			Pack:              h.Pack,
			Days:              h.Days,
		},
		LotStore:          h.Data.Trading,
		RegistrationStore: h.Data.Trading,
		AwardStore:        h.Data.Trading,
		Pack:              h.Pack,
		Days:              h.Days,
		Clock:             clock,
		Blind:             ledger.Crowd{Blind: h.Blind},
		Quiet:             quiet,
		Troubles:          bidding.NewTroubles(h.Data.Cases, h.Data.Trading, clock),
	}
	h.Tendering = &tendering.Service{
		Store:     h.Data.Trading,
		Assets:    h.Assets,
		Resolving: h.Resolving,
		Lots:      listing{h.Bidding},
		Pack:      h.Pack,
		Days:      h.Days,
		Clock:     clock,
	}
	h.Contracts = &contracts.Service{Store: h.Data.Trading, Pack: h.Pack, Days: h.Days}
	h.Works = &works.Service{Store: h.Data.Works, Pack: h.Pack, Days: h.Days, Clock: clock, Files: blob.FilesIn(c.Data)}
	h.Items = &power.Service{Store: h.Data.Items}
	h.Privacy = &privacy.Service{
		Store: h.Data.Cases,
		Veils: []func(privacy.Tx, string) error{tradingdb.Veil, worksdb.Veil, disclosuredb.Veil},
	}
	h.Citing = &citing.Service{Store: h.Data.Cases, Pack: h.Pack, Directory: h.directory, Days: h.Days}
	h.Amending = &amending.Service{Store: h.Data.Cases, Pack: h.Pack, Days: h.Days}
	h.nextYear = &casework.NextYear{
		Store:     h.Data.Cases,
		Directory: h.directory,
		Days:      h.Days,
		Entered:   h.Data.People.EnteredYears,
	}
	h.duties = &casework.Desk{Kinds: Duties(), Store: h.Data.Cases, Days: h.Days}
	return h.Amending.Learn(ctx) // before anything is decided by a figure
}

// screens declares every route.
func (h *House) screens() {
	standings := disclosure.Standings{Store: h.DB, Log: h.Log}
	h.publicScreens(standings)
	h.officeScreens(standings)
	(&api.Screens{
		Kit:       h.Kit,
		Pack:      h.Pack,
		Days:      h.Days,
		Library:   h.Library,
		Directory: h.directory,
		Assets:    h.Assets,
		Resolving: h.Resolving,
		Tendering: h.Tendering,
		Bidding:   h.Bidding,
		Contracts: h.Contracts,
		Works:     h.Works,
		Items:     h.Items,
		Admin:     h.Admin,
		Sessions:  h.Sessions,
		Log:       h.Log,
		Standings: standings,
		Finding:   &finding.Service{Store: h.DB},
	}).Register()
	h.Kit.Get("/connection/websocket", web.Public, h.hub.Handler())
	h.Kit.Get("/healthz", web.Public, func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	h.Kit.Get("/readyz", web.Public, h.ready)
}

// ready says whether requests can be carried out: the database answers, its
// tables are ours, and what is published will be signed.
func (h *House) ready(c *fiber.Ctx) error {
	migrated, err := h.DB.Migrated(c.UserContext())
	if err != nil || !migrated || h.broken.Load() {
		slog.Warn("not ready", "migrated", migrated, "log", !h.broken.Load(), "err", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready\n")
	}
	return c.SendString("ready\n")
}

// Start begins the loops.
func (h *House) Start(ctx context.Context) {
	ctx, h.Stop = context.WithCancel(context.WithoutCancel(ctx))
	h.Loops.Go(func() {
		if err := h.Log.Run(ctx); err != nil {
			h.broken.Store(true)
			slog.Error("the public log signs nothing more until somebody has looked", "err", err)
		}
	})
	h.Loops.Go(func() { h.Blind.Run(ctx) })
	h.Loops.Go(func() { h.Bidding.Run(ctx) })
	h.Loops.Go(func() { h.reschedule(ctx) })
	h.Loops.Go(func() { h.drafts.Run(ctx) })
	h.Loops.Go(func() { h.hub.Run(ctx) })
	h.Loops.Go(func() { h.indexWaiting(ctx) })
	h.Loops.Go(func() { keepSmall(ctx) })
}

// Memory that may be used beyond what lives, and in any case; GOMEMLIMIT, where
// the operator sets it, stands instead.
const (
	roomForWork = 80 << 20
	leastMemory = 160 << 20
)

// keepSmall has garbage collected before it doubles what lives: one stretched
// code leaves 64 MiB behind.
func keepSmall(ctx context.Context) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	every := time.NewTicker(5 * time.Second)
	defer every.Stop()
	for ctx.Err() == nil {
		metrics.Read(live)
		debug.SetMemoryLimit(max(leastMemory, int64(live[0].Value.Uint64())+roomForWork))
		select {
		case <-every.C:
		case <-ctx.Done():
		}
	}
}

// serve answers at the door until ctx ends, then lets running requests finish and stops the loops.
func (h *House) serve(ctx context.Context, door net.Listener) error {
	h.Start(ctx)
	failed := make(chan error, 1)
	go func() { failed <- h.Kit.Serve(door) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		h.hub.Close() // the web server's shutdown does not know the rooms' sockets
		err = h.Kit.App.ShutdownWithTimeout(15 * time.Second)
	}
	h.Stop()
	h.Loops.Wait()
	return errors.Join(err, h.DB.Close())
}
