package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading/bidding"
	"sunlot/trading/statement"
)

var _ bidding.StatementTx = (*Tx)(nil)

const noImport = "没有这次流水导入"

type accountRow struct {
	ID       string `gorm:"column:id;primaryKey"`
	Path     string `gorm:"column:path"`
	Number   string `gorm:"column:number"`
	Name     string `gorm:"column:name"`
	Version  int    `gorm:"column:version"`
	OpenedBy string `gorm:"column:opened_by"`
	OpenedAt int64  `gorm:"column:opened_at"`

	Headers store.JSONOf[[]statement.Header] `gorm:"column:headers"`
}

func (accountRow) TableName() string { return "bank_accounts" }

func (r accountRow) account() bidding.Account {
	return bidding.Account{
		ID:       r.ID,
		Path:     identity.Path(r.Path),
		Number:   r.Number,
		Name:     r.Name,
		Version:  r.Version,
		OpenedBy: r.OpenedBy,
		OpenedAt: store.FromMillis(r.OpenedAt),
		Headers:  r.Headers.V,
	}
}

// WriteStatement implements bidding.StatementStore.
func (db *DB) WriteStatement(ctx context.Context, once event.Request,
	fn func(bidding.StatementTx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// WorkStatement implements bidding.StatementStore.
func (db *DB) WorkStatement(ctx context.Context, fn func(bidding.StatementTx) error) error {
	return db.InTx(ctx, func(t *store.Tx) error { return fn(Of(t)) })
}

// Accounts implements bidding.StatementStore.
func (db *DB) Accounts(ctx context.Context, in identity.Scope) ([]bidding.Account, error) {
	var rows []accountRow
	err := store.Within(db.Read(ctx), "path", in).Order("opened_at, id").Find(&rows).Error
	return store.Nouns(rows, accountRow.account), err
}

// Account implements bidding.StatementTx.
func (t *Tx) Account(id string) (bidding.Account, error) {
	var row accountRow
	if !store.PlainID(id) {
		return bidding.Account{}, fault.New(fault.NotFound, noAccount)
	}
	err := t.SQL().Where("id = ?", id).Take(&row).Error
	return row.account(), store.NoSuch(err, noAccount)
}

const noAccount = "没有找到这个保证金账户"

// SaveAccount implements bidding.StatementTx.
func (t *Tx) SaveAccount(a bidding.Account) error {
	row := accountRow{
		ID:       a.ID,
		Path:     string(a.Path),
		Number:   a.Number,
		Name:     a.Name,
		Version:  a.Version,
		OpenedBy: a.OpenedBy,
		OpenedAt: store.Millis(a.OpenedAt),
		Headers:  store.JSONOf[[]statement.Header]{V: a.Headers},
	}
	err := t.SaveVersion(&row, a.ID, a.Version)
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这个账号已经登记").On("number")
	}
	return err
}

type importRow struct {
	ID         string `gorm:"column:id;primaryKey"`
	Account    string `gorm:"column:bank_account_id"`
	Path       string `gorm:"column:path"`
	File       string `gorm:"column:file"`
	Total      int    `gorm:"column:total"`
	Next       int    `gorm:"column:next_row"`
	Taken      int    `gorm:"column:taken"`
	Known      int    `gorm:"column:known"`
	Reversed   int    `gorm:"column:reversed"`
	Skipped    int    `gorm:"column:skipped"`
	Refused    int    `gorm:"column:refused"`
	Matched    int    `gorm:"column:matched"`
	ImportedBy string `gorm:"column:imported_by"`
	ImportedAt int64  `gorm:"column:imported_at"`
	DoneAt     *int64 `gorm:"column:done_at"`
}

func (importRow) TableName() string { return "statement_imports" }

type importRead struct {
	Row  importRow `gorm:"embedded"`
	Name *string   `gorm:"column:name"`
}

func rowOfImport(i bidding.Import) importRow {
	return importRow{
		ID:         i.ID,
		Account:    i.Account,
		Path:       string(i.Path),
		File:       i.File,
		Total:      i.Total,
		Next:       i.Next,
		Taken:      i.Taken(),
		Known:      i.Known(),
		Reversed:   i.Reversed(),
		Skipped:    i.Skipped(),
		Refused:    i.Refused(),
		Matched:    i.Matched,
		ImportedBy: i.ImportedBy,
		ImportedAt: store.Millis(i.ImportedAt),
		DoneAt:     store.Optional(i.DoneAt),
	}
}

func (r importRead) noun() bidding.Import {
	row := r.Row
	return bidding.Import{
		ID:          row.ID,
		Account:     row.Account,
		AccountName: orEmpty(r.Name),
		Path:        identity.Path(row.Path),
		File:        row.File,
		Total:       row.Total,
		Next:        row.Next,
		Counts: map[bidding.Outcome]int{
			bidding.RowTaken:    row.Taken,
			bidding.RowKnown:    row.Known,
			bidding.RowReversed: row.Reversed,
			bidding.RowSkipped:  row.Skipped,
			bidding.RowRefused:  row.Refused,
		},
		Matched:    row.Matched,
		ImportedBy: row.ImportedBy,
		ImportedAt: store.FromMillis(row.ImportedAt),
		DoneAt:     store.FromOptional(row.DoneAt),
	}
}

// withAccount joins the name of an import's account.
func withAccount(session *gorm.DB) *gorm.DB {
	return session.Select("statement_imports.*, bank_accounts.name AS name").
		Joins("LEFT JOIN bank_accounts ON bank_accounts.id = statement_imports.bank_account_id")
}

// AddImport implements bidding.StatementTx.
func (t *Tx) AddImport(i bidding.Import) error {
	row := rowOfImport(i)
	return t.SQL().Create(&row).Error
}

// SaveImport implements bidding.StatementTx.
func (t *Tx) SaveImport(i bidding.Import) error {
	row := rowOfImport(i)
	return t.SQL().Model(&row).Select("*").Omit("id").Where("id = ?", i.ID).Updates(&row).Error
}

// Import implements bidding.StatementTx.
func (t *Tx) Import(id string, in identity.Scope) (bidding.Import, error) {
	if err := t.LockRow(&importRow{}, id); err != nil {
		return bidding.Import{}, store.NoSuch(err, noImport)
	}
	return importIn(t.SQL(), id, in)
}

// ImportByID implements bidding.StatementStore.
func (db *DB) ImportByID(ctx context.Context, id string, in identity.Scope) (bidding.Import, error) {
	return importIn(db.Read(ctx), id, in)
}

func importIn(session *gorm.DB, id string, in identity.Scope) (bidding.Import, error) {
	if !store.PlainID(id) {
		return bidding.Import{}, fault.New(fault.NotFound, noImport)
	}
	var row importRead
	err := store.Within(withAccount(session.Table("statement_imports")), "statement_imports.path", in).
		Where("statement_imports.id = ?", id).Take(&row).Error
	return row.noun(), store.NoSuch(err, noImport)
}

// Unfinished implements bidding.StatementTx.
func (t *Tx) Unfinished(account, file string) (bidding.Import, error) {
	var row importRead
	err := withAccount(t.SQL().Table("statement_imports")).
		Where("bank_account_id = ? AND file = ? AND done_at IS NULL", account, file).
		Order("imported_at, statement_imports.id").Take(&row).Error
	return row.noun(), store.NoSuch(err, noImport)
}

// Imports implements bidding.StatementStore.
func (db *DB) Imports(ctx context.Context, q casework.Query) ([]bidding.Import, int, error) {
	session := store.Within(db.Read(ctx).Table("statement_imports"), "statement_imports.path", q.Scope)
	var rows []importRead
	total, err := store.Searched(session, withAccount, q.Text, "bank_accounts.name").
		Page("COALESCE(statement_imports.imported_at, 0) DESC, statement_imports.id DESC", q.Page, &rows)
	return store.Nouns(rows, importRead.noun), total, err
}

type statementRow struct {
	Import  string  `gorm:"column:import_id;primaryKey"`
	Number  int     `gorm:"column:number;primaryKey;autoIncrement:false"`
	Outcome string  `gorm:"column:outcome"`
	Reason  string  `gorm:"column:reason"`
	Serial  string  `gorm:"column:serial"`
	PaidOn  string  `gorm:"column:paid_on"`
	Payer   string  `gorm:"column:payer"`
	Amount  int64   `gorm:"column:amount"`
	Deposit *string `gorm:"column:deposit_id"`
}

func (statementRow) TableName() string { return "statement_rows" }

func (r statementRow) noun() bidding.ImportRow {
	return bidding.ImportRow{
		Import:  r.Import,
		Number:  r.Number,
		Outcome: bidding.Outcome(r.Outcome),
		Reason:  r.Reason,
		Serial:  r.Serial,
		PaidOn:  calendar.Date(r.PaidOn),
		Payer:   r.Payer,
		Amount:  money.Fen(r.Amount),
		Deposit: orEmpty(r.Deposit),
	}
}

// AddImportRows implements bidding.StatementTx.
func (t *Tx) AddImportRows(all []bidding.ImportRow) error {
	rows := make([]statementRow, 0, len(all))
	for _, r := range all {
		rows = append(rows, statementRow{
			Import:  r.Import,
			Number:  r.Number,
			Outcome: string(r.Outcome),
			Reason:  r.Reason,
			Serial:  r.Serial,
			PaidOn:  string(r.PaidOn),
			Payer:   r.Payer,
			Amount:  int64(r.Amount),
			Deposit: textOrNull(r.Deposit),
		})
	}
	if len(rows) == 0 {
		return nil
	}
	return t.SQL().CreateInBatches(&rows, 100).Error
}

// ImportRows implements bidding.StatementStore.
func (db *DB) ImportRows(ctx context.Context, q casework.Query) ([]bidding.ImportRow, int, error) {
	session := db.Read(ctx).Table("statement_rows")
	if !store.PlainID(q.Parent) {
		return nil, 0, nil
	}
	session = session.Where("statement_rows.import_id = ?", q.Parent)
	if len(q.States) > 0 {
		session = session.Where("statement_rows.outcome IN ?", q.States)
	}
	var rows []statementRow
	total, err := store.Searched(session, func(s *gorm.DB) *gorm.DB { return s }, q.Text, "statement_rows.payer",
		"statement_rows.serial", "statement_rows.reason").Page("statement_rows.number", q.Page, &rows)
	return store.Nouns(rows, statementRow.noun), total, err
}

// SeenBefore implements bidding.StatementStore.
func (db *DB) SeenBefore(ctx context.Context, serials []string) (all []bidding.Seen, err error) {
	var paid []depositRow
	err = db.Read(ctx).Where("serial_key IN ?", serials).Find(&paid).Error
	if err != nil {
		return nil, err
	}
	for _, row := range paid {
		all = append(all, bidding.Seen{
			Account: orEmpty(row.Receiving),
			Kind:    statement.In,
			Line:    depositRead{Row: row}.deposit().Line,
		})
	}
	var gone []withdrawalRow
	err = db.Read(ctx).Where("serial_key IN ?", serials).Find(&gone).Error
	for _, row := range gone {
		w := row.noun()
		all = append(all, bidding.Seen{Account: w.Receiving, Kind: w.Kind, Line: w.Line})
	}
	return all, err
}
