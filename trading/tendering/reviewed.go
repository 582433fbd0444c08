package tendering

import (
	"context"

	"sunlot/internal/identity"
	"sunlot/trading"
)

// Review is everything that a reviewer of a draft looks at.
type Review struct {
	Tender     trading.Tender
	Asset      trading.Asset
	Resolution trading.Resolution
	Notice     trading.Notice // as it would be, published now
	Term       Term
	Again      *Again // nil of an asset's first notice
	Ticks      []Tick
}

// SeeReview gathers a draft for those who handle it: the notice as it would be
// published now, what it rests on, and what the program can say of it.
func (s *Service) SeeReview(ctx context.Context, who identity.Actor, id string) (Review, error) {
	scope, err := who.Can(identity.OfficeRead)
	if err != nil {
		return Review{}, err
	}
	t, err := s.Store.Tender(ctx, id, scope)
	if err != nil {
		return Review{}, err
	}
	r := Review{Tender: t}
	r.Asset, err = s.Assets.SeeAsset(ctx, who, t.Asset)
	if err != nil {
		return r, err
	}
	r.Resolution, err = s.Resolving.SeeResolution(ctx, who, t.TenderForm.Resolution)
	if err != nil || !t.UnderWay() {
		return r, err
	}
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return r, err
	}
	now, pack := s.Clock.Now(), s.Pack()
	if err := pack.Ready(); err != nil {
		return r, err
	}
	r.Term = TermOf(pack, days, now, t.NoticeDays)
	t.AnnouncedAt = now
	t.RegisterUntil = r.Term.RegisterUntil
	t.OpensAt = r.Term.OpensAt
	t.Firm = r.Term.Firm
	r.Notice = noticeOf(pack, r.Asset, r.Resolution, t)
	r.Again, err = s.NextAttempt(ctx, t.Asset)
	if err != nil {
		return r, err
	}
	others, err := s.Assets.SeeOccupied(ctx, t.Asset, t.StartsOn, t.EndsOn())
	r.Ticks = ticks(board{
		pack:   pack,
		asset:  r.Asset,
		vote:   r.Resolution,
		draft:  t,
		term:   r.Term,
		now:    now,
		others: others,
		again:  r.Again,
	})
	return r, err
}
