package tendering

import (
	"context"
	"slices"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
)

// SeeTender returns a tender: to the public from its notice on.
func (s *Service) SeeTender(ctx context.Context, who identity.Actor, id string) (trading.Tender, error) {
	t, err := s.Store.Tender(ctx, id, identity.Everywhere)
	if err != nil {
		return t, err
	}
	if !trading.Sees(who, trading.TenderTerms, t.State, t.Path) {
		return trading.Tender{}, fault.New(fault.NotFound, "没有找到这份公告")
	}
	return maskTender(who, t), nil
}

func maskTender(who identity.Actor, t trading.Tender) trading.Tender {
	if !trading.Sees(who, trading.TenderMend, t.State, t.Path) {
		t.Mend, t.Back = nil, nil
	}
	if !trading.Sees(who, trading.TenderTrailNames, t.State, t.Path) {
		t.Steps = trading.Steps{}
	}
	return t
}

// SeeTenders lists tenders: to the public the announced ones.
func (s *Service) SeeTenders(ctx context.Context, who identity.Actor, q casework.Query) ([]trading.Tender, int, error) {
	public := []casework.State{trading.Announced}
	ofLots := func(st casework.State) bool { return slices.Contains(trading.LotStates(), st) }
	if slices.ContainsFunc(q.States, ofLots) { // which a notice has once it is published
		public = slices.DeleteFunc(slices.Clone(q.States), func(st casework.State) bool { return !ofLots(st) })
	}
	q.Scope, q.States = trading.PublicOr(who, q.Scope, q.States, public...)
	q.Public = slices.Equal(q.States, public)
	if q.Scope == nil {
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
func (s *Service) SeeTrail(ctx context.Context, who identity.Actor, t trading.Tender) ([]casework.Act, error) {
	if !trading.Sees(who, trading.TenderTrail, t.State, t.Path) {
		return nil, nil
	}
	acts, err := s.Store.Acts(ctx, t.Stream())
	if trading.Sees(who, trading.TenderTrailNames, t.State, t.Path) {
		return acts, err
	}
	for i := range acts {
		acts[i].Name = ""
		acts[i].PersonID = ""
		acts[i].Reasons = nil
	}
	return acts, err
}

// SeeSupplements lists a tender's supplements that the actor may see.
func (s *Service) SeeSupplements(ctx context.Context, who identity.Actor,
	tenderID string) ([]trading.Supplement, error) {
	all, err := s.Store.Supplements(ctx, tenderID)
	var seen []trading.Supplement
	for _, sup := range all {
		if !trading.Sees(who, trading.SupplementText, sup.State, sup.Path) {
			continue
		}
		if !trading.Sees(who, trading.TenderTrailNames, sup.State, sup.Path) {
			sup.ProposedBy = ""
			sup.ReleasedBy = ""
			sup.Mend = nil
		}
		seen = append(seen, sup)
	}
	return seen, err
}

// DraftFor proposes a tender's terms from the asset, its resolution and the pack,
// so that the clerk types nothing twice.
func (s *Service) DraftFor(a trading.Asset, r trading.Resolution) trading.TenderForm {
	pack := s.Pack()
	form := trading.TenderForm{
		Asset: a.ID, Resolution: r.ID, Side: r.Side, Unit: r.Unit, Title: a.Name + a.Kind.Letting(r.Side) + "公告",
		StartPrice: r.FloorPrice, Step: suggestedStep(r), Years: r.Years,
		DepositPercent: pack.DepositPercent.Value(), NoticeDays: pack.NoticeDays.Value(), Use: a.Use,
		Burdens: a.Title, InspectionPlace: a.Location,
	}
	if r.Side == trading.Let {
		form.RentDue = "03-01"
	}
	return form
}

// suggestedStep is about a fortieth of the floor, in whole yuan where that is some: of a price
// of a few yuan for a square metre a step of ten would be a leap.
func suggestedStep(r trading.Resolution) money.Fen {
	const yuan = 100
	step := r.FloorPrice / 40
	switch {
	case r.Unit == money.SquareMetreMonth:
		return max(step/10*10, 10)
	case step >= yuan:
		step = step / yuan * yuan
	}
	return max(step, 10*yuan)
}

// TenderFor returns a tender to whoever may do the act where it lies; elsewhere it is
// not found.
func (s *Service) TenderFor(ctx context.Context, who identity.Actor, as *identity.Action,
	id string) (trading.Tender, error) {
	scope, err := who.Can(as)
	if err != nil {
		return trading.Tender{}, err
	}
	return s.Store.Tender(ctx, id, scope)
}

// SupplementFor returns a supplement to the station that releases or returns it.
func (s *Service) SupplementFor(ctx context.Context, who identity.Actor, act *identity.Action,
	id string) (trading.Supplement, error) {
	scope, err := who.Can(act)
	if err != nil {
		return trading.Supplement{}, err
	}
	return s.Store.Supplement(ctx, id, scope)
}
