package trading

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

// The reads below return what the actor may see: a noun without its hidden
// fields, or not found. Pages, API and exports read through them alone.

// SeeAsset returns an asset of the public register.
func (s *Service) SeeAsset(ctx context.Context, who identity.Actor, id string) (Asset, error) {
	a, err := s.Store.Asset(ctx, id, identity.Everywhere)
	return maskAsset(who, a), err
}

func maskAsset(who identity.Actor, a Asset) Asset {
	if !sees(who, AssetLastTenant, always, a.Path) {
		a.LastTenant = ""
	}
	return a
}

// SeeAssets lists the public register.
func (s *Service) SeeAssets(ctx context.Context, who identity.Actor, q casework.Query) ([]Asset, int, error) {
	list, total, err := s.Store.Assets(ctx, q)
	for i := range list {
		list[i] = maskAsset(who, list[i])
	}
	return list, total, err
}

// SeeResolution returns a resolution: its result once confirmed, the names and
// papers only to those who handle it.
func (s *Service) SeeResolution(ctx context.Context, who identity.Actor, id string) (Resolution, error) {
	r, err := s.Store.Resolution(ctx, id, identity.Everywhere)
	if err != nil {
		return r, err
	}
	if !sees(who, ResolutionResult, r.State, r.Path) {
		return Resolution{}, fault.New(fault.NotFound, "没有这份决议")
	}
	return maskResolution(who, r), nil
}

func maskResolution(who identity.Actor, r Resolution) Resolution {
	if !sees(who, ResolutionVotes, r.State, r.Path) {
		r.Votes = []Vote{}
	}
	if !sees(who, ResolutionPapers, r.State, r.Path) {
		r.SignIn, r.Minutes = []string{}, []string{}
	}
	if !sees(who, ResolutionMend, r.State, r.Path) {
		r.Mend, r.RecordedBy, r.SubmittedBy, r.ConfirmedBy = nil, "", "", ""
	}
	return r
}

// SeeResolutions lists resolutions: to the public the confirmed ones.
func (s *Service) SeeResolutions(ctx context.Context, who identity.Actor, q casework.Query) ([]Resolution, int, error) {
	if q.Scope, q.States = publicOr(who, q.Scope, q.States, Confirmed); q.Scope == nil {
		q.Scope = identity.Everywhere
	}
	list, total, err := s.Store.Resolutions(ctx, q)
	for i := range list {
		list[i] = maskResolution(who, list[i])
	}
	return list, total, err
}

// publicOr narrows a list to the states that the public sees, unless the actor
// reads as an official everywhere in the scope.
func publicOr(who identity.Actor, scope identity.Scope, states []casework.State, public ...casework.State) (identity.Scope, []casework.State) {
	official := len(scope) > 0
	for _, place := range scope {
		official = official && who.May(identity.OfficeRead, place)
	}
	if official {
		return scope, states
	}
	return scope, public
}

// OwnVotes lists how the record has the actor's own votes.
func (s *Service) OwnVotes(ctx context.Context, who identity.Actor, page identity.Page) ([]Resolution, int, error) {
	if _, err := who.Can(identity.VoteCheck); err != nil {
		return nil, 0, err
	}
	list, total, err := s.Store.VotesOf(ctx, who.PersonID, page)
	for i := range list {
		list[i].SignIn, list[i].Minutes, list[i].Mend = []string{}, []string{}, nil
	}
	return list, total, err
}

// SeeTender returns a tender: to the public from its notice on.
func (s *Service) SeeTender(ctx context.Context, who identity.Actor, id string) (Tender, error) {
	t, err := s.Store.Tender(ctx, id, identity.Everywhere)
	if err != nil {
		return t, err
	}
	if !sees(who, TenderTerms, t.State, t.Path) {
		return Tender{}, fault.New(fault.NotFound, "没有这项交易")
	}
	return maskTender(who, t), nil
}

func maskTender(who identity.Actor, t Tender) Tender {
	if !sees(who, TenderMend, t.State, t.Path) {
		t.Mend, t.Back = nil, nil
	}
	if !sees(who, TenderTrailNames, t.State, t.Path) {
		t.Steps = Steps{}
	}
	return t
}

// SeeTenders lists tenders: to the public the announced ones.
func (s *Service) SeeTenders(ctx context.Context, who identity.Actor, q casework.Query) ([]Tender, int, error) {
	if q.Scope, q.States = publicOr(who, q.Scope, q.States, Announced); q.Scope == nil {
		q.Scope = identity.Everywhere
	}
	list, total, err := s.Store.Tenders(ctx, q)
	for i := range list {
		list[i] = maskTender(who, list[i])
	}
	return list, total, err
}

// SeeTrail lists the steps of a tender: by role and time to the public, with
// names to the officials of the place.
func (s *Service) SeeTrail(ctx context.Context, who identity.Actor, t Tender) ([]casework.Act, error) {
	if !sees(who, TenderTrail, t.State, t.Path) {
		return nil, nil
	}
	acts, err := s.Store.Acts(ctx, t.Stream())
	if sees(who, TenderTrailNames, t.State, t.Path) {
		return acts, err
	}
	for i := range acts {
		acts[i].Name, acts[i].PersonID, acts[i].Reasons = "", "", nil
	}
	return acts, err
}

// SeeSupplements lists a tender's supplements that the actor may see.
func (s *Service) SeeSupplements(ctx context.Context, who identity.Actor, tenderID string) ([]Supplement, error) {
	all, err := s.Store.Supplements(ctx, tenderID)
	var seen []Supplement
	for _, sup := range all {
		if !sees(who, SupplementText, sup.State, sup.Path) {
			continue
		}
		if !sees(who, TenderTrailNames, sup.State, sup.Path) {
			sup.ProposedBy, sup.ReleasedBy, sup.Mend = "", "", nil
		}
		seen = append(seen, sup)
	}
	return seen, err
}

// Document returns a public document by its SHA-256, exactly as hashed.
func (s *Service) Document(ctx context.Context, sha256 string) ([]byte, error) {
	return s.Store.Document(ctx, sha256)
}

// Events returns a stream's public events after seq, at most limit.
func (s *Service) Events(ctx context.Context, stream event.Stream, after int64, limit int) ([]event.Event, error) {
	return s.Store.Events(ctx, stream, after, min(max(limit, 1), 1000))
}

// DraftFor proposes a tender's terms from the asset, its resolution and the pack,
// so that the clerk types nothing twice.
func (s *Service) DraftFor(a Asset, r Resolution) TenderForm {
	return TenderForm{
		Asset: a.ID, Resolution: r.ID, Title: a.Name + "经营权出租公告",
		StartPrice: r.FloorPrice, Step: max(money.Fen(1000), r.FloorPrice/40/100*100), Years: r.Years,
		DepositPercent: s.Pack.DepositPercent.Value, NoticeDays: s.Pack.NoticeDays.Value, RentDue: "03-01", Use: a.Use,
		Burdens: a.Title, InspectionPlace: a.Location,
	}
}
