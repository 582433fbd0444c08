package words_test

import (
	"testing"

	"sunlot/disclosure/words"
	"sunlot/internal/money"
)

// TestFacts: each kind of value is written as a villager reads it, and one that
// is none has nothing to say.
func TestFacts(t *testing.T) {
	for _, c := range []struct {
		got  words.Fact
		want string
	}{
		{words.Text("x", "GC-01"), "GC-01"},
		{words.Yuan("x", 746200), "7,462.00 元"},
		{words.Yuan("x", -100000), "-1,000.00 元"},
		{words.Price("x", money.MuYear, 40050), "400.50 元/亩·年"},
		{words.Price("x", money.SquareMetreMonth, 1250), "12.50 元/平方米·月"},
		{words.Count("x", 3, "次"), "3 次"},
		{words.Count("x", int64(7), ""), "7"},
		{words.YesNo("x", true), "是"},
		{words.YesNo("x", false), "否"},
		{words.Instant("x", "2026-12-31T16:00:00.005Z"), "2027年1月1日 00:00:00.005"},
		{words.Instant("x", "2026-12-31"), ""},
		{words.Day("x", "2026-01-05"), "2026年1月5日"},
		{words.Day("x", ""), ""},
		{words.Day("x", "2026-02-30"), ""},
	} {
		if c.got.Label != "x" || c.got.Value != c.want {
			t.Errorf("%+v, want %q", c.got, c.want)
		}
	}
	if got := words.Document("ab"); got.Value != "ab" || got.Label == "" {
		t.Errorf("%+v", got)
	}
}

// TestAQuantityIsCalledByItsMeasure: what land has is an area, what machines have is a number.
func TestAQuantityIsCalledByItsMeasure(t *testing.T) {
	for got, want := range map[words.Fact]words.Fact{
		words.Quantity(money.Mu, 3860):       {Label: "面积", Value: "38.60 亩"},
		words.Quantity(money.Piece, 200):     {Label: "台数", Value: "2 台"},
		words.Quantity(money.CubicMetre, 50): {Label: "蓄积量", Value: "0.50 立方米"},
	} {
		if got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}
