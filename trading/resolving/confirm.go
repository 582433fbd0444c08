package resolving

import (
	"context"
	"encoding/json"
	"strings"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// ConfirmResolution is a supervision committee member's word that the typed
// record is the paper one. The counts become public; whether the resolution
// carries a notice is computed, not decided. Who typed in any of it cannot confirm it.
func (s *Service) ConfirmResolution(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, trading.ResolutionConfirm, "resolution.confirm", requestID,
		[]any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteResolution(ctx, once, func(tx Tx) (string, error) {
		r, err := submittedResolution(tx, who, scope, id, version, trading.Confirmed)
		if err != nil {
			return "", err
		}
		a, err := tx.Asset(r.Asset, scope)
		if err != nil {
			return "", err
		}
		if err := sameAsset(a, r); err != nil {
			return "", err
		}
		if err := s.takeRoll(tx, a, &r); err != nil {
			return "", rollChanged(err)
		}
		at, err := tx.Lock(r.Stream())
		if err != nil {
			return "", err
		}
		r.Reasons = casework.NotNil(unlawful(s.Pack(), a, r.ResolutionForm, calendar.DateOf(at)))
		r.Lawful = len(r.Reasons) == 0
		r.ConfirmedBy = who.PersonID
		r.ConfirmedAt = at
		r.Rules = s.Pack().Edition()
		names, err := json.Marshal(r.Votes)
		if err != nil {
			return "", err
		}
		e, err := tx.Record(r.Stream(), "resolution.confirmed", resolutionFacts(a, r), names)
		if err != nil {
			return "", err
		}
		r.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
		if err := tx.SaveResolution(r); err != nil {
			return "", err
		}
		if err := confirmed(tx, r, who.PersonID); err != nil {
			return "", err
		}
		return r.ID, casework.NoteAct(tx, who, trading.ResolutionConfirm, r.Stream(), r.Path,
			"resolution.confirmed", nil)
	})
}

// sameAsset refuses a vote of another meeting than the one that decides now, and one
// on an asset of another kind or size.
func sameAsset(a trading.Asset, r trading.Resolution) error {
	var changed []string
	if a.Assembly != r.Assembly {
		changed = append(changed, "决策会议")
	}
	if a.Kind != r.Kind {
		changed = append(changed, "资产类别")
	}
	if a.Area != r.Area || a.Measure != r.Measure {
		changed = append(changed, r.Measure.Name())
	}
	if len(changed) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "登记决议以后，资产登记改了%s，这份决议不能再办：请由经办人撤回，按现在的登记重新表决；登记改错的，先更正资产登记",
		strings.Join(changed, "、"))
}

// rollChanged is why a record that was right when it was handed in cannot be confirmed.
func rollChanged(err error) error {
	if fault.CodeOf(err) != fault.Invalid {
		return err
	}
	return fault.New(fault.Conflict, "提交以后名册改了，不能核实：请退回修改，按现在的名册登记")
}

// confirmed hands a resolution that carries a notice to the clerk, who drafts it.
func confirmed(tx Tx, r trading.Resolution, by string) error {
	if err := Leads.Moved(tx, trading.ResolutionSubmitted, r.State, duty(r), by); err != nil || !r.Lawful {
		return err
	}
	return tx.Owe(trading.LettingDuty, r.Letting())
}

// ReturnResolution gives the record back to the clerk, saying what to mend.
func (s *Service) ReturnResolution(ctx context.Context, who identity.Actor, requestID, id string,
	back casework.Return) (string, error) {
	scope, once, err := casework.Begin(who, trading.ResolutionConfirm, "resolution.return", requestID, []any{id, back})
	if err != nil {
		return "", err
	}
	if err := back.Check(); err != nil {
		return "", err
	}
	return s.Store.WriteResolution(ctx, once, func(tx Tx) (string, error) {
		r, err := submittedResolution(tx, who, scope, id, back.Version, trading.ResolutionReturned)
		if err != nil {
			return "", err
		}
		r.Mend = back.Reasons
		if err := tx.SaveResolution(r); err != nil {
			return "", err
		}
		if err := Leads.Moved(tx, trading.ResolutionSubmitted, r.State, duty(r), who.PersonID); err != nil {
			return "", err
		}
		return r.ID, casework.NoteAct(tx, who, trading.ResolutionConfirm, r.Stream(), r.Path, "resolution.returned",
			back.Reasons)
	})
}

// submittedResolution loads a record for the committee and moves it on.
func submittedResolution(tx Tx, who identity.Actor, scope identity.Scope, id string, version int,
	to casework.State) (trading.Resolution, error) {
	r, err := tx.Resolution(id, scope)
	if err != nil {
		return r, err
	}
	if err := casework.SameVersion(r.Version, version); err != nil {
		return r, err
	}
	err = casework.Second(tx, who, r.Stream(), "登记、修改或者提交过决议的人不能核实同一份决议",
		"resolution.recorded", "resolution.submitted")
	if err != nil {
		return r, err
	}
	r.Version++
	return r, trading.ResolutionLifecycle.Move(&r.State, to)
}

func resolutionFacts(a trading.Asset, r trading.Resolution) trading.ConfirmedFacts {
	return trading.ConfirmedFacts{
		Asset:      a.Event,
		Assembly:   r.Assembly,
		HeldOn:     r.HeldOn(),
		Roll:       r.Roll.Event,
		RollFrom:   r.Roll.From,
		Steps:      r.Steps,
		Count:      r.Count,
		Side:       r.Side,
		Unit:       r.Unit,
		Years:      r.Years,
		FloorPrice: r.FloorPrice,
		Outsiders:  r.Outsiders,
		Priorities: r.Priorities,
		Lawful:     r.Lawful,
		Reasons:    r.Reasons,
	}
}
