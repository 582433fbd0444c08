package house

import (
	"context"

	"sunlot/internal/event"
	"sunlot/internal/store"
)

// liveEpoch names the history that live rooms count in. It is made once for a
// database; after a backup was restored the setting is to be deleted.
func liveEpoch(ctx context.Context, db *store.DB) (string, error) {
	const setting = "live_epoch"
	epoch, found, err := db.Setting(ctx, setting)
	if err != nil || found {
		return epoch, err
	}
	epoch = event.NewID()
	return epoch, db.SetSetting(ctx, setting, epoch)
}
