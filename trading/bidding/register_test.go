package bidding_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// TestEachFieldOfARegistrationHasItsLimits.
func TestEachFieldOfARegistrationHasItsLimits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, b := v.Tender(trading.Announced), v.Bidder("waicun", "")
		theirs := v.Photo(v.Clerk, 40)
		for name, c := range map[string]struct {
			field  string
			change func(*trading.RegistrationForm)
		}{
			"no phone":        {"phone", func(f *trading.RegistrationForm) { f.Phone = "" }},
			"a short phone":   {"phone", func(f *trading.RegistrationForm) { f.Phone = "1380000000" }},
			"a landline":      {"phone", func(f *trading.RegistrationForm) { f.Phone = "07191234567" }},
			"a short account": {"account", func(f *trading.RegistrationForm) { f.Account = "1234567" }},
			"a long account": {"account",
				func(f *trading.RegistrationForm) { f.Account = strings.Repeat("6", 31) }},
			"letters for account": {"account", func(f *trading.RegistrationForm) { f.Account = "6222ABCD12" }},
			"no such right":       {"claim", func(f *trading.RegistrationForm) { f.Claim = "mayor" }},
			"a right unproven":    {"proof", func(f *trading.RegistrationForm) { f.Claim = trading.MemberFirst }},
			"a proof of nobody's": {"proof",
				func(f *trading.RegistrationForm) { f.Proof = []string{strings.Repeat("a", 64)} }},
			"another's proof": {"proof", func(f *trading.RegistrationForm) { f.Proof = []string{theirs} }},
			"not agreed":      {"agreed", func(f *trading.RegistrationForm) { f.Agreed = false }},
		} {
			form := v.Form(b, n.Lot)
			c.change(&form)
			t.Log(name)
			_, err := v.Bidding.Register(t.Context(), b.Actor, event.NewID(), form, v.Clock.Now())
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
		own, _, err := v.Bidding.OwnRegistrations(t.Context(), b.Actor, identity.Page{}.Clip())
		if err != nil || len(own) != 0 {
			t.Errorf("what was refused is there: %+v, %v", own, err)
		}
	})
}

// TestNumbersAreReadAsPeopleTypeThem: a phone and an account in groups, in full width
// or with the country's number are the same.
func TestNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, b := v.Tender(trading.Announced), v.Bidder("waicun", "")
		form := v.Form(b, n.Lot)
		want := form
		form.Phone = "+86 " + form.Phone[:3] + "-" + form.Phone[3:]
		form.Account = form.Account[:4] + "\u3000" + form.Account[4:8] + " " + form.Account[8:]
		_, err := v.Bidding.Register(t.Context(), b.Actor, event.NewID(), form, v.Clock.Now())
		tradingtest.Must(t, err)
		own, _, err := v.Bidding.OwnRegistrations(t.Context(), b.Actor, identity.Page{}.Clip())
		tradingtest.Must(t, err)
		if len(own) != 1 || own[0].Phone != want.Phone || own[0].Account != want.Account {
			t.Errorf("kept as %+v", own)
		}
	})
}

