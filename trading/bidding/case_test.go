package bidding_test

import (
	"slices"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/statement"
	"sunlot/trading/tradingtest"
)

// TestTheCaseFromRegistrationToRent is the case to its end: a member matches the
// leading price in the last minutes and wins; the losers' deposits go back; the
// contract is signed and the first year's rent comes in.
func TestTheCaseFromRegistrationToRent(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		member, lessee, other := v.Bidder("chengyuan", trading.MemberFirst), v.Bidder("yuanzu",
			trading.FormerLessee), v.Bidder("waicun", "")
		l := v.Open(member, lessee, other)
		if l.State != trading.Bidding || l.Bidders != 3 || l.Board.EndsAt.Sub(l.Board.OpensAt) != time.Hour {
			t.Fatalf("opened: %+v", l)
		}
		bidCase(t, v, l, member, lessee, other)
		a := settleCase(t, v, l.ID, member)
		contractCase(t, v, a, member)
		if got := tradingtest.Kinds(t, v, l.Stream()); !slices.Equal(got,
			[]string{"lot.opened", "bid.placed", "bid.placed", "bid.placed", "bid.placed", "bid.placed",
				"lot.closed", "objection.raised", "objection.answered", "award.settled"}) {
			t.Errorf("lot's events: %v", got)
		}
		if got := tradingtest.Kinds(t, v, event.Of("contract", l.ID)); !slices.Equal(got,
			[]string{"contract.signed", "rent.received"}) {
			t.Errorf("contract's events: %v", got)
		}
	})
}

func bidCase(t *testing.T, v *tradingtest.Village, l trading.Lot, member, lessee, other *tradingtest.Bidder) {
	t.Helper()
	at := func(minute int) time.Time { return l.Board.OpensAt.Add(time.Duration(minute) * time.Minute) }
	place := func(b *tradingtest.Bidder, minute int, price int64, match bool, code fault.Code) trading.Receipt {
		t.Helper()
		r, err := v.Bid(b, l.ID, at(minute), money.Fen(price), match)
		tradingtest.Want(t, err, code, "")
		return r
	}
	place(other, 1, 40000, false, "")
	place(other, 2, 41000, false, fault.Conflict) // leads already
	place(lessee, 3, 40000, true, "")
	place(other, 4, 40500, false, fault.Invalid) // less than a step
	place(other, 5, 52000, false, fault.Invalid) // more than ten
	place(other, 6, 45000, false, "")
	place(lessee, 58, 47000, false, "")
	if r := place(member, 62, 47000, true, ""); !r.Extended || !r.EndsAt.Equal(at(67)) {
		t.Errorf("the match in the last minutes: %+v", r)
	}
	place(lessee, 63, 47000, true, fault.Conflict) // of lower rank
	place(other, 67, 48000, false, fault.Conflict) // the end itself is too late
}

func settleCase(t *testing.T, v *tradingtest.Village, lot string, member *tradingtest.Bidder) trading.Award {
	t.Helper()
	ctx := t.Context()
	v.Clock.Set(v.Lot(lot).ClosesAt())
	tradingtest.Must(t, v.Bidding.Work(ctx))
	a, err := v.DB.Award(ctx, lot)
	tradingtest.Must(t, err)
	if a.Name != member.Name || a.Price != 47000 || !a.Priority || a.State != trading.Publicised {
		t.Fatalf("award: %+v", a)
	}
	id, err := v.Bidding.Object(ctx, identity.Actor{}, event.NewID(), trading.ObjectionForm{
		Lot:    lot,
		Target: trading.AtVillage,
		Name:   "村民甲",
		Phone:  "13900000000",
		Text:   "看样日没有通知",
	}, v.Clock.Now())
	tradingtest.Must(t, err)
	v.Clock.Set(a.SettlesAt())
	tradingtest.Must(t, v.Bidding.Work(ctx))
	if a, _ = v.DB.Award(ctx, lot); a.State != trading.Publicised {
		t.Errorf("an award was settled over an objection")
	}
	_, err = v.Bidding.AnswerObjection(ctx, v.Station, event.NewID(), id, trading.AnswerForm{
		Version: 1,
		Outcome: trading.Not,
		Answer:  "公告已载明看样日",
	})
	tradingtest.Must(t, err)
	tradingtest.Must(t, v.Bidding.Work(ctx))
	a, err = v.DB.Award(ctx, lot)
	tradingtest.Must(t, err)
	if a.State != trading.Settled {
		t.Fatalf("award after the publicity: %s", a.State)
	}
	return a
}

