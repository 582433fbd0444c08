package trading

import (
	"context"
	"encoding/json"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// holders lists the numbers with a priority right, as lot.opened published them.
func (s *Service) holders(ctx context.Context, l Lot) ([]Holder, error) {
	first, err := s.Store.Events(ctx, l.Stream(), 0, 1)
	if err != nil || len(first) == 0 {
		return nil, err
	}
	var facts OpenedFacts
	err = json.Unmarshal(first[0].Facts, &facts)
	return facts.Holders, err
}

// maskLot takes out what counts the bidders before the lot opens.
func maskLot(who identity.Actor, l Lot) Lot {
	if !sees(who, LotBidders, l.State, l.Path) {
		l.Bidders = 0
	}
	return l
}

func maskAward(who identity.Actor, a Award) Award {
	if a.PersonID != who.PersonID && !sees(who, RegistrationEntry, always, a.Path) {
		a.PersonID, a.Registration = "", ""
	}
	return a
}

// SeeAward returns the result of a lot.
func (s *Service) SeeAward(ctx context.Context, who identity.Actor, lot string) (Award, error) {
	a, err := s.Store.Award(ctx, lot)
	if err == nil && !sees(who, AwardResult, a.State, a.Path) {
		return Award{}, fault.New(fault.NotFound, "这个标的还没有成交结果")
	}
	return maskAward(who, a), err
}

// SeeAwards lists results, newest first.
func (s *Service) SeeAwards(ctx context.Context, who identity.Actor, q casework.Query) ([]Award, int, error) {
	list, total, err := s.Store.Awards(ctx, q)
	for i := range list {
		list[i] = maskAward(who, list[i])
	}
	return list, total, err
}

// SeeLots lists lots by state; what counts bidders is not in a lot before it opens.
func (s *Service) SeeLots(ctx context.Context, who identity.Actor, q casework.Query) ([]Lot, int, error) {
	list, total, err := s.Store.Lots(ctx, q)
	for i := range list {
		list[i] = maskLot(who, list[i])
	}
	return list, total, err
}

// SeeObjections lists a result's objections: to the public without the person,
// and the text once it has been answered.
func (s *Service) SeeObjections(ctx context.Context, who identity.Actor, lot string) ([]Objection, error) {
	list, err := s.Store.Objections(ctx, lot)
	return maskObjections(who, list), err
}

// SeeObjectionsIn lists the objections of places, as SeeObjections does.
func (s *Service) SeeObjectionsIn(ctx context.Context, who identity.Actor, q casework.Query) ([]Objection, int, error) {
	q.Text = "" // what is sealed is not searched for
	list, total, err := s.Store.ObjectionsIn(ctx, q)
	return maskObjections(who, list), total, err
}

func maskObjections(who identity.Actor, list []Objection) []Objection {
	for i := range list {
		if !sees(who, ObjectionText, list[i].State, list[i].Path) {
			list[i].Public, list[i].Answer = "", ""
		}
		if !sees(who, ObjectionPerson, list[i].State, list[i].Path) {
			list[i].Name, list[i].Phone, list[i].Text, list[i].AnsweredBy = "", "", "", ""
		}
	}
	return list
}

// SeeObjection returns an objection to those who answer it.
func (s *Service) SeeObjection(ctx context.Context, who identity.Actor, id string) (Objection, error) {
	scope, err := who.Can(identity.ObjectionAnswer)
	if err != nil {
		return Objection{}, err
	}
	return s.Store.Objection(ctx, id, scope)
}

// OfficeObjections lists them for those who answer.
func (s *Service) OfficeObjections(ctx context.Context, who identity.Actor, q casework.Query) ([]Objection, int, error) {
	scope, err := who.Can(identity.ObjectionAnswer)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.ObjectionsIn(ctx, q)
}

// SeeRegistration returns a registration to the bidder and to the station, and
// is not found for anybody else.
func (s *Service) SeeRegistration(ctx context.Context, who identity.Actor, id string) (Registration, error) {
	r, err := s.Store.Registration(ctx, id, identity.Everywhere)
	if err != nil {
		return r, err
	}
	if !who.SignedIn() || r.PersonID != who.PersonID && !sees(who, RegistrationEntry, always, r.Path) {
		return Registration{}, noRegistration()
	}
	return r, nil
}

// OwnRegistration is the actor's own in a lot, or fault.NotFound.
func (s *Service) OwnRegistration(ctx context.Context, who identity.Actor, lot string) (Registration, error) {
	if !who.SignedIn() {
		return Registration{}, noRegistration()
	}
	return s.Store.RegistrationIn(ctx, lot, who.PersonID)
}

// OwnRegistrations lists the actor's own, newest first.
func (s *Service) OwnRegistrations(ctx context.Context, who identity.Actor, page identity.Page) ([]Registration, int, error) {
	if _, err := who.Can(identity.LotRegister); err != nil {
		return nil, 0, err
	}
	return s.Store.RegistrationsOf(ctx, who.PersonID, page)
}

// OwnBids lists the actor's own bids, newest first.
func (s *Service) OwnBids(ctx context.Context, who identity.Actor, page identity.Page) ([]Bid, int, error) {
	if _, err := who.Can(identity.BidPlace); err != nil {
		return nil, 0, err
	}
	return s.Store.BidsOf(ctx, who.PersonID, page)
}

// SeeRegistrations lists them for the station.
func (s *Service) SeeRegistrations(ctx context.Context, who identity.Actor, q casework.Query) ([]Registration, int, error) {
	scope, err := who.Can(identity.RegistrationQualify)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.Registrations(ctx, q)
}

// SeeDeposits lists deposits for the station.
func (s *Service) SeeDeposits(ctx context.Context, who identity.Actor, q casework.Query) ([]Deposit, int, error) {
	scope, err := who.Can(identity.DepositImport)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.Deposits(ctx, q)
}

// DepositsOf lists the deposits of a registration that the actor may see.
func (s *Service) DepositsOf(ctx context.Context, who identity.Actor, registration string) ([]Deposit, error) {
	r, err := s.SeeRegistration(ctx, who, registration)
	if err != nil || r.PersonID != who.PersonID && !sees(who, DepositEntry, always, r.Path) {
		return nil, err
	}
	return s.Store.DepositsOf(ctx, registration)
}
