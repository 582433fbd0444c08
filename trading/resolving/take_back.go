package resolving

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// TakeBackResolution gives the record back to whoever has just handed it to the supervision
// committee, which has not begun with it.
func (s *Service) TakeBackResolution(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, trading.ResolutionRecord, "resolution.take_back", requestID,
		[]any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteResolution(ctx, once, func(tx Tx) (string, error) {
		r, err := tx.Resolution(id, scope)
		if err != nil {
			return "", err
		}
		err = trading.ResolutionLifecycle.TakesBack(who, r.SubmittedBy, r.State, trading.ResolutionSubmitted)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(r.Version, version); err != nil {
			return "", err
		}
		if err := trading.ResolutionLifecycle.Move(&r.State, trading.Recorded); err != nil {
			return "", err
		}
		r.Version++
		r.SubmittedBy = ""
		if err := tx.SaveResolution(r); err != nil {
			return "", err
		}
		if err := Leads.Moved(tx, trading.ResolutionSubmitted, r.State, duty(r), who.PersonID); err != nil {
			return "", err
		}
		return r.ID, casework.NoteAct(tx, who, trading.ResolutionRecord, r.Stream(), r.Path,
			"resolution.taken_back", nil)
	})
}
