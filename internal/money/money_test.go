package money_test

import (
	"math/big"
	"testing"

	"sunlot/internal/money"
)

func TestParseYuan(t *testing.T) {
	for in, want := range map[string]money.Fen{
		"400": 40000, "400.5": 40050, "1,544.00": 154400, " 0.01 ": 1, "0": 0,
		"1,234,567": 123456700, "\uff14\uff10\uff10": 40000, "397元": 39700, "\uffe5397": 39700,
		"397\uff0e50 元": 39750,
		"1 544":         154400, "1\uff0c544.00": 154400, "\u00a51,544.00元": 154400, "4\u200b00": 40000,
	} {
		if got, err := money.ParseYuan(in); err != nil || got != want {
			t.Errorf("%q: got %d, %v; want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", "-1", "+1", "1.234", "1.", ".5", "四百", "1e3", "0x10", "99999999999999",
		"100000000001", "1 2", "397 50", "10\u00b2", "4\u2460", "0,400", "00,400", "400\t500", "400\n500",
		"元", "¥", "400\uff0c50", "397亩",
		"400,50", "1,5", "12,34", "1234,567", "1,234,56", ",400", "1,,000"} {
		if got, err := money.ParseYuan(in); err == nil {
			t.Errorf("%q was read as %d", in, got)
		}
	}
}

func TestYearly(t *testing.T) {
	area, err := money.ParseMu("38.60")
	if err != nil {
		t.Fatal(err)
	}
	if rent := money.Yearly(40000, area); rent.Yuan() != "15,440.00" {
		t.Errorf("the case's yearly rent is 15,440.00 yuan, got %s", rent.Yuan())
	}
	if d := money.Yearly(40000, area).Percent(10); d.Yuan() != "1,544.00" {
		t.Errorf("the case's deposit is 1,544.00 yuan, got %s", d.Yuan())
	}
	if got := money.Yearly(1, 50); got != 1 {
		t.Errorf("half a fen is rounded up, got %d", got)
	}
}

func TestWritten(t *testing.T) {
	for f, want := range map[money.Fen]string{
		0:         "0.00",
		5:         "0.05",
		100000:    "1,000.00",
		123456789: "1,234,567.89",
		-40000:    "-400.00",
	} {
		if got := f.Yuan(); got != want {
			t.Errorf("%d: got %s, want %s", int64(f), got, want)
		}
	}
}

// TestRentsCanBeCounted: the largest rent that can come about, a hundredfold as
// the database adds it up, for fifty years; the law allows a lease of twenty.
func TestRentsCanBeCounted(t *testing.T) {
	year := new(big.Int).Mul(big.NewInt(int64(money.PriceLimit)), big.NewInt(int64(money.AreaLimit)))
	if whole := new(big.Int).Mul(year, big.NewInt(50)); !whole.IsInt64() {
		t.Errorf("the rent of fifty years is %s hundredths of a fen", whole)
	}
	if got := money.Yearly(money.PriceLimit, money.AreaLimit); int64(got) != year.Int64()/100 {
		t.Errorf("a year's rent is %d", int64(got))
	}
}
