package verify

import (
	"encoding/json"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// grounds is what a lot rests on in the log beside its own events.
type grounds struct {
	report *ledger.Report
	lot    string
}

// notice is what the lot's notice said at an instant: as it was announced, with the
// days that supplements and schedules had given it until then.
func (g grounds) notice(at time.Time) (n trading.AnnouncedFacts, found bool) {
	for _, entry := range g.report.Streams[event.Of("tender", g.lot)] {
		e := entry.Event
		if e.At.After(at) {
			break
		}
		var days struct {
			RegisterUntil string `json:"register_until"`
			OpensAt       string `json:"opens_at"`
		}
		switch e.Kind {
		case "tender.announced":
			found = json.Unmarshal(e.Facts, &n) == nil
		case "tender.supplemented", "tender.rescheduled":
			if json.Unmarshal(e.Facts, &days) == nil {
				n.RegisterUntil, n.OpensAt = days.RegisterUntil, days.OpensAt
			}
		}
	}
	return n, found
}

// days are the schedules that were known at an instant.
func (g grounds) days(at time.Time) calendar.Calendar {
	days := calendar.Published.With()
	for _, entry := range g.report.Streams[identity.Years] {
		var y calendar.Year
		if !entry.Event.At.After(at) && json.Unmarshal(entry.Event.Facts, &y) == nil {
			days[y.Year] = y
		}
	}
	return days
}

// hours are those in which the lot's end may fall.
func (g grounds) hours(at, opens time.Time) trading.Hours {
	n, _ := g.notice(at)
	until, err := time.Parse(event.TimeFormat, n.RegisterUntil)
	if err != nil {
		return trading.Hours{}
	}
	return trading.HoursOf(g.days(at), until, opens)
}
