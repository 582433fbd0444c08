package bidding_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// voted announces a tender on a vote of its own.
func voted(v *tradingtest.Village, change func(*trading.ResolutionForm)) trading.Tender {
	asset := v.Asset()
	form := v.ResolutionForm(asset)
	change(&form)
	return v.Carry(v.TenderForm(asset, v.Resolution(form)), trading.Announced)
}

// TestAVoteForMembersOnlyIsKept: who says that he is an outsider cannot register, a member
// proves it, and the station admits nobody whose membership it has not looked at.
func TestAVoteForMembersOnlyIsKept(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := voted(v, func(f *trading.ResolutionForm) { f.Outsiders, f.Priorities = false, nil })
		b := v.Bidder("chengyuan", "")
		form := v.Form(b, n.Lot)
		_, err := v.Bidding.Register(ctx, b.Actor, event.NewID(), form, v.Clock.Now())
		tradingtest.Want(t, err, fault.Invalid, "as")
		form.As = ""
		_, err = v.Bidding.Register(ctx, b.Actor, event.NewID(), form, v.Clock.Now())
		tradingtest.Want(t, err, fault.Invalid, "as")
		form.As = trading.AsMember
		_, err = v.Bidding.Register(ctx, b.Actor, event.NewID(), form, v.Clock.Now())
		tradingtest.Want(t, err, fault.Invalid, "proof")
		form.Proof = []string{v.Photo(b.Actor, 50)}
		b.Entry, err = v.Bidding.Register(ctx, b.Actor, event.NewID(), form, v.Clock.Now())
		tradingtest.Must(t, err)
		v.Pay(n.Lot, b)
		_, err = v.Bidding.Qualify(ctx, v.Station, event.NewID(), b.Entry, bidding.Decision{Version: 1, Seen: true})
		tradingtest.Want(t, err, fault.Invalid, "member")
		_, err = v.Bidding.Qualify(ctx, v.Station, event.NewID(), b.Entry,
			bidding.Decision{Version: 1, Seen: true, Member: true})
		tradingtest.Must(t, err)
		r, err := v.Bidding.SeeRegistration(ctx, b.Actor, b.Entry)
		if err != nil || r.State != trading.Qualified || r.As != trading.AsMember || r.Rank != 0 {
			t.Errorf("it is %+v, %v", r, err)
		}
	})
}

// TestAnOutsiderHasNoMembersRight, neither by claim nor by a registration from before the
// question was asked.
func TestAnOutsiderHasNoMembersRight(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, b := v.Tender(trading.Announced), v.Bidder("waicun", trading.MemberFirst)
		form := v.Form(b, n.Lot)
		form.As = trading.AsOutsider
		_, err := v.Bidding.Register(t.Context(), b.Actor, event.NewID(), form, v.Clock.Now())
		tradingtest.Want(t, err, fault.Invalid, "claim")
	})
}

// TestTheStatutePutsMembersFirst: on land open to outsiders a vote without a word of priority
// takes nothing from members, and one that names the former lessee puts him behind them.
func TestTheStatutePutsMembersFirst(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, asset := t.Context(), v.Asset()
		vote := v.ResolutionForm(asset)
		vote.Priorities = nil
		form := v.TenderForm(asset, v.Resolution(vote))
		form.PriorityNotified = ""
		_, err := v.Tendering.DraftTender(ctx, v.Clerk, event.NewID(), form)
		tradingtest.Want(t, err, fault.Invalid, "priority_notified")
		lessee := voted(v, func(f *trading.ResolutionForm) {
			f.Priorities = []trading.Priority{trading.FormerLessee, trading.MemberFirst}
		})
		rights, err := v.Bidding.SeeRights(ctx, lessee.Lot)
		if err != nil || !slices.Equal(rights.Priorities,
			[]trading.Priority{trading.MemberFirst, trading.FormerLessee}) || rights.Statute.Article == "" {
			t.Errorf("the lessee's lot has %+v, %v", rights, err)
		}
		member, old := v.Bidder("chengyuan", trading.MemberFirst), v.Bidder("yuanzu", trading.FormerLessee)
		v.Enter(lessee.Lot, member, old)
		v.Pay(lessee.Lot, member, old)
		v.Admit(member, old)
		for b, want := range map[*tradingtest.Bidder]int{member: 1, old: 2} {
			if r, err := v.Bidding.SeeRegistration(ctx, b.Actor, b.Entry); err != nil || r.Rank != want {
				t.Errorf("%s stands at %d, %v", b.Name, r.Rank, err)
			}
		}
		silent := voted(v, func(f *trading.ResolutionForm) { f.Priorities = nil })
		text, err := v.Library.Document(ctx, silent.Document)
		if err != nil || !strings.Contains(string(text), `"priorities":["本集体经济组织成员"]`) {
			t.Errorf("the notice says %s, %v", text, err)
		}
	})
}

