package tradingtest

import (
	"fmt"
	"hash/crc32"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/statement"
)

// serve says that the server can write, and for how long it counts: a test says it
// only once.
func serve(t *testing.T, db *storetest.DB) time.Duration {
	t.Helper()
	const quiet = 5 * time.Minute
	Must(t, db.Beat(t.Context(), quiet))
	return quiet
}

// blind is the blind half of a public log of its own.
func blind(t *testing.T, db *storetest.DB, clock calendar.Clock) *ledger.Blind {
	t.Helper()
	_, key, err := ledger.NewKey("sunlot.test/log")
	if err != nil {
		t.Fatal(err)
	}
	log, err := ledger.Open(t.Context(), ledger.Config{
		Store: db,
		Key:   key,
		Guard: ledger.Guard{Path: filepath.Join(t.TempDir(), "checkpoint")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &ledger.Blind{Store: db, Log: log, Clock: clock}
}

// Bidder is somebody with an account of the bidder's own.
type Bidder struct {
	identity.Actor
	Account string
	Claim   trading.Priority
	Entry   string // id of the registration
}

// Bidder opens a bidder's account.
func (v *Village) Bidder(login string, claim trading.Priority) *Bidder {
	v.T.Helper()
	id, err := v.Admin.Join(v.T.Context(), event.NewID(), identity.JoinForm{
		Name:     "竞买人" + login,
		Login:    login,
		Password: "a long enough secret",
	})
	v.ok(err)
	return &Bidder{
		Actor:   v.actor(id),
		Account: fmt.Sprintf("6222%012d", crc32.ChecksumIEEE([]byte(login))),
		Claim:   claim,
	}
}

// Form is the bidder's registration for a lot.
func (v *Village) Form(b *Bidder, lot string) trading.RegistrationForm {
	form := trading.RegistrationForm{
		Lot:     lot,
		Phone:   "13800000000",
		Account: b.Account,
		As:      trading.AsOutsider,
		Claim:   b.Claim,
		Agreed:  true,
	}
	if b.Claim == trading.MemberFirst {
		form.As = trading.AsMember
	}
	if b.Claim != "" {
		form.Proof = []string{v.Photo(b.Actor, 30+len(b.Name))}
	}
	return form
}

// Enter registers bidders for a lot.
func (v *Village) Enter(lot string, all ...*Bidder) {
	v.T.Helper()
	for _, b := range all {
		var err error
		b.Entry, err = v.Bidding.Register(v.T.Context(), b.Actor, event.NewID(), v.Form(b, lot), v.Clock.Now())
		v.ok(err)
	}
}

// Line is a row of a statement: the bidder's deposit for the lot, of his own account.
func (v *Village) Line(b *Bidder, lot string) statement.Line {
	v.T.Helper()
	l := v.Lot(lot)
	return statement.Line{
		Serial:  "S" + b.Entry,
		PaidAt:  v.Clock.Now(),
		Payer:   b.Name,
		Account: b.Account,
		Amount:  l.Deposit,
		Memo:    l.Code,
	}
}

// Statement is a bank's statement of those rows.
func Statement(lines ...statement.Line) []byte {
	var out strings.Builder
	out.WriteString("流水号,交易时间,对方户名,对方账号,收入金额,附言\n")
	for _, l := range lines {
		fmt.Fprintf(&out, "%s,%s,%s,%s,%s,%s\n", l.Serial, l.PaidAt.In(calendar.Beijing).
			Format("2006-01-02 15:04:05"), l.Payer, l.Account,
			strings.ReplaceAll(l.Amount.Yuan(), ",", ""), l.Memo)
	}
	return []byte(out.String())
}

// Pay imports a statement with the bidders' deposits.
func (v *Village) Pay(lot string, all ...*Bidder) {
	v.T.Helper()
	var lines []statement.Line
	for _, b := range all {
		lines = append(lines, v.Line(b, lot))
	}
	v.Import(v.Station, Statement(lines...))
}

// Import takes a file in, and is what became of it.
func (v *Village) Import(who identity.Actor, file []byte) bidding.Import {
	v.T.Helper()
	id, err := v.Bidding.ImportStatement(v.T.Context(), who, event.NewID(), bidding.StatementForm{File: file})
	v.ok(err)
	i, err := v.Bidding.SeeImport(v.T.Context(), who, id)
	v.ok(err)
	return i
}

// Admit qualifies bidders who have paid.
func (v *Village) Admit(all ...*Bidder) {
	v.T.Helper()
	for _, b := range all {
		_, err := v.Bidding.Qualify(v.T.Context(), v.Station, event.NewID(), b.Entry, bidding.Decision{
			Version: 1,
			Seen:    true,
			Grant:   b.Claim != "",
		})
		v.ok(err)
	}
}

// Open announces a tender, admits the bidders and moves the clock to its opening.
func (v *Village) Open(all ...*Bidder) trading.Lot {
	v.T.Helper()
	return v.OpenOf(v.Tender(trading.Announced), all...)
}

// OpenOf admits the bidders to an announced tender's lot and moves the clock to its opening.
func (v *Village) OpenOf(t trading.Tender, all ...*Bidder) trading.Lot {
	v.T.Helper()
	v.Enter(t.Lot, all...)
	v.Pay(t.Lot, all...)
	v.Admit(all...)
	v.Clock.Set(t.OpensAt)
	v.ok(v.Bidding.OpenLot(v.T.Context(), t.Lot))
	return v.Lot(t.Lot)
}

// Bid places a bid at an instant.
func (v *Village) Bid(b *Bidder, lot string, at time.Time, price money.Fen, match bool) (trading.Receipt, error) {
	v.Clock.Set(at)
	return v.Bidding.PlaceBid(v.T.Context(), b.Actor, event.NewID(), trading.BidForm{
		Lot:   lot,
		Price: price,
		Match: match,
	}, at)
}

// Lot reads a lot.
func (v *Village) Lot(id string) trading.Lot {
	v.T.Helper()
	l, err := v.DB.Lot(v.T.Context(), id, identity.Everywhere)
	v.ok(err)
	return l
}

func (v *Village) ok(err error) {
	if err != nil {
		v.T.Helper()
		v.T.Fatal(err)
	}
}
