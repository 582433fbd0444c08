package trading

import (
	"sunlot/disclosure/words"
	"sunlot/internal/money"
)

// Side 交易方向 is what the collective does with what it owns. The zero Side lets: all did
// before there was another.
type Side string

// The sides on which a collective stands.
const (
	Let  Side = ""     // 出租
	Sell Side = "sell" // 出让
)

// Said is what things are called on a side.
type Said struct {
	Act      string // what the collective does
	Giver    string // the collective
	Taker    string // who wins
	Money    string // what is paid
	Period   string // what is paid in a period
	First    string // what is paid first, of which the deposit is a share
	Whole    string // what is paid in all
	Term     string // how long
	StartsOn string // its first day, in a form
	Begins   string // and in the log
}

var sides = []struct {
	side Side
	code string
	said Said
}{
	{Let, "let", Said{
		Act: "出租", Giver: "出租方", Taker: "承租方", Money: "租金", Period: "年租金", First: "首年租金", Whole: "租金总额", Term: "租期",
		StartsOn: "租期起始日", Begins: "租期开始",
	}},
	{Sell, "sell", Said{
		Act: "出让", Giver: "出让方", Taker: "受让方", Money: "价款", Period: "价款", First: "价款", Whole: "价款", Term: "交付",
		StartsOn: "交付日", Begins: "交付日",
	}},
}

// Say is the side's words on the screen.
func (s Side) Say() Said {
	for _, have := range sides {
		if have.side == s {
			return have.said
		}
	}
	return Said{}
}

// Code names the side outside the program, where nothing is the zero value.
func (s Side) Code() string {
	for _, have := range sides {
		if have.side == s {
			return have.code
		}
	}
	return string(s)
}

// SideOf is the side of that code; one that nobody knows stays as it was written.
func SideOf(code string) Side {
	for _, have := range sides {
		if have.code == code {
			return have.side
		}
	}
	return Side(code)
}

// UnmarshalText reads the side's code or what stands in documents.
func (s *Side) UnmarshalText(text []byte) error {
	*s = SideOf(string(text))
	return nil
}

// Units lists what a price may be for on that side, of something in that measure.
func (s Side) Units(m money.Measure) (all []money.Unit) {
	for _, u := range money.Units() {
		if u.Of(m) && (u == money.Total) == (s == Sell) {
			all = append(all, u)
		}
	}
	return all
}

// Basis 计价依据 is what a price is for, of how much, and for how long: it gives the sums, and
// nobody multiplies by hand. Quantities in hundredths of the measure.
type Basis struct {
	Side    Side
	Unit    money.Unit
	Measure money.Measure
	Size    money.Area
	Years   int // of a lease; nothing of a sale
}

// Period is what a price comes to in a year, or in all where it is a sale, in fen.
func (b Basis) Period(price money.Fen) money.Fen { return b.Unit.Sum(price, b.Size) }

// Periods is how often that is paid.
func (b Basis) Periods() int {
	if b.Side == Sell {
		return 1
	}
	return b.Years
}

// Whole is what a price comes to in all, in fen.
func (b Basis) Whole(price money.Fen) money.Fen { return b.Period(price) * money.Fen(b.Periods()) }

// Factor is how many hundredths of a price a period comes to.
func (b Basis) Factor() money.Area { return b.Unit.Factor(b.Size) }

// Says is the quantity with its measure.
func (b Basis) Says() string { return b.Measure.Says(b.Size) }

// lease is a fact that only a lease has.
func (s Side) lease(f words.Fact) words.Fact {
	if s == Let {
		return f
	}
	return words.Fact{Label: f.Label}
}

// sale is a fact that need not be told of a lease.
func (s Side) sale(f words.Fact) words.Fact {
	if s == Let {
		return words.Fact{Label: f.Label}
	}
	return f
}

// Sums is what is paid in a period and in all; of a sale that is one sum.
func Sums(side Side, period, whole money.Fen) []words.Fact {
	say := side.Say()
	return []words.Fact{side.lease(words.Yuan(say.Period, period)), words.Yuan(say.Whole, whole)}
}
