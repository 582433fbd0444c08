package bidding_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestAResultThatWasTakenBackIsToldEverywhere: no page or file goes on telling of a deal,
// and all say the same.
func TestAResultThatWasTakenBackIsToldEverywhere(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, winner, member := r.Desks(), r.Bidder(), r.Bidder()
	a := r.Auction(d, winner, member)
	r.Opened(a.Lot)
	winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	r.Closed(a.Lot)
	const told = "成交结果已撤销"
	rule(r, d, a.Lot)
	anybody := r.Nobody()
	for path, not := range map[string][]string{
		"/":                               {"成交价", "每年多收</dt>", "成交人"},
		"/tenders":                        {"成交价"},
		"/tenders?as=csv":                 {"470.00", "0.00,\"20"},
		"/results":                        {"每年多收</dt>", "成交人</dt>", "470.00", "chip good"},
		"/results?as=csv":                 {"470.00"},
		"/tenders/" + a.Tender:            {"成交人", "每年多收", "未成交", "470.00"},
		"/lots/" + a.Lot:                  {"号成交", "未成交"},
		"/lots/" + a.Lot + "/result":      {"成交人", "每年多收", "未成交", "/replay"},
		"/tenders/" + a.Tender + "/share": {"成交人", "未成交"},
		"/villages/" + r.Org("青塘村村民委员会"): {"成交人</dt>", "470.00"},
	} {
		page := anybody.Get(path).Body
		if !strings.Contains(page, told) {
			t.Errorf("%s does not say %s", path, told)
		}
		for _, w := range not {
			if strings.Contains(page, w) {
				t.Errorf("%s says %s", path, w)
			}
		}
	}
	for _, b := range []housetest.Bidder{winner, member} {
		housetest.Says(t, r.Browser(b.Login).Get("/registrations"), told+"，保证金最晚", "原路退回")
	}
	housetest.Says(t, r.Browser("clerk").Get("/office"), "成交结果撤销后重新公告或者结束", told)
}

// rule takes a result back: an objection is right, the leader voids, the committee agrees.
func rule(r *housetest.House, d housetest.Desks, lot string) {
	id := r.Nobody().Must("/api/v1/lots/"+lot+"/objections", housetest.Objection)
	at := "/api/v1/objections/" + id
	d.Station.Must(at+"/answer",
		housetest.Object{"version": 1, "outcome": "upheld", "answer": "看样日没有通知到。", "withheld": ""})
	d.Leader.Must(at+"/decision", housetest.Object{"version": 2, "ruling": "void", "reason": "看样日没有通知到。"})
	d.Supervision.Must(at+"/second", housetest.Object{"version": 3, "agree": true, "reason": ""})
}
