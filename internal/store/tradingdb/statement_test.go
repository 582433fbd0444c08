package tradingdb_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/statement"
)

func receiving(id, number string) bidding.Account {
	return bidding.Account{
		ID:       id,
		Path:     "/c/t1/",
		Number:   number,
		Name:     "经管站保证金专户",
		Version:  1,
		OpenedBy: "clerk1",
		OpenedAt: storetest.Minute,
	}
}

func taking(n int) bidding.Withdrawal {
	w := bidding.Withdrawal{
		ID:        "w" + string(rune('0'+n)),
		Receiving: "b1",
		Path:      "/c/t1/",
		Kind:      statement.Undone,
		State:     bidding.WithdrawalOpen,
		Version:   1,
		Line:      payment(n).Line,
		Original:  "S9",
	}
	w.Serial = "W" + w.ID
	return w
}

// TestStatementsComeBackAsTheyWent: accounts, imports with their rows, and what
// the bank took back, each within its place.
func TestStatementsComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	eachLot(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		ctx := t.Context()
		i := bidding.Import{
			ID:          "i1",
			Account:     "b1",
			AccountName: "经管站保证金专户",
			Path:        "/c/t1/",
			File:        storetest.Hash('f'),
			Total:       9,
			Next:        3,
			Counts: map[bidding.Outcome]int{bidding.RowTaken: 1, bidding.RowKnown: 2, bidding.RowReversed: 3,
				bidding.RowSkipped: 4, bidding.RowRefused: 5},
			Matched:    6,
			ImportedBy: "clerk1",
			ImportedAt: storetest.Minute,
		}
		rows := []bidding.ImportRow{
			{Import: "i1", Number: 2, Outcome: bidding.RowTaken, Reason: "已核对", Serial: "S1", PaidOn: "2026-11-23",
				Payer: "甲", Amount: 5, Deposit: "d1"},
			{Import: "i1", Number: 3, Outcome: bidding.RowSkipped, Reason: "没有收入或支出金额"},
		}
		d := payment(1)
		d.Former, d.RefundRow, d.Aside, d.RefundTrace = "q2", "w1", true, "T-1"
		d.Hand = trading.ByHand{Registration: "q1", Reason: "名字写法不同", By: "clerk1", At: storetest.Minute}
		w := taking(1)
		w.Deposit = "d1"
		storetest.Must(t, keep(t, db, func(tx lotTx) error {
			return errors.Join(tx.SaveDeposit(d), tx.AddImport(i), tx.AddImportRows(rows), tx.AddImportRows(nil),
				tx.SaveWithdrawal(w), tx.SaveWithdrawal(taking(2)))
		}))
		same := func(what string, got, want any, err error) {
			t.Helper()
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v, want %+v, %v", what, got, want, err)
			}
		}
		gotD, err := db.Deposit(ctx, "d1", storetest.East)
		same("a payment", gotD, d, err)
		gotI, err := db.ImportByID(ctx, "i1", storetest.East)
		same("an import", gotI, i, err)
		_, err = db.ImportByID(ctx, "i1", storetest.West)
		same("an import elsewhere", string(fault.CodeOf(err)), "not_found", nil)
		list, n, err := db.Imports(ctx, casework.Query{Scope: storetest.East})
		same("imports", list, []bidding.Import{i}, err)
		same("how many", n, 1, nil)
		gotRows, _, err := db.ImportRows(ctx, casework.Query{Parent: "i1"})
		same("rows", gotRows, rows, err)
		gotRows, _, err = db.ImportRows(ctx, casework.Query{Parent: "i1", States: []casework.State{"skipped"}})
		same("rows by outcome", gotRows, rows[1:], err)
		gotRows, _, err = db.ImportRows(ctx, casework.Query{Parent: "村"})
		same("rows of nothing", len(gotRows), 0, err)
		accounts, err := db.Accounts(ctx, storetest.East)
		same("accounts", accounts, []bidding.Account{receiving("b1", "36001234567890"),
			receiving("b2", "36001234567891")}, err)
		accounts, err = db.Accounts(ctx, storetest.West)
		same("accounts elsewhere", len(accounts), 0, err)
		open, _, err := db.Withdrawals(ctx, casework.Query{
			Scope:  identity.Everywhere,
			States: []casework.State{bidding.WithdrawalOpen},
		})
		same("what was taken back, the newest first", open, []bidding.Withdrawal{taking(2), w}, err)
		seen, err := db.SeenBefore(ctx, []string{"S1", "WW2", "none"})
		same("seen before", len(seen), 2, err)
		within(ctx, t, db, i, same)
	})
}

// within looks at the same inside a transaction, and takes it on.
func within(ctx context.Context, t *testing.T, db *storetest.DB, i bidding.Import, same func(string, any, any, error)) {
	t.Helper()
	storetest.Must(t, work(t, db, func(tx lotTx) error {
		got, err := tx.Unfinished("b1", storetest.Hash('f'))
		same("the unfinished", got, i, err)
		got, err = tx.Import("i1", storetest.East)
		same("the locked", got, i, err)
		i.DoneAt = storetest.Minute.Add(time.Second)
		same("saved", nil, nil, tx.SaveImport(i))
		_, err = tx.Unfinished("b1", storetest.Hash('f'))
		same("none is unfinished", string(fault.CodeOf(err)), "not_found", nil)
		w, err := tx.Withdrawal("b1", statement.Undone, taking(2).Line)
		same("of that number", w, taking(2), err)
		open, err := tx.OpenWithdrawals("b1", statement.Undone, 154400)
		same("open of that sum", len(open), 2, err)
		taken, err := tx.TakenFrom("q2")
		same("taken from a registration", storetest.IDs(taken, depositID), "d1", err)
		used, err := tx.TraceUsed("b1", "T-1")
		same("a number used", used, true, err)
		used, err = tx.TraceUsed("b2", "T-1")
		same("and free elsewhere", used, false, err)
		return nil
	}))
	for what, save := range map[string]func(lotTx) error{
		"an account's number again": func(tx lotTx) error { return tx.SaveAccount(receiving("b9", "36001234567890")) },
		"an outdated withdrawal": func(tx lotTx) error {
			w := taking(1)
			w.Version = 5
			return tx.SaveWithdrawal(w)
		},
	} {
		if err := work(t, db, save); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("%s: %v", what, err)
		}
	}
	if i, err := db.ImportByID(ctx, "i1", storetest.East); err != nil || i.DoneAt.IsZero() {
		t.Errorf("%+v, %v", i, err)
	}
}
