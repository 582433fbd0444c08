package housetest

import (
	"maps"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sunlot/internal/event"
)

func Brief(body string) string {
	if at := strings.Index(body, "<main"); at >= 0 {
		body = body[at:]
	}
	return body[:min(len(body), 600)]
}

// UnknownID has the form of an id and is nobody's.
func UnknownID() string { return event.NewID() }

// long is longer than any text may be; hidden cannot be seen on a page.
var (
	Long   = strings.Repeat("长", 2100)
	Hidden = "看不见\u202e的字符"
)

// Says asks that a page has the words, in this order.
func Says(t *testing.T, a Answer, words ...string) {
	t.Helper()
	rest := a.Readable()
	for _, w := range words {
		at := strings.Index(rest, w)
		if at < 0 {
			t.Errorf("%s does not say %q after what came before: %.1500s", a.Request.URL, w, rest)
			return
		}
		rest = rest[at+len(w):]
	}
}

// Silent asks that a page does not have the words.
func Silent(t *testing.T, a Answer, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(a.Readable(), w) {
			t.Errorf("%s says %q", a.Request.URL, w)
		}
	}
}

// Lease carries a won lot to its contract and to a part of its first rent.
func Lease(r *House, d Desks, a Auction) {
	r.T.Helper()
	r.Settled(a.Lot)
	path := "/api/v1/lots/" + a.Lot
	d.Clerk.Must(path+"/contract", Object{})
	a.Winner.Must(path+"/contract/sign", Object{"version": 1, "agreed": true})
	d.Station.Must(path+"/rents", Object{
		"number":      1,
		"amount":      1000000,
		"received_on": string(r.Days.Today()),
		"serial":      "ZJ-1",
		"account":     "62229999000011112222",
	})
}

// SheetWith is a copy of a form with other values of a field; none takes it away.
func SheetWith(form url.Values, name string, values ...string) url.Values {
	form = maps.Clone(form)
	if form == nil {
		form = url.Values{}
	}
	form[name] = values
	if len(values) == 0 {
		delete(form, name)
	}
	return form
}

// Once gives a form a number of its own.
func Once(form url.Values) url.Values { return SheetWith(form, "request_id", event.NewID()) }

// Nowhere asks that an address is not found: by the API for a program, at the
// pages for a browser.
func Nowhere(r *House, who string, faces []*Client, paths ...string) {
	r.T.Helper()
	for _, path := range paths {
		c := faces[0]
		if strings.HasPrefix(path, "/api/") {
			c = faces[len(faces)-1]
		}
		if a := c.Get(path); a.StatusCode != 404 {
			r.T.Errorf("%s at %s: %d %.200s", who, path, a.StatusCode, Brief(a.Body))
		}
	}
}

// Minute hides in a page what every minute changes by itself: the time, and how
// many leaves the log has.
var Minute = regexp.MustCompile(`20\d\d年\d+月\d+日 [0-9:.]+|<b>\d+</b> 条`)

// Same asks that two readings of the same addresses are equal.
func Same(t *testing.T, what string, before, after map[string]string) {
	t.Helper()
	if len(before) != len(after) {
		t.Errorf("%s: %d addresses before, %d after", what, len(before), len(after))
	}
	for path, body := range before {
		if after[path] != body {
			t.Errorf("%s shows at %s:\n%s", what, path, FirstDifference(body, after[path]))
		}
	}
}

// Root is a root hash as pages and checkpoints write it.
var Root = regexp.MustCompile(`[0-9a-f]{64}`)
