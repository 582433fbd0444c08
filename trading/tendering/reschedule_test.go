package tendering_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// nextYear is a schedule of 2027 by which its first Monday is free, too.
var nextYear = calendar.Year{
	Year:     2027,
	Source:   "通知",
	Holidays: []calendar.Span{{From: "2027-01-01", To: "2027-01-04"}},
	Worked:   []calendar.Date{},
}

// yearsEnd announces a tender whose term passes into 2027, of which no schedule is known.
func yearsEnd(v *tradingtest.Village, announced calendar.Date) trading.Tender {
	v.Clock.Set(announced.At(9, 0))
	asset := v.Asset()
	form := v.TenderForm(asset, v.Resolution(v.ResolutionForm(asset)))
	form.InspectionOn = announced.AddDays(4)
	form.StartsOn = "2027-02-20"
	return v.Carry(form, trading.Announced)
}

// TestAScheduleOverrunsTheLease: days that are moved to the first day of the lease or
// past it end the case in words, with every registration and deposit.
func TestAScheduleOverrunsTheLease(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := yearsEnd(v, "2026-12-21")
		storetest.Exec(t, v.DB, "UPDATE tenders SET starts_on = '2027-01-07' WHERE id = ?", n.ID)
		waits, admitted := v.Bidder("waicun", ""), v.Bidder("linjia", "")
		v.Enter(n.Lot, waits, admitted)
		v.Pay(n.Lot, admitted)
		v.Admit(admitted)
		enter(t, v, nextYear)
		if l := v.Lot(n.Lot); l.State != trading.Failed {
			t.Errorf("%s, opens %v", l.State, l.Board.OpensAt)
		}
		if kinds := tradingtest.Kinds(t, v, event.Of("lot", n.Lot)); !slices.Contains(kinds, "lot.failed") {
			t.Errorf("the stream has %v", kinds)
		}
		states := storetest.Query[string](t, v.DB, "SELECT state FROM registrations ORDER BY state")
		if want := []string{string(trading.Qualified), string(trading.RegistrationRefused)}; !slices.Equal(states,
			want) {
			t.Errorf("the registrations are %v", states)
		}
		if due := storetest.Query[string](t, v.DB, "SELECT state FROM deposits"); !slices.Equal(due, []string{"due"}) {
			t.Errorf("the deposit is %v", due)
		}
	})
}

func enter(t *testing.T, v *tradingtest.Village, y calendar.Year) {
	t.Helper()
	v.Year(y)
	for range 2 { // again does nothing
		tradingtest.Must(t, v.Tendering.Reschedule(t.Context()))
		tradingtest.Must(t, v.Bidding.RescheduleAwards(t.Context()))
	}
}

// TestDaysFollowTheSchedule: what was counted without next year's schedule is
// counted anew when it is entered, and whoever has registered has the new days.
func TestDaysFollowTheSchedule(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := yearsEnd(v, "2026-12-21")
		if n.Firm || calendar.DateOf(n.OpensAt) > "2027-01-06" {
			t.Fatalf("opens %v, firm %v", n.OpensAt, n.Firm)
		}
		b := v.Bidder("waicun", "")
		v.Enter(n.Lot, b)
		due := func() string {
			return storetest.Query[string](t, v.DB, "SELECT due_on FROM duties WHERE kind = 'paying'")[0]
		}
		before := due()
		enter(t, v, nextYear)
		got, lot := v.Load(n.ID), v.Lot(n.Lot)
		if !got.Firm || calendar.DateOf(got.RegisterUntil) != "2027-01-06" ||
			calendar.DateOf(got.OpensAt) != "2027-01-07" ||
			!lot.Board.OpensAt.Equal(got.OpensAt) || !lot.Board.EndsAt.Equal(got.OpensAt) ||
			!lot.RegisterUntil.Equal(got.RegisterUntil) {
			t.Errorf("registration until %v, opens %v, firm %v; the lot %+v", got.RegisterUntil, got.OpensAt,
				got.Firm, lot)
		}
		if !lot.Moved.OpensAt.Equal(n.OpensAt) || !lot.Moved.RegisterUntil.Equal(n.RegisterUntil) ||
			!lot.Moved.At.Equal(v.Clock.Now()) {
			t.Errorf("the lot tells %+v", lot.Moved)
		}
		if now := due(); now <= before || now != "2027-01-06" {
			t.Errorf("the deposit is due %s, before %s", now, before)
		}
		kinds := tradingtest.Kinds(t, v, n.Stream())
		if slices.Index(kinds, "tender.rescheduled") != len(kinds)-1 {
			t.Errorf("the notice's stream has %v", kinds)
		}
	})
}

