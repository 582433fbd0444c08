package house

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// reschedule lets the open days of running cases follow the schedules: when one
// is entered here, and every minute, since another node may have entered it.
func (h *House) reschedule(ctx context.Context) {
	every := time.NewTicker(time.Minute)
	defer every.Stop()
	for ctx.Err() == nil {
		if err := h.Reschedule(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "days could not be computed anew, will try again", "err", err)
		}
		select {
		case <-every.C:
		case <-h.years:
		case <-ctx.Done():
		}
	}
}

// Reschedule computes the open days of all running cases anew, asks for the next
// year's schedule and for the numbers of amended articles when it is time, and
// learns what of these and of the rules' figures another node has confirmed.
func (h *House) Reschedule(ctx context.Context) error {
	return errors.Join(h.Tendering.Reschedule(ctx), h.Bidding.RescheduleAwards(ctx), h.nextYear.Ask(ctx),
		h.Citing.Ask(ctx), h.Amending.Learn(ctx))
}
