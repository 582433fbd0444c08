package tendering

import (
	"context"
	"slices"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// EndTender is the clerk's word that an asset whose lot nobody won is not let
// again for now. It may still be let later, by another notice.
func (s *Service) EndTender(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, trading.TenderDraft, "tender.end", requestID, []any{id, version})
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
		if t.LotState != trading.Failed {
			return "", fault.New(fault.Conflict, "公告目前为“%s”，未成交（流标）以后才能这样结束", t.Stage())
		}
		acts, err := tx.Acts(t.Stream())
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(acts, func(a casework.Act) bool { return a.Kind == "tender.ended" }) {
			return "", fault.New(fault.Conflict, "这份公告已经结束")
		}
		if err := tx.Settle(trading.RelistDuty, event.Of("asset", t.Asset), who.PersonID); err != nil {
			return "", err
		}
		return t.ID, casework.NoteAct(tx, who, trading.TenderDraft, t.Stream(), t.Path, "tender.ended", nil)
	})
}
