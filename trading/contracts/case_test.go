package contracts_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

// won is a lot that a bidder has won, at the start price, in its publicity.
func won(t *testing.T, v *tradingtest.Village) (trading.Award, *tradingtest.Bidder) {
	t.Helper()
	b, other := v.Bidder("yingjia", ""), v.Bidder("shujia", "")
	l := v.Open(b, other)
	r, err := v.Bid(b, l.ID, l.Board.OpensAt, 40000, false)
	tradingtest.Must(t, err)
	v.Clock.Set(r.EndsAt.Add(trading.Grace))
	tradingtest.Must(t, v.Bidding.Work(t.Context()))
	a, err := v.DB.Award(t.Context(), l.ID)
	tradingtest.Must(t, err)
	return a, b
}

// settled is one whose publicity has passed.
func settled(t *testing.T, v *tradingtest.Village) (trading.Award, *tradingtest.Bidder) {
	t.Helper()
	a, b := won(t, v)
	v.Clock.Set(a.SettlesAt())
	tradingtest.Must(t, v.Bidding.Work(t.Context()))
	a, err := v.DB.Award(t.Context(), a.Lot)
	tradingtest.Must(t, err)
	return a, b
}

// signed is one with a contract, on 14 December 2026.
func signed(t *testing.T, v *tradingtest.Village) (trading.Award, *tradingtest.Bidder) {
	t.Helper()
	a, b := settled(t, v)
	_, err := v.Contracts.Offer(t.Context(), v.Clerk, event.NewID(), a.Lot)
	tradingtest.Must(t, err)
	_, err = v.Contracts.Sign(t.Context(), b.Actor, event.NewID(), a.Lot, contracts.SignForm{Version: 1, Agreed: true})
	tradingtest.Must(t, err)
	return a, b
}

// TestWhenAContractIsOffered: after the publicity, by the place's clerk, once;
// its data are the award's and the notice's.
func TestWhenAContractIsOffered(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := won(t, v)
		offer := func(who identity.Actor, lot string) error {
			_, err := v.Contracts.Offer(ctx, who, event.NewID(), lot)
			return err
		}
		tradingtest.Want(t, offer(v.Clerk, a.Lot), fault.Conflict, "") // objections may still come
		v.Clock.Set(a.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(ctx))
		tradingtest.Want(t, offer(v.OtherClerk, a.Lot), fault.NotFound, "")
		tradingtest.Want(t, offer(v.Leader, a.Lot), fault.Forbidden, "")
		tradingtest.Want(t, offer(b.Actor, a.Lot), fault.Forbidden, "")
		tradingtest.Want(t, offer(v.Clerk, "nosuchlot"), fault.NotFound, "")
		tradingtest.Must(t, offer(v.Clerk, a.Lot))
		tradingtest.Want(t, offer(v.Clerk, a.Lot), fault.Conflict, "")
		m, err := v.Contracts.SeeMoney(ctx, b.Actor, a.Lot)
		tradingtest.Must(t, err)
		c := m.Contract
		if c.State != contracts.Offered || c.Lessor != "青塘村经济合作社" || c.Lessee != b.Name ||
			c.Bidder != a.Number || c.Price != 40000 ||
			c.Yearly != 1_544_000 || c.Whole != 7_720_000 || c.Size != 3860 || c.StartsOn != "2027-01-15" ||
			c.EndsOn != "2032-01-14" {
			t.Errorf("it says %+v", c)
		}
		// Settled on Saturday 12 December at midnight: five working days later is the 18th.
		if c.SignBy != "2026-12-18" || !strings.HasPrefix(c.Number, "HT202612") || len(c.Number) != 19 ||
			len(m.Schedule) != 0 {
			t.Errorf("number %s, to be signed by %s, %d payments", c.Number, c.SignBy, len(m.Schedule))
		}
		if got := tradingtest.Kinds(t, v, c.Stream()); len(got) != 0 {
			t.Errorf("an offer is public: %v", got)
		}
	})
}