func contractCase(t *testing.T, v *tradingtest.Village, a trading.Award, member *tradingtest.Bidder) {
	t.Helper()
	ctx := t.Context()
	states := func() map[casework.State]int {
		list, _, err := v.Bidding.SeeDeposits(ctx, v.Station, casework.Query{Page: identity.Page{Number: 1, Size: 50}})
		tradingtest.Must(t, err)
		n := map[casework.State]int{}
		for _, d := range list {
			n[d.State]++
		}
		return n
	}
	if n := states(); n[trading.RefundDue] != 2 || n[trading.Held] != 1 {
		t.Errorf("deposits after the publicity: %v", n)
	}
	_, err := v.Contracts.Offer(ctx, v.Clerk, event.NewID(), a.Lot)
	tradingtest.Must(t, err)
	_, err = v.Contracts.Sign(ctx, member.Actor, event.NewID(), a.Lot, contracts.SignForm{Version: 1, Agreed: true})
	tradingtest.Must(t, err)
	if n := states(); n[trading.RefundDue] != 3 {
		t.Errorf("deposits after the contract: %v", n)
	}
	form := contracts.VoucherForm{
		Number:     1,
		Amount:     a.Yearly,
		ReceivedOn: v.Days.Today(),
		Serial:     "PAY-20261215-0001",
		Account:    member.Account,
	}
	_, err = v.Contracts.Receive(ctx, v.Station, event.NewID(), a.Lot, form)
	tradingtest.Must(t, err)
	form.Serial, form.Amount = "PAY-20261215-0002", 1
	_, err = v.Contracts.Receive(ctx, v.Station, event.NewID(), a.Lot, form)
	tradingtest.Want(t, err, fault.Invalid, "amount")
	m, err := v.Contracts.SeeMoney(ctx, identity.Actor{}, a.Lot)
	tradingtest.Must(t, err)
	// 470 yuan, 38.60 mu, five years.
	if m.Accounts.Received.Yuan() != "18,142.00" || m.Accounts.Whole.Yuan() != "90,710.00" ||
		m.Accounts.Arrears != 0 || len(m.Schedule) != 5 {
		t.Errorf("money: %+v, %d payments", m.Accounts, len(m.Schedule))
	}
	if slip := m.Vouchers[0]; slip.Account != "****"+member.Account[len(member.Account)-4:] ||
		slip.Serial != "****0001" {
		t.Errorf("the public voucher: %+v", slip)
	}
	if a.OverStart().Yuan() != "2,702.00" || a.OverLast().Yuan() != "4,632.00" {
		t.Errorf("gain %s over the start, %s over the last rent", a.OverStart().Yuan(), a.OverLast().Yuan())
	}
}

