package tendering

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// Last is an earlier tender whose terms a new one begins with.
type Last struct {
	trading.Tender
	Award *trading.Award // nil when nobody won
	Same  bool           // of the same asset
}

// LastTerms is the tender that a new one of the asset begins with: the named one,
// else the asset's last announced one, else that of the places in which the
// actor drafts and the asset lies. fault.NotFound when there is none.
func (s *Service) LastTerms(ctx context.Context, who identity.Actor, a trading.Asset, named string) (Last, error) {
	scope, err := who.Can(trading.TenderDraft)
	if err != nil {
		return Last{}, err
	}
	if named != "" {
		t, err := s.Store.Tender(ctx, named, scope)
		return s.lastOf(ctx, a, t, err)
	}
	var around identity.Scope
	for _, place := range scope {
		if place.Covers(a.Path) {
			around = append(around, place)
		}
	}
	for _, q := range []casework.Query{{Scope: around, Parent: a.ID}, {Scope: around}} {
		q.States, q.Page = []casework.State{trading.Announced}, identity.Page{Number: 1, Size: 1}
		list, _, err := s.Store.Tenders(ctx, q)
		if err != nil {
			return Last{}, err
		}
		if len(list) > 0 {
			return s.lastOf(ctx, a, list[0], nil)
		}
	}
	return Last{}, fault.New(fault.NotFound, "没有可以参照的公告")
}

func (s *Service) lastOf(ctx context.Context, a trading.Asset, t trading.Tender, err error) (Last, error) {
	if err != nil {
		return Last{}, err
	}
	last := Last{Tender: t, Same: t.TenderForm.Asset == a.ID}
	award, err := s.Store.Award(ctx, t.Lot)
	switch {
	case err == nil && award.State != trading.Voided:
		last.Award = &award
	case err == nil:
	case fault.CodeOf(err) != fault.NotFound:
		return last, err
	}
	return last, nil
}

// Anew is the earlier tender's terms for another letting. What must be thought
// about anew is left empty: the days, and what the resolution decides unless one
// is given. What belongs to another asset is taken from this one.
func (l Last) Anew(a trading.Asset, r trading.Resolution) trading.TenderForm {
	form := l.TenderForm
	form.Asset, form.Resolution = a.ID, r.ID
	form.StartsOn = ""
	form.InspectionOn = ""
	form.PriorityNotified = ""
	form.PriorityUnreached = ""
	form.Side, form.Unit = r.Side, r.Unit
	form.StartPrice, form.Years = r.FloorPrice, r.Years
	if r.Side == trading.Sell {
		form.RentDue = ""
	}
	if !l.Same {
		form.Title = a.Name + a.Kind.Letting(r.Side) + "公告"
		form.Use = a.Use
		form.Burdens = a.Title
		form.InspectionPlace = a.Location
		form.Material, form.PricingBasis = "", ""
		form.Warnings = ""
		form.Step = 0
	}
	return form
}