// TestWhoWasRefusedMayRegisterAnew while registration is open: the reason is read, the first
// deposit goes back, and the new registration is decided by itself.
func TestWhoWasRefusedMayRegisterAnew(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b := v.Tender(trading.Announced), v.Bidder("waicun", "")
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		first := b.Entry
		if may, err := v.Bidding.MayRegister(ctx, b.Actor, n.Lot); may || err != nil {
			t.Errorf("twice at once: %v, %v", may, err)
		}
		refuse := func(id, reason string, version int) error {
			_, err := v.Bidding.RefuseRegistration(ctx, v.Station, event.NewID(), id,
				bidding.Decision{Version: version, Reason: reason})
			return err
		}
		tradingtest.Want(t, refuse(first, " ", 1), fault.Invalid, "reason")
		tradingtest.Must(t, refuse(first, "执照过期，请换新照片", 1))
		r, err := v.Bidding.SeeRegistration(ctx, b.Actor, first)
		if err != nil || r.State != trading.RegistrationRefused || r.Reason != "执照过期，请换新照片" {
			t.Errorf("he reads %+v, %v", r, err)
		}
		deposits, err := v.Bidding.DepositsOf(ctx, b.Actor, first)
		if err != nil || len(deposits) != 1 || deposits[0].State != trading.RefundDue {
			t.Errorf("the first deposit is %+v, %v", deposits, err)
		}
		if may, err := v.Bidding.MayRegister(ctx, b.Actor, n.Lot); !may || err != nil {
			t.Errorf("refused, he may register anew: %v, %v", may, err)
		}
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		v.Admit(b)
		if own, err := v.Bidding.OwnRegistration(ctx, b.Actor, n.Lot); err != nil || own.ID != b.Entry ||
			own.State != trading.Qualified {
			t.Errorf("his own is %+v, %v", own, err)
		}
		v.Clock.Set(n.OpensAt)
		tradingtest.Must(t, v.Bidding.Work(ctx))
		if l := v.Lot(n.Lot); l.Bidders != 1 {
			t.Errorf("%d bidders", l.Bidders)
		}
		_, err = v.Bid(b, n.Lot, n.OpensAt, n.StartPrice, false)
		tradingtest.Must(t, err)
	})
}

// TestARefusalAfterTheEndIsFinal: nobody registers when registration has ended.
func TestARefusalAfterTheEndIsFinal(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b := v.Tender(trading.Announced), v.Bidder("waicun", "")
		v.Enter(n.Lot, b)
		v.Clock.Set(n.RegisterUntil)
		_, err := v.Bidding.RefuseRegistration(ctx, v.Station, event.NewID(), b.Entry,
			bidding.Decision{Version: 1, Reason: "证件不符"})
		tradingtest.Must(t, err)
		if may, err := v.Bidding.MayRegister(ctx, b.Actor, n.Lot); may || err != nil {
			t.Errorf("after the end: %v, %v", may, err)
		}
		_, err = v.Bidding.Register(ctx, b.Actor, event.NewID(), v.Form(b, n.Lot), v.Clock.Now())
		tradingtest.Want(t, err, fault.Conflict, "")
	})
}

// TestAClaimIsDeniedWithAReason, which the claimant reads; one that is granted has none.
func TestAClaimIsDeniedWithAReason(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b := v.Tender(trading.Announced), v.Bidder("chengyuan", trading.MemberFirst)
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		decide := func(denied string) error {
			_, err := v.Bidding.Qualify(ctx, v.Station, event.NewID(), b.Entry,
				bidding.Decision{Version: 1, Seen: true, Denied: denied})
			return err
		}
		tradingtest.Want(t, decide(""), fault.Invalid, "denied")
		tradingtest.Must(t, decide("户口簿上没有本人"))
		r, err := v.Bidding.SeeRegistration(ctx, b.Actor, b.Entry)
		if err != nil || r.State != trading.Qualified || r.Rank != 0 || r.Reason != "户口簿上没有本人" {
			t.Errorf("he reads %+v, %v", r, err)
		}
	})
}
