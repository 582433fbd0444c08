package trading

import (
	"context"

	"sunlot/internal/identity"
)

// Review is everything that a reviewer of a draft looks at.
type Review struct {
	Tender     Tender
	Asset      Asset
	Resolution Resolution
	Notice     Notice // as it would be, published now
	Term       Term
	Ticks      []Tick
}

// UnderWay says whether the tender is still on its way to publication.
func (t Tender) UnderWay() bool { return t.State != Announced && t.State != Withdrawn }

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
	if r.Asset, err = s.SeeAsset(ctx, who, t.Asset); err != nil {
		return r, err
	}
	r.Resolution, err = s.SeeResolution(ctx, who, t.TenderForm.Resolution)
	if err != nil || !t.UnderWay() {
		return r, err
	}
	days, err := s.CalendarNow(ctx)
	if err != nil {
		return r, err
	}
	now := s.Clock.Now()
	r.Term = TermOf(s.Pack, days, now, t.NoticeDays)
	t.AnnouncedAt, t.RegisterUntil, t.OpensAt, t.Firm = now, r.Term.RegisterUntil, r.Term.OpensAt, r.Term.Firm
	r.Notice = noticeOf(s.Pack, r.Asset, r.Resolution, t)
	r.Ticks = ticks(board{s.Pack, r.Asset, r.Resolution, t, r.Term, now})
	return r, nil
}
