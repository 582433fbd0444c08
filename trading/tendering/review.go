package tendering

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// step is one move of a tender between desks.
type step struct {
	kind    string // the request's
	noted   string // the trail's
	to      casework.State
	reasons []fault.Field
	// by checks who may take the step and notes the person.
	by func(tx Tx, t *trading.Tender, who identity.Actor) error
	// ready checks the tender itself.
	ready func(tx Tx, scope identity.Scope, t trading.Tender) error
	// leaves says what waits on account of the step besides the tender itself.
	leaves func(tx Tx, scope identity.Scope, t trading.Tender) error
}

func (s *Service) stepTender(ctx context.Context, who identity.Actor, as *identity.Action, requestID, id string,
	version int, st step) (string, error) {
	scope, once, err := casework.Begin(who, as, st.kind, requestID, []any{id, version, st.reasons})
	if err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		t, err := tx.Tender(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(t.Version, version); err != nil {
			return "", err
		}
		from := t.State
		if err := trading.TenderLifecycle.Move(&t.State, st.to); err != nil {
			return "", err
		}
		if st.by != nil {
			if err := st.by(tx, &t, who); err != nil {
				return "", err
			}
		}
		if st.ready != nil {
			if err := st.ready(tx, scope, t); err != nil {
				return "", err
			}
		}
		t.Version, t.Mend = t.Version+1, st.reasons
		if st.to == trading.Returned {
			terms := t.TenderForm
			t.Back = &terms
		}
		if err := tx.SaveTender(t); err != nil {
			return "", err
		}
		if err := Leads.Moved(tx, from, t.State, duty(t), who.PersonID); err != nil {
			return "", err
		}
		if st.leaves != nil {
			if err := st.leaves(tx, scope, t); err != nil {
				return "", err
			}
		}
		return t.ID, casework.NoteAct(tx, who, as, t.Stream(), t.Path, st.noted, st.reasons)
	})
}

// Written are the steps of whoever has written a part of a tender, Handled of whoever
// has handled it before its approval.
var (
	Written = []string{"tender.drafted", "tender.submitted"}
	Handled = append([]string{"tender.checked"}, Written...)
)

// SubmitTender hands the draft to the township service station.
func (s *Service) SubmitTender(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.stepTender(ctx, who, trading.TenderDraft, requestID, id, version, step{
		kind: "tender.submit", noted: "tender.submitted", to: trading.Submitted,
		by: func(_ Tx, t *trading.Tender, who identity.Actor) error {
			t.Steps.SubmittedBy = who.PersonID
			t.Steps.CheckedBy = ""
			t.Steps.ApprovedBy = ""
			return nil
		},
		ready: func(tx Tx, scope identity.Scope, t trading.Tender) error {
			if err := s.inRules(tx, scope, t); err != nil {
				return err
			}
			_, _, err := s.foundation(tx, scope, &t, t.TenderForm)
			return err
		},
	})
}

// inRules refuses terms that the figures of today do not allow, whatever those of the day on
// which they were written did.
func (s *Service) inRules(_ Tx, _ identity.Scope, t trading.Tender) error {
	return checkTender(t.TenderForm, s.Pack())
}

// CheckTender is the station's word that the draft is in order.
func (s *Service) CheckTender(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.stepTender(ctx, who, trading.TenderCheck, requestID, id, version, step{
		kind: "tender.check", noted: "tender.checked", to: trading.Checked, ready: s.inRules,
		by: func(tx Tx, t *trading.Tender, who identity.Actor) error {
			t.Steps.CheckedBy = who.PersonID
			return casework.Second(tx, who, t.Stream(), "起草、修改或者提交过公告的人不能审核同一份公告", Written...)
		},
	})
}

// ApproveTender is the township leader's approval. Whoever handled the case
// cannot approve it.
func (s *Service) ApproveTender(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.stepTender(ctx, who, TenderApprove, requestID, id, version, step{
		kind: "tender.approve", noted: "tender.approved", to: trading.Approved, ready: s.inRules,
		by: func(tx Tx, t *trading.Tender, who identity.Actor) error {
			t.Steps.ApprovedBy = who.PersonID
			return casework.Second(tx, who, t.Stream(), "经办人不能审批同一份公告", Handled...)
		},
	})
}

// ReturnTender gives the draft back to the clerk, saying field by field what to
// mend: from the station while it checks, from the leader while it is approved.
func (s *Service) ReturnTender(ctx context.Context, who identity.Actor, requestID, id string,
	back casework.Return) (string, error) {
	as, err := s.returnsAs(ctx, who, id)
	if err != nil {
		return "", err
	}
	if err := back.Check(); err != nil {
		return "", err
	}
	return s.stepTender(ctx, who, as, requestID, id, back.Version, step{
		kind: "tender.return", noted: "tender.returned", to: trading.Returned, reasons: back.Reasons,
		ready: func(_ Tx, _ identity.Scope, t trading.Tender) error {
			if t.Steps.CheckedBy == "" && as == TenderApprove {
				return fault.New(fault.Conflict, "公告还在审核，尚未到审批")
			}
			if t.Steps.CheckedBy != "" && as == trading.TenderCheck {
				return fault.New(fault.Conflict, "公告已通过审核，应由审批人退回")
			}
			return nil
		},
	})
}

// returnsAs says as what somebody returns a tender: as the leader once it is
// checked, before as the station. Who is only one of the two stays that one, and
// the act says whether it is their turn.
func (s *Service) returnsAs(ctx context.Context, who identity.Actor, id string) (*identity.Action, error) {
	_, checks := who.Can(trading.TenderCheck)
	_, approves := who.Can(TenderApprove)
	switch {
	case checks != nil:
		return TenderApprove, approves
	case approves != nil:
		return trading.TenderCheck, nil
	}
	t, err := s.Store.Tender(ctx, id, identity.Everywhere)
	if err == nil && who.May(TenderApprove, t.Path) &&
		(t.Steps.CheckedBy != "" || !who.May(trading.TenderCheck, t.Path)) {
		return TenderApprove, nil
	}
	return trading.TenderCheck, err
}
