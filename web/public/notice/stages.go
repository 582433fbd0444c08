package notice

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/trading"
	"sunlot/web"
)

// stages says how far a notice has come by the clock.
func stages(t trading.Tender, now time.Time) []web.Step {
	inspection := t.InspectionOn.AddDays(1).At(0, 0)
	marks := []struct {
		label, note string
		from, until time.Time
	}{
		{label: "发布公告", note: calendarDay(t.AnnouncedAt), from: t.AnnouncedAt, until: t.AnnouncedAt},
		{label: "现场看样", note: calendarDay(t.InspectionOn.At(12, 0)), from: t.AnnouncedAt, until: inspection},
		{label: "报名截止", note: clock(t.RegisterUntil), from: inspection, until: t.RegisterUntil},
		{label: "开始竞价", note: clock(t.OpensAt), from: t.RegisterUntil, until: t.OpensAt},
	}
	var steps []web.Step
	for _, m := range marks {
		step := web.Step{Label: m.label, Note: m.note}
		switch {
		case !now.Before(m.until):
			step.State = "done"
		case !now.Before(m.from):
			step.State = "now"
		}
		steps = append(steps, step)
	}
	return steps
}

func calendarDay(at time.Time) string { return at.In(calendar.Beijing).Format("1月2日") }
func clock(at time.Time) string       { return at.In(calendar.Beijing).Format("1月2日 15:04") }

// after says how far the case has come after the bidding has begun.
func after(a *trading.Award, l trading.Lot) []web.Step {
	result, contract := web.Step{Label: "成交公示"}, web.Step{Label: "签订合同、收取" + l.Side.Say().Money}
	if l.State == trading.Failed {
		return []web.Step{{Label: l.Label(), State: "done"}}
	}
	if a != nil {
		result.Note, result.State = "至"+calendarDay(a.PublicUntil.Add(-time.Second)), "now"
	}
	if a != nil && a.State != trading.Publicised {
		result.State, contract.State = "done", "now"
	}
	if a != nil && a.State == trading.Contracted {
		contract.State = "done"
	}
	return []web.Step{result, contract}
}
