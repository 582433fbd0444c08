package resolving

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// WithdrawResolution takes back a record that nobody has confirmed, wherever it waits: of
// another meeting's vote, or of one that is to be held anew, nothing can come any more.
func (s *Service) WithdrawResolution(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, trading.ResolutionRecord, "resolution.withdraw", requestID,
		[]any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteResolution(ctx, once, func(tx Tx) (string, error) {
		r, err := tx.Resolution(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(r.Version, version); err != nil {
			return "", err
		}
		from := r.State
		if err := trading.ResolutionLifecycle.Move(&r.State, trading.ResolutionWithdrawn); err != nil {
			return "", err
		}
		r.Version++
		if err := tx.SaveResolution(r); err != nil {
			return "", err
		}
		if err := Leads.Moved(tx, from, r.State, duty(r), who.PersonID); err != nil {
			return "", err
		}
		return r.ID, casework.NoteAct(tx, who, trading.ResolutionRecord, r.Stream(), r.Path, "resolution.withdrawn",
			nil)
	})
}
