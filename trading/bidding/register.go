package bidding

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/typed"
	"sunlot/trading"
)

// Blind takes a commitment into the transaction that decided at that time and
// returns the log's signed promise to publish it.
type Blind interface {
	Commit(tx ledger.CommitTx, at time.Time, commitment [32]byte) (promise string, err error)
}

// Register takes somebody's registration for a lot. It is private: the public
// log gets a blind commitment, the bidder the promise of it. Its time is when the
// server had received it whole, however long it then waits: before the end of
// registration it counts.
func (s *Service) Register(ctx context.Context, who identity.Actor, requestID string,
	form trading.RegistrationForm, received time.Time) (string, error) {
	form.Phone, form.Account = typed.Phone(form.Phone), typed.Account(form.Account)
	scope, once, err := casework.Begin(who, LotRegister, "lot.register", requestID, form)
	if err != nil {
		return "", err
	}
	if err := who.MayBid(); err != nil {
		return "", err
	}
	if err := checkRegistration(form); err != nil {
		return "", err
	}
	register := func(tx RegistrationTx) (string, error) {
		l, at, err := openForRegistration(ctx, s.lost(), tx, form.Lot, scope, received)
		if err != nil {
			return "", err
		}
		held, err := tx.Held(who.PersonID)
		if err != nil {
			return "", err
		}
		now := identity.Actor{PersonID: who.PersonID, Memberships: held}
		if _, err := now.Can(LotRegister); err != nil {
			return "", err
		}
		if err := now.MayBid(); err != nil {
			return "", err
		}
		rights, err := s.SeeRights(ctx, l.ID)
		if err != nil {
			return "", err
		}
		if err := entitled(form, rights); err != nil {
			return "", err
		}
		if _, err := tx.RegistrationOf(l.ID, who.PersonID); fault.CodeOf(err) != fault.NotFound {
			if err == nil {
				err = fault.New(fault.Conflict, "您已报名这个标的，可在“我的报名”查看")
			}
			return "", err
		}
		r := trading.Registration{
			ID:               event.NewID(),
			PersonID:         who.PersonID,
			Name:             who.Name,
			Path:             l.Path,
			State:            trading.Registered,
			Version:          1,
			RegistrationForm: form,
			RegisteredAt:     arrival(received, at),
		}
		commitment, err := r.Commit()
		if err != nil {
			return "", err
		}
		r.Promise, err = s.Blind.Commit(tx, at, commitment)
		if err != nil {
			return "", err
		}
		if err := casework.AttachForStation(tx, who, l.Path, "proof", form.Proof); err != nil {
			return "", err
		}
		if err := tx.SaveRegistration(r); err != nil {
			return "", err
		}
		if err := tx.Owe(payingDuty, paying(l, r)); err != nil {
			return "", err
		}
		return r.ID, RegistrationLeads.Moved(tx, "", r.State, entryDuty(l, r), who.PersonID)
	}
	return resumed(ctx, errNotResumed, func() (string, error) {
		return s.RegistrationStore.WriteRegistration(ctx, once, register)
	}, s.ResumeNotice, form.Lot)
}

// openForRegistration locks a lot and says at what time; its registration must not
// have ended when the request arrived.
func openForRegistration(ctx context.Context, lost lostTime, tx RegistrationTx, id string, scope identity.Scope,
	received time.Time) (trading.Lot, time.Time, error) {
	l, err := tx.Lot(id, scope)
	if err != nil {
		return l, time.Time{}, err
	}
	at, err := tx.Lock(l.Stream())
	if err != nil || l.State == trading.Listed && arrival(received, at).Before(l.RegisterUntil) {
		return l, at, err
	}
	if l.State == trading.Listed {
		err = lost.ofRegistration(ctx, tx, l)
	}
	if err == nil {
		err = fault.New(fault.Conflict, "报名已于%s截止", calendar.Exactly(l.RegisterUntil))
	}
	return l, at, err
}

