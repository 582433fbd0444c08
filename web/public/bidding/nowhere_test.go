package bidding_test

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// TestBiddingsAddressesThatLeadNowhere asks for lots and registrations that
// there are not, or not for the asker, and for what a lot has not come to yet.
func TestBiddingsAddressesThatLeadNowhere(t *testing.T) {
	r := housetest.OnSQLite(t)
	n, bidder, other := r.Neighbour().Lot, r.Bidder(), r.Bidder()
	r.Qualified(n, bidder, bidder.Form(n), false)
	entry := r.Registration(n)
	faces := map[string][]*housetest.Client{
		"":        r.Faces(""),
		"bidder":  r.Faces(bidder.Login),
		"other":   r.Faces(other.Login),
		"station": r.Faces("station"),
		"clerk":   r.Faces("clerk"),
	}
	for _, id := range []string{event.NewID(), "0", "%00", "%27%20OR%201=1", strings.Repeat("x", 400), "é", "a/b"} {
		for login, paths := range map[string][]string{
			"": {"/lots/%s", "/lots/%s/replay", "/lots/%s/result", "/lots/%s/contract", "/api/v1/lots/%s",
				"/api/v1/lots/%s/award", "/api/v1/lots/%s/objections", "/api/v1/lots/%s/contract"},
			"bidder": {"/lots/%s/register", "/lots/%s/bid", "/lots/%s/bid/confirm", "/registrations/%s",
				"/registrations/%s/proof", "/api/v1/registrations/%s"},
			"station": {"/office/registrations/%s", "/office/objections/%s", "/office/results/%s",
				"/api/v1/registrations/%s"},
		} {
			for _, path := range paths {
				housetest.Nowhere(r, login, faces[login], strings.Replace(path, "%s", id, 1))
			}
		}
	}
	housetest.Nowhere(r, "nobody", faces[""], "/lots/"+n+"/replay", "/lots/"+n+"/result", "/lots/"+n+"/contract",
		"/api/v1/lots/"+n+"/award", "/api/v1/lots/"+n+"/objections", "/api/v1/lots/"+n+"/contract")
	housetest.Nowhere(r, "another bidder", faces["other"], "/registrations/"+entry,
		"/registrations/"+entry+"/proof", "/api/v1/registrations/"+entry, "/lots/"+n+"/bid")
	housetest.Nowhere(r, "the station", faces["station"], "/office/results/"+n)
	housetest.Nowhere(r, "the clerk", faces["clerk"], "/office/results/"+n)
}

// TestOddQueriesOfBidding asks the lists for pages, orders and states that there
// are not, and the bid sheet for offers that cannot be.
func TestOddQueriesOfBidding(t *testing.T) { housetest.Each(t, oddQueries) }

func oddQueries(t *testing.T, r *housetest.House) {
	n, bidder, member := r.Neighbour().Lot, r.Bidder(), r.Bidder()
	r.Qualified(n, bidder, bidder.Form(n), false)
	r.Qualified(n, member, member.Claims(n, "member"), true)
	page, station := r.Browser(bidder.Login), r.Browser("station")
	odd := []string{"?page=999", "?page=-1", "?page=x", "?q=%25", "?q=%00", "?sort=nonsense", "?state=nonsense",
		"?state=%27", "?lot=%27", "?lot=%00", "?q=" + strings.Repeat("%E9%95%BF", 300)}
	for _, query := range odd {
		for path, c := range map[string]*housetest.Client{
			"/results":              page,
			"/registrations":        page,
			"/bids":                 page,
			"/contracts":            page,
			"/office/registrations": station,
			"/office/deposits":      station,
			"/office/objections":    station,
			"/office/results":       station,
			"/api/v1/lots":          r.Nobody(),
			"/api/v1/bids":          bidder.Client,
			"/api/v1/registrations": bidder.Client,
			"/api/v1/deposits":      r.Program("station"),
		} {
			want := 200
			long := path == "/office/results" && len(query) > 200 // whose index takes sixty signs, and says so
			if long || path == "/results" && strings.HasPrefix(query, "?state=") {
				want = 422
			}
			if a := c.Get(path + query); a.StatusCode != want {
				t.Errorf("%s%s: %d %.200s", path, query, a.StatusCode, housetest.Brief(a.Body))
			}
		}
	}
	r.Opened(n)
	confirm := func(c *housetest.Client, choice, price string) housetest.Answer {
		return c.Get("/lots/" + n + "/bid/confirm?" + url.Values{"choice": {choice}, "price": {price}}.Encode())
	}
	for _, price := range []string{"", "x", "299.99", "400.01", "-1", "1e3", "NaN", "99999999999999999999", "3，00",
		"300.001", housetest.Hidden, housetest.Long[:300]} {
		housetest.Expect(t, confirm(page, "typed", price), 422, "price")
	}
	for _, choice := range []string{"", "0", "3", "-1", "all", "match", housetest.Hidden} {
		housetest.Expect(t, confirm(page, choice, "300"), 422, "choice")
	}
	housetest.Expect(t, confirm(r.Browser(member.Login), "match", ""), 422, "choice") // nobody leads yet
	if a := confirm(page, "typed", "320"); a.StatusCode != 200 || !strings.Contains(a.Readable(), "6,880.00") ||
		!strings.Contains(a.Readable(), "陆仟捌佰捌拾元整") {
		t.Errorf("a possible price: %d %s", a.StatusCode, a.Readable())
	}
	bidder.Act("/api/v1/lots/"+n+"/bids", housetest.Object{"price": 32000}).Into(t, &struct{}{})
	housetest.Expect(t, confirm(page, "1", ""), 303) // leads already, as the sheet says
	housetest.Expect(t, confirm(r.Browser(member.Login), "match", ""), 200)
	r.Closed(n)
	housetest.Expect(t, confirm(r.Browser(member.Login), "match", ""), 303) // there is a result
}
