package tradingdb

import (
	"cmp"
	"context"
	"slices"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/statement"
)

var _ bidding.DepositTx = (*Tx)(nil)

const noDeposit = "没有找到这笔保证金"

type depositRow struct {
	ID             string  `gorm:"column:id;primaryKey"`
	Path           string  `gorm:"column:path"`
	LotID          *string `gorm:"column:lot_id"`
	RegistrationID *string `gorm:"column:registration_id"`
	State          string  `gorm:"column:state"`
	Version        int     `gorm:"column:version"`
	Serial         string  `gorm:"column:serial"`
	PaidAt         int64   `gorm:"column:paid_at"`
	Payer          string  `gorm:"column:payer"`
	Account        string  `gorm:"column:account"`
	Amount         int64   `gorm:"column:amount"`
	Memo           string  `gorm:"column:memo"`
	Problem        string  `gorm:"column:problem"`
	ImportedBy     string  `gorm:"column:imported_by"`
	MatchedAt      *int64  `gorm:"column:matched_at"`
	HeldAt         *int64  `gorm:"column:held_at"`
	DueAt          *int64  `gorm:"column:due_at"`
	RefundBy       string  `gorm:"column:refund_by"`
	RefundedAt     *int64  `gorm:"column:refunded_at"`
	RefundedBy     string  `gorm:"column:refunded_by"`
	RefundTrace    string  `gorm:"column:refund_trace"`
	Receiving      *string `gorm:"column:bank_account_id"`
	SerialKey      string  `gorm:"column:serial_key"`
	PaidOn         string  `gorm:"column:paid_on"`
	Aside          bool    `gorm:"column:aside"`
	FormerID       *string `gorm:"column:former_id"`
	HandFor        *string `gorm:"column:hand_registration"`
	HandReason     string  `gorm:"column:hand_reason"`
	HandBy         string  `gorm:"column:hand_by"`
	HandAt         *int64  `gorm:"column:hand_at"`
	RefundRow      *string `gorm:"column:refund_row"`
	SentBackAt     *int64  `gorm:"column:sent_back_at"`
}

func (depositRow) TableName() string { return "deposits" }

// depositRead is a deposit with its lot's title, when it has a lot.
type depositRead struct {
	Row   depositRow `gorm:"embedded"`
	Title *string    `gorm:"column:title"`
}

func rowOfDeposit(d trading.Deposit) depositRow {
	return depositRow{
		ID:             d.ID,
		Path:           string(d.Path),
		LotID:          textOrNull(d.Lot),
		RegistrationID: textOrNull(d.Registration),
		State:          string(d.State),
		Version:        d.Version,
		Serial:         d.Serial,
		PaidAt:         store.Millis(d.PaidAt),
		Payer:          d.Payer,
		Account:        d.Account,
		Amount:         int64(d.Amount),
		Memo:           d.Memo,
		Problem:        d.Problem,
		ImportedBy:     d.ImportedBy,
		MatchedAt:      store.Optional(d.MatchedAt),
		HeldAt:         store.Optional(d.HeldAt),
		DueAt:          store.Optional(d.DueAt),
		RefundBy:       string(d.RefundBy),
		RefundedAt:     store.Optional(d.RefundedAt),
		RefundedBy:     d.RefundedBy,
		RefundTrace:    d.RefundTrace,
		Receiving:      textOrNull(d.Receiving),
		SerialKey:      statement.FoldNumber(d.Serial),
		PaidOn:         string(d.Day()),
		Aside:          d.Aside,
		FormerID:       textOrNull(d.Former),
		HandFor:        textOrNull(d.Hand.Registration),
		HandReason:     d.Hand.Reason,
		HandBy:         d.Hand.By,
		HandAt:         store.Optional(d.Hand.At),
		RefundRow:      textOrNull(d.RefundRow),
		SentBackAt:     store.Optional(d.SentBackAt),
	}
}

