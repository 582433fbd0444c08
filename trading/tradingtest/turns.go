package tradingtest

import (
	"slices"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading/mode"
)

// Turns is a mode that only tests have, to show that one more is one file: in each of
// its turns everybody may name one price from the start price on, and the last turn decides.
type Turns struct {
	Start money.Fen    `json:"-"`
	Turns int          `json:"turns"`
	Each  mode.Seconds `json:"each_seconds"`
}

// TurnsName is what lots and logs know the mode by.
const TurnsName = "turns/1"

// turn is what the mode remembers: which turn it is, and who has named a price in it.
type turn struct {
	Turn int      `json:"turn"`
	Had  []string `json:"had"`
}

// TurnFacts is what the log says when a turn has ended.
type TurnFacts struct {
	Turn  int       `json:"turn"`
	Price money.Fen `json:"price"` // the highest in it; the start price when there was none
}

// TurnWordings is how the mode's events are told.
var TurnWordings = []words.Wording{words.Of("turn.ended", "一轮结束", func(f TurnFacts) []words.Fact {
	return []words.Fact{words.Count("轮次", f.Turn, "轮"), words.Price("最高价", money.MuYear, f.Price)}
})}

// About implements mode.Mode.
func (Turns) About() mode.About {
	return mode.About{Name: TurnsName, Label: "轮流报价", Sides: []string{mode.Let}, Rule: "每轮每人报一次，最后一轮定成交"}
}

// Freeze implements mode.Mode: two turns, each as long as an extension.
func (Turns) Freeze(d mode.Draft) (mode.Terms, error) {
	return Turns{Start: d.Start, Turns: 2, Each: mode.Seconds(d.Extend)}.Terms(), nil
}

// Under implements mode.Mode.
func (Turns) Under(t mode.Terms) (mode.Rules, error) {
	own, err := mode.Read[Turns](t.Own, "terms of turns")
	own.Start = t.Start
	return own, err
}

// Terms implements mode.Rules.
func (t Turns) Terms() mode.Terms { return mode.Terms{Start: t.Start, Own: mode.Write(t)} }

// Told implements mode.Rules.
func (t Turns) Told() []mode.Term { return []mode.Term{{Label: "轮次", Words: "两轮"}} }

// Lasts implements mode.Rules.
func (t Turns) Lasts() (whole, spare time.Duration) {
	return time.Duration(t.Turns) * time.Duration(t.Each), time.Minute
}

// Open implements mode.Rules.
func (t Turns) Open(at time.Time) mode.Board {
	whole, _ := t.Lasts()
	return mode.Board{OpensAt: at, EndsAt: at.Add(whole), Own: mode.Write(turn{Turn: 1})}
}

func turnOf(b mode.Board) (turn, error) { return mode.Read[turn](b.Own, "board of turns") }

// Next implements mode.Rules: the turns that are left end with the bidding.
func (t Turns) Next(b mode.Board) (time.Time, error) {
	now, err := turnOf(b)
	if err != nil || now.Turn >= t.Turns {
		return time.Time{}, err
	}
	return b.EndsAt.Add(-time.Duration(t.Turns-now.Turn) * time.Duration(t.Each)), nil
}

// Accept implements mode.Rules.
func (t Turns) Accept(b mode.Board, o mode.Offer) (mode.Board, error) {
	now, err := turnOf(b)
	if err != nil {
		return b, err
	}
	next, err := t.Next(b)
	if err != nil {
		return b, err
	}
	switch {
	case o.At.Before(b.OpensAt), !o.At.Before(b.EndsAt), !next.IsZero() && !o.At.Before(next):
		return b, fault.New(fault.Conflict, "不在这一轮的时间里")
	case slices.Contains(now.Had, o.Bidder):
		return b, fault.New(fault.Conflict, "这一轮您已经报过")
	case o.Price < t.Start || o.Match:
		return b, fault.New(fault.Invalid, "不能低于 %s 元", t.Start.Yuan()).On("price")
	}
	now.Had = append(now.Had, o.Bidder)
	if b.Leading.Bidder == "" || o.Price > b.Leading.Price {
		b.Leading = o
	}
	b.Own, b.Bids = mode.Write(now), b.Bids+1
	return b, nil
}

// Tick implements mode.Rules: a turn ends and another begins.
func (t Turns) Tick(b mode.Board, _ time.Time) (mode.Board, []mode.Fact, error) {
	now, err := turnOf(b)
	if err != nil {
		return b, nil, err
	}
	ended := TurnFacts{Turn: now.Turn, Price: max(t.Start, b.Leading.Price)}
	b.Own, b.Leading = mode.Write(turn{Turn: now.Turn + 1}), mode.Offer{}
	return b, []mode.Fact{{Kind: "turn.ended", Facts: ended}}, nil
}

// Choices implements mode.Rules.
func (t Turns) Choices(b mode.Board, who mode.Bidder) (mode.Choices, error) {
	now, err := turnOf(b)
	c := mode.Choices{
		List:  []mode.Choice{{Key: "start", Label: "就报起始价 " + t.Start.Yuan() + " 元", Price: t.Start}},
		Least: t.Start,
		Most:  2 * t.Start,
	}
	if slices.Contains(now.Had, who.Number) {
		c.Why = "这一轮您已经报过。"
	}
	return c, err
}

// Result implements mode.Rules: the highest of the last turn, the earlier first.
func (t Turns) Result(b mode.Board, offers []mode.Offer) (mode.Outcome, error) {
	begun := b.EndsAt.Add(-time.Duration(t.Each))
	last := slices.DeleteFunc(slices.Clone(offers), func(o mode.Offer) bool { return o.At.Before(begun) })
	slices.SortStableFunc(last, func(x, y mode.Offer) int { return int(y.Price - x.Price) })
	var out mode.Outcome
	for _, o := range last {
		out.Places = append(out.Places, mode.Place{Offer: o, Reason: "最后一轮的价"})
	}
	if len(last) == 0 {
		out.Why = "最后一轮没有人报价"
	}
	return out, nil
}
