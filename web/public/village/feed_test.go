package village_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestAVillagesFeed has what is published, the newest first, and nothing of a draft, of
// another village or of a person.
func TestAVillagesFeed(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d := r.Desks()
		d.Tender(3)
		first, second := d.Tender(4), d.Tender(4)
		path := "/villages/" + r.Org("青塘村村民委员会") + "/feed.atom"
		a := r.Nobody().Get(path)
		housetest.Expect(t, a, 200)
		if kind := a.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/atom+xml") {
			t.Errorf("it is %s", kind)
		}
		var f struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Entries []struct {
				ID      string `xml:"id"`
				Updated string `xml:"updated"`
			} `xml:"entry"`
		}
		r.Ok(xml.Unmarshal([]byte(a.Body), &f))
		if len(f.Entries) != 2 || !strings.HasSuffix(f.Entries[0].ID, "/tenders/"+second) ||
			!strings.HasSuffix(f.Entries[1].ID, "/tenders/"+first) || f.Updated != f.Entries[0].Updated ||
			f.Title != "青塘村的公告和结果" || !strings.HasPrefix(f.ID, "http") {
			t.Errorf("%+v", f)
		}
		empty := r.Nobody().Get("/villages/" + r.Org("松坪村村民委员会") + "/feed.atom")
		if strings.Contains(empty.Body, "青塘") || !strings.Contains(empty.Body, "松坪一组茶园") {
			t.Errorf("the neighbour's says %s", empty.Body)
		}
		housetest.Expect(t, r.Nobody().Get("/villages/nowhere/feed.atom"), 404)
	})
}
