package mode

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/money"
)

// ascending is the open rising auction "公开竞价"("递增报价"): whoever bids highest
// when nobody has bid for a while wins. A holder of a priority right may take
// the lead at the leading price from anybody whose right is weaker.
type ascending struct{}

// Ascending is the terms of the rising auction. Prices in fen per mu and year.
type Ascending struct {
	Start     money.Fen `json:"-"`
	Step      money.Fen `json:"step"`       // above zero, as the start
	MostSteps int       `json:"most_steps"` // of one raise, at least one
	Free      Seconds   `json:"free_seconds"`
	Window    Seconds   `json:"window_seconds"` // a bid received this close to the end moves the end
	Extend    Seconds   `json:"extend_seconds"` // to at least this long after it was received
}

// AscendingOf reads the terms of a rising auction.
func AscendingOf(t Terms) (Ascending, error) {
	own, err := Read[Ascending](t.Own, "terms of a rising auction")
	own.Start = t.Start
	return own, err
}

// Terms are these as a lot keeps them.
func (t Ascending) Terms() Terms { return Terms{Start: t.Start, Own: Write(t)} }

func (ascending) About() About {
	return About{
		Name:  "ascending/1",
		Label: "公开竞价",
		Sides: []string{Let, Sell},
		Rule:  "最后五分钟内收到报价，截止时间顺延至收到之后五分钟",
		Brief: "最后五分钟内有人报价就顺延",
	}
}

func (ascending) Freeze(d Draft) (Terms, error) {
	t := Ascending{
		Start:     d.Start,
		Step:      d.Step,
		MostSteps: d.MostSteps,
		Free:      Seconds(d.Free),
		Window:    Seconds(d.Window),
		Extend:    Seconds(d.Extend),
	}
	return t.Terms(), t.wrong()
}

// wrong says what of the terms nobody could bid under.
func (t Ascending) wrong() error {
	switch {
	case t.Start <= 0:
		return fault.New(fault.Invalid, "起始价应大于零").On("start_price")
	case t.Step <= 0:
		return fault.New(fault.Invalid, "加价幅度应大于零").On("step")
	case t.MostSteps < 1 || t.Free < 0 || t.Window < 0 || t.Extend < 0:
		return fault.New(fault.Invalid, "竞价规则不能这样设：一次至少能加一个加价幅度，时间不能小于零")
	}
	return nil
}

func (ascending) Under(t Terms) (Rules, error) {
	own, err := AscendingOf(t)
	if err != nil {
		return nil, err
	}
	return own, own.wrong()
}

// Told is the step: all else is the rule pack's.
func (t Ascending) Told() []Term { return []Term{{Label: "加价幅度", Price: t.Step}} }

// Lasts is as the rule pack has it: whoever comes back has the time of an extension.
func (t Ascending) Lasts() (whole, spare time.Duration) {
	return time.Duration(t.Free), time.Duration(t.Extend)
}

// Open is without a bid.
func (t Ascending) Open(at time.Time) Board {
	return Board{OpensAt: at, EndsAt: at.Add(time.Duration(t.Free))}
}

// Next is never: until the end only bids count.
func (Ascending) Next(Board) (time.Time, error) { return time.Time{}, nil }

// Tick changes nothing.
func (Ascending) Tick(b Board, _ time.Time) (Board, []Fact, error) { return b, nil, nil }

// Accept takes a raise, or a match from who has the right; near the end it moves the end.
func (t Ascending) Accept(b Board, o Offer) (Board, error) {
	if err := within(b, o.At); err != nil {
		return b, err
	}
	if b.Leading.Bidder != "" && b.Leading.Bidder == o.Bidder {
		return b, fault.New(fault.Conflict, "您的报价已经领先，不用再报价。有人报价高于您时，再来加价")
	}
	err := t.mayRaise(b, o)
	if o.Match {
		err = mayTakeOver(b, o)
	}
	if err != nil {
		return b, err
	}
	if !o.At.Before(b.EndsAt.Add(-time.Duration(t.Window))) {
		b.EndsAt = later(b.EndsAt, o.At.Add(time.Duration(t.Extend)))
	}
	b.Leading, b.Bids = o, b.Bids+1
	return b, nil
}

// quickSteps are the raises that take one tap.
var quickSteps = []money.Fen{1, 2, 5}