// TestWhenAndWhoRegisters: until the end to the millisecond, once, a bidder; the
// same tap again is one registration with one promise.
func TestWhenAndWhoRegisters(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b, late := v.Tender(trading.Announced), v.Bidder("waicun", ""), v.Bidder("chidao", "")
		enter := func(who identity.Actor, id string, form trading.RegistrationForm) (string, error) {
			return v.Bidding.Register(ctx, who, id, form, v.Clock.Now())
		}
		for name, c := range map[string]struct {
			who  identity.Actor
			code fault.Code
		}{"visitor": {identity.Actor{}, fault.Unauthenticated}, "clerk": {v.Clerk,
			fault.Forbidden}, "representative": {v.Representative, fault.Forbidden}} {
			t.Log(name)
			_, err := enter(c.who, event.NewID(), v.Form(b, n.Lot))
			tradingtest.Want(t, err, c.code, "")
		}
		_, err := enter(b.Actor, event.NewID(), v.Form(b, "nosuchlot"))
		tradingtest.Want(t, err, fault.NotFound, "")
		v.Clock.Set(n.RegisterUntil.Add(-time.Millisecond))
		id, err := enter(b.Actor, "request-0001", v.Form(b, n.Lot))
		tradingtest.Must(t, err)
		again, err := enter(b.Actor, "request-0001", v.Form(b, n.Lot))
		if err != nil || again != id {
			t.Errorf("the same tap again: %q, %v", again, err)
		}
		other := v.Form(b, n.Lot)
		other.Phone = "13900000000"
		_, err = enter(b.Actor, "request-0001", other)
		tradingtest.Want(t, err, fault.Conflict, "")
		v.Clock.Set(n.RegisterUntil)
		_, err = enter(late.Actor, event.NewID(), v.Form(late, n.Lot))
		tradingtest.Want(t, err, fault.Conflict, "")
		r, err := v.Bidding.OwnRegistration(ctx, b.Actor, n.Lot)
		if err != nil || r.ID != id || r.State != trading.Registered || r.Number != "" ||
			len(r.Commitment) != 64 || r.Promise == "" {
			t.Errorf("his own: %+v, %v", r, err)
		}
		_, err = v.Bidding.OwnRegistration(ctx, late.Actor, n.Lot)
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}

// TestWhatTheStationDecides: with a deposit and the paper seen, or with a reason;
// once, on the newest copy, before the opening.
func TestWhatTheStationDecides(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		good, bad, slow := v.Bidder("haoren", ""), v.Bidder("huairen", ""), v.Bidder("manren", "")
		v.Enter(n.Lot, good, bad, slow)
		qualify := func(who identity.Actor, b *tradingtest.Bidder, d bidding.Decision) error {
			_, err := v.Bidding.Qualify(ctx, who, event.NewID(), b.Entry, d)
			return err
		}
		refuse := func(b *tradingtest.Bidder, d bidding.Decision) error {
			_, err := v.Bidding.RefuseRegistration(ctx, v.Station, event.NewID(), b.Entry, d)
			return err
		}
		seen := bidding.Decision{Version: 1, Seen: true}
		tradingtest.Want(t, qualify(v.Station, good, seen), fault.Invalid, "seen") // no deposit yet
		v.Pay(n.Lot, good, bad, slow)
		tradingtest.Want(t, qualify(v.Station, good, bidding.Decision{Version: 1}), fault.Invalid, "seen")
		tradingtest.Want(t, qualify(v.Station, good, bidding.Decision{Version: 2, Seen: true}), fault.Conflict, "")
		tradingtest.Want(t, qualify(v.Clerk, good, seen), fault.Forbidden, "")
		tradingtest.Must(t, qualify(v.Station, good, seen))
		tradingtest.Want(t, qualify(v.Station, good, bidding.Decision{Version: 2, Seen: true}), fault.Conflict, "")
		tradingtest.Want(t, refuse(bad, bidding.Decision{Version: 1}), fault.Invalid, "reason")
		tradingtest.Want(t, refuse(bad, bidding.Decision{Version: 1, Reason: strings.Repeat("理", 301)}),
			fault.Invalid, "reason")
		tradingtest.Must(t, refuse(bad, bidding.Decision{Version: 1, Reason: "证件不符"}))
		tradingtest.Want(t, qualify(v.Station, bad, bidding.Decision{Version: 2, Seen: true}), fault.Conflict, "")
		r, err := v.Bidding.SeeRegistration(ctx, bad.Actor, bad.Entry)
		if err != nil || r.State != trading.RegistrationRefused || r.Reason != "证件不符" || r.Number != "" {
			t.Errorf("the refused one reads %+v, %v", r, err)
		}
		list, err := v.Bidding.DepositsOf(ctx, bad.Actor, bad.Entry)
		if err != nil || len(list) != 1 || list[0].State != trading.RefundDue || list[0].RefundBy != "2026-11-30" {
			t.Errorf("his deposit: %+v, %v", list, err)
		}
		list, err = v.Bidding.DepositsOf(ctx, good.Actor, good.Entry)
		if err != nil || len(list) != 1 || list[0].State != trading.Held {
			t.Errorf("the admitted one's deposit: %+v, %v", list, err)
		}
		r, err = v.Bidding.SeeRegistration(ctx, good.Actor, good.Entry)
		if err != nil || r.State != trading.Qualified || len(r.Number) != 4 || r.Rank != 0 {
			t.Errorf("the admitted one reads %+v, %v", r, err)
		}
		acts, err := v.Bidding.RegistrationTrail(ctx, v.Station, r)
		if err != nil || len(acts) != 1 || acts[0].Kind != "registration.qualified" || acts[0].Name != "station" {
			t.Errorf("the trail: %+v, %v", acts, err)
		}
		if acts, err = v.Bidding.RegistrationTrail(ctx, v.Clerk, r); err != nil || len(acts) != 0 {
			t.Errorf("the village reads the trail: %+v, %v", acts, err)
		}
		v.Clock.Set(n.OpensAt)
		tradingtest.Want(t, qualify(v.Station, slow, seen), fault.Conflict, "")
		tradingtest.Want(t, refuse(slow, bidding.Decision{Version: 1, Reason: "太晚"}), fault.Conflict, "")
	})
}

