package main

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// bidder is somebody with an account of the bidder's own, by the API.
type bidder struct {
	*client
	login, name, account string
}

// bidder opens a bidder's account.
func (r *running) bidder() bidder {
	r.t.Helper()
	r.joined++
	b := bidder{login: fmt.Sprintf("jing%d", r.joined), name: fmt.Sprintf("竞买户%d", r.joined), account: fmt.Sprintf("6222%012d", r.joined)}
	r.nobody().must("/api/v1/accounts", object{"name": b.name, "login": b.login, "password": demoPassword})
	b.client = r.program(b.login)
	return b
}

// form is the bidder's registration for a lot, without a priority right.
func (b bidder) form(lot string) object {
	return object{"lot": lot, "phone": "13800000000", "account": b.account, "claim": "", "proof": []string{}, "agreed": true}
}

// claims is the bidder's registration with a priority right.
func (b bidder) claims(lot, claim string) object {
	return with(with(b.form(lot), "claim", claim), "proof", []string{b.photo(70)})
}

// lot reads a lot as it is kept.
func (r *running) lot(id string) trading.Lot {
	r.t.Helper()
	l, err := r.db.Lot(r.t.Context(), id, identity.Everywhere)
	r.ok(err)
	return l
}

// line is the row of a statement in which the bidder pays a lot's deposit now;
// the serial is for finding it again.
func (b bidder) line(lot string) (row, serial string) {
	l := b.r.lot(lot)
	serial = event.NewID()
	return fmt.Sprintf("%s,%s,%s,%s,%s,%s\n", serial, b.r.clock.Now().In(calendar.Beijing).Format(time.DateTime), b.name, b.account,
		strings.ReplaceAll(l.Deposit.Yuan(), ",", ""), l.Code), serial
}

// statement is a bank's file of those rows.
func statement(rows ...string) []byte {
	return []byte("流水号,交易时间,对方户名,对方账号,收入金额,附言\n" + strings.Join(rows, ""))
}

// inBase64 is a statement as the API takes it.
func inBase64(rows ...string) object {
	return object{"csv": base64.StdEncoding.EncodeToString(statement(rows...))}
}

// pay imports the deposits of bidders for a lot.
func (r *running) pay(lot string, all ...bidder) {
	r.t.Helper()
	var rows []string
	for _, b := range all {
		row, _ := b.line(lot)
		rows = append(rows, row)
	}
	if said, want := r.program("station").must("/api/v1/statements", inBase64(rows...)), fmt.Sprintf("%d/%[1]d", len(all)); said != want {
		r.t.Fatalf("the statement matched %s, want %s", said, want)
	}
}

// entered registers a new bidder for a lot.
func (r *running) entered(lot string) (b bidder, registration string) {
	r.t.Helper()
	b = r.bidder()
	return b, b.must("/api/v1/registrations", b.form(lot))
}

// paid registers a new bidder for a lot, whose deposit has come.
func (r *running) paid(lot string) (b bidder, registration string) {
	r.t.Helper()
	b, registration = r.entered(lot)
	r.pay(lot, b)
	return b, registration
}

// qualified registers a bidder for a lot and admits him.
func (r *running) qualified(lot string, b bidder, form object, grant bool) {
	r.t.Helper()
	id := b.must("/api/v1/registrations", form)
	r.pay(lot, b)
	r.program("station").must("/api/v1/registrations/"+id+"/qualify", object{"version": 1, "seen": true, "grant": grant})
}

// jump moves the demonstration's clock to an instant.
func (r *running) jump(to time.Time) { r.clock.ahead.Add(int64(to.Sub(r.clock.Now()))) }

// work carries out what is due by the clock.
func (r *running) work() {
	r.t.Helper()
	r.ok(r.bidding.Work(r.t.Context()))
}

// auction is a lot with two bidders: the first wins, the second has the right of
// a member.
type auction struct {
	lot            string
	winner, member bidder
}

// auction announces a lot and admits its bidders.
func (r *running) auction(d desks, winner, member bidder) auction {
	r.t.Helper()
	a := auction{d.tender(4), winner, member}
	r.qualified(a.lot, winner, winner.form(a.lot), false)
	r.qualified(a.lot, member, member.claims(a.lot, "member"), true)
	return a
}

// opened moves the clock to a lot's opening and works; closed to its end, settled
// to the end of the publicity of its result.
func (r *running) opened(lot string) { r.jump(r.lot(lot).Board.OpensAt); r.work() }
func (r *running) closed(lot string) { r.jump(r.lot(lot).Board.EndsAt); r.work() }
func (r *running) settled(lot string) {
	r.t.Helper()
	a, err := r.db.Award(r.t.Context(), lot)
	r.ok(err)
	r.jump(a.PublicUntil)
	r.work()
}

// elsewhere founds a township of its own with an official of its station.
func (r *running) elsewhere() (login string) {
	r.t.Helper()
	admin := r.program("admin")
	town := admin.must("/api/v1/orgs", object{"kind": "township", "name": "石桥镇", "parent": r.org("示范县")})
	station := admin.must("/api/v1/orgs", object{"kind": "department", "name": "石桥镇经管站", "parent": town})
	id := admin.must("/api/v1/people", object{"name": "石桥镇经管员", "login": "station2", "org": station, "role": "station"})
	hash, err := identity.HashPassword("station2", demoPassword)
	r.ok(err)
	r.ok(r.db.SetPassword(r.t.Context(), id, hash, false))
	return "station2"
}
