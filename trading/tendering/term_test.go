package tendering

import (
	"testing"

	"sunlot/internal/calendar"
	"sunlot/trading/rules"
)

func TestTermOf(t *testing.T) {
	pack, _ := rules.Find("shifan")
	for _, c := range []struct {
		published, until, opens string
		days                    int
		firm                    bool
	}{
		{"2026-11-23", "2026-12-07T08:00:00Z", "2026-12-08T01:00:00Z", 10, true},
		// over two holidays, with a worked Saturday
		{"2026-09-21", "2026-10-12T08:00:00Z", "2026-10-13T01:00:00Z", 10, true},
		{"2026-12-21", "2027-01-05T08:00:00Z", "2027-01-06T01:00:00Z", 10, false},
	} {
		got := TermOf(pack, calendar.Published, calendar.Date(c.published).At(10, 0), c.days)
		if stampSeconds(got) != [2]string{c.until, c.opens} || got.Firm != c.firm {
			t.Errorf("published %s: %v, firm %v", c.published, stampSeconds(got), got.Firm)
		}
	}
}

func stampSeconds(term Term) [2]string {
	const f = "2006-01-02T15:04:05Z"
	return [2]string{term.RegisterUntil.Format(f), term.OpensAt.Format(f)}
}

func TestEveryFigureHasASource(t *testing.T) {
	pack, _ := rules.Find("shifan")
	for _, n := range pack.Numbers() {
		if !n.Set() {
			continue
		}
		if n.Value() < 0 || n.Source.Title == "" || n.UnitLabel() == "" {
			t.Errorf("%s: %+v", n.Label, n.Number)
		}
		if n.Source.Kind != rules.Local && n.Source.Article == "" {
			t.Errorf("%s cites a rule without its article", n.Label)
		}
	}
	for got, want := range map[string]string{
		pack.FreeSeconds.String(): "60 分钟", pack.WorksLimit.String(): "15 万元", pack.ResultDays.String(): "3 个工作日",
		rules.Share{Num: 2, Den: 3}.String(): "三分之二以上", rules.Share{Num: 1, Den: 12, Strict: true}.String(): "超过12分之一",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if pack.MinNotice(301).Value() != 7 || pack.MinNotice(502).Value() != 10 || pack.MinNotice(228).Value() != 10 {
		t.Error("the spring notice holds from 1 March to 1 May")
	}
}