// TestWhatHasPassedStays: after registration has ended only the opening moves,
// after the opening nothing, and nothing moves to an earlier day.
func TestWhatHasPassedStays(t *testing.T) {
	for name, c := range map[string]struct {
		year  calendar.Year
		at    func(n trading.Tender) time.Time
		later bool // the opening
	}{
		"registration has ended": {
			calendar.Year{Year: 2027, Source: "通知", Worked: []calendar.Date{},
				Holidays: []calendar.Span{{
					From: "2027-01-01",
					To:   "2027-01-03",
				}, {From: "2027-01-05", To: "2027-01-07"}}},
			func(n trading.Tender) time.Time { return n.RegisterUntil }, true,
		},
		"it has opened": {nextYear, func(n trading.Tender) time.Time { return n.OpensAt }, false},
		"more days are worked": {
			calendar.Year{Year: 2027, Source: "通知", Holidays: []calendar.Span{{From: "2027-10-01", To: "2027-10-07"}},
				Worked: []calendar.Date{"2027-01-02", "2027-01-03"}},
			func(n trading.Tender) time.Time { return n.AnnouncedAt }, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				n := yearsEnd(v, "2026-12-21")
				v.Clock.Set(c.at(n))
				enter(t, v, c.year)
				got := v.Load(n.ID)
				if !got.RegisterUntil.Equal(n.RegisterUntil) || got.OpensAt.Before(n.OpensAt) ||
					got.OpensAt.After(n.OpensAt) != c.later {
					t.Errorf("from %v, %v to %v, %v", n.RegisterUntil, n.OpensAt, got.RegisterUntil, got.OpensAt)
				}
			})
		})
	}
}

// TestAResultsPublicityFollows: objections may be raised until the day that the
// schedule gives.
func TestAResultsPublicityFollows(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := yearsEnd(v, "2026-12-14")
		b := v.Bidder("waicun", "")
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		v.Admit(b)
		v.Clock.Set(n.OpensAt)
		tradingtest.Must(t, v.Bidding.OpenLot(t.Context(), n.Lot))
		r, err := v.Bid(b, n.Lot, n.OpensAt.Add(time.Minute), 40000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.CloseLot(t.Context(), n.Lot))
		before, err := v.DB.Award(t.Context(), n.Lot)
		if err != nil || before.Firm {
			t.Fatalf("%+v, %v", before, err)
		}
		enter(t, v, nextYear)
		a, err := v.DB.Award(t.Context(), n.Lot)
		if err != nil || !a.Firm || !a.PublicUntil.After(before.PublicUntil) ||
			!a.MovedUntil.Equal(before.PublicUntil) {
			t.Errorf("public until %v, before %v, firm %v, %v", a.PublicUntil, before.PublicUntil, a.Firm, err)
		}
		v.Clock.Set(before.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		if a, _ := v.DB.Award(t.Context(), n.Lot); a.State != trading.Publicised {
			t.Errorf("settled on the old day: %s", a.State)
		}
		v.Clock.Set(a.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		if a, _ := v.DB.Award(t.Context(), n.Lot); a.State != trading.Settled {
			t.Errorf("not settled on the new day: %s", a.State)
		}
		if kinds := tradingtest.Kinds(t, v, event.Of("lot", n.Lot)); !slices.Contains(kinds, "award.rescheduled") {
			t.Errorf("the stream has %v", kinds)
		}
	})
}

// TestOneThatCannotBeMovedStopsNoOther: a notice or a result whose edition of the
// rules is not in the program stays as it is, and the others get their days; it gets
// its own as soon as it can be read.
func TestOneThatCannotBeMovedStopsNoOther(t *testing.T) {
	for name, first := range map[string]bool{"the newer": true, "the older": false} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				one, other := yearsEnd(v, "2026-12-14").ID, yearsEnd(v, "2026-12-14").ID
				notice, another := yearsEnd(v, "2026-12-21").ID, yearsEnd(v, "2026-12-21").ID
				if first {
					one, other, notice, another = other, one, another, notice
				}
				opens := v.Load(one).OpensAt
				for i, id := range []string{one, other} {
					awarded(t, v, id, opens, []string{"jiacun", "yicun"}[i])
				}
				for _, id := range []string{one, notice} {
					storetest.Exec(t, v.DB, "UPDATE tenders SET rule_version = 99 WHERE id = ?", id)
				}
				enter(t, v, nextYear)
				firm := func() string {
					a, errA := v.DB.Award(t.Context(), v.Load(one).Lot)
					b, errB := v.DB.Award(t.Context(), v.Load(other).Lot)
					tradingtest.Must(t, errors.Join(errA, errB))
					return fmt.Sprint(a.Firm, b.Firm, v.Load(notice).Firm, v.Load(another).Firm)
				}
				if got := firm(); got != "false true false true" {
					t.Error("with one that cannot be read:", got)
				}
				storetest.Exec(t, v.DB, "UPDATE tenders SET rule_version = 1 WHERE rule_version = 99")
				tradingtest.Must(t, v.Tendering.Reschedule(t.Context()))
				tradingtest.Must(t, v.Bidding.RescheduleAwards(t.Context()))
				if got := firm(); got != "true true true true" {
					t.Error("when it can be read again:", got)
				}
			})
		})
	}
}

// awarded lets one bidder take a lot.
func awarded(t *testing.T, v *tradingtest.Village, id string, opens time.Time, login string) {
	t.Helper()
	v.Clock.Set(v.Load(id).AnnouncedAt.Add(time.Hour))
	id = v.Load(id).Lot
	b := v.Bidder(login, "")
	v.Enter(id, b)
	v.Pay(id, b)
	v.Admit(b)
	v.Clock.Set(opens)
	tradingtest.Must(t, v.Bidding.OpenLot(t.Context(), id))
	r, err := v.Bid(b, id, opens.Add(time.Minute), 40000, false)
	tradingtest.Must(t, err)
	v.Clock.Set(r.EndsAt.Add(trading.Grace))
	tradingtest.Must(t, v.Bidding.CloseLot(t.Context(), id))
}
