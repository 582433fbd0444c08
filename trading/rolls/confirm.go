package rolls

import (
	"context"
	"encoding/json"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// ConfirmRoll is the service station's word that these and no others are due. The count
// becomes public, the names are sealed with it; from its day on the edition stands in
// the place of those before. Who entered or amended it cannot confirm it.
func (s *Service) ConfirmRoll(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, RollConfirm, "roll.confirm", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteRoll(ctx, once, func(tx Tx) (string, error) {
		r, from, err := moved(tx, scope, id, version, Confirmed)
		if err != nil {
			return "", err
		}
		if err := another(tx, who, r); err != nil {
			return "", err
		}
		if _, err := tx.Lock(event.Of("org", r.Org)); err != nil { // for whoever takes the body's roll now
			return "", err
		}
		r.DecidedAt, err = tx.Lock(r.Stream())
		if err != nil {
			return "", err
		}
		if err := afterTheOthers(tx, &r); err != nil {
			return "", err
		}
		names, err := json.Marshal(r.Members)
		if err != nil {
			return "", err
		}
		e, err := tx.Record(r.Stream(), "roll.confirmed", ConfirmedFacts{
			Org:      r.Org,
			Place:    r.OrgName,
			Assembly: r.Assembly,
			Body:     s.Pack().Assemblies[r.Assembly].Label,
			From:     r.From,
			Count:    r.Count,
			Entered:  event.Stamp(r.EnteredAt),
		}, names)
		if err != nil {
			return "", err
		}
		r.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
		r.DecidedBy = who.PersonID
		return r.ID, s.keep(tx, who, RollConfirm, from, r, "", "roll.confirmed", nil)
	})
}

// afterTheOthers puts the decision after the body's last one and after the entry: two
// nodes' clocks may say otherwise, and of two editions the one confirmed later counts.
func afterTheOthers(tx Tx, r *Roll) error {
	all, err := tx.Editions(r.Org, r.Assembly)
	if err != nil {
		return err
	}
	if r.DecidedAt.Before(r.EnteredAt) {
		r.DecidedAt = r.EnteredAt
	}
	for _, o := range all {
		if o.State == Confirmed && o.ID != r.ID && !r.DecidedAt.After(o.DecidedAt) {
			r.DecidedAt = o.DecidedAt.Add(time.Millisecond)
		}
	}
	return nil
}

// Written are the steps of whoever has written a part of an edition.
var Written = []string{"roll.entered", "roll.amended"}

// another refuses whoever has written a part of the edition.
func another(tx Tx, who identity.Actor, r Roll) error {
	return casework.Second(tx, who, r.Stream(), "登记或者修改过名册的人不能核对同一份名册", Written...)
}

// ReturnRoll gives an edition back to the clerk, saying what to mend.
func (s *Service) ReturnRoll(ctx context.Context, who identity.Actor, requestID, id string,
	back casework.Return) (string, error) {
	scope, once, err := casework.Begin(who, RollConfirm, "roll.return", requestID, []any{id, back})
	if err != nil {
		return "", err
	}
	if err := back.Check(); err != nil {
		return "", err
	}
	due, err := s.checkedBy(ctx)
	if err != nil {
		return "", err
	}
	return s.Store.WriteRoll(ctx, once, func(tx Tx) (string, error) {
		r, from, err := moved(tx, scope, id, back.Version, Returned)
		if err != nil {
			return "", err
		}
		if err := another(tx, who, r); err != nil {
			return "", err
		}
		r.Mend = back.Reasons
		return r.ID, s.keep(tx, who, RollConfirm, from, r, due, "roll.returned", back.Reasons)
	})
}
