package trading

import (
	"encoding/json"
	"slices"
	"testing"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/money"
)

// TestWhatABasisComesTo: a lease year by year, a sale at once.
func TestWhatABasisComesTo(t *testing.T) {
	for _, c := range []struct {
		basis         Basis
		price         money.Fen
		period, whole money.Fen
		periods       int
		says          string
	}{
		{Basis{Size: 3860, Years: 5}, 40000, 1_544_000, 7_720_000, 5, "38.60 亩"},
		{
			Basis{Unit: money.SquareMetreMonth, Measure: money.SquareMetre, Size: 12650, Years: 3}, 1250, 1_897_500,
			5_692_500, 3, "126.50 平方米",
		},
		{
			Basis{Unit: money.WholeYear, Measure: money.SquareMetre, Size: 12650, Years: 2}, 1_800_000, 1_800_000,
			3_600_000, 2, "126.50 平方米",
		},
		{
			Basis{Side: Sell, Unit: money.Total, Measure: money.CubicMetre, Size: 32050}, 9_000_000, 9_000_000,
			9_000_000, 1, "320.50 立方米",
		},
	} {
		b := c.basis
		if b.Period(c.price) != c.period || b.Whole(c.price) != c.whole || b.Periods() != c.periods ||
			b.Says() != c.says || money.Yearly(c.price, b.Factor()) != c.period {
			t.Errorf("%+v: %d, %d in %d, %s", b, b.Period(c.price), b.Whole(c.price), b.Periods(), b.Says())
		}
	}
}

// TestWhatMayBeDoneWithAThing: each kind has a measure and a side, each side a unit for it, and
// what is for all time is not let for years.
func TestWhatMayBeDoneWithAThing(t *testing.T) {
	for _, k := range AssetKinds {
		sides := k.Kind.Sides()
		if len(sides) == 0 || k.Kind.Measure().Label() == "" || k.Kind.Land() != slices.Equal(sides, []Side{Let}) &&
			k.Kind != Building {
			t.Errorf("%s: %v by %q", k.Label, sides, k.Kind.Measure())
		}
		for _, side := range sides {
			units := side.Units(k.Kind.Measure())
			if len(units) == 0 || slices.Contains(units, money.Total) != (side == Sell) {
				t.Errorf("%s, %s: %v", k.Label, side.Say().Act, units)
			}
		}
	}
	if got := FarmLand.Letting(Let) + Timber.Letting(Sell) + Building.Letting(Let); got != "经营权出租出让出租" {
		t.Error(got)
	}
	if Side("give").Say() != (Said{}) || Let.Say() == (Said{}) || Sell.Say() == (Said{}) {
		t.Error("a side that nobody knows is known")
	}
}

// TestSidesAreReadByTheirCode or by what stands in documents.
func TestSidesAreReadByTheirCode(t *testing.T) {
	for _, s := range []Side{Let, Sell} {
		var read struct{ Code, Stored Side }
		text := `{"code":"` + s.Code() + `","stored":"` + string(s) + `"}`
		err := json.Unmarshal([]byte(text), &read)
		if err != nil || read.Code != s || read.Stored != s || s.Code() == "" {
			t.Errorf("%q: %+v, %v", s, read, err)
		}
	}
	if s := SideOf("give"); s.Say() != (Said{}) || s.Code() != "give" {
		t.Errorf("%q", s)
	}
}

// TestASaleTellsNoLease: neither a year's rent nor a term nor what was paid before.
func TestASaleTellsNoLease(t *testing.T) {
	labels := func(facts []words.Fact) (told []string) {
		for _, f := range facts {
			if f.Value != "" {
				told = append(told, f.Label+"："+f.Value)
			}
		}
		return told
	}
	sold := ClosedFacts{
		Winner: "1042", Side: Sell, Unit: money.Total, Price: 9_000_000, Yearly: 9_000_000, Whole: 9_000_000,
	}
	want := []string{"成交的竞买号：1042", "单价：90,000.00 元（整宗）", "价款：90,000.00 元", "报价：0 次"}
	if got := labels(sold.told()); !slices.Equal(got, want) {
		t.Errorf("closed it tells %v", got)
	}
	notice := AnnouncedFacts{
		Side: Sell, Unit: money.Total, Measure: money.CubicMetre, Area: 32050, StartPrice: 9_000_000,
		StartsOn: "2027-01-15", YearlyRent: 9_000_000,
	}
	got := labels(notice.told())
	for _, fact := range []string{"蓄积量：320.50 立方米", "价款：90,000.00 元", "交付日：2027年1月15日"} {
		if !slices.Contains(got, fact) {
			t.Errorf("announced it tells not %s: %v", fact, got)
		}
	}
	for _, fact := range got {
		if slices.ContainsFunc([]string{"租期", "上一期租金", "年租金"}, func(s string) bool {
			return len(fact) >= len(s) && fact[:len(s)] == s
		}) {
			t.Errorf("announced it tells %s", fact)
		}
	}
	n := Tender{TenderForm: TenderForm{Side: Sell, StartsOn: "2027-01-15"}}
	if n.EndsOn() != calendar.Last {
		t.Errorf("a sale ends on %s", n.EndsOn())
	}
}
