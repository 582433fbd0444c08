package resolving

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// SeeResolution returns a resolution: its result once confirmed, the names and
// papers only to those who handle it.
func (s *Service) SeeResolution(ctx context.Context, who identity.Actor, id string) (trading.Resolution, error) {
	r, err := s.Store.Resolution(ctx, id, identity.Everywhere)
	if err != nil {
		return r, err
	}
	if !trading.Sees(who, trading.ResolutionResult, r.State, r.Path) {
		return trading.Resolution{}, fault.New(fault.NotFound, "没有找到这份决议")
	}
	return maskResolution(who, r), nil
}

func maskResolution(who identity.Actor, r trading.Resolution) trading.Resolution {
	if !trading.Sees(who, trading.ResolutionVotes, r.State, r.Path) {
		r.Votes = []trading.Vote{}
	}
	if !trading.Sees(who, trading.ResolutionPapers, r.State, r.Path) {
		r.SignIn, r.Minutes = []string{}, []string{}
	}
	if !trading.Sees(who, trading.ResolutionMend, r.State, r.Path) {
		r.Mend = nil
		r.RecordedBy = ""
		r.SubmittedBy = ""
		r.ConfirmedBy = ""
	}
	return r
}

// SeeResolutions lists resolutions: to the public the confirmed ones.
func (s *Service) SeeResolutions(ctx context.Context, who identity.Actor,
	q casework.Query) ([]trading.Resolution, int, error) {
	q.Scope, q.States = trading.PublicOr(who, q.Scope, q.States, trading.Confirmed)
	if q.Scope == nil {
		q.Scope = identity.Everywhere
	}
	list, total, err := s.Store.Resolutions(ctx, q)
	for i := range list {
		list[i] = maskResolution(who, list[i])
	}
	return list, total, err
}

// OwnVotes lists how the record has the actor's own votes.
func (s *Service) OwnVotes(ctx context.Context, who identity.Actor,
	page identity.Page) ([]trading.Resolution, int, error) {
	if _, err := who.Can(VoteCheck); err != nil {
		return nil, 0, err
	}
	list, total, err := s.Store.VotesOf(ctx, who.PersonID, page)
	for i := range list {
		list[i].SignIn = []string{}
		list[i].Minutes = []string{}
		list[i].Mend = nil
	}
	return list, total, err
}

// ResolutionFor returns a resolution to whoever may do the act where it lies; elsewhere it is
// not found.
func (s *Service) ResolutionFor(ctx context.Context, who identity.Actor, as *identity.Action,
	id string) (trading.Resolution, error) {
	scope, err := who.Can(as)
	if err != nil {
		return trading.Resolution{}, err
	}
	return s.Store.Resolution(ctx, id, scope)
}

// ResolutionsFor lists resolutions in the places where the actor may do the act.
func (s *Service) ResolutionsFor(ctx context.Context, who identity.Actor, as *identity.Action,
	q casework.Query) ([]trading.Resolution, int, error) {
	scope, err := who.Can(as)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.Resolutions(ctx, q)
}
