package main

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/internal/event"
)

// TestBiddingsAddressesThatLeadNowhere asks for lots and registrations that
// there are not, or not for the asker, and for what a lot has not come to yet.
func TestBiddingsAddressesThatLeadNowhere(t *testing.T) {
	r := sqliteHouse(t)
	n, bidder, other := r.neighbour().ID, r.bidder(), r.bidder()
	r.qualified(n, bidder, bidder.form(n), false)
	entry := r.registration(n)
	faces := map[string][]*client{"": r.faces(""), "bidder": r.faces(bidder.login), "other": r.faces(other.login), "station": r.faces("station"), "clerk": r.faces("clerk")}
	for _, id := range []string{event.NewID(), "0", "%00", "%27%20OR%201=1", strings.Repeat("x", 400), "é", "a/b"} {
		for login, paths := range map[string][]string{
			"":        {"/lots/%s", "/lots/%s/replay", "/lots/%s/result", "/lots/%s/contract", "/api/v1/lots/%s", "/api/v1/lots/%s/award", "/api/v1/lots/%s/objections", "/api/v1/lots/%s/contract"},
			"bidder":  {"/lots/%s/register", "/lots/%s/bid", "/lots/%s/bid/confirm", "/registrations/%s", "/registrations/%s/proof", "/api/v1/registrations/%s"},
			"station": {"/office/registrations/%s", "/office/objections/%s", "/office/results/%s", "/api/v1/registrations/%s"},
		} {
			for _, path := range paths {
				r.nowhere(login, faces[login], strings.Replace(path, "%s", id, 1))
			}
		}
	}
	r.nowhere("nobody", faces[""], "/lots/"+n+"/replay", "/lots/"+n+"/result", "/lots/"+n+"/contract", "/api/v1/lots/"+n+"/award", "/api/v1/lots/"+n+"/objections", "/api/v1/lots/"+n+"/contract")
	r.nowhere("another bidder", faces["other"], "/registrations/"+entry, "/registrations/"+entry+"/proof", "/api/v1/registrations/"+entry, "/lots/"+n+"/bid")
	r.nowhere("the station", faces["station"], "/office/results/"+n)
	r.nowhere("the clerk", faces["clerk"], "/office/results/"+n)
}

// nowhere asks that an address is not found: by the API for a program, at the
// pages for a browser.
func (r *running) nowhere(who string, faces []*client, paths ...string) {
	r.t.Helper()
	for _, path := range paths {
		c := faces[0]
		if strings.HasPrefix(path, "/api/") {
			c = faces[len(faces)-1]
		}
		if a := c.get(path); a.StatusCode != 404 {
			r.t.Errorf("%s at %s: %d %.200s", who, path, a.StatusCode, brief(a.body))
		}
	}
}

// TestOddQueriesOfBidding asks the lists for pages, orders and states that there
// are not, and the bid sheet for offers that cannot be.
func TestOddQueriesOfBidding(t *testing.T) { eachHouse(t, oddQueries) }

func oddQueries(t *testing.T, r *running) {
	n, bidder, member := r.neighbour().ID, r.bidder(), r.bidder()
	r.qualified(n, bidder, bidder.form(n), false)
	r.qualified(n, member, member.claims(n, "member"), true)
	page, station := r.browser(bidder.login), r.browser("station")
	odd := []string{"?page=999", "?page=-1", "?page=x", "?q=%25", "?q=%00", "?sort=nonsense", "?state=nonsense", "?state=%27", "?lot=%27", "?lot=%00", "?q=" + strings.Repeat("%E9%95%BF", 300)}
	for _, query := range odd {
		for path, c := range map[string]*client{"/results": page, "/registrations": page, "/bids": page, "/contracts": page, "/office/registrations": station,
			"/office/deposits": station, "/office/objections": station, "/office/results": station, "/api/v1/lots": r.nobody(),
			"/api/v1/bids": bidder.client, "/api/v1/registrations": bidder.client, "/api/v1/deposits": r.program("station")} {
			if a := c.get(path + query); a.StatusCode != 200 {
				t.Errorf("%s%s: %d %.200s", path, query, a.StatusCode, brief(a.body))
			}
		}
	}
	r.opened(n)
	confirm := func(c *client, choice, price string) answer {
		return c.get("/lots/" + n + "/bid/confirm?" + url.Values{"choice": {choice}, "price": {price}}.Encode())
	}
	for _, price := range []string{"", "x", "299.99", "400.01", "-1", "1e3", "NaN", "99999999999999999999", "３００", "300.001", hidden, long[:300]} {
		expect(t, confirm(page, "typed", price), 422, "price")
	}
	for _, choice := range []string{"", "0", "3", "-1", "all", "match", hidden} {
		expect(t, confirm(page, choice, "300"), 422, "choice")
	}
	expect(t, confirm(r.browser(member.login), "match", ""), 422, "choice") // nobody leads yet
	if a := confirm(page, "typed", "320"); a.StatusCode != 200 || !strings.Contains(a.readable(), "6,880.00") || !strings.Contains(a.readable(), "陆仟捌佰捌拾元整") {
		t.Errorf("a possible price: %d %s", a.StatusCode, a.readable())
	}
	bidder.act("/api/v1/lots/"+n+"/bids", object{"price": 32000}).into(t, &struct{}{})
	expect(t, confirm(page, "1", ""), 422, "choice") // leads already
	expect(t, confirm(r.browser(member.login), "match", ""), 200)
	r.closed(n)
	expect(t, confirm(r.browser(member.login), "match", ""), 422, "choice")
}
