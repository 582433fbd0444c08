package bidding

import (
	"context"
	"regexp"
	"slices"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// Account is an account 保证金账户 into which deposits are paid. A payment belongs
// to the account, whoever imports its statement.
type Account struct {
	ID       string
	Path     identity.Path // whose payments it takes
	Number   string        // digits only
	Name     string
	Version  int
	OpenedBy string
	OpenedAt time.Time
	Headers  []statement.Header // what the station said of its banks' columns, the newest last
}

// Stream is the name under which the trail has the account; it has no event.
func (a Account) Stream() event.Stream { return event.Of("account", a.ID) }

// Label is the account on the screen, as much of its number as tells it from another.
func (a Account) Label() string { return a.Name + " " + trading.Masked(a.Number) }

// AccountForm is what the station fills in of an account. Place is the path of
// one of the actor's own places; it may be empty when there is only one.
type AccountForm struct {
	Number string        `json:"number"`
	Name   string        `json:"name"`
	Place  identity.Path `json:"place"`
}

var accountNumber = regexp.MustCompile(`^\d{8,30}$`)

// OpenAccount registers an account. Its number is registered once in the county:
// two stations with one account would each import its payments.
func (s *Cashier) OpenAccount(ctx context.Context, who identity.Actor, requestID string,
	form AccountForm) (string, error) {
	scope, once, err := casework.Begin(who, DepositAccount, "account.open", requestID, form)
	if err != nil {
		return "", err
	}
	form.Number = statement.FoldNumber(form.Number)
	var f fault.Form
	if !accountNumber.MatchString(form.Number) {
		f.Add("number", "请填写保证金账户的账号，8至30位数字")
	}
	f.Line("name", "账户名称", form.Name, 100)
	if form.Place == "" && len(scope) == 1 {
		form.Place = scope[0]
	}
	if !slices.Contains(scope, form.Place) {
		f.Add("place", "请选择账户归哪里用：您在几处任职")
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.StatementStore.WriteStatement(ctx, once, func(tx StatementTx) (string, error) {
		a := Account{
			ID:       event.NewID(),
			Path:     form.Place,
			Number:   form.Number,
			Name:     form.Name,
			Version:  1,
			OpenedBy: who.PersonID,
		}
		a.OpenedAt, err = tx.Lock(a.Stream())
		if err != nil {
			return "", err
		}
		if err := tx.SaveAccount(a); err != nil {
			return "", err
		}
		return a.ID, casework.NoteAct(tx, who, DepositAccount, a.Stream(), a.Path, "account.opened", nil)
	})
}

// SeeAccounts lists the accounts whose statements the actor may import.
func (s *Cashier) SeeAccounts(ctx context.Context, who identity.Actor) ([]Account, error) {
	scope, err := who.Can(trading.DepositImport)
	if err != nil {
		return nil, err
	}
	return s.StatementStore.Accounts(ctx, scope)
}

// mostHeaders is how many banks' headers an account remembers.
const mostHeaders = 10

// remembers notes what was said of a header, which it may replace.
func (a *Account) remembers(h statement.Header) {
	others := slices.DeleteFunc(slices.Clone(a.Headers), func(old statement.Header) bool { return old.Key == h.Key })
	a.Headers = append(others[max(0, len(others)+1-mostHeaders):], h)
}

// ForgetHeaders lets an account's station tell its bank's columns anew. The version is
// that of the account as it was read.
func (s *Cashier) ForgetHeaders(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, DepositAccount, "account.forget", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	accounts, err := s.StatementStore.Accounts(ctx, scope)
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(accounts, func(a Account) bool { return a.ID == id }) {
		return "", fault.New(fault.NotFound, "没有找到这个保证金账户")
	}
	return s.StatementStore.WriteStatement(ctx, once, func(tx StatementTx) (string, error) {
		if _, err := tx.Lock(Account{ID: id}.Stream()); err != nil {
			return "", err
		}
		a, err := tx.Account(id)
		if err != nil {
			return "", err
		}
		if a.Version != version || len(a.Headers) == 0 {
			return "", fault.New(fault.Conflict, "这个账户记住的表头已有变化，请打开最新内容后再办理")
		}
		a.Headers, a.Version = nil, a.Version+1
		if err := tx.SaveAccount(a); err != nil {
			return "", err
		}
		return a.ID, casework.NoteAct(tx, who, DepositAccount, a.Stream(), a.Path, "account.forgot", nil)
	})
}

// told is what was said of the headers of the account that is meant: the chosen one, or the
// only one. Another account's bank may say the same of something else.
func told(accounts []Account, chosen string) []statement.Header {
	for _, a := range accounts {
		if a.ID == chosen || len(accounts) == 1 && chosen == "" {
			return a.Headers
		}
	}
	return nil
}

// receiving is the account whose statement it is: the one that the file names, or
// that the station has chosen, or the only one.
func receiving(all []Account, chosen, named string) (Account, error) {
	if len(all) == 0 {
		return Account{}, fault.New(fault.Invalid, "还没有登记保证金账户，请先登记账号，再导入它的流水").On("account")
	}
	fits := slices.DeleteFunc(slices.Clone(all), func(a Account) bool {
		return named != "" && !statement.SameAccount(a.Number, named) || chosen != "" && a.ID != chosen
	})
	switch {
	case len(fits) == 1:
		return fits[0], nil
	case len(fits) > 1:
		return Account{}, fault.New(fault.Invalid, "有几个保证金账户，请选择这份流水是哪个账户的").On("account")
	case named != "":
		return Account{}, fault.New(fault.Invalid, "这份流水是账户 %s 的，与选择或登记的保证金账户不符，请核对", named).On("account")
	}
	return Account{}, fault.New(fault.Invalid, "没有找到这个保证金账户，请重新选择").On("account")
}
