package bidding

import (
	"context"
	"slices"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// Decision is what the station decides on a registration. Grant confirms the
// priority right that was claimed; without it the bidder bids as anybody.
type Decision struct {
	Version int    `json:"version"`
	Grant   bool   `json:"grant"`
	Seen    bool   `json:"seen"` // the identity card or licence was shown
	Reason  string `json:"reason"`
}

// Qualify admits a bidder whose deposit has come, under a random number.
func (s *Service) Qualify(ctx context.Context, who identity.Actor, requestID, id string, d Decision) (string, error) {
	var f fault.Form
	if !d.Seen {
		f.Add("seen", "请先核对身份证件或营业执照原件,再勾选")
	}
	f.Optional("reason", "理由", d.Reason, 300)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.decide(ctx, who, requestID, "registration.qualify", "registration.qualified", id, d,
		func(tx RegistrationTx, l trading.Lot, r *trading.Registration, at time.Time) error {
			if err := stillABidder(tx, *r); err != nil {
				return err
			}
			deposit, err := tx.DepositOf(r.ID)
			if err != nil {
				return casework.InvalidIfMissing(err, "seen", "保证金还没有匹配,不能审核通过")
			}
			if err := trading.RegistrationLifecycle.Move(&r.State, trading.Qualified); err != nil {
				return err
			}
			r.Rank, err = s.rank(ctx, l, r.Claim, d.Grant)
			if err != nil {
				return err
			}
			others, err := tx.Registrations(l.ID)
			if err != nil {
				return err
			}
			if twins := twinsOf(*r, others); len(twins) > 0 && strings.TrimSpace(d.Reason) == "" {
				return fault.New(fault.Invalid, "与另一份报名的银行账号相同，或户名和电话都相同：%s。请核实是不是同一人，确可通过的写明理由",
					twins[0].Name).On("reason")
			}
			r.Number, err = freeNumber(others)
			if err != nil {
				return err
			}
			r.Reason = ""
			deposit.HeldAt = at
			deposit.Version++
			if err := trading.DepositLifecycle.Move(&deposit.State, trading.Held); err != nil {
				return err
			}
			return KeepDeposit(tx, trading.Matched, deposit, r.Path, who.PersonID)
		})
}

// twinsOf are the other registrations of the lot behind which the same person may
// stand: with the same account, or the same name and telephone.
func twinsOf(r trading.Registration, others []trading.Registration) (twins []trading.Registration) {
	for _, o := range others {
		same := o.Account == r.Account || o.Phone == r.Phone && statement.SameName(o.Name, r.Name)
		if o.ID != r.ID && !gone(o) && same {
			twins = append(twins, o)
		}
	}
	return twins
}

// SeeTwins lists the registrations of the same lot behind which the same person may stand.
func (s *Service) SeeTwins(ctx context.Context, who identity.Actor, r trading.Registration) ([]trading.Registration,
	error) {
	if !who.May(trading.RegistrationQualify, r.Path) {
		return nil, nil
	}
	others, _, err := s.RegistrationStore.Registrations(ctx, casework.Query{
		Scope:  identity.Scope{r.Path},
		Parent: r.Lot,
		Page:   identity.Page{Number: 1, Size: identity.MaxFilePage, File: true},
	})
	return twinsOf(r, others), err
}

// rank is the place of the claimed priority in the resolution's order; 0 is none.
func (s *Service) rank(ctx context.Context, l trading.Lot, claim trading.Priority, granted bool) (int, error) {
	if claim == "" || !granted {
		return 0, nil
	}
	priorities, err := s.RegistrationStore.Priorities(ctx, l.ID)
	if err != nil {
		return 0, err
	}
	at := slices.Index(priorities, claim)
	if at < 0 {
		return 0, fault.New(fault.Invalid, "决议和公告没有给予“%s”优先权,请不要勾选", claim.Label()).On("grant")
	}
	return at + 1, nil
}

// RefuseRegistration does not admit a bidder, and says why; the deposit goes back.
func (s *Service) RefuseRegistration(ctx context.Context, who identity.Actor, requestID, id string,
	d Decision) (string, error) {
	var f fault.Form
	f.Text("reason", "理由", d.Reason, 300)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.decide(ctx, who, requestID, "registration.refuse", "registration.refused", id, d,
		func(tx RegistrationTx, _ trading.Lot, r *trading.Registration, at time.Time) error {
			r.Reason = d.Reason
			if err := trading.RegistrationLifecycle.Move(&r.State, trading.RegistrationRefused); err != nil {
				return err
			}
			return s.giveBack(ctx, tx, *r, at, who.PersonID)
		})
}

func (s *Service) decide(ctx context.Context, who identity.Actor, requestID, kind, noted, id string, d Decision,
	apply func(RegistrationTx, trading.Lot, *trading.Registration, time.Time) error) (string, error) {
	scope, once, err := casework.Begin(who, trading.RegistrationQualify, kind, requestID, []any{id, d})
	if err != nil {
		return "", err
	}
	return s.RegistrationStore.WriteRegistration(ctx, once, func(tx RegistrationTx) (string, error) {
		r, err := tx.Registration(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(r.Version, d.Version); err != nil {
			return "", err
		}
		l, err := tx.Lot(r.Lot, scope)
		if err != nil {
			return "", err
		}
		at, err := tx.Lock(l.Stream())
		if err != nil {
			return "", err
		}
		if l.State != trading.Listed || !at.Before(l.Board.OpensAt) {
			return "", fault.New(fault.Conflict, "竞价已于%s开始,不能再审核", calendar.Exactly(l.Board.OpensAt))
		}
		if err := noPart(tx, l.ID, who); err != nil {
			return "", err
		}
		from := r.State
		if err := apply(tx, l, &r, at); err != nil {
			return "", err
		}
		r.DecidedBy = who.PersonID
		r.DecidedAt = at
		r.Version = r.Version + 1
		if err := tx.SaveRegistration(r); err != nil {
			return "", err
		}
		if err := decided(tx, l, from, r, who.PersonID); err != nil {
			return "", err
		}
		var reasons []fault.Field
		if d.Reason != "" {
			reasons = []fault.Field{{Name: "reason", Message: d.Reason}}
		}
		return r.ID, casework.NoteAct(tx, who, trading.RegistrationQualify, r.Stream(), r.Path, noted, reasons)
	})
}