// PullRegistration takes a bidder's own registration back, as long as
// registration is open when it is received. The deposit, if it has come, goes back.
func (s *Service) PullRegistration(ctx context.Context, who identity.Actor, requestID, id string,
	version int, received time.Time) (string, error) {
	scope, once, err := casework.Begin(who, LotRegister, "registration.pull", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	lot := ""
	pull := func(tx RegistrationTx) (string, error) {
		r, err := tx.Registration(id, scope)
		if err != nil || r.PersonID != who.PersonID {
			return "", orElse(err, noRegistration())
		}
		lot = r.Lot
		l, at, err := openForRegistration(ctx, s.lost(), tx, r.Lot, scope, received)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(r.Version, version); err != nil {
			return "", err
		}
		from := r.State
		if err := trading.RegistrationLifecycle.Move(&r.State, trading.RegistrationPulled); err != nil {
			return "", err
		}
		r.Version++
		if err := tx.SaveRegistration(r); err != nil {
			return "", err
		}
		if err := decided(tx, l, from, r, who.PersonID); err != nil {
			return "", err
		}
		return r.ID, s.giveBack(ctx, tx, l, r, at, who.PersonID)
	}
	return resumed(ctx, errNotResumed, func() (string, error) {
		return s.RegistrationStore.WriteRegistration(ctx, once, pull)
	}, func(ctx context.Context, _ string) error { return s.ResumeNotice(ctx, lot) }, id)
}

func noRegistration() error { return fault.New(fault.NotFound, "没有找到这份报名") }

// orElse is the first error that there is.
func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// decided settles what waited on account of a registration: the station's look at
// it, and the bidder's deposit.
func decided(tx casework.Owing, l trading.Lot, from casework.State, r trading.Registration, by string) error {
	if err := tx.Settle(payingDuty, r.Stream(), by); err != nil {
		return err
	}
	return RegistrationLeads.Moved(tx, from, r.State, entryDuty(l, r), by)
}

// giveBack puts a registration's deposit, if any, on its way back. No village's
// page counts it when it is overdue: it would tell before the opening that somebody
// has registered.
func (s *Cashier) giveBack(ctx context.Context, tx RegistrationTx, l trading.Lot, r trading.Registration,
	at time.Time, person string) error {
	d, err := tx.DepositOf(r.ID)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	by, err := s.refundBy(ctx, l, at)
	if err != nil {
		return err
	}
	from := d.State
	if err := d.Refundable(at, by); err != nil {
		return err
	}
	return KeepDeposit(tx, from, d, r.Path.Township(), person)
}

var (
	phoneForm   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	accountForm = regexp.MustCompile(`^\d{8,30}$`)
)

// checkRegistration checks what a bidder filled in.
func checkRegistration(form trading.RegistrationForm) error {
	var f fault.Form
	if !phoneForm.MatchString(form.Phone) {
		f.Add("phone", "请填写11位手机号码，只有乡镇经管站能看到")
	}
	if !accountForm.MatchString(form.Account) {
		f.Add("account", "请填写本人的银行账号，8至30位数字，保证金须从这个账户转出")
	}
	if form.As.Label() == "" {
		f.Add("as", "请选择您是不是本集体经济组织成员")
	}
	if form.Claim == trading.MemberFirst && form.As == trading.AsOutsider {
		f.Add("claim", "您选了本集体以外，不能主张成员的优先权")
	}
	if form.Claim != "" && form.Claim.Label() == "" {
		f.Add("claim", "请选择优先权的种类，没有就选“无”")
	}
	if form.Claim != "" || len(form.Proof) > 0 {
		casework.CheckPhotos(&f, "proof", "优先权证明", form.Proof, 1)
	}
	if !form.Agreed {
		f.Add("agreed", "请先阅读公告和竞价规则，再勾选同意")
	}
	return f.Err()
}

// entitled refuses whom the lot's vote leaves out, and asks of the others what proves
// that it does not.
func entitled(form trading.RegistrationForm, rights trading.Rights) error {
	var f fault.Form
	if rights.MembersOnly && form.As != trading.AsMember {
		f.Add("as", "决议只面向本集体经济组织成员，本集体以外的不能报名")
	}
	if rights.MembersOnly && form.As == trading.AsMember {
		casework.CheckPhotos(&f, "proof", "成员证明", form.Proof, 1)
	}
	return f.Err()
}

// numbers is how many bidder numbers a lot can give: 1000 to 9999.
const numbers = 9000

// freeNumber draws a bidder number that nobody in the lot has.
func freeNumber(others []trading.Registration) (string, error) {
	for range 1000 {
		n, err := rand.Int(rand.Reader, big.NewInt(numbers))
		if err != nil {
			return "", err
		}
		number := fmt.Sprint(1000 + n.Int64())
		if !slices.ContainsFunc(others, func(o trading.Registration) bool { return o.Number == number }) {
			return number, nil
		}
	}
	return "", fault.New(fault.Conflict, "竞买号已用完")
}