// Choices are the match if the bidder has the right, the quick raises and the range. Who
// leads is told so, and sees them when somebody overtakes him while he looks.
func (t Ascending) Choices(b Board, who Bidder) (Choices, error) {
	var c Choices
	c.Least, c.Most = t.next(b)
	leads := who.Number != "" && b.Leading.Bidder == who.Number
	if leads {
		c.Why = "您的报价已经领先，不用再加价。"
	}
	if b.Leading.Bidder != "" && !leads && outranks(who.Rank, b.Leading.Rank) {
		c.List = append(c.List, Choice{
			Key:   "match",
			Label: "行使优先权（同价），报 " + b.Leading.Price.Yuan() + " 元",
			Price: b.Leading.Price,
			Match: true,
		})
	}
	for _, n := range quickSteps {
		price := c.Least + t.Step*(n-1)
		if price <= c.Most {
			c.List = append(c.List, Choice{Key: fmt.Sprint(n), Label: raise(b, n, price), Price: price})
		}
	}
	return c, nil
}

// raise says how many steps a price is above the one that leads.
func raise(b Board, n, price money.Fen) string {
	if b.Leading.Bidder == "" && n == 1 {
		return "起始价 " + price.Yuan() + " 元"
	}
	if b.Leading.Bidder == "" {
		n--
	}
	return fmt.Sprintf("加价 %d 档，报 %s 元", n, price.Yuan())
}

// next is the least and the most that the next raise may be. There is no
// next raise when least is above most.
func (t Ascending) next(b Board) (least, most money.Fen) {
	least, base := t.Start, t.Start
	if b.Leading.Bidder != "" {
		base = b.Leading.Price
		least = base + t.Step
	}
	// Divided rather than multiplied: the product may not fit.
	if money.Fen(t.MostSteps) > (money.PriceLimit-base)/t.Step {
		return least, money.PriceLimit
	}
	return least, base + t.Step*money.Fen(t.MostSteps)
}

// Result ranks each bidder by his last offer, which is his highest: price, then right,
// then time. The one that leads is the first of them.
func (Ascending) Result(b Board, offers []Offer) (Outcome, error) {
	if b.Leading.Bidder == "" {
		return Outcome{Why: NoBid}, nil
	}
	var last []Offer
	known := map[string]bool{}
	for _, o := range slices.Backward(offers) {
		if !known[o.Bidder] {
			known[o.Bidder] = true
			last = append(last, o)
		}
	}
	slices.SortStableFunc(last, func(x, y Offer) int {
		return cmp.Or(cmp.Compare(y.Price, x.Price), byRight(x, y), x.At.Compare(y.At))
	})
	if len(last) == 0 || last[0].Bidder != b.Leading.Bidder || last[0].Price != b.Leading.Price {
		return Outcome{}, fault.New(fault.Internal, "mode: the offers do not lead to the board's leader")
	}
	places := make([]Place, len(last))
	for i, o := range last {
		places[i] = Place{Offer: o, Reason: reason(i, last)}
	}
	return Outcome{Places: places}, nil
}

// byRight puts the better priority first.
func byRight(x, y Offer) int {
	switch {
	case outranks(x.Rank, y.Rank):
		return -1
	case outranks(y.Rank, x.Rank):
		return 1
	}
	return 0
}

// reason says why an offer has its place.
func reason(place int, last []Offer) string {
	switch {
	case place+1 < len(last) && last[place].Price == last[place+1].Price && byRight(last[place], last[place+1]) < 0:
		return "同价，优先权顺位在前"
	case place == 0:
		return "报价最高"
	}
	return fmt.Sprintf("报价第 %d 高", place+1)
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

func (t Ascending) mayRaise(b Board, o Offer) error {
	least, most := t.next(b)
	switch {
	case least > most:
		return fault.New(fault.Conflict, "已到能报的最高价，不能再加价")
	case o.Price < least && b.Leading.Bidder != "":
		return fault.New(fault.Invalid, "现在领先的单价是 %s 元，您至少要报 %s 元", b.Leading.Price.Yuan(), least.Yuan()).On("price")
	case o.Price < least:
		return fault.New(fault.Invalid, "起始价是 %s 元，不能低于这个价", least.Yuan()).On("price")
	case o.Price > most:
		return fault.New(fault.Invalid, "一次最多加 %d 个加价幅度，最高可报 %s 元，请看看是否多填了数字", t.MostSteps, most.Yuan()).On("price")
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
		return fault.New(fault.Invalid, "按优先权只能报与领先者相同的价，现在是 %s 元", b.Leading.Price.Yuan()).On("price")
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
