package tendering_test

import (
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestPriorityHoldersAreToldInTime: three days before the notice, or five of publicity when
// nobody reaches them; the check says it before the announcement refuses.
func TestPriorityHoldersAreToldInTime(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		for _, c := range []struct {
			told, unreached string
			met             bool
		}{
			{"2026-11-23", "", false}, {"2026-11-21", "", false}, {"2026-11-20", "", true},
			{"2026-11-20", "外出多年，没有联系方式", false}, {"2026-11-18", "外出多年，没有联系方式", true},
		} {
			asset := v.Asset()
			form := v.TenderForm(asset, v.Resolution(v.ResolutionForm(asset)))
			form.PriorityNotified, form.PriorityUnreached = calendar.Date(c.told), c.unreached
			n := v.Carry(form, trading.Approved)
			review, err := v.Tendering.SeeReview(t.Context(), v.Station, n.ID)
			tradingtest.Must(t, err)
			for _, k := range review.Ticks {
				if k.Label == "通知优先权人" && (k.Verdict == "good") != c.met {
					t.Errorf("%+v: the check says %+v", c, k)
				}
			}
			_, err = v.Tendering.AnnounceTender(t.Context(), v.Clerk, event.NewID(), n.ID, n.Version)
			if c.met {
				tradingtest.Must(t, err)
			} else {
				tradingtest.Want(t, err, fault.Invalid, "priority_notified")
			}
		}
	})
}