// TestARankIsTheResolutions: who claims a right and proves it has the place that
// the resolution gave it; ungranted he bids as anybody; what it does not give
// nobody grants.
func TestARankIsTheResolutions(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		member, lessee, doubted := v.Bidder("chengyuan", trading.MemberFirst), v.Bidder("yuanzu",
			trading.FormerLessee), v.Bidder("cunyi", trading.MemberFirst)
		v.Enter(n.Lot, member, lessee, doubted)
		v.Pay(n.Lot, member, lessee, doubted)
		v.Admit(member, lessee)
		_, err := v.Bidding.Qualify(ctx, v.Station, event.NewID(), doubted.Entry,
			bidding.Decision{Version: 1, Seen: true, Denied: "证明看不清"})
		tradingtest.Must(t, err)
		var numbers []string
		for b, want := range map[*tradingtest.Bidder]int{member: 1, lessee: 2, doubted: 0} {
			r, err := v.Bidding.SeeRegistration(ctx, b.Actor, b.Entry)
			if err != nil || r.Rank != want || slices.Contains(numbers, r.Number) {
				t.Errorf("%s has rank %d and number %s, want %d; %v", b.Name, r.Rank, r.Number, want, err)
			}
			numbers = append(numbers, r.Number)
		}
		v.Clock.Set(n.OpensAt)
		tradingtest.Must(t, v.Bidding.Work(ctx))
		room, err := v.Bidding.SeeRoom(ctx, identity.Actor{}, n.Lot, bidding.MostBids)
		tradingtest.Must(t, err)
		if len(room.Holders) != 2 || room.Holders[0].Rank != 1 || room.Holders[1].Rank != 2 ||
			room.Lot.Bidders != 3 || room.Choices.Least != 40000 {
			t.Errorf("everybody sees %+v", room)
		}
	})
}

// TestWhoListsRegistrations: the station of the township, by name too; each
// bidder his own.
func TestWhoListsRegistrations(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, a, b := v.Tender(trading.Announced), v.Bidder("jia", ""), v.Bidder("yii", "")
		v.Enter(n.Lot, a, b)
		for text, want := range map[string]int{"": 2, "竞买人jia": 1, n.Number: 2, "没有": 0} {
			list, total, err := v.Bidding.SeeRegistrations(ctx, v.Station, casework.Query{Text: text, Parent: n.Lot})
			if err != nil || total != want || len(list) != want {
				t.Errorf("with %q: %+v, %v", text, list, err)
			}
		}
		own, total, err := v.Bidding.OwnRegistrations(ctx, a.Actor, identity.Page{}.Clip())
		if err != nil || total != 1 || own[0].ID != a.Entry {
			t.Errorf("his own: %+v, %v", own, err)
		}
		_, _, err = v.Bidding.OwnRegistrations(ctx, v.Clerk, identity.Page{}.Clip())
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Bidding.SeeRegistration(ctx, a.Actor, b.Entry)
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}
