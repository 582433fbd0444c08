package trading_test

import (
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

// carried is a case that has gone from the asset to the first rent, with an
// objection and a supplement on its way.
type carried struct {
	tender                trading.Tender
	winner, loser         *tradingtest.Bidder
	objection, supplement string
}

func carry(t *testing.T, v *tradingtest.Village) carried {
	t.Helper()
	ctx := t.Context()
	c := carried{tender: v.Tender(trading.Announced), winner: v.Bidder("yingjia", trading.MemberFirst),
		loser: v.Bidder("shujia", "")}
	var err error
	c.supplement, err = v.Tendering.ProposeSupplement(ctx, v.Clerk, event.NewID(),
		trading.SupplementForm{Tender: c.tender.ID, Text: "路已通"})
	tradingtest.Must(t, err)
	_, err = v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), c.supplement, 1)
	tradingtest.Must(t, err)
	c.tender = v.Load(c.tender.ID)
	v.Enter(c.tender.Lot, c.winner, c.loser)
	v.Pay(c.tender.Lot, c.winner, c.loser)
	v.Admit(c.winner, c.loser)
	_, err = v.Bid(c.loser, c.tender.Lot, c.tender.OpensAt, 40000, false)
	tradingtest.Must(t, err)
	r, err := v.Bid(c.winner, c.tender.Lot, c.tender.OpensAt, 40000, true)
	tradingtest.Must(t, err)
	v.Clock.Set(r.EndsAt.Add(trading.Grace))
	tradingtest.Must(t, v.Bidding.Work(ctx))
	c.objection, err = v.Bidding.Object(ctx, identity.Actor{}, event.NewID(), trading.ObjectionForm{
		Lot:    c.tender.Lot,
		Target: trading.AtVillage,
		Name:   "反映人甲",
		Phone:  "13911112222",
		Text:   "原文里有名有姓",
	}, v.Clock.Now())
	tradingtest.Must(t, err)
	_, err = v.Bidding.AnswerObjection(ctx, v.Station, event.NewID(), c.objection, trading.AnswerForm{
		Version:  1,
		Outcome:  trading.Not,
		Answer:   "答复",
		Withheld: "有个人信息",
	})
	tradingtest.Must(t, err)
	a, err := v.DB.Award(ctx, c.tender.Lot)
	tradingtest.Must(t, err)
	v.Clock.Set(a.SettlesAt())
	tradingtest.Must(t, v.Bidding.Work(ctx))
	_, err = v.Contracts.Offer(ctx, v.Clerk, event.NewID(), c.tender.Lot)
	tradingtest.Must(t, err)
	_, err = v.Contracts.Sign(ctx, c.winner.Actor, event.NewID(), c.tender.Lot,
		contracts.SignForm{Version: 1, Agreed: true})
	tradingtest.Must(t, err)
	_, err = v.Contracts.Receive(ctx, v.Station, event.NewID(), c.tender.Lot, contracts.VoucherForm{
		Number:     1,
		Amount:     a.Yearly,
		ReceivedOn: v.Days.Today(),
		Serial:     "PAY-20261215-0001",
		Account:    c.winner.Account,
	})
	tradingtest.Must(t, err)
	return c
}

// TestTheLogNamesNobody: of a whole case no leaf and no public document has a
// person's id, name, phone or account, who voted how, or what was objected in
// whose words. A bidder is a number, whoever won.
func TestTheLogNamesNobody(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		c := carry(t, v)
		private := []string{
			"户代表2", "上一户", "反映人甲", "13911112222", "原文里有名有姓", "13800000000", "PAY-2026",
			v.Clerk.PersonID, v.Station.PersonID, v.Leader.PersonID, v.Supervision.PersonID, v.Representative.PersonID,
		}
		for _, b := range []*tradingtest.Bidder{c.winner, c.loser} {
			private = append(private, b.PersonID, b.Name, b.Account, b.Entry)
		}
		leaves, documents := 0, 0
		for _, s := range []event.Stream{
			event.Of("asset", c.tender.Asset), event.Of("resolution",
				c.tender.TenderForm.Resolution), c.tender.Stream(),
			event.Of("lot", c.tender.Lot), event.Of("contract", c.tender.Lot),
		} {
			list, err := v.Library.Events(t.Context(), s, 0, 100)
			tradingtest.Must(t, err)
			for _, e := range list {
				leaf, err := e.Leaf()
				tradingtest.Must(t, err)
				leaves++
				clean(t, string(s)+" "+e.Kind, string(leaf), private)
				_, after, found := strings.Cut(string(leaf), `"document":"`)
				if !found {
					continue
				}
				text, err := v.Library.Document(t.Context(), after[:64])
				tradingtest.Must(t, err)
				documents++
				clean(t, "document of "+e.Kind, string(text), private)
			}
		}
		if leaves != 13 || documents != 5 {
			t.Errorf("looked at %d leaves and %d documents", leaves, documents)
		}
	})
}

