package house

import (
	"context"
	"time"

	"sunlot/internal/store/tradingdb"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tendering"
)

// listing is tendering's port to the bidding, which stands above it.
type listing struct{ bidding *bidding.Service }

func (l listing) List(tx tendering.Tx, t trading.Tender) error {
	return l.bidding.ListLot(tradingdb.Listing(tx), t)
}

func (l listing) Postpone(tx tendering.Tx, t trading.Tender) error {
	return l.bidding.PostponeLot(tradingdb.Listing(tx), t)
}

func (l listing) Reschedule(ctx context.Context, tx tendering.Tx, t trading.Tender, at time.Time) error {
	return l.bidding.RescheduleLot(ctx, tradingdb.Listing(tx), t, at)
}
