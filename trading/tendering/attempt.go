package tendering

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// follows says which notice of its asset the draft is, and refuses a start price that falls
// further below the one before than the rules let it: who lets a letting fail gains nothing
// by the next.
func (s *Service) follows(f *fault.Form, t *trading.Tender, others []trading.Tender, r trading.Resolution,
	form trading.TenderForm) {
	before := trading.Newest(others, t.ID)
	t.Attempt = before.NextAfter()
	if !t.Attempt.Again() || before.Side != form.Side || before.Unit != form.Unit {
		return
	}
	cut := before.CutAfter(s.Pack(), r.ID, r.HeldOn())
	lowest := trading.LowestAfter(before.StartPrice, cut.Value())
	if form.StartPrice < lowest {
		f.Add("start_price", "这是第%d次公告，上一次起始价为%s，这一次不低于%s（降价不超过%d%%，%s）%s",
			t.Attempt.Count, before.Unit.Price(before.StartPrice), before.Unit.Price(lowest), cut.Value(), cut.Source,
			another(s.Pack(), cut))
	}
}

// another is how the price may fall further, if it may.
func another(pack rules.Pack, cut rules.Number) string {
	if ceiling := pack.PriceCutCeiling; ceiling.Value() > cut.Value() {
		return "。要再降的，须重新表决，最多降" + ceiling.Joined()
	}
	return ""
}

// Again is what a clerk has to know of an asset's last notice, when it came to nothing.
type Again struct {
	Last   trading.Tender
	Count  int       // of the next one
	Lowest money.Fen // start price without a new vote, for the last one's unit
	Voted  money.Fen // and with one
}

// Suggest is the form with a start price that is not too low for the vote it rests on.
func (a *Again) Suggest(form trading.TenderForm) trading.TenderForm {
	if a != nil && form.Resolution == a.Last.Resolution {
		form.StartPrice = max(form.StartPrice, a.Lowest)
	}
	return form
}

// NextAttempt tells it of an asset, nil when its next notice is its first.
func (s *Service) NextAttempt(ctx context.Context, asset string) (*Again, error) {
	all, _, err := s.Store.Tenders(ctx, casework.Query{
		Scope:  identity.Everywhere,
		Parent: asset,
		States: []casework.State{trading.Announced},
		Page:   identity.Page{Number: 1, Size: mostAttempts},
	})
	last := trading.Newest(all, "")
	if err != nil || !last.CameToNothing() {
		return nil, err
	}
	pack := s.Pack()
	return &Again{
		Last:   maskTender(identity.Actor{}, last),
		Count:  last.NextAfter().Count,
		Lowest: trading.LowestAfter(last.StartPrice, pack.PriceCut.Value()),
		Voted:  trading.LowestAfter(last.StartPrice, pack.PriceCutCeiling.Value()),
	}, nil
}

// mostAttempts is how many notices of one asset are followed back.
const mostAttempts = 50

// SeeAttempts lists the notices before a published one as everybody reads them, the newest first.
func (s *Service) SeeAttempts(ctx context.Context, t trading.Tender) (before []trading.Tender, err error) {
	for t.Attempt.Before != "" && len(before) < mostAttempts {
		t, err = s.Store.Tender(ctx, t.Attempt.Before, identity.Everywhere)
		if err != nil {
			return nil, err
		}
		before = append(before, maskTender(identity.Actor{}, t))
	}
	return before, nil
}

// attemptFacts is what the log says of it.
func attemptFacts(t trading.Tender, others []trading.Tender) trading.AttemptFacts {
	facts := trading.AttemptFacts{Attempt: t.Attempt.Count}
	for _, o := range others {
		if o.ID == t.Attempt.Before {
			facts.Before = o.Event
		}
	}
	return facts
}
