package bidding_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
)

// TestARoomDrawsTheNewestBids: fifty of them, its line whole, the others by a link that
// works without script; a bidder whose own bid is older has still bid.
func TestARoomDrawsTheNewestBids(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, first, second := r.Desks(), r.Bidder(), r.Bidder()
	a := r.Auction(d, first, second)
	r.Opened(a.Lot)
	a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	var seq int
	r.Ok(r.DB.Read(t.Context()).Raw("SELECT seq FROM bids WHERE lot_id = ?", a.Lot).Scan(&seq).Error)
	at := r.Clock.Now()
	for i := range 200 { // another's, past the log: only what is drawn is looked at
		r.Tamper("", "INSERT INTO bids (lot_id, seq, registration_id, person_id, number, priority_rank, "+
			"price, matched,"+
			" placed_at, ends_at, extended) SELECT lot_id, ?, registration_id, person_id, '9999', 0, ?, 0, ?,"+
			" ends_at, 0"+
			" FROM bids WHERE lot_id = ? AND seq = ?", seq+1+i, 48000+1000*i, at.Add(time.Duration(i)*time.Second).
			UnixMilli(),
			a.Lot, seq)
	}
	r.Tamper("", "UPDATE lots SET bids = bids + 200, leading_bidder = '9999', leading_price = ? WHERE id = ?",
		48000+1000*199, a.Lot)
	rows := regexp.MustCompile(`<tr data-seq="`)
	count := func(path string) int { return len(rows.FindAllString(r.Nobody().Get(path).Body, -1)) }
	room := r.Nobody().Get("/lots/" + a.Lot)
	if n := count("/lots/" + a.Lot); n != 50 {
		t.Errorf("the room draws %d bids", n)
	}
	all := regexp.MustCompile(`href="(/lots/[^"]+bids=all)"`).FindStringSubmatch(room.Body)
	if all == nil || count(all[1]) != 201 {
		t.Errorf("the others are not a link away: %v", all)
	}
	course := regexp.MustCompile(`data-course="([^"]+)"`).FindStringSubmatch(room.Body)
	if course == nil || !strings.HasSuffix(course[1], fmt.Sprint(48000+1000*199)) || len(course[1]) > 6000 {
		t.Errorf("the line is not whole: %v", course)
	}
	if len(room.Body) > 60_000 {
		t.Errorf("the room has %d bytes", len(room.Body))
	}
	housetest.Says(t, r.Browser(first.Login).Get("/lots/"+a.Lot), "已被超过")
	for _, path := range []string{"/tenders/" + a.Tender, "/lots/" + a.Lot + "?bids=x"} {
		housetest.Expect(t, r.Nobody().Get(path), 200)
	}
}
