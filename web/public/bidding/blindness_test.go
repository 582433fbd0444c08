package bidding_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestBiddersCannotBeCounted reads everything that the public, the village and
// the approving leader can reach, with no registration and again with five,
// paid and qualified: not one byte may differ.
func TestBiddersCannotBeCounted(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		r.KeepLog()
		tender, lot := r.Neighbour().ID, r.Neighbour().Lot
		eyes := map[string]*housetest.Client{
			"public":      r.Nobody(),
			"clerk":       r.Browser("clerk2"),
			"supervision": r.Browser("supervision2"),
			"leader":      r.Browser("leader"),
		}
		apis := map[string]*housetest.Client{
			"clerk":  r.Program("clerk2"),
			"leader": r.Program("leader"),
			"public": r.Nobody(),
		}
		read := func() map[string]string {
			all := map[string]string{}
			for name, c := range eyes {
				for path, body := range c.Crawl("/", "/office", "/tenders", "/log", "/lots/"+lot, "/results") {
					all[name+" "+path] = housetest.Masks.ReplaceAllString(body, "")
				}
			}
			for name, c := range apis {
				for _, path := range []string{"/lots", "/lots?state=listed", "/lots/" + lot,
					"/lots/" + lot + "/award", "/lots/" + lot + "/objections",
					"/lots/" + lot + "/contract", "/registrations", "/deposits", "/streams/lot:" + lot + "/events",
					"/tenders/" + tender} {
					all[name+" api "+path] = housetest.Masks.ReplaceAllString(c.Get("/api/v1"+path).Body, "")
				}
			}
			return all
		}
		before := read()
		fiveBidders(r, lot)
		after := read()
		if len(before) != len(after) {
			t.Errorf("%d addresses before, %d after", len(before), len(after))
		}
		for path, body := range before {
			if after[path] != body {
				t.Errorf("%s tells that somebody has registered:\n%s", path,
					housetest.FirstDifference(body, after[path]))
			}
		}
		if strings.Contains(strings.Join(housetest.Values(after), ""), "竞买人0") {
			t.Error("a bidder's name can be read")
		}
	})
}

func fiveBidders(r *housetest.House, lot string) []string { return r.Admitted(lot, 5) }
