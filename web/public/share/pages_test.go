package share_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestANoticeIsPassedOn follows the links of the notice and its room to what the
// village passes on; what is not published is passed on by nobody.
func TestANoticeIsPassedOn(t *testing.T) {
	r := housetest.OnSQLite(t)
	id, lot := r.Neighbour().ID, r.Neighbour().Lot
	share := "/tenders/" + id + "/share"
	for _, from := range []string{"/tenders/" + id, "/lots/" + lot} {
		if page := r.Nobody().Get(from); !strings.Contains(page.Body, `href="`+share+`"`) {
			t.Errorf("%s does not lead to %s", from, share)
		}
	}
	page := r.Nobody().Get(share)
	housetest.Expect(t, page, 200)
	for _, words := range []string{"【出租公告】", "起始价：300.00 元/亩·年", r.URL + "/tenders/" + id + "</textarea>",
		"各位村民请注意，", `src="/tenders/` + id + `/card.png"`} {
		if !strings.Contains(page.Body, words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	card := r.Nobody().Get("/tenders/" + id + "/card.png")
	if card.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(card.Body, "\x89PNG") {
		t.Errorf("the card is %s of %d bytes", card.Header.Get("Content-Type"), len(card.Body))
	}
	entry := r.Nobody().Get("/tenders/" + id + "/opening.ics")
	if !strings.HasPrefix(entry.Header.Get("Content-Type"), "text/calendar") ||
		!strings.HasPrefix(entry.Body, "BEGIN:VCALENDAR\r\n") ||
		!strings.Contains(r.Nobody().Get("/tenders/"+id).Body, `href="/tenders/`+id+`/opening.ics"`) {
		t.Errorf("the calendar's entry is %s: %.300s", entry.Header.Get("Content-Type"), entry.Body)
	}
	d := r.Desks()
	draft := d.Tender(1)
	for _, c := range []*housetest.Client{r.Nobody(), r.Browser("clerk")} {
		housetest.Expect(t, c.Get("/tenders/"+draft+"/share"), 404)
		housetest.Expect(t, c.Get("/tenders/"+draft+"/card.png"), 404)
		housetest.Expect(t, c.Get("/tenders/"+draft+"/opening.ics"), 404)
	}
}
