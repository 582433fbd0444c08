package tradingdb_test

import (
	"errors"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/contracts"
)

// let leads the tender n+id of asset a+id to a contract with two payments, of
// which the first was received in part.
func let(t *testing.T, db *storetest.DB, id string, path identity.Path, lastRent money.Fen, state string) {
	t.Helper()
	a, r, n, l, won, c := pond(), vote(), letting(), pondLot(), award(), lease()
	a.ID, r.ID, n.ID, l.ID, won.Lot, c.Lot = "a"+id, "r"+id, "n"+id, "l"+id, "l"+id, "l"+id
	l.Tender = n.ID
	a.Path, r.Path, n.Path, l.Path, won.Path, c.Path = path, path, path, path, path, path
	r.Asset, n.Asset, n.Resolution, n.State = a.ID, a.ID, r.ID, trading.Announced
	reg := registration(1)
	reg.ID, reg.Lot, reg.Number = "q"+id, l.ID, ""
	won.Registration, won.LastYearly = reg.ID, money.Yearly(lastRent, 3860)
	l.Code, c.Number = "BDABCDEFG"+id, "SL-"+id
	if state == "signed" {
		c.State, c.SignedAt = contracts.Signed, storetest.Minute
	}
	storetest.Must(t, work(t, db, func(tx lotTx) error {
		trade := tx.(interface {
			SaveAsset(a trading.Asset) error
			SaveResolution(r trading.Resolution) error
		})
		if _, err := tx.Lock(l.Stream()); err != nil {
			return err
		}
		return errors.Join(trade.SaveAsset(a), trade.SaveResolution(r), tx.SaveTender(n), tx.AddLot(l),
			tx.SaveRegistration(reg), tx.SaveAward(won), tx.SaveContract(c), tx.AddSchedule([]contracts.Payment{
				{Lot: l.ID, Number: 1, DueOn: "2026-12-30", Due: 1000, Received: 400},
				{Lot: l.ID, Number: 2, DueOn: "2028-03-01", Due: 2000},
			}))
	}))
}

// What a place's signed contracts bring, and what is overdue of it: nothing on
// the day itself, the rest on the day after.
func TestTotalsOfSignedContracts(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		let(t, db, "1", "/c/t1/v1/", 35000, "signed")
		let(t, db, "2", "/c/t1/v1/", 0, "signed") // never let before
		let(t, db, "3", "/c/t10/v2/", 45000, "signed")
		let(t, db, "4", "/c/t1/v1/", 35000, "offered")
		// 3860 hundredths of a mu at 41000 fen bring 1,582,600 a year.
		overStart := money.Yearly(41000, 3860) - money.Yearly(40000, 3860)
		overLast := money.Yearly(41000, 3860) - money.Yearly(35000, 3860)
		less := money.Yearly(41000, 3860) - money.Yearly(45000, 3860)
		totals := func(n int, received, due, arrears money.Fen) contracts.Totals {
			return contracts.Totals{
				Contracts: n,
				Accounts: contracts.Accounts{
					Whole:    money.Fen(3000 * n),
					Due:      due,
					Received: received,
					Arrears:  arrears,
				},
				OverStart: overStart * money.Fen(n),
			}
		}
		for _, c := range []struct {
			in     identity.Scope
			today  calendar.Date
			want   contracts.Totals
			before int
			gained money.Fen
		}{
			{in: storetest.East, today: "2026-12-29", want: totals(2, 800, 0, 0), before: 1, gained: overLast},
			{in: storetest.East, today: "2026-12-30", want: totals(2, 800, 2000, 0), before: 1, gained: overLast},
			{in: storetest.East, today: "2026-12-31", want: totals(2, 800, 2000, 1200), before: 1, gained: overLast},
			{in: storetest.West, today: "2028-03-02", want: totals(1, 400, 3000, 2600), before: 1, gained: less},
			{
				in:     identity.Everywhere,
				today:  "2026-12-31",
				want:   totals(3, 1200, 3000, 1800),
				before: 2,
				gained: overLast + less,
			},
			{in: nil, today: "2026-12-31"},
		} {
			c.want.Before, c.want.OverLast = c.before, c.gained
			got, err := db.Totals(t.Context(), c.in, c.today)
			storetest.Must(t, err)
			storetest.Same(t, string(c.today), got, c.want)
		}
	})
}

// What assets are doing: each announced tender with its lot, and its contract once there is one.
func TestLettingsOfAssets(t *testing.T) {
	t.Parallel()
	eachLot(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		read := func(assets ...string) []contracts.Letting {
			t.Helper()
			got, err := db.Lettings(t.Context(), assets)
			storetest.Must(t, err)
			return got
		}
		if got := read("a1"); len(got) != 0 {
			t.Errorf("while it is being drafted: %+v", got)
		}
		n := letting()
		n.Version, n.State, n.OpensAt = 2, trading.Announced, storetest.Minute
		storetest.Must(t, work(t, db, func(tx lotTx) error { return tx.SaveTender(n) }))
		want := contracts.Letting{
			Asset:   "a1",
			Tender:  "n1",
			Lot:     "l1",
			State:   trading.Listed,
			OpensAt: storetest.Minute,
		}
		storetest.Same(t, "announced", read("a1"), []contracts.Letting{want})
		c := lease()
		c.State, c.SignedAt = contracts.Signed, storetest.Minute.Add(time.Hour)
		storetest.Must(t, work(t, db, func(tx lotTx) error {
			return errors.Join(tx.SaveAward(award()), tx.SaveContract(c))
		}))
		want.Contract, want.StartsOn, want.EndsOn = contracts.Signed, c.StartsOn, c.EndsOn
		storetest.Same(t, "signed", read("none", "a1", "塘", "a1 "), []contracts.Letting{want})
		for _, none := range [][]string{nil, {"塘"}, {"a1 "}, {"A1"}} {
			if got := read(none...); len(got) != 0 {
				t.Errorf("of %q: %+v", none, got)
			}
		}
	})
}
