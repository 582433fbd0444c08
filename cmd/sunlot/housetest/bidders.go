package housetest

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"time"

	"sunlot/cmd/sunlot/demo"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// Bidder is somebody with an account of the bidder's own, by the API.
type Bidder struct {
	*Client
	Login, Name, Account string
}

// Bidder opens a bidder's account.
func (r *House) Bidder() Bidder {
	r.T.Helper()
	r.joined++
	b := Bidder{
		Login:   fmt.Sprintf("jing%d", r.joined),
		Name:    fmt.Sprintf("竞买户%d", r.joined),
		Account: fmt.Sprintf("6222%012d", r.joined),
	}
	r.Nobody().Must("/api/v1/accounts", Object{"name": b.Name, "login": b.Login, "password": demo.Password})
	b.Client = r.Program(b.Login)
	return b
}

// Form is the bidder's registration for a lot, without a priority right.
func (b Bidder) Form(lot string) Object {
	return Object{
		"lot":     lot,
		"phone":   "13800000000",
		"account": b.Account,
		"as":      "outsider",
		"claim":   "",
		"proof":   []string{},
		"agreed":  true,
	}
}

// Claims is the bidder's registration with a priority right.
func (b Bidder) Claims(lot, claim string) Object {
	form := With(With(b.Form(lot), "claim", claim), "proof", []string{b.Photo(70)})
	if claim == string(trading.MemberFirst) {
		form = With(form, "as", "member")
	}
	return form
}

// Lot reads a lot as it is kept.
func (r *House) Lot(id string) trading.Lot {
	r.T.Helper()
	l, err := r.DB.Lot(r.T.Context(), id, identity.Everywhere)
	r.Ok(err)
	return l
}

// Line is the row of a statement in which the bidder pays a lot's deposit now;
// the serial is for finding it again.
func (b Bidder) Line(lot string) (row, serial string) {
	l := b.R.Lot(lot)
	serial = event.NewID()
	return fmt.Sprintf("%s,%s,%s,%s,%s,%s\n", serial, b.R.Clock.Now().In(calendar.Beijing).Format(time.DateTime),
		b.Name, b.Account,
		strings.ReplaceAll(l.Deposit.Yuan(), ",", ""), l.Code), serial
}

// Statement is a bank's file of those rows.
func Statement(rows ...string) []byte {
	return []byte("流水号,交易时间,对方户名,对方账号,收入金额,附言\n" + strings.Join(rows, ""))
}

// InBase64 is a statement as the API takes it.
func InBase64(rows ...string) Object {
	return Object{"csv": base64.StdEncoding.EncodeToString(Statement(rows...))}
}

// Pay imports the deposits of bidders for a lot.
func (r *House) Pay(lot string, all ...Bidder) {
	r.T.Helper()
	var rows []string
	for _, b := range all {
		row, _ := b.Line(lot)
		rows = append(rows, row)
	}
	taken(r, len(all), rows...)
}

// taken takes rows in, of which so many are to be somebody's deposit.
func taken(r *House, matched int, rows ...string) {
	r.T.Helper()
	station := r.Program("station")
	id := station.Must("/api/v1/statements", InBase64(rows...))
	var i struct {
		Done    bool
		Matched int
	}
	station.Get("/api/v1/imports/"+id).Into(r.T, &i)
	if !i.Done || i.Matched != matched {
		r.T.Fatalf("the statement matched %d, want %d", i.Matched, matched)
	}
}

// Entered registers a new bidder for a lot.
func (r *House) Entered(lot string) (b Bidder, registration string) {
	r.T.Helper()
	b = r.Bidder()
	return b, b.Must("/api/v1/registrations", b.Form(lot))
}

// Paid registers a new bidder for a lot, whose deposit has come.
func (r *House) Paid(lot string) (b Bidder, registration string) {
	r.T.Helper()
	b, registration = r.Entered(lot)
	r.Pay(lot, b)
	return b, registration
}

// Qualified registers a bidder for a lot and admits him.
func (r *House) Qualified(lot string, b Bidder, form Object, grant bool) {
	r.T.Helper()
	id := b.Must("/api/v1/registrations", form)
	r.Pay(lot, b)
	r.Program("station").Must("/api/v1/registrations/"+id+"/qualify", Object{
		"version": 1,
		"seen":    true,
		"grant":   grant,
	})
}

// Jump moves the demonstration's clock to an instant.
func (r *House) Jump(to time.Time) { r.Clock.Ahead.Add(int64(to.Sub(r.Clock.Now()))) }

