package bidding_test

import (
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestRegistrationGoesByArrival: whoever sent the form before the end has registered,
// however long the database kept it waiting; a form that came after it is late.
func TestRegistrationGoesByArrival(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		waited, late := v.Bidder("zaodao", ""), v.Bidder("wandao", "")
		v.Clock.Set(n.RegisterUntil.Add(3 * time.Second))
		arrived := n.RegisterUntil.Add(-time.Second)
		id, err := v.Bidding.Register(t.Context(), waited.Actor, event.NewID(), v.Form(waited, n.Lot), arrived)
		tradingtest.Must(t, err)
		r, err := v.Bidding.SeeRegistration(t.Context(), waited.Actor, id)
		if err != nil || !r.RegisteredAt.Equal(arrived) {
			t.Errorf("registered at %v, %v", r.RegisteredAt, err)
		}
		_, err = v.Bidding.Register(t.Context(), late.Actor, event.NewID(), v.Form(late, n.Lot), n.RegisterUntil)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Bidding.PullRegistration(t.Context(), waited.Actor, event.NewID(), id, r.Version, n.RegisterUntil)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Bidding.PullRegistration(t.Context(), waited.Actor, event.NewID(), id, r.Version, arrived)
		tradingtest.Must(t, err)
	})
}

// won is a result that has just become public.
func won(t *testing.T, v *tradingtest.Village) trading.Award {
	t.Helper()
	b := v.Bidder("waicun", "")
	l := v.Open(b)
	_, err := v.Bid(b, l.ID, l.Board.OpensAt.Add(time.Minute), 40000, false)
	tradingtest.Must(t, err)
	v.Clock.Set(v.Lot(l.ID).ClosesAt())
	tradingtest.Must(t, v.Bidding.CloseLot(t.Context(), l.ID))
	a, err := v.DB.Award(t.Context(), l.ID)
	tradingtest.Must(t, err)
	return a
}

// TestObjectionGoesByArrival: an objection that was sent while the result was public
// is taken; nothing is settled before whatever had arrived is.
func TestObjectionGoesByArrival(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a := won(t, v)
		object := func(phone string, received time.Time) error {
			_, err := v.Bidding.Object(ctx, identity.Actor{}, event.NewID(), trading.ObjectionForm{
				Lot:    a.Lot,
				Target: trading.AtVillage,
				Name:   "陈九",
				Phone:  phone,
				Text:   "看样那天没有开门。",
			}, received)
			return err
		}
		v.Clock.Set(a.PublicUntil.Add(2 * time.Second))
		tradingtest.Must(t, v.Bidding.SettleAward(ctx, a.Lot))
		tradingtest.Must(t, object("13900000001", a.PublicUntil.Add(-time.Second)))
		tradingtest.Want(t, object("13900000002", a.PublicUntil), fault.Conflict, "")
	})
}

// TestAnObjectionThatWasHeldTooLong: it is told so, and not that it was late.
func TestAnObjectionThatWasHeldTooLong(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		a := won(t, v)
		v.Clock.Set(a.SettlesAt())
		tradingtest.Must(t, v.Bidding.SettleAward(t.Context(), a.Lot))
		_, err := v.Bidding.Object(t.Context(), identity.Actor{}, event.NewID(), trading.ObjectionForm{
			Lot:    a.Lot,
			Target: trading.AtVillage,
			Name:   "陈九",
			Phone:  "13900000001",
			Text:   "看样那天没有开门。",
		}, a.PublicUntil.Add(-time.Millisecond))
		tradingtest.Want(t, err, fault.Unavailable, "")
	})
}

