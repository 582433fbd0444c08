package money_test

import (
	"encoding/json"
	"math"
	"testing"

	"sunlot/internal/money"
)

// TestWhatAPriceComesTo in a period, for what it is, rounded half up to a fen.
func TestWhatAPriceComesTo(t *testing.T) {
	for _, c := range []struct {
		unit     money.Unit
		price    money.Fen
		quantity money.Area
		sum      money.Fen
		label    string
	}{
		{money.MuYear, 40000, 3860, 1_544_000, "400.00 元/亩·年"},
		{money.SquareMetreMonth, 1250, 12650, 1_897_500, "12.50 元/平方米·月"},
		{money.SquareMetreMonth, 33, 1, 4, "0.33 元/平方米·月"}, // 3.96 fen
		{money.PieceYear, 300_000, 200, 600_000, "3,000.00 元/台·年"},
		{money.WholeYear, 1_800_000, 12650, 1_800_000, "18,000.00 元/年（整宗）"},
		{money.Total, 9_000_000, 32050, 9_000_000, "90,000.00 元（整宗）"},
		{"acre", 9_000_000, 32050, 0, "90,000.00 "},
	} {
		if got := c.unit.Sum(c.price, c.quantity); got != c.sum || c.unit.Price(c.price) != c.label {
			t.Errorf("%q: %d, %s", c.unit, got, c.unit.Price(c.price))
		}
	}
	for _, m := range []money.Measure{money.Mu, money.SquareMetre, money.Piece, money.CubicMetre} {
		for _, u := range money.Units() {
			if !u.Of(m) {
				continue
			}
			if sum := u.Sum(money.PriceLimit, m.Most()); sum <= 0 || sum > math.MaxInt64/100 {
				t.Errorf("the highest price of the most %s for %s comes to %d", m.Label(), u.Label(), sum)
			}
		}
	}
}

// TestQuantitiesAreReadInTheirMeasure: what is whole is not read in parts, and what is too much
// is not read at all.
func TestQuantitiesAreReadInTheirMeasure(t *testing.T) {
	for _, c := range []struct {
		measure money.Measure
		typed   string
		want    money.Area
		says    string
	}{
		{money.Mu, "38.6亩", 3860, "38.60 亩"},
		{money.SquareMetre, "126.5 平方米", 12650, "126.50 平方米"},
		{money.Piece, "2台", 200, "2 台"},
		{money.CubicMetre, "320.5", 32050, "320.50 立方米"},
		{money.Piece, "1.5", 0, ""},
		{money.SquareMetre, "100000.01", 0, ""},
		{money.Piece, "两台", 0, ""},
	} {
		got, err := c.measure.Parse(c.typed)
		if (err != nil) != (c.says == "") || err == nil && (got != c.want || c.measure.Says(got) != c.says) {
			t.Errorf("%s read as %q: %d, %v", c.typed, c.measure, got, err)
		}
	}
}

// TestUnitsAreReadByTheirCode or by what stands in documents; nobody's stays what it is.
func TestUnitsAreReadByTheirCode(t *testing.T) {
	for _, u := range money.Units() {
		var read struct{ Code, Stored money.Unit }
		text := `{"code":"` + u.Code() + `","stored":"` + string(u) + `"}`
		if err := json.Unmarshal([]byte(text), &read); err != nil || read.Code != u || read.Stored != u ||
			u.Code() == "" {
			t.Errorf("%q: %+v, %v", u, read, err)
		}
	}
	if u := money.UnitOf("acre"); u.Label() != "" || u.Code() != "acre" {
		t.Errorf("%q", u)
	}
}
