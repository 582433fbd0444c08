package resolving

import (
	"slices"
	"testing"

	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// TestPricesHaveALimit: of an area of any size the rent can still be counted.
func TestPricesHaveALimit(t *testing.T) {
	pack, err := rules.Find("shifan")
	if err != nil {
		t.Fatal(err)
	}
	for price, refused := range map[money.Fen]bool{money.PriceLimit: false, money.PriceLimit + 1: true} {
		fields := fault.FieldsOf(checkForm(trading.ResolutionForm{FloorPrice: price}, pack))
		if slices.ContainsFunc(fields, func(f fault.Field) bool { return f.Name == "floor_price" }) != refused {
			t.Errorf("%d fen: %v", int64(price), fields)
		}
	}
}
