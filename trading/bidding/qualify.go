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
	"sunlot/trading/rules"
	"sunlot/trading/statement"
)

// Decision is what the station decides on a registration. Grant confirms the
// priority right that was claimed; without it the bidder bids as anybody, and reads why
// in Denied. Reason is the bidder's to read when refused, the station's own when admitted.
type Decision struct {
	Version int    `json:"version"`
	Grant   bool   `json:"grant"`
	Denied  string `json:"denied"` // why the right that was claimed is not confirmed
	Seen    bool   `json:"seen"`   // the identity card or licence was shown
	Member  bool   `json:"member"` // membership was proved, where the vote is for members only
	Reason  string `json:"reason"`
}

// Qualify admits a bidder whose deposit has come, under a random number.
func (s *Service) Qualify(ctx context.Context, who identity.Actor, requestID, id string, d Decision) (string, error) {
	var f fault.Form
	if !d.Seen {
		f.Add("seen", "请先核对身份证件或营业执照原件，再勾选")
	}
	f.Optional("reason", "理由", d.Reason, 300)
	f.Optional("denied", "不确认优先权的理由", d.Denied, 300)
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
				return casework.InvalidIfMissing(err, "seen", "保证金还没有核对，不能审核通过")
			}
			if err := trading.RegistrationLifecycle.Move(&r.State, trading.Qualified); err != nil {
				return err
			}
			if err := s.granted(ctx, l, r, d); err != nil {
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

// SeeRights is who may bid for a lot and who stands before others. It is public with the notice.
func (s *Service) SeeRights(ctx context.Context, lot string) (trading.Rights, error) {
	l, err := s.LotStore.Lot(ctx, lot, identity.Everywhere)
	if err != nil {
		return trading.Rights{}, err
	}
	pack, err := rules.At(l.Rules, s.Pack())
	if err != nil {
		return trading.Rights{}, err
	}
	kind, vote, err := s.RegistrationStore.Vote(ctx, lot)
	return trading.RightsOf(pack, kind, vote), err
}

// granted looks at what the bidder is and at the right that was claimed: its place in the
// lot's order, 0 for none, with the reason that the bidder reads when it is denied.
func (s *Service) granted(ctx context.Context, l trading.Lot, r *trading.Registration, d Decision) error {
	rights, err := s.SeeRights(ctx, l.ID)
	if err != nil {
		return err
	}
	r.Rank, r.Reason = 0, ""
	var f fault.Form
	switch {
	case rights.MembersOnly && r.As != trading.AsMember:
		f.Add("seen", "决议只面向本集体经济组织成员，报名人不是成员；请不予通过并写明理由，保证金会退回")
	case rights.MembersOnly && !d.Member:
		f.Add("member", "请核对成员证明再勾选；证明不了的，请不予通过并写明理由")
	}
	at := slices.Index(rights.Priorities, r.Claim)
	switch {
	case r.Claim == "":
	case d.Grant && at < 0:
		f.Add("grant", "决议、公告和法律都没有给予“%s”优先权，请不要勾选", r.Claim.Label())
	case d.Grant:
		r.Rank = at + 1
	default:
		f.Text("denied", "不确认优先权的理由", d.Denied, 300)
		r.Reason = d.Denied
	}
	return f.Err()
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
		func(tx RegistrationTx, l trading.Lot, r *trading.Registration, at time.Time) error {
			r.Reason = d.Reason
			if err := trading.RegistrationLifecycle.Move(&r.State, trading.RegistrationRefused); err != nil {
				return err
			}
			return s.giveBack(ctx, tx, l, *r, at, who.PersonID)
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
			return "", fault.New(fault.Conflict, "竞价已于%s开始，不能再审核", calendar.Exactly(l.Board.OpensAt))
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
