package tradingdb

import (
	"context"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/statement"
)

const noWithdrawal = "没有找到这笔支出或冲正"

type withdrawalRow struct {
	ID        string  `gorm:"column:id;primaryKey"`
	Receiving string  `gorm:"column:bank_account_id"`
	Path      string  `gorm:"column:path"`
	Kind      string  `gorm:"column:kind"`
	State     string  `gorm:"column:state"`
	Version   int     `gorm:"column:version"`
	Serial    string  `gorm:"column:serial"`
	SerialKey string  `gorm:"column:serial_key"`
	PaidOn    string  `gorm:"column:paid_on"`
	PaidAt    int64   `gorm:"column:paid_at"`
	Payer     string  `gorm:"column:payer"`
	Account   string  `gorm:"column:account"`
	Amount    int64   `gorm:"column:amount"`
	Memo      string  `gorm:"column:memo"`
	Original  string  `gorm:"column:original"`
	Deposit   *string `gorm:"column:deposit_id"`
	Note      string  `gorm:"column:note"`
	SettledBy string  `gorm:"column:settled_by"`
	SettledAt *int64  `gorm:"column:settled_at"`
}

func (withdrawalRow) TableName() string { return "withdrawals" }

func (r withdrawalRow) noun() bidding.Withdrawal {
	w := bidding.Withdrawal{
		ID:        r.ID,
		Receiving: r.Receiving,
		Path:      identity.Path(r.Path),
		Kind:      statement.Kind(r.Kind),
		State:     casework.State(r.State),
		Version:   r.Version,
		Original:  r.Original,
		Deposit:   orEmpty(r.Deposit),
		Note:      r.Note,
		SettledBy: r.SettledBy,
		SettledAt: store.FromOptional(r.SettledAt),
	}
	w.Line = statement.Line{
		Serial:  r.Serial,
		PaidAt:  store.FromMillis(r.PaidAt),
		Payer:   r.Payer,
		Account: r.Account,
		Amount:  money.Fen(r.Amount),
		Memo:    r.Memo,
	}
	return w
}

// SaveWithdrawal implements bidding.StatementTx.
func (t *Tx) SaveWithdrawal(w bidding.Withdrawal) error {
	row := withdrawalRow{
		ID:        w.ID,
		Receiving: w.Receiving,
		Path:      string(w.Path),
		Kind:      string(w.Kind),
		State:     string(w.State),
		Version:   w.Version,
		Serial:    w.Serial,
		SerialKey: statement.FoldNumber(w.Serial),
		PaidOn:    string(w.Day()),
		PaidAt:    store.Millis(w.PaidAt),
		Payer:     w.Payer,
		Account:   w.Account,
		Amount:    int64(w.Amount),
		Memo:      w.Memo,
		Original:  w.Original,
		Deposit:   textOrNull(w.Deposit),
		Note:      w.Note,
		SettledBy: w.SettledBy,
		SettledAt: store.Optional(w.SettledAt),
	}
	return t.SaveVersion(&row, w.ID, w.Version)
}

// Withdrawal implements bidding.StatementTx.
func (t *Tx) Withdrawal(account string, kind statement.Kind, line statement.Line) (bidding.Withdrawal, error) {
	var row withdrawalRow
	err := t.SQL().Where("bank_account_id = ? AND serial_key = ? AND paid_on = ? AND kind = ?", account,
		statement.FoldNumber(line.Serial), string(line.Day()), string(kind)).Take(&row).Error
	return row.noun(), store.NoSuch(err, noWithdrawal)
}

// OpenWithdrawals implements bidding.StatementTx.
func (t *Tx) OpenWithdrawals(account string, kind statement.Kind, amount money.Fen) ([]bidding.Withdrawal, error) {
	var rows []withdrawalRow
	err := t.SQL().Where("bank_account_id = ? AND kind = ? AND amount = ? AND state = ?", account, string(kind),
		int64(amount), string(bidding.WithdrawalOpen)).Order("paid_at, id").Find(&rows).Error
	return store.Nouns(rows, withdrawalRow.noun), err
}

// WithdrawalByID implements bidding.StatementTx.
func (t *Tx) WithdrawalByID(id string, in identity.Scope) (bidding.Withdrawal, error) {
	err := t.LockRow(&withdrawalRow{}, id)
	if err != nil {
		return bidding.Withdrawal{}, store.NoSuch(err, noWithdrawal)
	}
	var row withdrawalRow
	err = store.Within(t.SQL(), "path", in).Where("id = ?", id).Take(&row).Error
	return row.noun(), store.NoSuch(err, noWithdrawal)
}

// Withdrawals implements bidding.StatementStore.
func (db *DB) Withdrawals(ctx context.Context, q casework.Query) ([]bidding.Withdrawal, int, error) {
	session := InStates(store.Within(db.Read(ctx).Table("withdrawals"), "withdrawals.path", q.Scope), "withdrawals", q)
	var rows []withdrawalRow
	total, err := store.Searched(session, func(s *gorm.DB) *gorm.DB { return s }, q.Text, "withdrawals.payer",
		"withdrawals.serial", "withdrawals.memo").
		Page("COALESCE(withdrawals.paid_at, 0) DESC, withdrawals.id DESC", q.Page, &rows)
	return store.Nouns(rows, withdrawalRow.noun), total, err
}

// KnownPayment implements bidding.StatementTx.
func (t *Tx) KnownPayment(account string, line statement.Line) (trading.Deposit, error) {
	var row depositRow
	err := t.SQL().Where("bank_account_id = ? AND serial_key = ? AND paid_on = ?", account,
		statement.FoldNumber(line.Serial), string(line.Day())).Take(&row).Error
	if err != nil {
		return trading.Deposit{}, store.NoSuch(err, noDeposit)
	}
	return depositRead{Row: row}.deposit(), nil
}

// mostPayments is how many payments of one sum are looked through for the one that a row takes back.
const mostPayments = 500

// Payments implements bidding.StatementTx.
func (t *Tx) Payments(account string, amount money.Fen, until time.Time) ([]trading.Deposit, error) {
	var rows []depositRead
	err := withTitle(t.SQL(), "deposits", "lot_id").
		Where("deposits.bank_account_id = ? AND deposits.amount = ? AND deposits.paid_at <= ?", account, int64(amount),
			store.Millis(until)).
		Order("deposits.paid_at DESC, deposits.id DESC").Limit(mostPayments).Scan(&rows).Error
	return store.Nouns(rows, depositRead.deposit), err
}

// Unmatched implements bidding.StatementTx.
func (t *Tx) Unmatched(account, after string, limit int) ([]trading.Deposit, error) {
	if !store.PlainID(account + after) {
		return nil, fault.New(fault.NotFound, noAccount)
	}
	var rows []depositRead
	err := withTitle(t.SQL(), "deposits", "lot_id").
		Where("deposits.bank_account_id = ? AND deposits.state = ? AND deposits.id > ?", account,
			string(trading.Received), after).Order("deposits.id").Limit(limit).Scan(&rows).Error
	return store.Nouns(rows, depositRead.deposit), err
}
