package house_test

import (
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/calendar"
	"sunlot/internal/store/storetest"
)

// amended is 2026's schedule with three days more that nobody works.
func amended() housetest.Object {
	y := calendar.Published[2026]
	return housetest.Object{
		"year":     2026,
		"source":   "调整后的通知",
		"holidays": append([]calendar.Span{{From: "2026-12-02", To: "2026-12-04"}}, y.Holidays...),
		"worked":   y.Worked,
	}
}

// TestWhoeverRegisteredReadsTheNewDays: once a schedule is amended, the notice and
// the bidder's own page say from which day to which.
func TestWhoeverRegisteredReadsTheNewDays(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d := r.Desks()
		tender := d.Tender(4)
		id := d.LotOf(tender)
		b, entry := r.Entered(id)
		before := r.Lot(id)
		for _, admin := range []string{"admin", "admin2"} {
			r.Program(admin).Must("/api/v1/calendar", amended())
		}
		r.Ok(r.Reschedule(t.Context()))
		after := r.Lot(id)
		if !after.Board.OpensAt.After(before.Board.OpensAt) || !after.Moved.OpensAt.Equal(before.Board.OpensAt) {
			t.Fatalf("opens %v, before %v, %+v", after.Board.OpensAt, before.Board.OpensAt, after.Moved)
		}
		const said = "节假日安排公布或调整"
		housetest.Says(t, r.Nobody().Get("/tenders/"+tender), said, "竞价开始由")
		housetest.Says(t, r.Browser(b.Login).Get("/registrations/"+entry), said, "报名截止由")
	})
}

// TestWhoeverRegisteredReadsWhatAnOutageMoved: notice and bidder's own page say from
// when to when nothing could be sent, and which days that has moved.
func TestWhoeverRegisteredReadsWhatAnOutageMoved(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	tender := d.Tender(4)
	id := d.LotOf(tender)
	b, entry := r.Entered(id)
	before := r.Lot(id)
	r.Jump(before.RegisterUntil.Add(-10 * time.Minute))
	r.Ok(r.DB.Beat(t.Context(), 5*time.Second))
	r.Jump(before.RegisterUntil.Add(3 * time.Hour))
	storetest.Exec(t, r.DB, "UPDATE beats SET last_at = last_at - ?", (190 * time.Minute).Milliseconds())
	r.Ok(r.DB.Beat(t.Context(), 5*time.Second))
	r.Work()
	if after := r.Lot(id); !after.RegisterUntil.After(before.RegisterUntil) {
		t.Fatalf("registration until %v, as before", after.RegisterUntil)
	}
	const said = "服务中断，时间已补回：报名截止由"
	housetest.Says(t, r.Nobody().Get("/tenders/"+tender), said, "竞价开始由")
	housetest.Says(t, r.Browser(b.Login).Get("/registrations/"+entry), said)
}