// TestDepositsMatchTheOwnAccountOnly: who pays from another's account, too
// little, too late or without the lot's code has no deposit, and is told why.
func TestDepositsMatchTheOwnAccountOnly(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		b := v.Bidder("waicun", "")
		v.Enter(n.Lot, b)
		for name, c := range map[string]struct {
			change  func(*statement.Line)
			problem string
		}{
			"another's account": {func(l *statement.Line) {
				l.Account = "6222999999999999"
			}, "户名、账号与报名人不一致，或没有报名：保证金须由本人账户转入"},
			"another's name": {func(l *statement.Line) { l.Payer = "他人" }, "户名、账号与报名人不一致，或没有报名：保证金须由本人账户转入"},
			"too little":     {func(l *statement.Line) { l.Amount-- }, "金额不足，应为 1,544.00 元"},
			"no code":        {func(l *statement.Line) { l.Memo = "保证金" }, "附言里没有转账附言码"},
			"too late":       {func(l *statement.Line) { l.PaidAt = n.RegisterUntil }, "到账时间晚于报名截止"},
		} {
			line := v.Line(b, n.Lot)
			line.Serial = "X" + event.NewID()
			c.change(&line)
			now := v.Clock.Now()
			v.Clock.Set(line.PaidAt) // a bank tells of nothing before
			i := v.Import(v.Station, tradingtest.Statement(line))
			v.Clock.Set(now)
			list, _, err := v.Bidding.SeeDeposits(t.Context(), v.Station, casework.Query{
				Text: line.Serial,
				Page: identity.Page{Number: 1, Size: 5},
			})
			tradingtest.Must(t, err)
			if i.Taken() != 1 || i.Matched != 0 || len(list) != 1 || list[0].State != trading.Received ||
				list[0].Problem != c.problem {
				t.Errorf("%s: %+v, %+v", name, i, list)
			}
		}
		_, err := v.Bidding.Qualify(t.Context(), v.Station, event.NewID(), b.Entry, bidding.Decision{
			Version: 1,
			Seen:    true,
		})
		tradingtest.Want(t, err, fault.Invalid, "seen")
		v.Pay(n.Lot, b)
		v.Pay(n.Lot, b) // the same statement again brings nothing new
		v.Admit(b)
	})
}

// TestOfficialsMayNotBid: who handles or decides cases does not register.
func TestOfficialsMayNotBid(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		b := v.Bidder("jianzhi", "")
		b.Actor = v.Give(b.Actor, v.OtherCollective, identity.Clerk)
		_, err := v.Bidding.Register(t.Context(), b.Actor, event.NewID(), v.Form(b, n.Lot), v.Clock.Now())
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestBiddersAreUnseenBeforeTheOpening: neither the village nor the approving
// leader is told who has registered, and the public sees no number.
func TestBiddersAreUnseenBeforeTheOpening(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		b := v.Bidder("chengyuan", trading.MemberFirst)
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		v.Admit(b)
		for name, who := range map[string]identity.Actor{
			"clerk":       v.Clerk,
			"supervision": v.Supervision,
			"leader":      v.Leader,
			"public":      {},
		} {
			_, err := v.Bidding.SeeRegistration(t.Context(), who, b.Entry)
			tradingtest.Want(t, err, fault.NotFound, "")
			if _, _, err := v.Bidding.SeeRegistrations(t.Context(), who, casework.Query{}); err == nil {
				t.Errorf("%s lists registrations", name)
			}
			if _, _, err := v.Bidding.SeeDeposits(t.Context(), who, casework.Query{}); err == nil {
				t.Errorf("%s lists deposits", name)
			}
			r, err := v.Bidding.SeeRegistration(t.Context(), v.Station, b.Entry)
			tradingtest.Must(t, err)
			if _, err := v.Library.SeePhoto(t.Context(), who, r.Proof[0]); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s reads the proof: %v", name, err)
			}
			room, err := v.Bidding.SeeRoom(t.Context(), who, n.Lot, bidding.MostBids)
			tradingtest.Must(t, err)
			if room.Lot.Bidders != 0 || room.Head != 0 || len(room.Holders) != 0 {
				t.Errorf("%s sees %+v", name, room)
			}
		}
		if got := tradingtest.Kinds(t, v, event.Of("lot", n.Lot)); len(got) != 0 {
			t.Errorf("events before the opening: %v", got)
		}
	})
}