// Work carries out what is due by the clock.
func (r *House) Work() {
	r.T.Helper()
	r.Ok(r.Bidding.Work(r.T.Context()))
}

// Auction is a lot with two bidders: the first wins, the second has the right of
// a member.
type Auction struct {
	Tender, Lot    string
	Winner, Member Bidder
}

// Auction announces a lot and admits its bidders.
func (r *House) Auction(d Desks, winner, member Bidder) Auction {
	r.T.Helper()
	tender := d.Tender(4)
	a := Auction{Tender: tender, Lot: d.LotOf(tender), Winner: winner, Member: member}
	r.Qualified(a.Lot, winner, winner.Form(a.Lot), false)
	r.Qualified(a.Lot, member, member.Claims(a.Lot, "member"), true)
	return a
}

// Opened moves the clock to a lot's opening and works; closed beyond its end, settled
// to the end of the publicity of its result.
func (r *House) Opened(lot string) { r.Jump(r.Lot(lot).Board.OpensAt); r.Work() }

func (r *House) Closed(lot string) { r.Jump(r.Lot(lot).ClosesAt()); r.Work() }

func (r *House) Settled(lot string) {
	r.T.Helper()
	a, err := r.DB.Award(r.T.Context(), lot)
	r.Ok(err)
	r.Jump(a.SettlesAt())
	r.Work()
}

// Elsewhere founds a township of its own with an official of its station.
func (r *House) Elsewhere() (login string) {
	r.T.Helper()
	admin := r.Program("admin")
	town := admin.Must("/api/v1/orgs", Object{"kind": "township", "name": "石桥镇", "parent": r.Org("示范县")})
	station := admin.Must("/api/v1/orgs", Object{"kind": "department", "name": "石桥镇经管站", "parent": town})
	id := r.Appoint(Object{"name": "石桥镇经管员", "login": "station2", "org": station, "role": "station"})
	hash, err := identity.HashPassword("station2", demo.Password)
	r.Ok(err)
	r.Ok(r.DB.SetPassword(r.T.Context(), id, hash, false))
	return "station2"
}

// Masks hide what differs between any two readings of a page, also the minute
// in which a page to be sent on was drawn.
var Masks = regexp.MustCompile(`name="(csrf|request_id)" value="[^"]*"|(src|href)="/static/[^"]*"` +
	`|"reference":"[a-z0-9]*"|编号 <code>[a-z0-9]*</code>|20\d\d年\d+月\d+日 \d+:\d+ 的情况|data-now="[^"]*"`)

func FirstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("before …%s\nafter  …%s", cutAt(a, i), cutAt(b, i))
}

func cutAt(s string, i int) string { return s[max(0, i-60):min(len(s), i+120)] }

func Values(m map[string]string) []string {
	var all []string
	for _, v := range m {
		all = append(all, v)
	}
	return all
}

// Admitted registers so many bidders, imports their deposits and qualifies them,
// over the API.
func (r *House) Admitted(lot string, n int) (logins []string) {
	r.T.Helper()
	l, err := r.DB.Lot(r.T.Context(), lot, identity.Everywhere)
	r.Ok(err)
	rows := ""
	var entries []string
	for i := range n {
		name, login := fmt.Sprintf("竞买人%d", i), fmt.Sprintf("jingmai%d", i)
		r.Nobody().Must("/api/v1/accounts", Object{"name": name, "login": login, "password": demo.Password})
		bidder := r.Program(login)
		account := fmt.Sprintf("62220000%08d", i)
		entries = append(entries, bidder.Must("/api/v1/registrations", Object{
			"lot":     lot,
			"phone":   "13800000000",
			"account": account,
			"as":      "outsider",
			"claim":   "",
			"proof":   []string{},
			"agreed":  true,
		}))
		logins = append(logins, login)
		rows += fmt.Sprintf("S%d,%s,%s,%s,%s,%s\n", i, r.Clock.Now().Format("2006-01-02 15:04:05"), name, account,
			strings.ReplaceAll(l.Deposit.Yuan(), ",", ""), l.Code)
	}
	taken(r, n, rows)
	station := r.Program("station")
	for _, id := range entries {
		station.Must("/api/v1/registrations/"+id+"/qualify", Object{
			"version": 1,
			"seen":    true,
			"grant":   false,
			"reason":  "",
		})
	}
	return logins
}

// Objection is one that may be raised against any result.
var Objection = Object{"target": "village", "name": "村民甲", "phone": "13900000000", "text": "看样日没有通知。"}
