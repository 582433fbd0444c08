package store

import (
	"context"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// PlaceBid implements trading.Store.
func (db *DB) PlaceBid(ctx context.Context, once event.Request, lot, person string, decide func(trading.BidTx) (string, error)) (string, error) {
	return db.once(ctx, once, func(t *tx) (string, error) {
		l, err := t.Lot(lot, identity.Everywhere)
		if err != nil {
			return "", err
		}
		v := &bidView{t: t, lot: l, at: t.streams[l.Stream()].at}
		v.registration, err = t.RegistrationOf(lot, person)
		if v.found = err == nil; err != nil && fault.CodeOf(err) != fault.NotFound {
			return "", err
		}
		return decide(v)
	})
}

// bidView is one bidder's view of a locked lot.
type bidView struct {
	t            *tx
	at           time.Time
	lot          trading.Lot
	registration trading.Registration
	found        bool
}

func (v *bidView) At() time.Time { return v.at }

func (v *bidView) Lot() trading.Lot { return v.lot }

func (v *bidView) Registration() (trading.Registration, bool) { return v.registration, v.found }

// Place implements trading.BidTx.
func (v *bidView) Place(b trading.Bid, after trading.Lot, facts trading.BidFacts) (int64, error) {
	e, err := v.t.Record(after.Stream(), "bid.placed", facts, nil)
	if err != nil {
		return 0, err
	}
	row := bidRow{b.Lot, e.Seq, b.Registration, b.PersonID, b.Number, b.Rank, int64(b.Price), b.Match, millis(b.At), millis(b.EndsAt), b.Extended}
	if err := v.t.gorm.Create(&row).Error; err != nil {
		return 0, err
	}
	return e.Seq, v.t.SaveLot(after)
}
