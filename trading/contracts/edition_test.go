package contracts_test

import (
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/rules"
	"sunlot/trading/tradingtest"
)

// TestACaseKeepsItsRules: what is announced under one edition of the rules reads its days there
// to the first rent, whatever the next edition says.
func TestACaseKeepsItsRules(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, old := t.Context(), v.Tendering.Pack()
		n := v.Tender(trading.Announced)
		if n.Rules != old.Edition() || v.Lot(n.Lot).Rules != old.Edition() {
			t.Fatalf("it was announced under %+v", n.Rules)
		}
		text, err := v.Library.Document(ctx, n.Document)
		if err != nil || !strings.Contains(string(text), `"rule_version":1`) {
			t.Errorf("the notice does not name the edition: %v", err)
		}
		next := old
		next.Version = 2
		for _, days := range []*rules.Number{&next.SupplementDays, &next.ResultDays, &next.AnswerDays, &next.RefundDays,
			&next.SignDays, &next.FirstRentDays} {
			*days = rules.Of(days.Value()+20, days.Unit, days.Source)
		}
		next.MembersFirst = rules.Source{}
		v.Tendering.Pack, v.Bidding.Pack = tradingtest.Under(next), tradingtest.Under(next)
		v.Bidding.Cashier.Pack, v.Contracts.Pack = v.Bidding.Pack, v.Bidding.Pack
		after := func(what string, days rules.Number, got calendar.Date) {
			t.Helper()
			want, err := v.Days.After(ctx, v.Clock.Now(), days.Value())
			if err != nil || got != want {
				t.Errorf("%s %s, want %s, %v", what, got, want, err)
			}
		}
		if rights, err := v.Bidding.SeeRights(ctx, n.Lot); err != nil || rights.Statute.Title == "" {
			t.Errorf("the statute of its day is gone: %+v, %v", rights, err)
		}
		b, other := v.Bidder("yingjia", ""), v.Bidder("shujia", "")
		l := v.OpenOf(n, b, other)
		r, err := v.Bid(b, l.ID, l.Board.OpensAt, 40000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(ctx))
		a, err := v.DB.Award(ctx, l.ID)
		tradingtest.Must(t, err)
		after("public until", old.ResultDays, calendar.DateOf(a.PublicUntil.Add(-1)))
		v.Clock.Set(a.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(ctx))
		losers, err := v.Bidding.DepositsOf(ctx, other.Actor, other.Entry)
		tradingtest.Must(t, err)
		after("the loser's deposit by", old.RefundDays, losers[0].RefundBy)
		_, err = v.Contracts.Offer(ctx, v.Clerk, event.NewID(), l.ID)
		tradingtest.Must(t, err)
		m, err := v.Contracts.SeeMoney(ctx, b.Actor, l.ID)
		tradingtest.Must(t, err)
		after("to be signed by", old.SignDays, m.Contract.SignBy)
		_, err = v.Contracts.Sign(ctx, b.Actor, event.NewID(), l.ID, contracts.SignForm{Version: 1, Agreed: true})
		tradingtest.Must(t, err)
		m, err = v.Contracts.SeeMoney(ctx, b.Actor, l.ID)
		if err != nil || m.Schedule[0].DueOn != v.Days.Today().AddDays(old.FirstRentDays.Value()) {
			t.Errorf("the first rent is due on %s, %v", m.Schedule[0].DueOn, err)
		}
		own, err := v.Bidding.DepositsOf(ctx, b.Actor, b.Entry)
		tradingtest.Must(t, err)
		after("the winner's deposit by", old.RefundDays, own[0].RefundBy)
	})
}

// TestASupplementAndAnAnswerKeepTheirRules, as the other days of a case do.
func TestASupplementAndAnAnswerKeepTheirRules(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, n, old := t.Context(), v.Tender(trading.Announced), v.Tendering.Pack()
		next := old
		next.Version = 2
		next.SupplementDays = rules.Of(25, "working_day", rules.Source{})
		next.AnswerDays = rules.Of(33, "day", rules.Source{})
		v.Tendering.Pack, v.Bidding.Pack = tradingtest.Under(next), tradingtest.Under(next)
		id, err := v.Tendering.ProposeSupplement(ctx, v.Clerk, event.NewID(), trading.SupplementForm{
			Tender: n.ID,
			Text:   "看样改到下周。",
		})
		tradingtest.Must(t, err)
		_, err = v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		by, err := v.Days.After(ctx, n.RegisterUntil, old.SupplementDays.Value())
		if got := calendar.DateOf(v.Load(n.ID).RegisterUntil); err != nil || got != by {
			t.Errorf("the supplement extends to %s, want %s, %v", got, by, err)
		}
		b := v.Bidder("yingjia", "")
		l := v.OpenOf(v.Load(n.ID), b)
		r, err := v.Bid(b, l.ID, l.Board.OpensAt, 40000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(ctx))
		id, err = v.Bidding.Object(ctx, b.Actor, event.NewID(), trading.ObjectionForm{
			Lot:   l.ID,
			Name:  "村民甲",
			Phone: "13900000000",
			Text:  "看样日没有通知",

			Target: trading.AtVillage,
		}, v.Clock.Now())
		tradingtest.Must(t, err)
		o, err := v.Bidding.SeeObjection(ctx, v.Station, id)
		if err != nil || o.AnswerBy != v.Days.Today().AddDays(old.AnswerDays.Value()) {
			t.Errorf("answered by %s, %v", o.AnswerBy, err)
		}
	})
}

// TestAnEditionThatIsGoneDecidesNothing: a case whose rules the program does not have is told,
// not decided by other figures.
func TestAnEditionThatIsGoneDecidesNothing(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		book := v.Tendering.Pack().Book()
		tradingtest.Must(t, book.Change([]rules.Change{{
			Key:    "contract.sign_days",
			Value:  7,
			Source: rules.Source{Title: "示范县参数表", Kind: rules.Local},
			From:   v.Days.Today(),
		}}))
		n := v.Tender(trading.Announced)
		if n.Rules.Version != 2 {
			t.Errorf("it is announced under %+v", n.Rules)
		}
		tradingtest.Must(t, book.Change(nil))
		_, err := v.Bidding.SeeRights(t.Context(), n.Lot)
		tradingtest.Want(t, err, fault.Internal, "")
		b := v.Bidder("waicun", "")
		_, err = v.Bidding.Register(t.Context(), b.Actor, event.NewID(), v.Form(b, n.Lot), v.Clock.Now())
		tradingtest.Want(t, err, fault.Internal, "")
	})
}
