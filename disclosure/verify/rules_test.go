package verify

import (
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/trading"
	"sunlot/trading/amending"
)

// amendedLog is a log in which the multiple of a step was set otherwise before the
// notice was announced under the edition of that number, and what more is told of the
// rules.
func amendedLog(t *testing.T, version int, more ...ledger.Entry) grounds {
	t.Helper()
	g := notice()
	told := g.report.Streams["tender:a"]
	f, err := event.Canonical(trading.AnnouncedFacts{
		Area:          3860,
		Years:         5,
		StartPrice:    40000,
		Step:          1000,
		StartsOn:      "2026-12-09",
		RegisterUntil: "2026-12-07T08:00:00.000Z",
		OpensAt:       event.Stamp(opens),
		RulePack:      "shifan",
		RuleVersion:   version,
	})
	if err != nil {
		t.Fatal(err)
	}
	told[0].Event.Facts = f
	stream := amending.StreamOf("shifan")
	all := []ledger.Entry{ruled(t, "rules.amended", -20, multiple(20, opens.AddDate(0, 0, -16)))}
	all = append(all, more...)
	for i := range all {
		all[i].Event.Stream, all[i].Event.Seq = stream, int64(i+1)
	}
	g.report.Streams[stream] = all
	return g
}

func ruled(t *testing.T, kind string, day int, facts any) ledger.Entry {
	t.Helper()
	body, err := event.Canonical(facts)
	if err != nil {
		t.Fatal(err)
	}
	return ledger.Entry{Event: event.Event{Kind: kind, At: opens.AddDate(0, 0, day), Facts: body}}
}

func multiple(value int, from time.Time) amending.AmendedFacts {
	return amending.AmendedFacts{
		Key:     "bidding.step_max_multiple",
		Was:     "10 倍",
		Value:   value,
		From:    calendar.DateOf(from),
		Title:   "示范县参数表",
		Article: "第三条",
		Reason:  "加快竞价",
	}
}

// TestALotIsHeldToTheEditionOfItsDay: the log alone says which figures stood when its
// notice was announced; those before and after it are refused.
func TestALotIsHeldToTheEditionOfItsDay(t *testing.T) {
	later := ruled(t, "rules.amended", -19, multiple(30, opens.AddDate(0, 0, -2)))
	withdrawn := ruled(t, "rules.withdrawn", -18, amending.WithdrawnFacts{
		Amended: 1,
		Key:     "bidding.step_max_multiple",
		Value:   20,
		Reason:  "没有印发",
	})
	for name, c := range map[string]struct {
		version, most int
		more          []ledger.Entry
		says          string
	}{
		"by its edition":     {2, 20, nil, ""},
		"by the one before":  {2, 10, nil, "竞价规则与公告所依据的规则 shifan 不符"},
		"named falsely":      {1, 10, nil, "第 1 版，公告那天施行的不是这一版"},
		"never was":          {7, 10, nil, "第 7 版，公告那天施行的不是这一版"},
		"a later one":        {2, 20, []ledger.Entry{later}, ""},
		"by a later one":     {3, 30, []ledger.Entry{later}, "第 3 版，公告那天施行的不是这一版"},
		"names none":         {0, 20, nil, ""},
		"none has it":        {0, 15, nil, "不符"},
		"withdrawn":          {1, 10, []ledger.Entry{withdrawn}, ""},
		"by a withdrawn one": {2, 20, []ledger.Entry{withdrawn}, "第 2 版，公告那天施行的不是这一版"},
	} {
		t.Run(name, func(t *testing.T) {
			r := replay(logged(t, func(kind string, facts map[string]any) {
				if kind == "lot.opened" {
					facts["most_steps"] = c.most
				}
			}), amendedLog(t, c.version, c.more...))
			said := strings.Join(r.wrong, "\n")
			if c.says == "" && said != "" || !strings.Contains(said, c.says) {
				t.Errorf("%q, want %q", said, c.says)
			}
		})
	}
}

// TestAChangeThatNoCountyCouldMake is named, and makes no edition.
func TestAChangeThatNoCountyCouldMake(t *testing.T) {
	unknown := multiple(20, opens.AddDate(0, 0, 9))
	unknown.Key = "bidding.colour"
	for name, c := range map[string]ledger.Entry{
		"too near":      ruled(t, "rules.amended", -19, multiple(20, opens.AddDate(0, 0, -18))),
		"back in time":  ruled(t, "rules.amended", -19, multiple(20, opens.AddDate(0, 0, -40))),
		"out of range":  ruled(t, "rules.amended", -19, multiple(0, opens.AddDate(0, 0, 9))),
		"unknown":       ruled(t, "rules.amended", -19, unknown),
		"of another":    ruled(t, "rules.withdrawn", -19, amending.WithdrawnFacts{Amended: 9}),
		"when it began": ruled(t, "rules.withdrawn", -15, amending.WithdrawnFacts{Amended: 1}),
		"no facts":      ruled(t, "rules.amended", -19, []int{1}),
		"another kind":  ruled(t, "rules.forgotten", -19, struct{}{}),
	} {
		t.Run(name, func(t *testing.T) {
			g := amendedLog(t, 2, c)
			wrong := wrongRules(g.report, amending.StreamOf("shifan"))
			if len(wrong) != 1 || !strings.Contains(wrong[0], "rules:shifan/2") {
				t.Errorf("%q", wrong)
			}
			if got := len(g.editionsOf(g.report, "shifan")); got != 2 {
				t.Errorf("there are %d editions", got)
			}
		})
	}
	if got := (&sorts{}).editionsOf(&ledger.Report{}, "nowhere"); got != nil {
		t.Errorf("a pack that is not here has editions: %v", got)
	}
}
