package tendering

import (
	"context"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// maxSupplements is how many a notice may have before it should be withdrawn and begun anew.
const maxSupplements = 20

// ProposeSupplement drafts a supplement, which the township station releases.
func (s *Service) ProposeSupplement(ctx context.Context, who identity.Actor, requestID string,
	form trading.SupplementForm) (string, error) {
	scope, once, err := casework.Begin(who, SupplementPropose, "supplement.propose", requestID, form)
	if err != nil {
		return "", err
	}
	var f fault.Form
	f.Text("text", "补充内容", form.Text, 2000)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		t, err := openNotice(tx, form.Tender, scope)
		if err != nil {
			return "", err
		}
		if err := privacy.Check(tx, t.Path, form); err != nil {
			return "", err
		}
		before, err := tx.Supplements(t.ID)
		if err != nil {
			return "", err
		}
		if len(before) >= maxSupplements {
			return "", fault.New(fault.Conflict, "补充公告已有%d份，不能再增加", maxSupplements)
		}
		sup := trading.Supplement{
			ID:          event.NewID(),
			Tender:      t.ID,
			TenderTitle: t.Title,
			Path:        t.Path,
			Number:      len(before) + 1,
			State:       trading.Proposed,
			Version:     1,
			Text:        form.Text,
			ProposedBy:  who.PersonID,
		}
		if err := tx.SaveSupplement(sup); err != nil {
			return "", err
		}
		if err := SupplementLeads.Moved(tx, "", sup.State, supplementOf(sup), who.PersonID); err != nil {
			return "", err
		}
		return sup.ID, casework.NoteAct(tx, who, SupplementPropose, t.Stream(), t.Path, "supplement.proposed", nil)
	})
}

// openNotice is an announced tender whose registration has not ended.
func openNotice(tx Tx, id string, scope identity.Scope) (trading.Tender, error) {
	t, err := tx.Tender(id, scope)
	if err != nil {
		return t, err
	}
	if t.State != trading.Announced {
		return t, fault.New(fault.Conflict, "公告尚未发布，请直接修改草稿")
	}
	now, err := tx.Lock(t.Stream())
	if err != nil {
		return t, err
	}
	if !now.Before(t.RegisterUntil) {
		return t, fault.New(fault.Conflict, "报名已截止，不能再发补充公告")
	}
	return t, nil
}

// ReleaseSupplement publishes a supplement: the notice's term grows by the
// pack's days from its present end. Who proposed it cannot release it.
func (s *Service) ReleaseSupplement(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, SupplementRelease, "supplement.release", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		sup, err := proposedSupplement(tx, who, scope, id, version, trading.Released)
		if err != nil {
			return "", err
		}
		t, err := openNotice(tx, sup.Tender, scope)
		if err != nil {
			return "", err
		}
		return sup.ID, s.release(ctx, tx, who, &t, &sup)
	})
}

// proposedSupplement loads a proposal for the station and moves it on.
func proposedSupplement(tx Tx, who identity.Actor, scope identity.Scope, id string, version int,
	to casework.State) (trading.Supplement, error) {
	sup, err := tx.Supplement(id, scope)
	if err != nil {
		return sup, err
	}
	if err := casework.SameVersion(sup.Version, version); err != nil {
		return sup, err
	}
	if err := who.Second("起草补充公告的人不能办理同一份补充公告", sup.ProposedBy); err != nil {
		return sup, err
	}
	sup.Version++
	return sup, trading.SupplementLifecycle.Move(&sup.State, to)
}

func (s *Service) release(ctx context.Context, tx Tx, who identity.Actor, t *trading.Tender,
	sup *trading.Supplement) error {
	at, err := tx.Lock(t.Stream())
	if err != nil {
		return err
	}
	pack, err := rules.At(t.Rules, s.Pack())
	if err != nil {
		return err
	}
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return err
	}
	term := termFrom(pack, days, calendar.DateOf(t.RegisterUntil), pack.SupplementDays.Value())
	if t.OpensAt.After(term.OpensAt) { // who has read a later day must not come too late
		term.OpensAt = t.OpensAt
	}
	if err := stillFits(checkTerm(pack, t.TenderForm, t.AnnouncedAt, term)); err != nil {
		return err
	}
	sup.ReleasedBy = who.PersonID
	sup.ReleasedAt = at
	sup.RegisterUntil = term.RegisterUntil
	sup.OpensAt = term.OpensAt
	sup.Firm = term.Firm
	sup.Document, err = privacy.Publish(tx, t.Path, struct {
		Tender        string `json:"tender"`
		Number        int    `json:"number"`
		Text          string `json:"text"`
		RegisterUntil string `json:"register_until"`
		OpensAt       string `json:"opens_at"`
	}{t.ID, sup.Number, sup.Text, event.Stamp(sup.RegisterUntil), event.Stamp(sup.OpensAt)})
	if err != nil {
		return err
	}
	e, err := tx.Record(t.Stream(), "tender.supplemented", trading.SupplementFacts{
		Number:        sup.Number,
		Document:      sup.Document,
		Before:        event.Stamp(t.RegisterUntil),
		RegisterUntil: event.Stamp(sup.RegisterUntil),
		OpensAt:       event.Stamp(sup.OpensAt),
	}, nil)
	if err != nil {
		return err
	}
	sup.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	t.RegisterUntil = sup.RegisterUntil
	t.OpensAt = sup.OpensAt
	t.Firm = sup.Firm
	t.Version++
	if err := tx.SaveSupplement(*sup); err != nil {
		return err
	}
	err = SupplementLeads.Moved(tx, trading.Proposed, sup.State, supplementOf(*sup), who.PersonID)
	if err != nil {
		return err
	}
	if err := tx.SaveTender(*t); err != nil {
		return err
	}
	if err := s.Lots.Postpone(tx, *t); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, SupplementRelease, t.Stream(), t.Path, "supplement.released", nil)
}

// stillFits says why a notice's days do not fit the term that a supplement gives it. The
// station mends nothing there: it can only return the supplement.
func stillFits(err error) error {
	if fields := fault.FieldsOf(err); len(fields) > 0 {
		return fault.New(fault.Conflict, "延长以后公告的日期不再合适：%s。这份补充公告只能退回", fields[0].Message)
	}
	return err
}

// ReturnSupplement refuses a proposal, with reasons; the notice stays as it is.
func (s *Service) ReturnSupplement(ctx context.Context, who identity.Actor, requestID, id string,
	back casework.Return) (string, error) {
	scope, once, err := casework.Begin(who, SupplementRelease, "supplement.return", requestID, []any{id, back})
	if err != nil {
		return "", err
	}
	if err := back.Check(); err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		sup, err := proposedSupplement(tx, who, scope, id, back.Version, trading.SupplementReturned)
		if err != nil {
			return "", err
		}
		sup.Mend = back.Reasons
		if err := tx.SaveSupplement(sup); err != nil {
			return "", err
		}
		err = SupplementLeads.Moved(tx, trading.Proposed, sup.State, supplementOf(sup), who.PersonID)
		if err != nil {
			return "", err
		}
		return sup.ID, casework.NoteAct(tx, who, SupplementRelease, event.Of("tender", sup.Tender), sup.Path,
			"supplement.returned", back.Reasons)
	})
}
