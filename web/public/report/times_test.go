package report_test

import (
	"net/url"
	"regexp"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// TestTimesOfAReportAreCoarse: with the second in which somebody reported, whoever
// has the database could look up who stood in the office. Only the hour is kept,
// and of what the log needs the minute.
func TestTimesOfAReportAreCoarse(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		room := r.Reading()
		r.Jump(r.Clock.Now().Truncate(time.Hour).Add(17*time.Minute + 34*time.Second + 567*time.Millisecond))
		from := r.Clock.Now()
		code := r.Reported(r.About("unsure", ""))
		r.Ok(room.Lead.Work(t.Context()))
		r.Nobody().Sealed("/report/add", url.Values{"request_id": {event.NewID()}, "code": {code}, "text": {"还有一张收据"}})
		for query, whole := range map[string]time.Duration{
			"SELECT made_at FROM mailbox_boxes":                                      time.Hour,
			"SELECT made_at FROM mailbox_envelopes":                                  time.Hour,
			"SELECT made_at FROM requests WHERE kind LIKE 'report.%' AND actor = ''": time.Hour,
			"SELECT committed_at FROM blind_commitments WHERE commitment IN (SELECT commitment FROM " +
				"mailbox_boxes)": time.Minute,
			"SELECT due_at FROM blind_commitments WHERE commitment IN (SELECT commitment FROM " +
				"mailbox_boxes)": time.Minute,
		} {
			rows, err := r.Inspect().Query(query)
			r.Ok(err)
			n := 0
			for ; rows.Next(); n++ {
				var at int64
				r.Ok(rows.Scan(&at))
				if at%whole.Milliseconds() != 0 {
					t.Errorf("%s: %s", query, time.UnixMilli(at).UTC())
				}
			}
			r.Ok(rows.Close())
			if n == 0 {
				t.Errorf("%s finds nothing", query)
			}
		}
		var promise string
		r.Ok(r.Inspect().QueryRow("SELECT promise FROM mailbox_boxes").Scan(&promise))
		due := regexp.MustCompile(`\d\d:\d\d:\d\d[.]\d*`).FindString(promise)
		if at := from.Truncate(time.Minute).Add(11 * time.Minute); due != at.UTC().Format("15:04:05.000") {
			t.Errorf("the promise says %s, want the whole minute %s in\n%s", due, at, promise)
		}
	})
}
