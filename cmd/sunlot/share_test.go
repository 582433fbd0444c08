package main

import (
	"strings"
	"testing"
)

// TestANoticeIsPassedOn follows the links of the notice and its room to what the
// village passes on; what is not published is passed on by nobody.
func TestANoticeIsPassedOn(t *testing.T) {
	r := sqliteHouse(t)
	id := r.neighbour().ID
	share := "/tenders/" + id + "/share"
	for _, from := range []string{"/tenders/" + id, "/lots/" + id} {
		if page := r.nobody().get(from); !strings.Contains(page.body, `href="`+share+`"`) {
			t.Errorf("%s does not lead to %s", from, share)
		}
	}
	page := r.nobody().get(share)
	expect(t, page, 200)
	for _, words := range []string{"【出租公告】", "起始价:300.00 元/亩·年", r.url + "/tenders/" + id + "</textarea>", "各位村民请注意,", `src="/tenders/` + id + `/card.png"`} {
		if !strings.Contains(page.body, words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	card := r.nobody().get("/tenders/" + id + "/card.png")
	if card.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(card.body, "\x89PNG") {
		t.Errorf("the card is %s of %d bytes", card.Header.Get("Content-Type"), len(card.body))
	}
	d := r.desks()
	draft := d.tender(1)
	for _, c := range []*client{r.nobody(), r.browser("clerk")} {
		expect(t, c.get("/tenders/"+draft+"/share"), 404)
		expect(t, c.get("/tenders/"+draft+"/card.png"), 404)
	}
}
