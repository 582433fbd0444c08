package bidding

import (
	"context"
	"errors"
	"slices"
	"strings"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// rowsAtOnce is how many rows share a transaction: no bid waits for more.
const rowsAtOnce = 200

// StatementForm is a bank's file. Account is the id of the receiving account; it
// may be empty when the file names it or there is only one. Header is what the
// station says of the file's columns after an answer of *statement.Unclear; without a
// key nothing is said. Seen is the Unclear.Reading that somebody has looked at: of this
// file, by these columns.
type StatementForm struct {
	Account string
	File    []byte
	Header  statement.Header
	Seen    string
}

// ImportStatement takes an account's bank statement in. Everything is read and
// checked before the first row is written: a file is refused as a whole. Every
// row then ends as taken, known, reversed, skipped or refused, with the reason;
// the answer is the import's id. The same request or file again goes on with
// what was cut off, and ends the same.
func (s *Cashier) ImportStatement(ctx context.Context, who identity.Actor, requestID string,
	form StatementForm) (string, error) {
	file := event.Hash(form.File)
	scope, once, err := casework.Begin(who, trading.DepositImport, "deposit.import", requestID,
		[]any{file, form.Account, form.Header})
	if err != nil {
		return "", err
	}
	accounts, err := s.StatementStore.Accounts(ctx, scope)
	if err != nil {
		return "", err
	}
	read, unclear, err := form.read(told(accounts, form.Account))
	if read.Told != nil { // a file that is read otherwise is another one
		file = event.Hash(slices.Concat(form.File, []byte(read.Told.Said())))
	}
	switch {
	case unclear != nil && err == nil && form.Seen != file:
		err = unclear.ToSee(read, file)
	case unclear != nil && form.Header.Key == "" && form.Account == "" && len(accounts) > 1:
		err = fault.New(fault.Invalid, "这份流水的表头还不认识，请先选择是哪个账户的").On("account")
	}
	if err != nil {
		return "", err
	}
	account, err := receiving(accounts, form.Account, read.Account)
	if err != nil {
		return "", err
	}
	if err := s.agrees(ctx, account, read.Rows); err != nil {
		return "", err
	}
	id, err := s.StatementStore.WriteStatement(ctx, once, func(tx StatementTx) (string, error) {
		at, err := tx.Lock(account.Stream())
		if err != nil {
			return "", err
		}
		if came, _ := read.Sum(statement.In); form.Header.Key != "" && came > 0 {
			if err := heard(tx, account.ID, form.Header); err != nil {
				return "", err
			}
		}
		cutOff, err := tx.Unfinished(account.ID, file)
		if err == nil || fault.CodeOf(err) != fault.NotFound {
			return cutOff.ID, err
		}
		i := Import{
			ID:         event.NewID(),
			Account:    account.ID,
			Path:       account.Path,
			File:       file,
			Total:      len(read.Rows),
			ImportedBy: who.PersonID,
			ImportedAt: at,
		}
		return i.ID, tx.AddImport(i)
	})
	if err != nil {
		return "", err
	}
	return id, s.carryOn(ctx, who, id, account, read.Rows)
}

// read reads the file by what is said of its header now, or was before. The unclear header
// is answered, too, of which something is said or has to be.
func (f StatementForm) read(before []statement.Header) (read statement.Statement, unclear *statement.Unclear,
	err error) {
	if f.Header.Key == "" {
		read, err = statement.Read(f.File, before...)
		errors.As(err, &unclear)
		return read, unclear, err
	}
	_, err = statement.Read(f.File)
	if !errors.As(err, &unclear) || statement.Key(unclear.Titles) != f.Header.Key {
		return read, nil, fault.New(fault.Invalid,
			"这个文件的表头与刚才说明的不同，请选择同一个文件，或不带说明重新导入").On("statement")
	}
	err = f.Header.Fits(unclear.Titles)
	if err == nil {
		read, err = statement.Read(f.File, f.Header)
	}
	if err != nil {
		return read, unclear, errors.Join(err, unclear)
	}
	return read, unclear, nil
}

// heard has the account remember what was said of a header.
func heard(tx StatementTx, id string, h statement.Header) error {
	a, err := tx.Account(id)
	if err != nil {
		return err
	}
	a.remembers(h)
	a.Version++
	return tx.SaveAccount(a)
}

// agrees refuses a file in which a row has the number and day of one that is
// known and another content, or is another account's.
func (s *Cashier) agrees(ctx context.Context, account Account, rows []statement.Row) error {
	byKey := map[string][]statement.Row{}
	var serials []string
	for _, row := range rows {
		if row.Serial != "" && row.Kind != statement.Out {
			key := statement.FoldNumber(row.Serial)
			byKey[key] = append(byKey[key], row)
			serials = append(serials, key)
		}
	}
	for some := range slices.Chunk(serials, rowsAtOnce) {
		seen, err := s.StatementStore.SeenBefore(ctx, some)
		if err != nil {
			return err
		}
		for _, known := range seen {
			for _, row := range byKey[statement.FoldNumber(known.Serial)] {
				if err := agree(account, row, known); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func agree(account Account, row statement.Row, known Seen) error {
	switch {
	case row.Day() != known.Day() || row.Kind != known.Kind:
		return nil
	case known.Account == account.ID && !row.SameContent(known.Line):
		return otherContent(row, known.Line)
	case known.Account != account.ID && row.SameContent(known.Line):
		return fault.New(fault.Invalid, "第 %d 行（流水号 %s）已经按另一个保证金账户登记，请核对这份流水是哪个账户的",
			row.Number, row.Serial).On("statement")
	}
	return nil
}

func otherContent(row statement.Row, known statement.Line) error {
	return fault.New(fault.Invalid, "第 %d 行（流水号 %s）与已登记的同一天同号流水内容不同：已登记 %s %s 元，这一行 %s %s 元。请核对后上传网银导出的原文件",
		row.Number, row.Serial, known.Payer, known.Amount.Yuan(), row.Payer, row.Amount.Yuan()).On("statement")
}

// carryOn takes the rows that have no outcome yet, and then tries again what is
// nobody's deposit so far.
func (s *Cashier) carryOn(ctx context.Context, who identity.Actor, id string, account Account,
	rows []statement.Row) error {
	for done := false; !done; {
		err := s.StatementStore.WorkStatement(ctx, func(tx StatementTx) error {
			i, err := tx.Import(id, identity.Everywhere)
			if err != nil {
				return err
			}
			if i.Next >= len(rows) {
				done = true
				return nil
			}
			t, err := s.teller(ctx, tx, who, account)
			if err != nil {
				return err
			}
			return t.part(&i, rows[i.Next:min(i.Next+rowsAtOnce, len(rows))])
		})
		if err != nil {
			return err
		}
	}
	return s.tryAgain(ctx, who, id, account)
}

// tryAgain looks whose the payments are that were nobody's before, and ends the import.
func (s *Cashier) tryAgain(ctx context.Context, who identity.Actor, id string, account Account) error {
	after := ""
	for done := false; !done; {
		last := after
		err := s.StatementStore.WorkStatement(ctx, func(tx StatementTx) error {
			i, err := tx.Import(id, identity.Everywhere)
			if err != nil || !i.DoneAt.IsZero() {
				done = true
				return err
			}
			t, err := s.teller(ctx, tx, who, account)
			if err != nil {
				return err
			}
			waiting, err := tx.Unmatched(account.ID, last, rowsAtOnce)
			if err != nil {
				return err
			}
			matched, err := t.again(waiting)
			if err != nil {
				return err
			}
			i.Matched += matched
			done = len(waiting) < rowsAtOnce
			if done {
				i.DoneAt = t.at
			} else {
				after = waiting[len(waiting)-1].ID
			}
			return tx.SaveImport(i)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// lotsNamed are the codes in the memos, each once and in order: whoever locks
// several lots does so in one order.
func lotsNamed(memos []string) (codes []string) {
	for _, memo := range memos {
		codes = append(codes, statement.MemoCode(memo)...)
	}
	slices.SortFunc(codes, strings.Compare)
	return slices.Compact(codes)
}