// TestAnOutageOverTheEndOfRegistration: what was lost of the last day is given back,
// the opening moves along, and whoever had come too late for it registers.
func TestAnOutageOverTheEndOfRegistration(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		early, late := v.Bidder("zaodao", ""), v.Bidder("wandao", "")
		v.Enter(n.Lot, early)
		v.Clock.Set(n.RegisterUntil.Add(-10 * time.Minute))
		passes(v, 0, true)
		passes(v, 19*time.Hour, false) // until 10:50 on the day of the opening
		l, after := v.Lot(n.Lot), v.Load(n.ID)
		until := v.Clock.Now().Add(30 * time.Minute)
		opens := calendar.DateOf(n.OpensAt).AddDays(1).At(9, 0)
		if l.State != trading.Listed || !near(l.RegisterUntil, until) || !l.Board.OpensAt.Equal(opens) ||
			!after.RegisterUntil.Equal(l.RegisterUntil) || !after.OpensAt.Equal(opens) || l.Breaks != 0 {
			t.Fatalf("%s, registration until %v, opens %v; the notice: %v, %v", l.State, l.RegisterUntil,
				l.Board.OpensAt,
				after.RegisterUntil, after.OpensAt)
		}
		if l.Moved.From.IsZero() || !l.Moved.RegisterUntil.Equal(n.RegisterUntil) || !l.Moved.OpensAt.Equal(n.OpensAt) {
			t.Errorf("what was moved: %+v", l.Moved)
		}
		kinds := tradingtest.Kinds(t, v, n.Stream())
		if kinds[len(kinds)-1] != "tender.resumed" {
			t.Errorf("the stream has %v", kinds)
		}
		v.Enter(n.Lot, late)
		v.Pay(n.Lot, early, late)
		v.Admit(early, late)
		v.Clock.Set(opens)
		passes(v, 0, true)
		if l := v.Lot(n.Lot); l.State != trading.Bidding || l.Bidders != 2 || !l.Board.OpensAt.Equal(opens) {
			t.Errorf("%s with %d bidders", l.State, l.Bidders)
		}
	})
}

// TestALateFormAfterAnOutage: whoever comes first when the server is back is never told
// that it is late: nobody knows yet what was lost, and then it is given back first.
func TestALateFormAfterAnOutage(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		b := v.Bidder("wandao", "")
		v.Clock.Set(n.RegisterUntil.Add(-10 * time.Minute))
		passes(v, 0, true)
		v.Clock.Set(n.OpensAt.Add(time.Minute))
		lost := v.Clock.Now().Sub(n.RegisterUntil) + 10*time.Minute
		storetest.Exec(t, v.DB, "UPDATE beats SET last_at = last_at - ?", lost.Milliseconds())
		tradingtest.Must(t, v.Bidding.OpenLot(t.Context(), n.Lot))
		if l := v.Lot(n.Lot); l.State != trading.Listed {
			t.Fatalf("opened before anybody knows what was lost: %s", l.State)
		}
		_, err := v.Bidding.Register(t.Context(), b.Actor, event.NewID(), v.Form(b, n.Lot), v.Clock.Now())
		tradingtest.Want(t, err, fault.Unavailable, "")
		tradingtest.Must(t, v.DB.Beat(t.Context(), 5*time.Second))
		tradingtest.Must(t, v.Bidding.OpenLot(t.Context(), n.Lot))
		v.Enter(n.Lot, b)
		if l := v.Lot(n.Lot); l.State != trading.Listed || !l.RegisterUntil.After(n.RegisterUntil) {
			t.Errorf("%s, registration until %v", l.State, l.RegisterUntil)
		}
	})
}

// TestAnOutageOverTheEndOfPublicity: a result stays public for another working day, an
// objection is taken on it, and nothing is settled before.
func TestAnOutageOverTheEndOfPublicity(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a := won(t, v)
		v.Clock.Set(a.PublicUntil.Add(-time.Hour))
		passes(v, 0, true)
		v.Clock.Set(a.SettlesAt().Add(8 * time.Hour))
		storetest.Exec(t, v.DB, "UPDATE beats SET last_at = last_at - ?", (9*time.Hour + trading.Grace).Milliseconds())
		tradingtest.Must(t, v.Bidding.SettleAward(ctx, a.Lot))
		passes(v, 0, true)
		got, err := v.DB.Award(ctx, a.Lot)
		tradingtest.Must(t, err)
		if got.State != trading.Publicised || !got.PublicUntil.After(a.PublicUntil.Add(23*time.Hour)) ||
			!got.ResumedUntil.Equal(a.PublicUntil) {
			t.Fatalf("%s, public until %v, before %v", got.State, got.PublicUntil, got.ResumedUntil)
		}
		if kinds := tradingtest.Kinds(t, v, v.Lot(a.Lot).Stream()); kinds[len(kinds)-1] != "award.resumed" {
			t.Errorf("the stream has %v", kinds)
		}
		passes(v, 0, true)
		again, err := v.DB.Award(ctx, a.Lot)
		if err != nil || again.Version != got.Version {
			t.Errorf("given back again: version %d, then %d, %v", got.Version, again.Version, err)
		}
		v.Clock.Set(got.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(ctx))
		if got, err = v.DB.Award(ctx, a.Lot); err != nil || got.State != trading.Settled {
			t.Errorf("after the new end: %s, %v", got.State, err)
		}
	})
}
