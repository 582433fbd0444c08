package results_test

import (
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/store/storetest"
)

// TestALettingIsCalledByItsNumber on each of its pages; one from before there were
// numbers is not given an empty one.
func TestALettingIsCalledByItsNumber(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, winner := r.Desks(), r.Bidder()
	a := r.Auction(d, winner, r.Bidder())
	number := storetest.Query[string](t, r.DB, "SELECT number FROM tenders WHERE id = ?", a.Tender)[0]
	waiting := []string{"/tenders/" + a.Tender, "/lots/" + a.Lot, "/tenders/" + a.Tender + "/share"}
	for _, path := range waiting {
		housetest.Says(t, r.Nobody().Get(path), "项目编号", number)
	}
	r.Opened(a.Lot)
	a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	r.Closed(a.Lot)
	r.Settled(a.Lot)
	d.Clerk.Must("/api/v1/lots/"+a.Lot+"/contract", housetest.Object{})
	winner.Must("/api/v1/lots/"+a.Lot+"/contract/sign", housetest.Object{"version": 1, "agreed": true})
	pages := append(waiting, "/lots/"+a.Lot+"/replay", "/lots/"+a.Lot+"/result", "/lots/"+a.Lot+"/contract")
	for _, path := range pages {
		housetest.Says(t, r.Nobody().Get(path), "项目编号", number)
	}
	storetest.Exec(t, r.DB, "UPDATE tenders SET number = ''")
	for _, path := range append(pages, "/office/tenders/"+a.Tender) {
		housetest.Silent(t, r.Browser("clerk").Get(path), "项目编号", number)
	}
}