func (r depositRead) deposit() trading.Deposit {
	row := r.Row
	d := trading.Deposit{
		ID:           row.ID,
		Path:         identity.Path(row.Path),
		Lot:          orEmpty(row.LotID),
		LotTitle:     orEmpty(r.Title),
		Registration: orEmpty(row.RegistrationID),
		State:        casework.State(row.State),
		Version:      row.Version,
		Problem:      row.Problem,
		ImportedBy:   row.ImportedBy,
		MatchedAt:    store.FromOptional(row.MatchedAt),
		HeldAt:       store.FromOptional(row.HeldAt),
		DueAt:        store.FromOptional(row.DueAt),
		RefundBy:     calendar.Date(row.RefundBy),
		RefundedAt:   store.FromOptional(row.RefundedAt),
		RefundedBy:   row.RefundedBy,
		RefundTrace:  row.RefundTrace,
		Receiving:    orEmpty(row.Receiving),
		Aside:        row.Aside,
		Former:       orEmpty(row.FormerID),
		RefundRow:    orEmpty(row.RefundRow),
		SentBackAt:   store.FromOptional(row.SentBackAt),
	}
	d.Hand = trading.ByHand{
		Registration: orEmpty(row.HandFor),
		Reason:       row.HandReason,
		By:           row.HandBy,
		At:           store.FromOptional(row.HandAt),
	}
	d.Line = statement.Line{
		Serial:  row.Serial,
		PaidAt:  store.FromMillis(row.PaidAt),
		Payer:   row.Payer,
		Account: row.Account,
		Amount:  money.Fen(row.Amount),
		Memo:    row.Memo,
	}
	return d
}

