package tendering

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// TakeBackTender gives the draft back to whoever has just handed it to the station, which
// has not begun with it.
func (s *Service) TakeBackTender(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, trading.TenderDraft, "tender.take_back", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		t, err := tx.Tender(id, scope)
		if err != nil {
			return "", err
		}
		err = trading.TenderLifecycle.TakesBack(who, t.Steps.SubmittedBy, t.State, trading.Submitted)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(t.Version, version); err != nil {
			return "", err
		}
		if err := trading.TenderLifecycle.Move(&t.State, trading.Drafted); err != nil {
			return "", err
		}
		t.Version++
		t.Steps.SubmittedBy = ""
		if err := tx.SaveTender(t); err != nil {
			return "", err
		}
		if err := Leads.Moved(tx, trading.Submitted, t.State, duty(t), who.PersonID); err != nil {
			return "", err
		}
		return t.ID, casework.NoteAct(tx, who, trading.TenderDraft, t.Stream(), t.Path, "tender.taken_back", nil)
	})
}

// TakeBackSupplement ends a proposal that the station has not begun with; the notice stays
// as it is.
func (s *Service) TakeBackSupplement(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, SupplementPropose, "supplement.take_back", requestID,
		[]any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		sup, err := tx.Supplement(id, scope)
		if err != nil {
			return "", err
		}
		err = trading.SupplementLifecycle.TakesBack(who, sup.ProposedBy, sup.State, trading.Proposed)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(sup.Version, version); err != nil {
			return "", err
		}
		if err := trading.SupplementLifecycle.Move(&sup.State, trading.SupplementTakenBack); err != nil {
			return "", err
		}
		sup.Version++
		if err := tx.SaveSupplement(sup); err != nil {
			return "", err
		}
		err = SupplementLeads.Moved(tx, trading.Proposed, sup.State, supplementOf(sup), who.PersonID)
		if err != nil {
			return "", err
		}
		return sup.ID, casework.NoteAct(tx, who, SupplementPropose, event.Of("tender", sup.Tender), sup.Path,
			"supplement.taken_back", nil)
	})
}
