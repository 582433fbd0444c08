package bidding_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// TestOnePersonTwice: the same account, or the same name and telephone, in one
// lot is told to the station, and admitted with a reason alone.
func TestOnePersonTwice(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, a, b, c := v.Tender(trading.Announced), v.Bidder("jia", ""), v.Bidder("yii", ""), v.Bidder("bing", "")
		b.Account = a.Account
		v.Enter(n.Lot, a, b, c)
		v.Pay(n.Lot, a, b, c)
		qualify := func(x *tradingtest.Bidder, reason string) error {
			_, err := v.Bidding.Qualify(ctx, v.Station, event.NewID(), x.Entry, bidding.Decision{
				Version: 1,
				Seen:    true,
				Reason:  reason,
			})
			return err
		}
		twins := func(x *tradingtest.Bidder) []trading.Registration {
			r, err := v.Bidding.SeeRegistration(ctx, v.Station, x.Entry)
			tradingtest.Must(t, err)
			all, err := v.Bidding.SeeTwins(ctx, v.Station, r)
			tradingtest.Must(t, err)
			hidden, err := v.Bidding.SeeTwins(ctx, x.Actor, r)
			if len(hidden) > 0 || err != nil {
				t.Errorf("the bidder sees %+v, %v", hidden, err)
			}
			return all
		}
		if all := twins(a); len(all) != 1 || all[0].ID != b.Entry {
			t.Errorf("%+v", all)
		}
		if all := twins(c); len(all) != 0 {
			t.Errorf("%+v", all)
		}
		tradingtest.Want(t, qualify(a, " "), fault.Invalid, "reason")
		tradingtest.Must(t, qualify(a, "夫妻共用一个账户，已核对两人证件"))
		tradingtest.Must(t, qualify(c, ""))
		r, err := v.Bidding.SeeRegistration(ctx, v.Station, a.Entry)
		tradingtest.Must(t, err)
		trail, err := v.Bidding.RegistrationTrail(ctx, v.Station, r)
		if err != nil || len(trail) == 0 || len(trail[len(trail)-1].Reasons) != 1 {
			t.Errorf("the trail has %+v, %v", trail, err)
		}
	})
}

// TestOneSenderClosesTheListForNobody: the sixth objection of one telephone is
// refused, another's is taken, and so is that of its owner who signs in: anybody
// can type a telephone's number. Of all who are not signed in twenty wait at most,
// until one is answered.
func TestOneSenderClosesTheListForNobody(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		b := v.Bidder("jia", "")
		l := v.Open(b)
		_, err := v.Bid(b, l.ID, l.Board.OpensAt.Add(time.Minute), 41000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(v.Lot(l.ID).ClosesAt())
		tradingtest.Must(t, v.Bidding.Work(ctx))
		objects := func(who identity.Actor, phone string) error {
			_, err := v.Bidding.Object(ctx, who, event.NewID(), trading.ObjectionForm{
				Lot:    l.ID,
				Target: trading.AtVillage,
				Name:   "村民甲",
				Phone:  phone,
				Text:   "看样日没有通知",
			}, v.Clock.Now())
			return err
		}
		object := func(phone string) error { return objects(identity.Actor{}, phone) }
		for range 5 {
			tradingtest.Must(t, object("13900000000"))
		}
		tradingtest.Want(t, object("13900000000"), fault.TooMany, "")
		for range 5 {
			tradingtest.Must(t, objects(v.Clerk, "13900000000"))
		}
		tradingtest.Want(t, objects(v.Clerk, "13700000000"), fault.TooMany, "")
		for i := range 15 {
			tradingtest.Must(t, object(fmt.Sprintf("138000000%02d", i)))
		}
		tradingtest.Want(t, object("13600000000"), fault.TooMany, "")
		tradingtest.Must(t, objects(v.OtherClerk, "13600000000")) // who signs in is heard all the same
		all, err := v.DB.Objections(ctx, l.ID)
		tradingtest.Must(t, err)
		at := slices.IndexFunc(all, func(o trading.Objection) bool { return o.RaisedBy == "" })
		_, err = v.Bidding.AnswerObjection(ctx, v.Station, event.NewID(), all[at].ID, trading.AnswerForm{
			Version: all[at].Version,
			Outcome: trading.Not,
			Answer:  "看样日已经在公告栏写明。",
		})
		tradingtest.Must(t, err)
		tradingtest.Must(t, object("13600000000"))
	})
}