// WriteDeposit implements bidding.DepositStore.
func (db *DB) WriteDeposit(ctx context.Context, once event.Request,
	fn func(bidding.DepositTx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// Deposit implements bidding.DepositTx.
func (t *Tx) Deposit(id string, in identity.Scope) (trading.Deposit, error) {
	if err := t.LockRow(&depositRow{}, id); err != nil {
		return trading.Deposit{}, store.NoSuch(err, noDeposit)
	}
	return depositIn(t.SQL(), id, in)
}

// Deposit implements bidding.DepositStore.
func (db *DB) Deposit(ctx context.Context, id string, in identity.Scope) (trading.Deposit, error) {
	return depositIn(db.Read(ctx), id, in)
}

func depositIn(session *gorm.DB, id string, in identity.Scope) (trading.Deposit, error) {
	if !store.PlainID(id) {
		return trading.Deposit{}, fault.New(fault.NotFound, noDeposit)
	}
	var row depositRead
	err := store.Within(withTitle(session, "deposits", "lot_id"), "deposits.path", in).Where("deposits.id = ?", id).
		Take(&row).Error
	if err != nil {
		return trading.Deposit{}, store.NoSuch(err, noDeposit)
	}
	return row.deposit(), nil
}

// DepositOf implements bidding.DepositTx.
func (t *Tx) DepositOf(registration string) (trading.Deposit, error) {
	if !store.PlainID(registration) {
		return trading.Deposit{}, fault.New(fault.NotFound, noDeposit)
	}
	var id string
	err := t.SQL().Model(&depositRow{}).Clauses(store.ForUpdate).Select("id").
		Where("registration_id = ?", registration).Take(&id).Error
	if err != nil {
		return trading.Deposit{}, store.NoSuch(err, noDeposit)
	}
	return depositIn(t.SQL(), id, identity.Everywhere)
}

// TakenFrom implements bidding.DepositTx.
func (t *Tx) TakenFrom(registration string) ([]trading.Deposit, error) {
	if !store.PlainID(registration) {
		return nil, nil
	}
	return takenFrom(t.SQL(), registration)
}

// takenFrom sorts a handful in Go, for which the index need not be in order.
func takenFrom(session *gorm.DB, registration string) ([]trading.Deposit, error) {
	var rows []depositRead
	err := withTitle(session, "deposits", "lot_id").Where("deposits.former_id = ?", registration).Scan(&rows).Error
	list := store.Nouns(rows, depositRead.deposit)
	slices.SortFunc(list, func(a, b trading.Deposit) int {
		return cmp.Or(a.PaidAt.Compare(b.PaidAt), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

// TraceUsed implements bidding.DepositTx. A number that the statement shows of
// another refund is used as well.
func (t *Tx) TraceUsed(account, trace string) (bool, error) {
	var typed, shown int64
	err := t.SQL().Model(&depositRow{}).Where("bank_account_id = ? AND refund_trace = ?", account, trace).
		Count(&typed).Error
	if err == nil {
		err = t.SQL().Model(&withdrawalRow{}).Where("bank_account_id = ? AND serial_key = ? AND kind = ?", account,
			trace, string(statement.Out)).Count(&shown).Error
	}
	return typed+shown > 0, err
}

// Deposits implements bidding.LotTx. It locks the rows: a station may be refunding one.
func (t *Tx) Deposits(lot string) ([]trading.Deposit, error) {
	if !store.PlainID(lot) {
		return nil, nil
	}
	var ids []string
	if err := t.SQL().Model(&depositRow{}).Clauses(store.ForUpdate).Where("lot_id = ?", lot).Pluck("id", &ids).
		Error; err != nil {
		return nil, err
	}
	return depositsWhere(t.SQL(), "deposits.lot_id = ?", lot)
}

// DepositsOf implements bidding.DepositStore.
func (db *DB) DepositsOf(ctx context.Context, registration string) ([]trading.Deposit, error) {
	if !store.PlainID(registration) {
		return nil, nil
	}
	// One question each: an OR of two columns has no index that is in order.
	taken, err := takenFrom(db.Read(ctx), registration)
	if err != nil {
		return nil, err
	}
	standing, err := depositsWhere(db.Read(ctx), "deposits.registration_id = ?", registration)
	return append(taken, standing...), err
}

func depositsWhere(session *gorm.DB, where string, args ...any) ([]trading.Deposit, error) {
	var rows []depositRead
	err := withTitle(session, "deposits", "lot_id").Where(where, args...).Order("deposits.paid_at, deposits.id").
		Scan(&rows).Error
	return store.Nouns(rows, depositRead.deposit), err
}

// SaveDeposit implements bidding.DepositTx. The caller has locked the stream of the
// deposit, of the account into which it came, or of its lot.
func (t *Tx) SaveDeposit(d trading.Deposit) error {
	if t.Streams[d.Stream()] == nil && t.Streams[bidding.Account{ID: d.Receiving}.Stream()] == nil &&
		t.Streams[event.Of("lot", d.Lot)] == nil {
		return store.ErrUnlocked(d.Stream())
	}
	row := rowOfDeposit(d)
	err := t.SaveVersion(&row, d.ID, d.Version)
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这笔流水已经导入，或这份报名已有一笔保证金，请打开最新内容后再办理")
	}
	return err
}

// What is to be paid back comes first, by its day; then what came in last.
const depositOrder = "deposits.state <> 'due', CASE WHEN deposits.state = 'due' THEN deposits.refund_by ELSE " +
	"'' END, deposits.paid_at DESC, deposits.id DESC"

// A station's deposits alone are listed: few, and sorted.
var depositOrders = map[string]string{
	"newest": "COALESCE(deposits.paid_at, 0) DESC, deposits.id DESC",
	"amount": "COALESCE(deposits.amount, 0) DESC, deposits.id DESC",
}

// Deposits implements bidding.DepositStore; q.Parent is a lot's id.
func (db *DB) Deposits(ctx context.Context, q casework.Query) ([]trading.Deposit, int, error) {
	session := ofLot(InStates(store.Within(db.Read(ctx).Table("deposits"), "deposits.path", q.Scope), "deposits",
		q), "deposits", q)
	list := store.Searched(session, titled("deposits", "lot_id"), q.Text, "assets.name", "tenders.number",
		"deposits.payer", "deposits.serial", "deposits.memo")
	var rows []depositRead
	sql := depositOrder
	if depositOrders[q.Sort] != "" {
		sql = depositOrders[q.Sort]
	}
	total, err := list.Page(sql, q.Page, &rows)
	return store.Nouns(rows, depositRead.deposit), total, err
}