// TestAnOfferIsForItsTwoSides: the public reads it once it is signed.
func TestAnOfferIsForItsTwoSides(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := settled(t, v)
		_, err := v.Contracts.Offer(ctx, v.Clerk, event.NewID(), a.Lot)
		tradingtest.Must(t, err)
		stranger := v.Bidder("luren", "")
		for name, c := range map[string]struct {
			who  identity.Actor
			code fault.Code
		}{
			"visitor": {identity.Actor{}, fault.NotFound}, "stranger": {stranger.Actor,
				fault.NotFound}, "neighbour": {v.OtherClerk, fault.NotFound},
			"lessee": {b.Actor, ""}, "clerk": {v.Clerk, ""}, "leader": {v.Leader, ""}, "station": {v.Station, ""},
		} {
			t.Log(name)
			m, err := v.Contracts.SeeMoney(ctx, c.who, a.Lot)
			tradingtest.Want(t, err, c.code, "")
			if m.Contract.OfferedBy != "" || name != "lessee" && m.Contract.PersonID != "" {
				t.Errorf("%s reads whose accounts they are: %+v", name, m.Contract)
			}
		}
		_, err = v.Contracts.SeeMoney(ctx, v.Clerk, "nosuchlot")
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}

// TestWhoSigns: the winner, what was shown to him, once; then contract, award,
// schedule and the deposit's way back stand together.
func TestWhoSigns(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := settled(t, v)
		good := contracts.SignForm{Version: 1, Agreed: true}
		sign := func(who identity.Actor, id string, form contracts.SignForm) error {
			_, err := v.Contracts.Sign(ctx, who, id, a.Lot, form)
			return err
		}
		tradingtest.Want(t, sign(b.Actor, event.NewID(), good), fault.NotFound, "") // which nobody has offered
		_, err := v.Contracts.Offer(ctx, v.Clerk, event.NewID(), a.Lot)
		tradingtest.Must(t, err)
		tradingtest.Want(t, sign(b.Actor, event.NewID(), contracts.SignForm{Version: 1}), fault.Invalid, "agreed")
		tradingtest.Want(t, sign(b.Actor, event.NewID(), contracts.SignForm{Version: 2, Agreed: true}),
			fault.Conflict, "")
		tradingtest.Want(t, sign(v.Bidder("luren", "").Actor, event.NewID(), good), fault.NotFound, "")
		official := v.Give(b.Actor, v.OtherCollective, identity.Clerk) // who became one after he had won
		tradingtest.Want(t, sign(official, event.NewID(), good), fault.Forbidden, "")
		tradingtest.Want(t, sign(v.Clerk, event.NewID(), good), fault.Forbidden, "")
		tradingtest.Must(t, sign(b.Actor, "request-0001", good))
		tradingtest.Must(t, sign(b.Actor, "request-0001", good)) // the same tap again
		tradingtest.Want(t, sign(b.Actor, event.NewID(), contracts.SignForm{Version: 2, Agreed: true}),
			fault.Conflict, "")
		a, err = v.DB.Award(ctx, a.Lot)
		if err != nil || a.State != trading.Contracted {
			t.Errorf("the award is %s, %v", a.State, err)
		}
		list, err := v.Bidding.DepositsOf(ctx, b.Actor, b.Entry)
		tradingtest.Must(t, err)
		by, err := v.Days.After(ctx, v.Clock.Now(), v.Contracts.Pack().RefundDays.Value())
		if err != nil || len(list) != 1 || list[0].State != trading.RefundDue || list[0].RefundBy != by {
			t.Errorf("the winner's deposit: %+v, by %s, %v", list, by, err)
		}
		if got := tradingtest.Kinds(t, v, event.Of("contract", a.Lot)); !slices.Equal(got,
			[]string{"contract.signed"}) {
			t.Errorf("events: %v", got)
		}
	})
}

