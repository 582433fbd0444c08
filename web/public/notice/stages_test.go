package notice

import (
	"fmt"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/trading"
	"sunlot/trading/rules"
	"sunlot/web"
)

// at is an instant of December 2026 by Beijing's clock.
func at(day, hour, minute int) time.Time {
	return time.Date(2026, 12, day, hour, minute, 0, 0, calendar.Beijing)
}

func states(steps []web.Step) string {
	var all []string
	for _, s := range steps {
		all = append(all, s.State)
	}
	return fmt.Sprintf("%q", all)
}

// TestANoticesStages goes by the clock through the days of a notice.
func TestANoticesStages(t *testing.T) {
	n := trading.Tender{AnnouncedAt: at(1, 9, 30), RegisterUntil: at(7, 17, 0), OpensAt: at(8, 9, 0),
		TenderForm: trading.TenderForm{InspectionOn: "2026-12-03"}}
	for _, c := range []struct {
		now  time.Time
		want string
	}{
		{at(1, 9, 30), `["done" "now" "" ""]`},
		{at(3, 23, 59), `["done" "now" "" ""]`},
		{at(4, 0, 0), `["done" "done" "now" ""]`},
		{at(7, 16, 59), `["done" "done" "now" ""]`},
		{at(7, 17, 0), `["done" "done" "done" "now"]`},
		{at(8, 9, 0), `["done" "done" "done" "done"]`},
	} {
		if got := states(stages(n, c.now)); got != c.want {
			t.Errorf("at %v: %s, want %s", c.now, got, c.want)
		}
	}
	steps := stages(n, at(2, 0, 0))
	if steps[0].Note != "12月1日" || steps[1].Note != "12月3日" || steps[2].Note != "12月7日 17:00" ||
		steps[3].Note != "12月8日 09:00" {
		t.Errorf("%+v", steps)
	}
}

// TestWhatFollowsTheBidding: a lot that found nobody ends there.
func TestWhatFollowsTheBidding(t *testing.T) {
	award := trading.Award{State: trading.Publicised, PublicUntil: at(16, 0, 0)}
	for name, c := range map[string]struct {
		award *trading.Award
		lot   trading.Lot
		want  string
	}{
		"nobody has won yet": {nil, trading.Lot{State: trading.Bidding}, `["" ""]`},
		"failed":             {nil, trading.Lot{State: trading.Failed}, `["done"]`},
		"made public":        {&award, trading.Lot{State: trading.Awarded}, `["now" ""]`},
		"settled": {&trading.Award{State: trading.Settled}, trading.Lot{State: trading.Awarded},
			`["done" "now"]`},
		"signed": {&trading.Award{State: trading.Contracted}, trading.Lot{State: trading.Awarded}, `["done" "done"]`},
	} {
		if got := states(after(c.award, c.lot)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	// A midnight ends the day before.
	if steps := after(&award, trading.Lot{State: trading.Awarded}); steps[0].Note != "至12月15日" {
		t.Errorf("%+v", steps)
	}
}

// TestTheProcedure asks for every step of the pack, taken or not.
func TestTheProcedure(t *testing.T) {
	pack := rules.Pack{Procedure: []rules.Step{{Key: "propose", Label: "提议"}, {Key: "decide", Label: "决议"},
		{Key: "result", Label: "结果公开", After: true}}}
	steps := web.Procedure(trading.Resolution{ResolutionForm: trading.ResolutionForm{Steps: []trading.StepDone{
		{Key: "propose", On: "2026-11-01"}, {Key: "decide"}, {Key: "unknown", On: "2026-11-02"}}}}.Procedure(pack))
	want := []web.Step{{Label: "提议", Note: "2026年11月1日", State: "done"}, {Label: "决议", Note: "未登记"},
		{Label: "结果公开", Note: "成交后公开"}}
	if fmt.Sprint(steps) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", steps, want)
	}
}
