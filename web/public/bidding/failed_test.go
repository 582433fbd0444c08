package bidding_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestALotThatNobodyBidForShowsNoPrice: no page tells a price that nobody has bid, nor
// promises an objection where there is no result.
func TestALotThatNobodyBidForShowsNoPrice(t *testing.T) {
	r := housetest.OnSQLite(t)
	a := r.Auction(r.Desks(), r.Bidder(), r.Bidder())
	r.Opened(a.Lot)
	anybody := r.Nobody()
	if room := anybody.Get("/lots/" + a.Lot).Body; !strings.Contains(room, "<span data-begun hidden>最高 ") {
		t.Error("while nobody has bid the chart names a highest price")
	}
	r.Closed(a.Lot)
	for path, not := range map[string]string{
		"/tenders/" + a.Tender: "成交结果和异议",
		"/lots/" + a.Lot:       "最高",
		"/tenders?as=csv":      ",0.00,",
	} {
		page := anybody.Get(path).Body
		if !strings.Contains(page, "未成交（流标）") || strings.Contains(page, not) {
			t.Errorf("%s says %s, or not how it ended", path, not)
		}
	}
	for _, path := range []string{"/tenders/" + a.Tender, "/lots/" + a.Lot} {
		housetest.Says(t, anybody.Get(path), "没有成交的原因")
	}
}
