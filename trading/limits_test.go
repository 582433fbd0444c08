package trading

import (
	"slices"
	"testing"

	"sunlot/internal/fault"
	"sunlot/internal/money"
)

// TestPricesHaveALimit: of an area of any size the rent can still be counted.
func TestPricesHaveALimit(t *testing.T) {
	s := &Service{Pack: sound(t).pack}
	for field, refusal := range map[string]func(price money.Fen) error{
		"last_rent":   func(price money.Fen) error { return AssetForm{LastRent: price}.check(s) },
		"floor_price": func(price money.Fen) error { return ResolutionForm{FloorPrice: price}.check(s) },
		"start_price": func(price money.Fen) error { return TenderForm{StartPrice: price}.check(s) },
	} {
		for price, refused := range map[money.Fen]bool{money.PriceLimit: false, money.PriceLimit + 1: true} {
			fields := fault.FieldsOf(refusal(price))
			if slices.ContainsFunc(fields, func(f fault.Field) bool { return f.Name == field }) != refused {
				t.Errorf("%s of %d fen: %v", field, int64(price), fields)
			}
		}
	}
}
