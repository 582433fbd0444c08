package house

import (
	"context"
	"log/slog"
	"time"

	"sunlot/internal/store"
	"sunlot/internal/store/disclosuredb"
	"sunlot/internal/store/identitydb"
	"sunlot/internal/store/tradingdb"
	"sunlot/internal/store/worksdb"
)

// Sources are what the public finds, of every room.
func Sources() []store.Source {
	return append([]store.Source{identitydb.Found, worksdb.Found, disclosuredb.Found}, tradingdb.Found...)
}

// indexRest is between two parts of what waits for its place in the index, so that
// bids come in between.
const indexRest = 20 * time.Millisecond

// indexWaiting indexes what was there before the index was, and ends.
func (h *House) indexWaiting(ctx context.Context) {
	for ctx.Err() == nil {
		done, err := h.DB.IndexWaiting(ctx, Sources())
		rest := indexRest
		switch {
		case done:
			return
		case err != nil && ctx.Err() == nil:
			slog.Warn("the search does not find everything yet", "err", err)
			rest = time.Minute
		}
		select {
		case <-time.After(rest):
		case <-ctx.Done():
		}
	}
}