// TestTheScheduleOfASignedContract: the first year's rent by the pack's days, the
// others on the notice's day; the sum of all is the whole rent, in the document too.
func TestTheScheduleOfASignedContract(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		a, b := signed(t, v)
		m, err := v.Contracts.SeeMoney(t.Context(), identity.Actor{}, a.Lot)
		tradingtest.Must(t, err)
		first := v.Days.Today().AddDays(v.Contracts.Pack().FirstRentDays.Value())
		var days []calendar.Date
		var sum money.Fen
		for i, p := range m.Schedule {
			days, sum = append(days, p.DueOn), sum+p.Due
			if p.Number != i+1 || p.Received != 0 {
				t.Errorf("payment %+v", p)
			}
		}
		if !slices.Equal(days,
			[]calendar.Date{first, "2027-03-01", "2028-03-01", "2029-03-01", "2030-03-01"}) || sum != m.Contract.Whole {
			t.Errorf("due on %v, together %s of %s", days, sum.Yuan(), m.Contract.Whole.Yuan())
		}
		text, err := v.Library.Document(t.Context(), m.Contract.Document)
		tradingtest.Must(t, err)
		var said contracts.Text
		tradingtest.Must(t, json.Unmarshal(text, &said))
		if said.Lessee != a.Number || said.Lessor != m.Contract.Lessor || said.Number != m.Contract.Number ||
			len(said.Schedule) != 5 ||
			said.Schedule[0].DueOn != first || said.Schedule[4].Sum != m.Contract.Yearly || said.Notice == "" ||
			strings.Contains(string(text), b.Name) {
			t.Errorf("the text says %s", text)
		}
		if m.Contract.Lessee != b.Name || m.Contract.PersonID != "" {
			t.Errorf("the public reads %+v", m.Contract)
		}
	})
}

// TestTheDeskOfTheContracts: a settled result waits for the clerk of its place,
// with its last day; an offered one for nobody of the office.
func TestTheDeskOfTheContracts(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		waits := func(who identity.Actor) []casework.Waiting {
			t.Helper()
			return slices.DeleteFunc(v.Waits(who), func(w casework.Waiting) bool {
				return w.DutyKind != trading.OfferDuty
			})
		}
		a, b := won(t, v)
		if got := waits(v.Clerk); len(got) != 0 {
			t.Errorf("during the publicity: %+v", got)
		}
		v.Clock.Set(a.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(ctx))
		got := waits(v.Clerk)
		if len(got) != 1 || got[0].Case != a.Lot || got[0].Due != "2026-12-18" || got[0].Title == "" {
			t.Errorf("settled: %+v", got)
		}
		for _, who := range []identity.Actor{v.OtherClerk, v.Leader, v.Station, b.Actor, {}} {
			if got := waits(who); len(got) != 0 {
				t.Errorf("it waits for %s: %+v", who.Name, got)
			}
		}
		_, err := v.Contracts.Offer(ctx, v.Clerk, event.NewID(), a.Lot)
		tradingtest.Must(t, err)
		_, err = v.Contracts.Sign(ctx, b.Actor, event.NewID(), a.Lot, contracts.SignForm{Version: 1, Agreed: true})
		tradingtest.Must(t, err)
		if got := waits(v.Clerk); len(got) != 0 {
			t.Errorf("signed: %+v", got)
		}
		own, total, err := v.Contracts.OwnContracts(ctx, b.Actor, identity.Page{}.Clip())
		if err != nil || total != 1 || own[0].Lot != a.Lot {
			t.Errorf("the lessee's own: %+v, %v", own, err)
		}
		_, _, err = v.Contracts.OwnContracts(ctx, v.Clerk, identity.Page{}.Clip())
		tradingtest.Want(t, err, fault.Forbidden, "")
		for name, c := range map[string]struct {
			who  identity.Actor
			want int
			code fault.Code
		}{"clerk": {v.Clerk, 1, ""}, "leader": {v.Leader, 1, ""}, "neighbour": {v.OtherClerk, 0,
			""}, "lessee": {b.Actor, 0, fault.Forbidden}} {
			list, _, err := v.Contracts.Contracts(ctx, c.who, casework.Query{Text: "青塘", Page: identity.Page{}.Clip()})
			tradingtest.Want(t, err, c.code, "")
			if len(list) != 0 {
				t.Errorf("%s finds a contract by a village's name: %+v", name, list)
			}
			list, total, err := v.Contracts.Contracts(ctx, c.who, casework.Query{Text: b.Name})
			if total != c.want || len(list) != c.want {
				t.Errorf("%s lists %d, %v", name, total, err)
			}
		}
	})
}
