package badinput

import (
	"errors"
	"strconv"
	"strings"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/statement"
)

// Received imports a payment whose memo names no lot, and is its id.
func (b *Bench) Received() string {
	row, serial := b.Bidder().Line(b.OpenLot)
	b.Desks.Station.Must("/api/v1/statements",
		housetest.InBase64(strings.Replace(row, b.Lot(b.OpenLot).Code, "保证金", 1)))
	return b.Deposit(serial)
}

// Told is a deposit account whose station has told the columns of a bank that is not
// known, and its version.
func (b *Bench) Told() (id, version string) {
	row, _ := b.Bidder().Line(b.OpenLot)
	file := []byte("甲列,乙列,丙列,丁列,戊列,己列\n" + row)
	_, err := statement.Read(file)
	var unclear *statement.Unclear
	if !errors.As(err, &unclear) {
		b.T.Fatal(err)
	}
	form := bidding.StatementForm{
		File: file,
		Header: statement.Header{
			Key:     statement.Key(unclear.Titles),
			Columns: map[string]int{"serial": 0, "time": 1, "payer": 2, "account": 3, "credit": 4, "memo": 5},
		},
	}
	_, err = b.Bidding.ImportStatement(b.T.Context(), b.Actor("station"), event.NewID(), form)
	if !errors.As(err, &unclear) {
		b.T.Fatal(err)
	}
	form.Seen = unclear.Reading
	_, err = b.Bidding.ImportStatement(b.T.Context(), b.Actor("station"), event.NewID(), form)
	b.Ok(err)
	accounts, err := b.Bidding.SeeAccounts(b.T.Context(), b.Actor("station"))
	b.Ok(err)
	return accounts[0].ID, strconv.Itoa(accounts[0].Version)
}

// Due is a payment on its way back.
func (b *Bench) Due() string {
	id := b.Received()
	b.Desks.Station.Must("/api/v1/deposits/"+id+"/reject", housetest.Object{"version": 1})
	return id
}

// Noted is a payment whose refund one person has typed.
func (b *Bench) Noted() string {
	id := b.Due()
	b.Desks.Colleague.Must("/api/v1/deposits/"+id+"/refund", housetest.Object{"version": 2, "trace": "TK-" + id})
	return id
}

// Proposed is a payment of which one person has said whose it is.
func (b *Bench) Proposed() string {
	_, entry := b.Entered(b.OpenLot)
	id := b.Received()
	_, err := b.Bidding.ProposeMatch(b.T.Context(), b.Actor("stationb"), event.NewID(), id, bidding.HandForm{
		Version:      1,
		Registration: entry,
		Reason:       "户口簿载明曾用名",
	})
	b.Ok(err)
	return id
}

// Withdrawn is a reversal of the bank whose payment nobody finds.
func (b *Bench) Withdrawn() string {
	row, serial := b.Bidder().Line(b.OpenLot)
	b.Desks.Station.Must("/api/v1/statements", housetest.InBase64(reversing(row)))
	list, _, err := b.Bidding.SeeWithdrawals(b.T.Context(), b.Actor("station"), casework.Query{
		Text: serial,
		Page: identity.Page{Number: 1, Size: identity.MaxPage},
	})
	b.Ok(err)
	return list[0].ID
}

// Undone is the winner's deposit in a lot that has opened, after the bank has taken it back.
func (b *Bench) Undone(a housetest.Auction) string {
	row, _ := a.Winner.Line(a.Lot)
	b.Desks.Station.Must("/api/v1/statements", housetest.InBase64(reversing(row)))
	list, _, err := b.Bidding.SeeDeposits(b.T.Context(), b.Actor("station"), casework.Query{
		States: []casework.State{trading.Undone},
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	b.Ok(err)
	return list[0].ID
}

// Secure pays the winner's deposit anew where the bank has taken it back: a reversal takes
// another of the payer's when that of its own lot is gone.
func (b *Bench) Secure(a housetest.Auction) {
	list, _, err := b.Bidding.SeeDeposits(b.T.Context(), b.Actor("station"), casework.Query{
		States: []casework.State{trading.Undone, trading.Reversed},
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	b.Ok(err)
	for _, d := range list {
		if d.Lot == a.Lot && d.Payer == a.Winner.Name {
			row, _ := a.Winner.Line(a.Lot)
			b.Desks.Station.Must("/api/v1/statements", housetest.InBase64(row))
			return
		}
	}
}

// reversing is the row that takes a payment back.
func reversing(row string) string {
	cells := strings.Split(row, ",")
	cells[4] = "-" + cells[4]
	return strings.Join(cells, ",")
}

// Deposit is the id of the payment with that serial.
func (b *Bench) Deposit(serial string) string {
	b.T.Helper()
	var list struct{ Items []struct{ ID string } }
	b.Desks.Station.Get("/api/v1/deposits?q="+serial).Into(b.T, &list)
	if len(list.Items) != 1 {
		b.T.Fatalf("%s finds %d payments", serial, len(list.Items))
	}
	return list.Items[0].ID
}

// Statements are files that are no statement, by what is wrong with them.
func Statements(row string) map[string]string {
	return map[string]string{
		"nothing":               "",
		"a text":                "no statement",
		"a workbook":            "PK\x03\x04" + string(housetest.Statement(row)),
		"no payments' columns":  "流水号,金额\n1,2\n",
		"a line cut off":        string(housetest.Statement(row[:len(row)/2])),
		"no such day":           string(housetest.Statement(strings.Replace(row, "2026-", "2026-99-", 1))),
		"the same serial twice": string(housetest.Statement(row, row)),
		"a rounded account":     string(housetest.Statement(strings.Replace(row, "6222000", "6.222E+1", 1))),
	}
}
