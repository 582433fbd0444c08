package main

import (
	"net/url"
	"regexp"
	"testing"
	"time"

	"sunlot/internal/event"
)

// TestTimesOfAReportAreCoarse: with the second in which somebody reported, whoever
// has the database could look up who stood in the office. Only the hour is kept,
// and of what the log needs the minute.
func TestTimesOfAReportAreCoarse(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		room := r.reading()
		r.jump(r.clock.Now().Truncate(time.Hour).Add(17*time.Minute + 34*time.Second + 567*time.Millisecond))
		from := r.clock.Now()
		code := r.reported(r.about("unsure", ""))
		r.ok(room.lead.Work(t.Context()))
		r.nobody().sealed("/report/add", url.Values{"request_id": {event.NewID()}, "code": {code}, "text": {"还有一张收据"}})
		for query, whole := range map[string]time.Duration{
			"SELECT made_at FROM mailbox_boxes":                                                                     time.Hour,
			"SELECT made_at FROM mailbox_envelopes":                                                                 time.Hour,
			"SELECT made_at FROM requests WHERE kind LIKE 'report.%' AND actor = ''":                                time.Hour,
			"SELECT committed_at FROM blind_commitments WHERE commitment IN (SELECT commitment FROM mailbox_boxes)": time.Minute,
			"SELECT due_at FROM blind_commitments WHERE commitment IN (SELECT commitment FROM mailbox_boxes)":       time.Minute,
		} {
			rows, err := r.inspect().Query(query)
			r.ok(err)
			n := 0
			for ; rows.Next(); n++ {
				var at int64
				r.ok(rows.Scan(&at))
				if at%whole.Milliseconds() != 0 {
					t.Errorf("%s: %s", query, time.UnixMilli(at).UTC())
				}
			}
			r.ok(rows.Close())
			if n == 0 {
				t.Errorf("%s finds nothing", query)
			}
		}
		var promise string
		r.ok(r.inspect().QueryRow("SELECT promise FROM mailbox_boxes").Scan(&promise))
		due := regexp.MustCompile(`\d\d:\d\d:\d\d[.]\d*`).FindString(promise)
		if at := from.Truncate(time.Minute).Add(11 * time.Minute); due != at.UTC().Format("15:04:05.000") {
			t.Errorf("the promise says %s, want the whole minute %s in\n%s", due, at, promise)
		}
	})
}