// TestAccountsMadeForItShareOneList: whoever has nothing but an account that he opened
// himself waits among those who are not signed in. Who is registered in the lot, lives
// in a village or has an office is heard however many they are.
func TestAccountsMadeForItShareOneList(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		winner, refused := v.Bidder("jia", ""), v.Bidder("yii", "")
		n := v.Tender(trading.Announced)
		idle := v.Bidder("bing", "") // who pays nothing, and is refused at the opening
		v.Enter(n.Lot, idle, refused)
		v.Pay(n.Lot, refused)
		l := v.OpenOf(n, winner)
		_, err := v.Bid(winner, l.ID, l.Board.OpensAt.Add(time.Minute), 41000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(v.Lot(l.ID).ClosesAt())
		tradingtest.Must(t, v.Bidding.Work(ctx))
		object := func(who identity.Actor) error {
			_, err := v.Bidding.Object(ctx, who, event.NewID(), trading.ObjectionForm{
				Lot:    l.ID,
				Target: trading.AtVillage,
				Name:   "村民甲",
				Phone:  "13900000000",
				Text:   "看样日没有通知",
			}, v.Clock.Now())
			return err
		}
		tradingtest.Must(t, object(identity.Actor{}))
		tradingtest.Must(t, object(idle.Actor))
		for i := range 18 {
			tradingtest.Must(t, object(v.Bidder(fmt.Sprintf("made%d", i), "").Actor))
		}
		tradingtest.Want(t, object(v.Bidder("another", "").Actor), fault.TooMany, "")
		tradingtest.Want(t, object(idle.Actor), fault.TooMany, "")
		tradingtest.Want(t, object(identity.Actor{}), fault.TooMany, "")
		villager := v.Give(v.Bidder("cunmin", "").Actor, v.Group, identity.Villager)
		for name, who := range map[string]identity.Actor{
			"the winner":    winner.Actor,
			"the refused":   refused.Actor,
			"a villager":    villager,
			"the committee": v.Supervision,
		} {
			t.Log(name)
			for range 5 {
				tradingtest.Must(t, object(who))
			}
			tradingtest.Want(t, object(who), fault.TooMany, "")
		}
	})
}

// TestOnePersonWithTwoAccounts: the same name and telephone with another account is
// told to the station and needs a reason; the telephone alone, which a family may
// share, is not.
func TestOnePersonWithTwoAccounts(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, a := v.Tender(trading.Announced), v.Bidder("jia", "")
		again, family := v.Bidder("yii", ""), v.Bidder("bing", "")
		again.Name = a.Name
		v.Enter(n.Lot, a, again, family)
		v.Pay(n.Lot, a, again, family)
		r, err := v.Bidding.SeeRegistration(ctx, v.Station, a.Entry)
		tradingtest.Must(t, err)
		all, err := v.Bidding.SeeTwins(ctx, v.Station, r)
		if err != nil || len(all) != 1 || all[0].ID != again.Entry || all[0].Account == r.Account {
			t.Errorf("%+v, %v", all, err)
		}
		seen := bidding.Decision{Version: 1, Seen: true}
		_, err = v.Bidding.Qualify(ctx, v.Station, event.NewID(), a.Entry, seen)
		tradingtest.Want(t, err, fault.Invalid, "reason")
		_, err = v.Bidding.Qualify(ctx, v.Station, event.NewID(), family.Entry, seen)
		tradingtest.Must(t, err)
	})
}
