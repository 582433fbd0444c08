package badinput

import (
	"strings"

	"sunlot/cmd/sunlot/housetest"
)

// Received imports a payment whose memo names no lot, and is its id.
func (b *Bench) Received() string {
	row, serial := b.Bidder().Line(b.OpenLot)
	b.Desks.Station.Must("/api/v1/statements",
		housetest.InBase64(strings.Replace(row, b.Lot(b.OpenLot).Code, "保证金", 1)))
	return b.Deposit(serial)
}

// Due is a payment on its way back.
func (b *Bench) Due() string {
	id := b.Received()
	b.Desks.Station.Must("/api/v1/deposits/"+id+"/reject", housetest.Object{"version": 1})
	return id
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