func clean(t *testing.T, where, text string, private []string) {
	t.Helper()
	for _, word := range private {
		if strings.Contains(text, word) {
			t.Errorf("%s has %q: %s", where, word, text)
		}
	}
}

// TestWhatIsSealedIsKept: the names behind a vote and an objection's own words are
// outside the log, under the hash that it has of them.
func TestWhatIsSealedIsKept(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		c := carry(t, v)
		for stream, kinds := range map[event.Stream]map[string]bool{
			event.Of("resolution", c.tender.TenderForm.Resolution): {"resolution.confirmed": true},
			event.Of("lot", c.tender.Lot): {
				"lot.opened":         false,
				"bid.placed":         false,
				"lot.closed":         false,
				"objection.raised":   true,
				"objection.answered": false,
				"award.settled":      false,
			},
			event.Of("contract", c.tender.Lot): {"contract.signed": false, "rent.received": true},
		} {
			list, err := v.Library.Events(t.Context(), stream, 0, 100)
			tradingtest.Must(t, err)
			for _, e := range list {
				if sealed, known := kinds[e.Kind]; !known || sealed != (len(e.Sealed) == 64) {
					t.Errorf("%s %s is sealed with %q", stream, e.Kind, e.Sealed)
				}
			}
		}
	})
}

// TestARegistrationStaysPrivateToTheEnd: also after the award neither the village
// nor the loser's rival reads who else registered, and a proof of a claim is the
// station's.
func TestARegistrationStaysPrivateToTheEnd(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		c := carry(t, v)
		own, err := v.Bidding.SeeRegistration(t.Context(), c.loser.Actor, c.loser.Entry)
		if err != nil || own.Account != c.loser.Account {
			t.Errorf("the bidder's own: %+v, %v", own, err)
		}
		paid, err := v.Bidding.DepositsOf(t.Context(), c.loser.Actor, c.loser.Entry)
		if err != nil || len(paid) != 1 || paid[0].Account != c.loser.Account {
			t.Errorf("the bidder's own deposit: %+v, %v", paid, err)
		}
		for name, who := range map[string]identity.Actor{
			"visitor": {}, "winner": c.winner.Actor, "clerk": v.Clerk, "leader": v.Leader, "committee": v.Supervision,
		} {
			if r, err := v.Bidding.SeeRegistration(t.Context(), who, c.loser.Entry); err == nil {
				t.Errorf("%s reads %+v", name, r)
			}
			list, err := v.Bidding.DepositsOf(t.Context(), who, c.loser.Entry)
			if err == nil && len(list) > 0 {
				t.Errorf("%s reads the deposit %+v", name, list)
			}
			room, err := v.Bidding.SeeRoom(t.Context(), who, c.tender.Lot, bidding.MostBids)
			tradingtest.Must(t, err)
			for _, b := range room.Bids {
				if b.PersonID+b.Registration != "" {
					t.Errorf("%s reads whose bid it is: %+v", name, b)
				}
			}
		}
	})
}

// TestActsHaveNamesOfTheirOwn: what the rooms list is the act itself, once.
func TestActsHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, act := range append(bidding.Actions, contracts.Actions...) {
		if seen[act.Name()] || act.Label() == "" {
			t.Errorf("%q is declared twice, or has no name on the screen", act.Name())
		}
		seen[act.Name()] = true
	}
}