// TestTheClockIsNotAhead: a lot neither opens, closes nor settles before its
// time, whoever asks for it.
func TestTheClockIsNotAhead(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		b, late := v.Bidder("waicun", ""), v.Bidder("chidao", "")
		v.Enter(n.Lot, b, late)
		v.Pay(n.Lot, b)
		v.Admit(b)
		v.Clock.Set(n.OpensAt.Add(-time.Millisecond))
		tradingtest.Must(t, v.Bidding.OpenLot(ctx, n.Lot))
		_, err := v.Bid(b, n.Lot, n.OpensAt.Add(-time.Millisecond), 40000, false)
		tradingtest.Want(t, err, fault.Conflict, "")
		if l := v.Lot(n.Lot); l.State != trading.Listed {
			t.Fatalf("a millisecond before its time the lot is %s", l.State)
		}
		// A bid at the opening itself opens the lot, if nobody has yet.
		r, err := v.Bid(b, n.Lot, n.OpensAt, 40000, false)
		tradingtest.Must(t, err)
		_, err = v.Bid(late, n.Lot, n.OpensAt, 41000, false)
		tradingtest.Want(t, err, fault.Forbidden, "") // registered and not qualified
		v.Clock.Set(r.EndsAt.Add(trading.Grace - time.Millisecond))
		tradingtest.Must(t, v.Bidding.CloseLot(ctx, n.Lot))
		if l := v.Lot(n.Lot); l.State != trading.Bidding {
			t.Errorf("a millisecond before its end the lot is %s", l.State)
		}
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.CloseLot(ctx, n.Lot))
		tradingtest.Must(t, v.Bidding.CloseLot(ctx, n.Lot)) // again does nothing
		a, err := v.DB.Award(ctx, n.Lot)
		tradingtest.Must(t, err)
		v.Clock.Set(a.PublicUntil.Add(-time.Millisecond))
		tradingtest.Must(t, v.Bidding.SettleAward(ctx, n.Lot))
		if a, _ = v.DB.Award(ctx, n.Lot); a.State != trading.Publicised {
			t.Errorf("a millisecond before its end the publicity is %s", a.State)
		}
	})
}

// TestALotThatNobodyWins fails, gives the deposits back and frees the asset.
func TestALotThatNobodyWins(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		b := v.Bidder("waicun", "")
		l := v.Open(b)
		v.Clock.Set(l.ClosesAt())
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		if got := tradingtest.Kinds(t, v, l.Stream()); !slices.Equal(got, []string{"lot.opened", "lot.failed"}) {
			t.Errorf("events: %v", got)
		}
		list, err := v.Bidding.DepositsOf(t.Context(), b.Actor, b.Entry)
		tradingtest.Must(t, err)
		// The failure is on Tuesday 8 December; five working days later is the 15th.
		if len(list) != 1 || list[0].State != trading.RefundDue || list[0].RefundBy != "2026-12-15" {
			t.Errorf("deposit: %+v", list)
		}
	})
}

// TestASupplementPostponesTheLot: the lot's days are the notice's.
func TestASupplementPostponesTheLot(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		id, err := v.Tendering.ProposeSupplement(t.Context(), v.Clerk, event.NewID(), trading.SupplementForm{
			Tender: n.ID,
			Text:   "机耕道已修通",
		})
		tradingtest.Must(t, err)
		_, err = v.Tendering.ReleaseSupplement(t.Context(), v.Station, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		n = v.Load(n.ID)
		if l := v.Lot(n.Lot); !l.RegisterUntil.Equal(n.RegisterUntil) || !l.Board.OpensAt.Equal(n.OpensAt) ||
			!l.Board.EndsAt.Equal(n.OpensAt) {
			t.Errorf("the notice says %v and %v, the lot %v and %v", n.RegisterUntil, n.OpensAt, l.RegisterUntil,
				l.Board.OpensAt)
		}
	})
}

// TestAPulledRegistration gives the deposit back and lets the bidder begin anew.
func TestAPulledRegistration(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		b, other := v.Bidder("waicun", ""), v.Bidder("lingyi", "")
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		_, err := v.Bidding.Register(t.Context(), b.Actor, event.NewID(), v.Form(b, n.Lot), v.Clock.Now())
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Bidding.PullRegistration(t.Context(), other.Actor, event.NewID(), b.Entry, 1, v.Clock.Now())
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Bidding.PullRegistration(t.Context(), b.Actor, event.NewID(), b.Entry, 1, v.Clock.Now())
		tradingtest.Must(t, err)
		list, err := v.Bidding.DepositsOf(t.Context(), b.Actor, b.Entry)
		tradingtest.Must(t, err)
		if len(list) != 1 || list[0].State != trading.RefundDue {
			t.Errorf("deposit: %+v", list)
		}
		v.Enter(n.Lot, b)
		v.Clock.Set(n.RegisterUntil)
		_, err = v.Bidding.PullRegistration(t.Context(), b.Actor, event.NewID(), b.Entry, 1, v.Clock.Now())
		tradingtest.Want(t, err, fault.Conflict, "")
	})
}

