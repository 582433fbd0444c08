// Package admintest lets the tests of the offices' rooms use their screens as
// officials do: a village on SQLite, and a browser for each of its people. There
// is no network between them.
package admintest

import (
	"context"
	"log/slog"
	"net/http"
	"testing"

	"sunlot/admin"
	"sunlot/cmd/sunlot/house"
	"sunlot/disclosure"
	"sunlot/disclosure/ledger"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading/rules"
	"sunlot/trading/tradingtest"
	"sunlot/web"
)

// Office is a village with the kit on which a test registers the room that it is
// about.
type Office struct {
	*tradingtest.Village
	Kit       *admin.Kit
	Pack      func() rules.Pack
	Directory *identity.Directory
	Blind     *ledger.Blind
	Standings disclosure.Standings
}

// New builds the village on a fresh database.
func New(t *testing.T) *Office {
	t.Helper()
	clock := &tradingtest.Clock{}
	clock.Set(tradingtest.Monday)
	db := storetest.Open(t, store.Config{Dir: t.TempDir(), Clock: clock})
	o := &Office{Village: tradingtest.New(t, db, clock), Directory: &identity.Directory{Store: db}}
	o.Blind = o.Bidding.Blind.(*ledger.Blind)
	o.Standings = disclosure.Standings{Store: db, Log: o.Blind.Log}
	o.Pack = o.Tendering.Pack
	wordings, err := house.Wordings()
	o.ok(err)
	kit, err := web.New(web.Config{
		URL:      "http://127.0.0.1:8080",
		Secret:   []byte("a secret of the tests"),
		Sessions: sessions{db: db, clock: clock},
		Actions:  house.Actions(),
		Words:    wordings,
		Clock:    clock,
		Withheld: o.Library.Withheld,
		Log:      slog.New(slog.DiscardHandler),
	})
	o.ok(err)
	o.Kit = &admin.Kit{
		Kit:     kit,
		Days:    o.Days,
		Library: o.Library,
		Drafts:  &identity.Drafts{Store: db, Clock: clock},
		Duties:  &casework.Desk{Kinds: o.Duties.Kinds, Store: db, Days: o.Days},
	}
	return o
}

// Desk registers the desk with the kinds of duty of the room, as wiring does after
// the rooms.
func (o *Office) Desk(kinds ...*casework.DutyKind) {
	o.Kit.Duties.Kinds = kinds
	nothing := func(context.Context, identity.Actor, identity.Scope) (*admin.Ahead, error) { return nil, nil }
	nowhere := func(context.Context, identity.Actor) ([]admin.Ahead, error) { return nil, nil }
	(&admin.Desk{Kit: o.Kit, Ahead: nothing, Live: nowhere}).Register()
}

func (o *Office) ok(err error) {
	if err != nil {
		o.T.Helper()
		o.T.Fatal(err)
	}
}

// sessions takes a person's id for the token, and reads the roles of now.
type sessions struct {
	db    *storetest.DB
	clock *tradingtest.Clock
}

func (s sessions) Authenticate(ctx context.Context, id string) (identity.Actor, error) {
	p, err := s.db.Person(ctx, id)
	if err != nil {
		return identity.Actor{}, err
	}
	held, err := s.db.Memberships(ctx, id, s.clock.Now())
	return identity.Actor{PersonID: p.ID, Name: p.Name, Memberships: held}, err
}

func (s sessions) Renew(context.Context, string) (identity.Tokens, error) {
	return identity.Tokens{}, http.ErrNoCookie
}
