package bidding

import (
	"context"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// Outcome is what became of a statement's row.
type Outcome string

const (
	RowTaken    Outcome = "taken"    // 入账
	RowKnown    Outcome = "known"    // 已有
	RowReversed Outcome = "reversed" // 冲回
	RowSkipped  Outcome = "skipped"  // 不处理
	RowRefused  Outcome = "refused"  // 拒收
)

var outcomeLabels = map[Outcome]string{
	RowTaken: "入账", RowKnown: "已有", RowReversed: "冲回", RowSkipped: "不处理", RowRefused: "拒收",
}

// Outcomes lists them in the order in which they are counted.
func Outcomes() []Outcome { return []Outcome{RowTaken, RowKnown, RowReversed, RowSkipped, RowRefused} }

// Label is the outcome's name on the screen.
func (o Outcome) Label() string { return outcomeLabels[o] }

// Import is one statement that was taken in. It is carried out in parts, so that
// no bid waits for all of it; what was cut off goes on when the file is sent again.
type Import struct {
	ID          string
	Account     string // id of the receiving account
	AccountName string // when read
	Path        identity.Path
	File        string // SHA-256
	Total       int    // rows of the file
	Next        int    // the first row that has no outcome yet
	Counts      map[Outcome]int
	Matched     int // payments that are somebody's deposit now, also earlier ones
	ImportedBy  string
	ImportedAt  time.Time
	DoneAt      time.Time // zero while it is not at its end
}

// Taken, Known, Reversed, Skipped and Refused count the rows by outcome.
func (i Import) Taken() int    { return i.Counts[RowTaken] }
func (i Import) Known() int    { return i.Counts[RowKnown] }
func (i Import) Reversed() int { return i.Counts[RowReversed] }
func (i Import) Skipped() int  { return i.Counts[RowSkipped] }
func (i Import) Refused() int  { return i.Counts[RowRefused] }

// ImportRow is what became of one row.
type ImportRow struct {
	Import  string
	Number  int // the line of the file
	Outcome Outcome
	Reason  string
	Serial  string
	PaidOn  calendar.Date
	Payer   string
	Amount  money.Fen
	Deposit string // the payment's id; empty when there is none
}

// The states of a withdrawal.
const (
	WithdrawalOpen    casework.State = "open"    // 待核对
	WithdrawalSettled casework.State = "settled" // 已对应
	WithdrawalClosed  casework.State = "closed"  // 已核对
)

// WithdrawalLifecycle is where it may go from each state.
var WithdrawalLifecycle = casework.Lifecycle{
	Noun: "支出或冲正",
	Labels: map[casework.State]string{
		WithdrawalOpen:    "待核对",
		WithdrawalSettled: "已对应",
		WithdrawalClosed:  "已核对",
	},
	Moves: map[casework.State][]casework.State{WithdrawalOpen: {WithdrawalSettled, WithdrawalClosed}},
}

// Withdrawal is a row of a statement that took a payment away, or brought back a
// refund: a reversal, or the proof of a refund.
type Withdrawal struct {
	ID        string
	Receiving string // id of the account
	Path      identity.Path
	Kind      statement.Kind // Undone, Out or Back
	State     casework.State
	Version   int
	statement.Line
	Original  string // the bank's number of what it undoes, as far as it is named
	Deposit   string // empty while nobody knows of which
	Note      string // why an official closed it
	SettledBy string
	SettledAt time.Time
}

// Stream is the name under which the trail has the withdrawal; it has no event.
func (w Withdrawal) Stream() event.Stream { return event.Of("withdrawal", w.ID) }

// Label is the state's name on the screen.
func (w Withdrawal) Label() string { return WithdrawalLifecycle.Label(w.State) }

// StatementTx is what taking a statement in needs of a transaction.
type StatementTx interface {
	DepositTx
	// SaveAccount answers fault.Conflict on field "number" when it is registered already.
	SaveAccount(a Account) error
	// Account is the receiving account, or fault.NotFound.
	Account(id string) (Account, error)
	// Unfinished is the account's import of that file that has not come to its end, or fault.NotFound.
	Unfinished(account, file string) (Import, error)
	AddImport(i Import) error
	// Import locks the import, or answers fault.NotFound.
	Import(id string, in identity.Scope) (Import, error)
	SaveImport(i Import) error
	AddImportRows(rows []ImportRow) error
	// KnownPayment is the account's payment of that number and day, or fault.NotFound.
	KnownPayment(account string, line statement.Line) (trading.Deposit, error)
	// Payments lists the account's payments of a sum until an instant, the newest first, at most 500.
	Payments(account string, amount money.Fen, until time.Time) ([]trading.Deposit, error)
	// Unmatched lists the account's payments received and not matched, by id after the one that
	// is given, at most limit.
	Unmatched(account, after string, limit int) ([]trading.Deposit, error)
	// Withdrawal is the account's withdrawal of that kind, number and day, or fault.NotFound.
	Withdrawal(account string, kind statement.Kind, line statement.Line) (Withdrawal, error)
	// OpenWithdrawals lists the account's of that kind and sum that nobody knows of which they are, the oldest first.
	OpenWithdrawals(account string, kind statement.Kind, amount money.Fen) ([]Withdrawal, error)
	// WithdrawalByID locks one, or answers fault.NotFound.
	WithdrawalByID(id string, in identity.Scope) (Withdrawal, error)
	SaveWithdrawal(w Withdrawal) error
}

// Seen is a row that an earlier statement had.
type Seen struct {
	Account string // id of the receiving account
	Kind    statement.Kind
	statement.Line
}

// StatementStore keeps the receiving accounts, the imports of their statements,
// and what those took away again. WriteStatement is as register.Store's WriteAsset.
type StatementStore interface {
	WriteStatement(ctx context.Context, once event.Request, fn func(StatementTx) (string, error)) (string, error)
	// WorkStatement is one part of an import, which goes on from where it stands.
	WorkStatement(ctx context.Context, fn func(StatementTx) error) error
	// Accounts lists those in the scope, the oldest first.
	Accounts(ctx context.Context, in identity.Scope) ([]Account, error)
	// SeenBefore lists the rows of all accounts that have one of those numbers.
	SeenBefore(ctx context.Context, serials []string) ([]Seen, error)
	// ImportByID finds one, or answers fault.NotFound.
	ImportByID(ctx context.Context, id string, in identity.Scope) (Import, error)
	// Imports lists those in the scope, newest first.
	Imports(ctx context.Context, q casework.Query) ([]Import, int, error)
	// ImportRows lists the rows of the import that q.Parent names, with q.States those of that outcome.
	ImportRows(ctx context.Context, q casework.Query) ([]ImportRow, int, error)
	// Withdrawals lists those in the scope, newest first.
	Withdrawals(ctx context.Context, q casework.Query) ([]Withdrawal, int, error)
}