// TestTheDeskSaysWhatIsDue: the station's registrations and refunds, the clerk's
// contract, each with its last day; nobody else is told of a registration.
func TestTheDeskSaysWhatIsDue(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		due := func(who identity.Actor) (all []string) {
			for _, w := range v.Waits(who) {
				all = append(all, w.Name+" "+string(w.Due))
			}
			return all
		}
		n := v.Tender(trading.Announced)
		b, other, idle := v.Bidder("waicun", ""), v.Bidder("lingyi", ""), v.Bidder("weijiao", "")
		v.Enter(n.Lot, b, other, idle)
		if got := due(v.Station); !slices.Equal(got,
			[]string{"registration 2026-12-08", "registration 2026-12-08", "registration 2026-12-08"}) {
			t.Errorf("station: %v", got)
		}
		v.Pay(n.Lot, b, other)
		v.Admit(b, other)
		r, err := v.Bid(b, n.Lot, n.OpensAt, 40000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		a, err := v.DB.Award(t.Context(), n.Lot)
		tradingtest.Must(t, err)
		v.Clock.Set(a.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		if got := due(v.Station); !slices.Equal(got, []string{"refund 2026-12-18"}) {
			t.Errorf("station: %v", got)
		}
		if got := due(v.Clerk); !slices.Equal(got, []string{"contract 2026-12-18"}) {
			t.Errorf("clerk: %v", got)
		}
		if got := due(v.Leader); len(got) > 0 {
			t.Errorf("leader: %v", got)
		}
	})
}

// TestAnObjectorIsNotNamed: everybody learns that there is an objection, and of
// its text and answer once it is answered; who objected the station alone.
func TestAnObjectorIsNotNamed(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		b := v.Bidder("waicun", "")
		l := v.Open(b)
		r, err := v.Bid(b, l.ID, l.Board.OpensAt, 40000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		id, err := v.Bidding.Object(t.Context(), identity.Actor{}, event.NewID(), trading.ObjectionForm{
			Lot:    l.ID,
			Target: trading.AtVillage,
			Name:   "村民甲",
			Phone:  "13900000000",
			Text:   "原文",
		}, v.Clock.Now())
		tradingtest.Must(t, err)
		read := func(who identity.Actor) trading.Objection {
			list, err := v.Bidding.SeeObjections(t.Context(), who, l.ID)
			tradingtest.Must(t, err)
			return list[0]
		}
		for _, who := range []identity.Actor{{}, v.Clerk, b.Actor} {
			if o := read(who); o.Name+o.Phone+o.Text+o.Public != "" || o.State != trading.Raised {
				t.Errorf("%s reads %+v", who.Name, o)
			}
		}
		if o := read(v.Leader); o.Name+o.Phone+o.Public != "" || o.Text != "原文" {
			t.Errorf("the leader, who may have to decide, reads %+v", o)
		}
		if o := read(v.Station); o.Name != "村民甲" || o.Text != "原文" {
			t.Errorf("the station reads %+v", o)
		}
		_, err = v.Bidding.AnswerObjection(t.Context(), v.Station, event.NewID(), id, trading.AnswerForm{
			Version: 1,
			Outcome: trading.Not,
			Answer:  "答复",
		})
		tradingtest.Must(t, err)
		if o := read(identity.Actor{}); o.Name+o.Phone+o.Text != "" || o.Public != "原文" || o.Answer != "答复" {
			t.Errorf("after the answer the public reads %+v", o)
		}
	})
}
