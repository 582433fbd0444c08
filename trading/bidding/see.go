package bidding

import (
	"context"
	"encoding/json"
	"slices"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// holders lists the numbers with a priority right, as lot.opened published them.
func (s *Service) holders(ctx context.Context, l trading.Lot) ([]trading.Holder, error) {
	first, err := s.LotStore.Events(ctx, l.Stream(), 0, 1)
	if err != nil || len(first) == 0 {
		return nil, err
	}
	var facts trading.OpenedFacts
	err = json.Unmarshal(first[0].Facts, &facts)
	return facts.Holders, err
}

// maskLot takes out what counts the bidders before the lot opens.
func maskLot(who identity.Actor, l trading.Lot) trading.Lot {
	if !trading.Sees(who, trading.LotBidders, l.State, l.Path) {
		l.Bidders = 0
	}
	return l
}

func maskAward(who identity.Actor, a trading.Award) trading.Award {
	if a.PersonID != who.PersonID && !trading.Sees(who, trading.RegistrationEntry, trading.Always, a.Path) {
		a.PersonID, a.Registration = "", ""
	}
	return a
}

// SeeAward returns the result of a lot.
func (s *Service) SeeAward(ctx context.Context, who identity.Actor, lot string) (trading.Award, error) {
	a, err := s.AwardStore.Award(ctx, lot)
	if err == nil && !trading.Sees(who, trading.AwardResult, a.State, a.Path) {
		return trading.Award{}, fault.New(fault.NotFound, "这个标的还没有成交结果")
	}
	return maskAward(who, a), err
}

// SeeAwards lists results, newest first.
func (s *Service) SeeAwards(ctx context.Context, who identity.Actor, q casework.Query) ([]trading.Award, int, error) {
	q.Public = true // everywhere and to everybody
	list, total, err := s.AwardStore.Awards(ctx, q)
	for i := range list {
		list[i] = maskAward(who, list[i])
	}
	return list, total, err
}

// SeeLots lists lots by state; what counts bidders is not in a lot before it opens.
func (s *Service) SeeLots(ctx context.Context, who identity.Actor, q casework.Query) ([]trading.Lot, int, error) {
	list, total, err := s.LotStore.Lots(ctx, q)
	for i := range list {
		list[i] = maskLot(who, list[i])
	}
	return list, total, err
}

// SeeObjections lists a result's objections: to the public without the person,
// and the text once it has been answered.
func (s *Service) SeeObjections(ctx context.Context, who identity.Actor, lot string) ([]trading.Objection, error) {
	list, err := s.AwardStore.Objections(ctx, lot)
	return objectionsFor(who, list), err
}

// SeeObjectionsIn lists the objections of places, as SeeObjections does.
func (s *Service) SeeObjectionsIn(ctx context.Context, who identity.Actor,
	q casework.Query) ([]trading.Objection, int, error) {
	q.Text = "" // what is sealed is not searched for
	list, total, err := s.AwardStore.ObjectionsIn(ctx, q)
	return objectionsFor(who, list), total, err
}

func objectionsFor(who identity.Actor, list []trading.Objection) []trading.Objection {
	for i := range list {
		list[i] = list[i].For(who)
	}
	return list
}

// SeeObjection returns an objection to those who answer or decide it.
func (s *Service) SeeObjection(ctx context.Context, who identity.Actor, id string) (trading.Objection, error) {
	scope, err := objectionsOf(who)
	if err != nil {
		return trading.Objection{}, err
	}
	o, err := s.AwardStore.Objection(ctx, id, scope)
	if err != nil {
		return o, err
	}
	if o.Target == trading.AtStation && !who.May(trading.ObjectionRule, o.Path) &&
		!who.May(trading.ObjectionSecond, o.Path) {
		return trading.Objection{}, notOwn()
	}
	return o.For(who), nil
}

// ObjectionTrail lists the steps of a decision with names, for who decides and who is the
// second person.
func (s *Service) ObjectionTrail(ctx context.Context, who identity.Actor, o trading.Objection) ([]casework.Act, error) {
	if !o.ToldWaiting(who) {
		return nil, nil
	}
	return s.RegistrationStore.Acts(ctx, o.Stream())
}

// objectionsOf is where the actor answers objections, decides them or is the second
// who does.
func objectionsOf(who identity.Actor) (scope identity.Scope, err error) {
	for _, act := range []*identity.Action{trading.ObjectionAnswer, trading.ObjectionRule, trading.ObjectionSecond} {
		in, refused := who.Can(act)
		scope = append(scope, in...)
		err = refused
	}
	if len(scope) > 0 {
		return scope, nil
	}
	return nil, err
}

// asTold is the states that a filter means to whom a decision that waits is not told: it
// is upheld to him, and there is none that waits.
func asTold(states []casework.State) []casework.State {
	told := slices.DeleteFunc(slices.Clone(states), func(st casework.State) bool { return st == trading.Voiding })
	if slices.Contains(told, trading.Upheld) {
		told = append(told, trading.Voiding)
	}
	return told
}

// notOwn refuses the station what is objected to itself.
func notOwn() error {
	return fault.New(fault.Forbidden, "这件异议针对经管站，由乡镇分管领导答复")
}

// OfficeObjections lists them for those who answer or decide; the station's are
// those to others' acts.
func (s *Service) OfficeObjections(ctx context.Context, who identity.Actor,
	q casework.Query) ([]trading.Objection, int, error) {
	scope, err := objectionsOf(who)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	if in, err := who.Can(trading.ObjectionAnswer); err == nil {
		if len(in) == len(scope) { // he does nothing else anywhere
			q.Kind = string(trading.AtVillage)
		}
		told := asTold(q.States)
		if len(told) == 0 && len(q.States) > 0 {
			return nil, 0, nil
		}
		q.States = told
	}
	if !answersOrDecides(who) {
		q.Text = "" // words that he may not read are not found by them either
	}
	list, total, err := s.AwardStore.ObjectionsIn(ctx, q)
	return objectionsFor(who, list), total, err
}

func answersOrDecides(who identity.Actor) bool {
	_, answers := who.Can(trading.ObjectionAnswer)
	_, decides := who.Can(trading.ObjectionRule)
	return answers == nil || decides == nil
}

// SeeRegistration returns a registration to the bidder and to the station, and
// is not found for anybody else.
func (s *Service) SeeRegistration(ctx context.Context, who identity.Actor, id string) (trading.Registration, error) {
	r, err := s.RegistrationStore.Registration(ctx, id, identity.Everywhere)
	if err != nil {
		return r, err
	}
	if !who.SignedIn() || r.PersonID != who.PersonID &&
		!trading.Sees(who, trading.RegistrationEntry, trading.Always, r.Path) {
		return trading.Registration{}, noRegistration()
	}
	return r, nil
}

// OwnRegistration is the actor's own in a lot, or fault.NotFound.
func (s *Service) OwnRegistration(ctx context.Context, who identity.Actor, lot string) (trading.Registration, error) {
	if !who.SignedIn() {
		return trading.Registration{}, noRegistration()
	}
	return s.RegistrationStore.RegistrationIn(ctx, lot, who.PersonID)
}

// OwnRegistrations lists the actor's own, newest first.
func (s *Service) OwnRegistrations(ctx context.Context, who identity.Actor,
	page identity.Page) ([]trading.Registration, int, error) {
	if _, err := who.Can(LotRegister); err != nil {
		return nil, 0, err
	}
	return s.RegistrationStore.RegistrationsOf(ctx, who.PersonID, page)
}

// OwnBids lists the actor's own bids, newest first.
func (s *Service) OwnBids(ctx context.Context, who identity.Actor, page identity.Page) ([]trading.Bid, int, error) {
	if _, err := who.Can(BidPlace); err != nil {
		return nil, 0, err
	}
	return s.LotStore.BidsOf(ctx, who.PersonID, page)
}

// SeeRegistrations lists them for the station.
func (s *Service) SeeRegistrations(ctx context.Context, who identity.Actor,
	q casework.Query) ([]trading.Registration, int, error) {
	scope, err := who.Can(trading.RegistrationQualify)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.RegistrationStore.Registrations(ctx, q)
}

// SeeDeposits lists deposits for the station.
func (s *Service) SeeDeposits(ctx context.Context, who identity.Actor,
	q casework.Query) ([]trading.Deposit, int, error) {
	scope, err := who.Can(trading.DepositImport)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.DepositStore.Deposits(ctx, q)
}

// DepositsOf lists the deposits of a registration that the actor may see.
func (s *Service) DepositsOf(ctx context.Context, who identity.Actor, registration string) ([]trading.Deposit, error) {
	r, err := s.SeeRegistration(ctx, who, registration)
	if err != nil || r.PersonID != who.PersonID && !trading.Sees(who, trading.DepositEntry, trading.Always, r.Path) {
		return nil, err
	}
	return s.DepositStore.DepositsOf(ctx, registration)
}

// SeeLot returns a lot; who and how many bid is masked until it opens.
func (s *Service) SeeLot(ctx context.Context, who identity.Actor, id string) (trading.Lot, error) {
	l, err := s.LotStore.Lot(ctx, id, identity.Everywhere)
	return maskLot(who, l), err
}

// RegistrationTrail lists the steps of a registration with names, for the station.
func (s *Service) RegistrationTrail(ctx context.Context, who identity.Actor,
	r trading.Registration) ([]casework.Act, error) {
	if !who.May(trading.RegistrationQualify, r.Path) {
		return nil, nil
	}
	return s.RegistrationStore.Acts(ctx, r.Stream())
}

// PaymentView is a payment as the station sees it, with those whose it may be.
type PaymentView struct {
	Deposit    trading.Deposit
	Proposed   trading.Registration   // whose it is by another's word; empty when nobody has proposed any
	Candidates []trading.Registration // while it is nobody's
	Trail      []casework.Act
}

// SeePayment returns one payment to those who match them.
func (s *Cashier) SeePayment(ctx context.Context, who identity.Actor, id string) (v PaymentView, err error) {
	scope, err := who.Can(trading.DepositImport)
	if err != nil {
		return v, err
	}
	v.Deposit, err = s.DepositStore.Deposit(ctx, id, scope)
	if err != nil {
		return v, err
	}
	v.Trail, err = s.RegistrationStore.Acts(ctx, v.Deposit.Stream())
	if err != nil || v.Deposit.State != trading.Received {
		return v, err
	}
	if v.Deposit.Hand.Registration != "" {
		v.Proposed, err = s.RegistrationStore.Registration(ctx, v.Deposit.Hand.Registration, identity.Everywhere)
		return v, err
	}
	v.Candidates, _, err = s.RegistrationStore.Registrations(ctx, casework.Query{
		Scope:  identity.Scope{v.Deposit.Path},
		States: []casework.State{trading.Registered, trading.Qualified},
		Parent: v.Deposit.Lot,
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	return v, err
}

// SeeImport returns one import of a statement.
func (s *Cashier) SeeImport(ctx context.Context, who identity.Actor, id string) (Import, error) {
	scope, err := who.Can(trading.DepositImport)
	if err != nil {
		return Import{}, err
	}
	return s.StatementStore.ImportByID(ctx, id, scope)
}

// SeeImports lists the imports, newest first.
func (s *Cashier) SeeImports(ctx context.Context, who identity.Actor, q casework.Query) (all []Import, n int,
	err error) {
	q.Scope, err = who.Can(trading.DepositImport)
	if err != nil {
		return nil, 0, err
	}
	return s.StatementStore.Imports(ctx, q)
}

// SeeImportRows lists what became of the rows of the import that q.Parent names.
func (s *Cashier) SeeImportRows(ctx context.Context, who identity.Actor, q casework.Query) ([]ImportRow, int, error) {
	if _, err := s.SeeImport(ctx, who, q.Parent); err != nil {
		return nil, 0, err
	}
	return s.StatementStore.ImportRows(ctx, q)
}

// SeeWithdrawals lists what the bank took back and what went out as refunds.
func (s *Cashier) SeeWithdrawals(ctx context.Context, who identity.Actor, q casework.Query) (all []Withdrawal, n int,
	err error) {
	q.Scope, err = who.Can(trading.DepositImport)
	if err != nil {
		return nil, 0, err
	}
	return s.StatementStore.Withdrawals(ctx, q)
}
