package mode

import (
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/money"
)

// ascending is the open rising auction "公开竞价"("递增报价"): whoever bids highest
// when nobody has bid for a while wins. A holder of a priority right may take
// the lead at the leading price from anybody whose right is weaker.
type ascending struct{}

func (ascending) Open(t Terms, at time.Time) Board {
	return Board{OpensAt: at, EndsAt: at.Add(t.Free)}
}

func (m ascending) Accept(t Terms, b Board, o Offer) (Board, error) {
	if err := within(b, o.At); err != nil {
		return b, err
	}
	if b.Leading.Bidder != "" && b.Leading.Bidder == o.Bidder {
		return b, fault.New(fault.Conflict, "您的报价已经领先，不用再报价。有人报价高于您时，再来加价")
	}
	err := m.mayRaise(t, b, o)
	if o.Match {
		err = mayTakeOver(b, o)
	}
	if err != nil {
		return b, err
	}
	if !o.At.Before(b.EndsAt.Add(-t.Window)) {
		b.EndsAt = later(b.EndsAt, o.At.Add(t.Extend))
	}
	b.Leading, b.Bids = o, b.Bids+1
	return b, nil
}

func (ascending) Range(t Terms, b Board) (least, most money.Fen) {
	least, base := t.Start, t.Start
	if b.Leading.Bidder != "" {
		base = b.Leading.Price
		least = base + t.Step
	}
	// Divided rather than multiplied: the product may not fit.
	if t.Step > 0 && money.Fen(t.MostSteps) > (money.PriceLimit-base)/t.Step {
		return least, money.PriceLimit
	}
	return least, base + t.Step*money.Fen(t.MostSteps)
}

func (ascending) MayMatch(b Board, bidder string, rank int) bool {
	return b.Leading.Bidder != "" && b.Leading.Bidder != bidder && outranks(rank, b.Leading.Rank)
}

// within says whether the board is open at that instant: from OpensAt on, and
// no longer at EndsAt.
func within(b Board, at time.Time) error {
	switch {
	case at.Before(b.OpensAt):
		return fault.New(fault.Conflict, "竞价还没有开始，请在 %s 以后报价", clock(b.OpensAt))
	case !at.Before(b.EndsAt):
		return fault.New(fault.Conflict, "竞价已于 %s 结束，您的报价在这以后才收到", clock(b.EndsAt))
	}
	return nil
}

func (m ascending) mayRaise(t Terms, b Board, o Offer) error {
	least, most := m.Range(t, b)
	switch {
	case least > most:
		return fault.New(fault.Conflict, "已到能报的最高价，不能再加价")
	case o.Price < least && b.Leading.Bidder != "":
		return fault.New(fault.Invalid, "现在领先的是每亩每年 %s 元，您至少要报 %s 元", b.Leading.Price.Yuan(), least.Yuan()).On("price")
	case o.Price < least:
		return fault.New(fault.Invalid, "起始价是每亩每年 %s 元，不能低于这个价", least.Yuan()).On("price")
	case o.Price > most:
		return fault.New(fault.Invalid, "一次最多加 %d 个加价幅度，最高可报每亩每年 %s 元，请看看是否多填了数字", t.MostSteps, most.Yuan()).On("price")
	}
	return nil
}

func mayTakeOver(b Board, o Offer) error {
	switch {
	case o.Rank <= 0:
		return fault.New(fault.Forbidden, "您在这个标的没有优先权，请加价")
	case b.Leading.Bidder == "":
		return fault.New(fault.Conflict, "暂无报价，还不能行使优先权，请直接报价")
	case !outranks(o.Rank, b.Leading.Rank):
		return fault.New(fault.Conflict, "当前领先者的优先权顺位不低于您，同价时先报价的优先。请加价")
	case o.Price != b.Leading.Price:
		return fault.New(fault.Invalid, "按优先权只能报与领先者相同的价，现在是每亩每年 %s 元", b.Leading.Price.Yuan()).On("price")
	}
	return nil
}

// outranks says whether a priority is better than another: a lower number is,
// and none is the worst.
func outranks(rank, other int) bool {
	return rank > 0 && (other <= 0 || rank < other)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// clock writes an instant in Beijing. China keeps no summer time.
func clock(at time.Time) string {
	return at.In(time.FixedZone("UTC+8", 8*60*60)).Format(time.TimeOnly)
}
