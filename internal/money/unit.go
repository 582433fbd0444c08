package money

import (
	"strings"

	"sunlot/internal/fault"
)

// Measure 计量单位 is what a quantity counts. The zero Measure is the mu: what was registered
// before there were others is land.
type Measure string

// The measures of what villages own.
const (
	Mu          Measure = ""             // 亩
	SquareMetre Measure = "square_metre" // 平方米
	Piece       Measure = "piece"        // 台
	CubicMetre  Measure = "cubic_metre"  // 立方米，of standing timber
)

var measures = []struct {
	measure Measure
	code    string
	label   string
	most    Area
}{
	{Mu, "mu", "亩", AreaLimit},
	{SquareMetre, "square_metre", "平方米", 10_000_000},
	{Piece, "piece", "台", 1_000_000},
	{CubicMetre, "cubic_metre", "立方米", 100_000_000},
}

// Label is the measure's name on the screen; empty for one that nobody knows.
func (m Measure) Label() string {
	for _, have := range measures {
		if have.measure == m {
			return have.label
		}
	}
	return ""
}

// Name is what is measured: the area of land and houses, the number of machines.
func (m Measure) Name() string {
	switch m {
	case Piece:
		return "台数"
	case CubicMetre:
		return "蓄积量"
	}
	return "面积"
}

// Code names the measure outside the program, where nothing is the zero value.
func (m Measure) Code() string {
	for _, have := range measures {
		if have.measure == m {
			return have.code
		}
	}
	return string(m)
}

// Most is the largest quantity that may be typed in, in hundredths.
func (m Measure) Most() Area {
	for _, have := range measures {
		if have.measure == m {
			return have.most
		}
	}
	return 0
}

// Says writes a quantity with its measure, such as 38.60 亩.
func (m Measure) Says(quantity Area) string { return m.Digits(quantity) + " " + m.Label() }

// Digits writes a quantity in its measure, pieces without decimals where they are whole.
func (m Measure) Digits(quantity Area) string {
	if m == Piece {
		return strings.TrimSuffix(quantity.Mu(), ".00")
	}
	return quantity.Mu()
}

// Parse reads a quantity as people type it, in hundredths: pieces are whole ones.
func (m Measure) Parse(s string) (Area, error) {
	quantity, err := ParseMu(strings.TrimSuffix(strings.TrimSpace(s), m.Label()))
	if m != Mu && (err != nil || quantity > m.Most()) {
		return 0, fault.New(fault.Invalid, "请填写数量，单位为%s，最多两位小数", m.Label())
	}
	if err == nil && m == Piece && quantity%100 != 0 {
		return 0, fault.New(fault.Invalid, "请填写台数，应为整数，例如 2")
	}
	return quantity, err
}

// Unit 计价单位 is what a price is for. The zero Unit is a mu for a year: all prices were that
// before there were others.
type Unit string

// The units of a price.
const (
	MuYear           Unit = ""
	SquareMetreMonth Unit = "square_metre_month"
	PieceYear        Unit = "piece_year"
	WholeYear        Unit = "year" // of the whole thing, whatever its size
	Total            Unit = "total"
)

type unit struct {
	unit    Unit
	code    string
	label   string
	spoken  string // before the sum
	measure Measure
	whole   bool  // the price is for all of it, whatever it measures
	times   int64 // how often in a period
}

var units = []unit{
	{unit: MuYear, code: "mu_year", label: "元/亩·年", spoken: "每亩每年", measure: Mu, times: 1},
	{
		unit: SquareMetreMonth, code: "square_metre_month", label: "元/平方米·月", spoken: "每平方米每月",
		measure: SquareMetre, times: 12,
	},
	{unit: PieceYear, code: "piece_year", label: "元/台·年", spoken: "每台每年", measure: Piece, times: 1},
	{unit: WholeYear, code: "year", label: "元/年（整宗）", spoken: "整宗每年", whole: true, times: 1},
	{unit: Total, code: "total", label: "元（整宗）", spoken: "整宗", whole: true, times: 1},
}

// of is what is known of a unit.
func (u Unit) of() (unit, bool) {
	for _, have := range units {
		if have.unit == u {
			return have, true
		}
	}
	return unit{}, false
}

// Units lists them in the order in which they are offered.
func Units() (all []Unit) {
	for _, have := range units {
		all = append(all, have.unit)
	}
	return all
}

// Label is the unit as it stands behind a price; empty for one that nobody knows.
func (u Unit) Label() string { have, _ := u.of(); return have.label }

// Spoken is the unit as it is said before a price.
func (u Unit) Spoken() string { have, _ := u.of(); return have.spoken }

// Code names the unit outside the program, where nothing is the zero value.
func (u Unit) Code() string {
	have, known := u.of()
	if !known {
		return string(u)
	}
	return have.code
}

// Of says whether something in that measure can have the price.
func (u Unit) Of(m Measure) bool {
	have, known := u.of()
	return known && (have.whole || have.measure == m)
}

// Price writes a price with its unit: 400.00 元/亩·年.
func (u Unit) Price(price Fen) string { return price.Yuan() + " " + u.Label() }

// Factor is how many hundredths of the price a quantity comes to in a period: a year, or all
// there is where the price is for all. Of a unit that nobody knows it is zero.
func (u Unit) Factor(quantity Area) Area {
	have, _ := u.of()
	if have.whole {
		quantity = 100
	}
	return quantity * Area(have.times)
}

// Sum is what a quantity comes to in a period at a price, rounded half up to a fen.
func (u Unit) Sum(price Fen, quantity Area) Fen { return Yearly(price, u.Factor(quantity)) }

// Method says how a period's sum is reckoned, as the notice has it.
func (u Unit) Method() string {
	switch u {
	case SquareMetreMonth:
		return "年租金 = 每平方米每月单价 × 面积 × 12 个月，四舍五入到分"
	case PieceYear:
		return "年租金 = 每台每年单价 × 台数"
	case WholeYear:
		return "单价就是整宗一年的租金"
	case Total:
		return "单价就是整宗的价款"
	}
	return "年租金 = 每亩每年单价 × 面积，四舍五入到分"
}

// UnitOf is the unit of that code; one that nobody knows stays as it was written.
func UnitOf(code string) Unit {
	for _, have := range units {
		if have.code == code {
			return have.unit
		}
	}
	return Unit(code)
}

// UnmarshalText reads the unit's code or what stands in documents.
func (u *Unit) UnmarshalText(text []byte) error {
	*u = UnitOf(string(text))
	return nil
}

// UnmarshalText reads the measure's code or what stands in documents.
func (m *Measure) UnmarshalText(text []byte) error {
	*m = Measure(text)
	for _, have := range measures {
		if have.code == string(text) {
			*m = have.measure
		}
	}
	return nil
}
