package verify

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/mode"
)

// opens is when the lots of these tests open.
var opens = time.Date(2026, 12, 8, 1, 0, 0, 0, time.UTC)

// logged is a lot's log: opened with two bidders, of whom 2000 has the first
// priority, three bids, and the end.
func logged(t *testing.T, change func(kind string, facts map[string]any)) []ledger.Entry {
	t.Helper()
	at := func(m int) string { return opens.Add(time.Duration(m) * time.Minute).Format(event.TimeFormat) }
	var all []ledger.Entry
	for i, e := range []struct {
		kind   string
		minute float64
		facts  map[string]any
	}{
		{"lot.opened", 0, map[string]any{"opens_at": at(0), "ends_at": at(60), "start_price": 40000,
			"step": 1000, "most_steps": 10, "free_seconds": 3600,
			"window_seconds": 300, "extend_seconds": 300, "bidders": 3, "undecided": 0,
			"holders": []trading.Holder{{Bidder: "2000", Rank: 1}}, "registrations": []string{"a", "b", "c"}}},
		{"bid.placed", 5, map[string]any{"bidder": "1000", "price": 40000, "match": false, "received": at(5),
			"ends_at": at(60), "extended": false}},
		{"bid.placed", 57.05, map[string]any{"bidder": "1000x", "price": 42000, "match": false, "received": at(57),
			"ends_at": at(62), "extended": true}},
		{"bid.placed", 58, map[string]any{"bidder": "2000", "price": 42000, "match": true, "received": at(58),
			"ends_at": at(63), "extended": true}},
		{"lot.closed", 64, map[string]any{"winner": "2000", "price": 42000, "yearly_rent": 1621200,
			"whole_rent": 8106000, "bids": 3, "ended_at": at(63)}},
	} {
		if change != nil {
			change(e.kind, e.facts)
		}
		facts, err := event.Canonical(e.facts)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ledger.Entry{Event: event.Event{Stream: "lot:a", Seq: int64(i + 1),
			Kind: e.kind, At: opens.Add(time.Duration(e.minute * float64(time.Minute))), Facts: facts}})
	}
	return all
}

// notice is the lot's notice in the log, with the schedules.
func notice() grounds {
	facts, _ := event.Canonical(trading.AnnouncedFacts{
		Area:          3860,
		Years:         5,
		StartPrice:    40000,
		Step:          1000,
		StartsOn:      "2026-12-09",
		RegisterUntil: "2026-12-07T08:00:00.000Z",
		OpensAt:       event.Stamp(opens),
		RulePack:      "shifan",
	})
	return grounds{&ledger.Report{Streams: map[event.Stream][]ledger.Entry{"tender:a": {{Event: event.Event{
		Stream: "tender:a",
		Seq:    1,
		Kind:   "tender.announced",
		At:     opens.AddDate(0, 0, -14),
		Facts:  facts,
	}}}}}, "tender:a", &sorts{}}
}

func played(entries []ledger.Entry) replayed { return replay(entries, notice()) }

// TestReplayNamesWhatTheRulesDoNotAllow: a log can be whole and yet tell of a
// bid, an end or a winner that its own rules refuse.
func TestReplayNamesWhatTheRulesDoNotAllow(t *testing.T) {
	for name, c := range map[string]struct {
		kind, field string
		value       any
		which, says string
	}{
		"as it was":          {},
		"a step too small":   {"bid.placed", "price", 40500, "lot:a/3", "报价不合规则"},
		"an end moved":       {"bid.placed", "ends_at", "2026-12-08T02:03:00.000Z", "lot:a/3", "截止时间应为"},
		"another extension":  {"lot.opened", "extend_seconds", 600, "lot:a/1", "与公告所依据的规则 shifan 不符"},
		"other raises":       {"lot.opened", "most_steps", 20, "lot:a/1", "与公告所依据的规则 shifan 不符"},
		"opened another day": {"lot.opened", "opens_at", "2026-12-08T00:59:00.000Z", "lot:a/1", "竞价开始为"},
		"a shorter time":     {"lot.opened", "ends_at", "2026-12-08T01:30:00.000Z", "lot:a/1", "竞价截止为"},
		"a lower start":      {"lot.opened", "start_price", 30000, "lot:a/1", "起始价为 300.00，按公告应为 400.00"},
		"another step":       {"lot.opened", "step", 500, "lot:a/1", "加价幅度为"},
		"more may bid":       {"lot.opened", "bidders", 4, "lot:a/1", "与 3 份报名不符"},
		"nobody may bid":     {"lot.opened", "bidders", 0, "lot:a/1", "与 3 份报名不符"},
		"fewer may bid":      {"lot.opened", "bidders", 2, "lot:a/4", "报价的却有 3 个竞买号"},
		"a right nobody has": {"lot.opened", "holders", []trading.Holder{}, "lot:a/4", "报价不合规则"},
		"received after its record": {"bid.placed", "received", "2026-12-08T01:57:04.000Z", "lot:a/3",
			"不在收到以后 5 秒内"},
		"received long before its record": {"bid.placed", "received", "2026-12-08T01:56:57.999Z", "lot:a/3",
			"不在收到以后 5 秒内"},
		"another winner":        {"lot.closed", "winner", "1000", "lot:a/5", "按报价应由 2000 号"},
		"another price at last": {"lot.closed", "price", 43000, "lot:a/5", "按报价应由 2000 号"},
	} {
		t.Run(name, func(t *testing.T) {
			r := played(logged(t, func(kind string, facts map[string]any) {
				if kind == c.kind && !(kind == "bid.placed" && facts["bidder"] != "1000x") {
					facts[c.field] = c.value
				}
			}))
			if c.kind == "" && len(r.wrong) > 0 {
				t.Fatal(r.wrong)
			}
			if c.kind != "" && (len(r.wrong) == 0 ||
				!strings.Contains(r.wrong[0], c.which) || !strings.Contains(r.wrong[0], c.says)) {
				t.Fatalf("got %q, want %s %s", r.wrong, c.which, c.says)
			}
		})
	}
}

// TestALotLivesOnce: it is opened once and not too early, and nothing follows its end.
func TestALotLivesOnce(t *testing.T) {
	again := func(all []ledger.Entry, n int) []ledger.Entry {
		e := all[n]
		e.Event.Seq = int64(len(all) + 1)
		e.Event.At = all[len(all)-1].Event.At
		return append(all, e)
	}
	for name, c := range map[string]struct {
		log  []ledger.Entry
		says string
	}{
		"opened twice":     {again(logged(t, nil)[:3], 0), "竞价重复开始"},
		"opened anew":      {again(logged(t, nil), 0), "竞价重复开始"},
		"a bid afterwards": {again(logged(t, nil), 3), "已经结束"},
		"closed twice":     {again(logged(t, nil), 4), "已经结束"},
		"never opened":     {logged(t, nil)[1:], "没有开始"},
		"another end": {logged(t, func(kind string, facts map[string]any) {
			if kind == "lot.closed" {
				facts["ended_at"] = "2026-12-08T02:02:00.000Z"
			}
		}), "截止时间应为"},
	} {
		if got := strings.Join(played(c.log).wrong, " "); !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", name, got, c.says)
		}
	}
	early := logged(t, nil)
	early[0].Event.At = opens.Add(-time.Hour)
	if got := strings.Join(played(early).wrong, " "); !strings.Contains(got, "就开始了竞价") {
		t.Errorf("opened an hour early: %q", got)
	}
}

// TestALotThatFailed: nobody bid, and the log says so; one that had bids did not fail.
func TestALotThatFailed(t *testing.T) {
	entries := logged(t, nil)
	failed := ledger.Entry{Event: event.Event{Stream: "lot:a", Seq: 2, Kind: "lot.failed",
		At: opens.Add(time.Hour + trading.Grace), Facts: []byte(`{"reason":"no_bid"}`)}}
	if r := played([]ledger.Entry{entries[0], failed}); !r.failed || len(r.wrong) > 0 {
		t.Errorf("%v %q", r.failed, r.wrong)
	}
	if r := played([]ledger.Entry{entries[0], entries[1],
		failed}); len(r.wrong) != 1 || !strings.Contains(r.wrong[0], "有 1 次报价，却记为未成交（流标）") {
		t.Errorf("%q", r.wrong)
	}
}

// TestALotThatOverranItsLease: a lot may fail with bids when its days were moved to
// the lease's first day, and only then.
func TestALotThatOverranItsLease(t *testing.T) {
	at := func(m int) time.Time { return opens.Add(time.Duration(m) * time.Minute) }
	resumed, err := event.Canonical(trading.ResumedFacts{
		From:   event.Stamp(at(20)),
		Until:  event.Stamp(at(620)),
		EndsAt: event.Stamp(at(1480)),
	})
	if err != nil {
		t.Fatal(err)
	}
	log := logged(t, nil)[:2]
	add := func(kind string, m int, facts []byte) {
		log = append(log, ledger.Entry{Event: event.Event{
			Stream: "lot:a",
			Seq:    int64(len(log) + 1),
			Kind:   kind,
			At:     at(m),
			Facts:  facts,
		}})
	}
	overrun := []byte(`{"reason":"overrun","undecided":0}`)
	add("lot.failed", 621, overrun)
	if r := played(log); len(r.wrong) != 1 || !strings.Contains(r.wrong[0], "却记为不能在租期开始或者交付以前结束") {
		t.Errorf("nothing was moved: %q", r.wrong)
	}
	log = log[:2]
	add("lot.resumed", 621, resumed)
	add("lot.failed", 621, overrun)
	if r := played(log); len(r.wrong) > 0 || !r.failed {
		t.Errorf("moved to the next day: %q", r.wrong)
	}
}

// TestAnEndBeforeItsTime: a lot that is closed before its end and the grace is
// named, and so is a record that goes back in time.
func TestAnEndBeforeItsTime(t *testing.T) {
	for _, which := range []string{"lot.closed", "lot.failed"} {
		entries := logged(t, nil)
		entries[4].Event.At = opens.Add(63*time.Minute + trading.Grace - time.Millisecond)
		if which == "lot.failed" {
			entries = []ledger.Entry{entries[0], entries[4]}
			entries[1].Event.Kind, entries[1].Event.Facts = which, []byte(`{"reason":"no_bid"}`)
			entries[1].Event.At = opens.Add(59 * time.Minute)
		}
		if r := played(entries); len(r.wrong) != 1 || !strings.Contains(r.wrong[0], "就结束了竞价") {
			t.Errorf("%s: %q", which, r.wrong)
		}
	}
	entries := logged(t, nil)
	entries[2].Event.At = opens.Add(4 * time.Minute)
	if r := played(entries); len(r.wrong) == 0 || !strings.Contains(r.wrong[0], "早于前一条记录") {
		t.Errorf("%q", r.wrong)
	}
}

// TestGivenBack: lost time moves the end by its own length and no further.
func TestGivenBack(t *testing.T) {
	at := func(m int) string { return event.Stamp(opens.Add(time.Duration(m) * time.Minute)) }
	for name, c := range map[string]struct {
		from, until, ends, recorded int
		says                        string
	}{
		"an hour":                 {20, 80, 120, 81, ""},
		"from before the opening": {-30, 30, 90, 31, ""},
		"the last minute":         {59, 61, 66, 62, ""},
		"into the night":          {20, 620, 1480, 621, ""},
		"in the night":            {20, 620, 660, 621, "补时以后截止时间应为"},
		"too much":                {20, 80, 121, 81, "补时以后截止时间应为"},
		"too little":              {20, 80, 60, 81, "补时以后截止时间应为"},
		"before the opening":      {-30, -10, 60, 1, "与这场竞价不符"},
		"after the end":           {61, 80, 85, 81, "与这场竞价不符"},
		"in the future":           {20, 80, 120, 79, "与这场竞价不符"},
		"backwards":               {30, 20, 60, 31, "与这场竞价不符"},
	} {
		t.Run(name, func(t *testing.T) {
			facts, err := event.Canonical(trading.ResumedFacts{
				From:   at(c.from),
				Until:  at(c.until),
				EndsAt: at(c.ends),
			})
			if err != nil {
				t.Fatal(err)
			}
			r := played([]ledger.Entry{logged(t, nil)[0], {Event: event.Event{
				Stream: "lot:a",
				Seq:    2,
				Kind:   "lot.resumed",
				At:     opens.Add(time.Duration(c.recorded) * time.Minute),
				Facts:  facts,
			}}})
			if c.says == "" && (len(r.wrong) > 0 || event.Stamp(r.board.EndsAt) != at(c.ends)) ||
				c.says != "" && (len(r.wrong) != 1 || !strings.Contains(r.wrong[0], c.says)) {
				t.Errorf("%q, ends %v", r.wrong, r.board.EndsAt)
			}
		})
	}
}

// TestAnOutageWhileSomebodyWrote: an outage that the log names is none when the log
// itself has an event in it, of whatever stream.
func TestAnOutageWhileSomebodyWrote(t *testing.T) {
	at := func(m float64) time.Time { return opens.Add(time.Duration(m * float64(time.Minute))) }
	facts, err := event.Canonical(trading.ResumedFacts{
		From:   event.Stamp(at(20)),
		Until:  event.Stamp(at(30)),
		EndsAt: event.Stamp(at(70)),
	})
	if err != nil {
		t.Fatal(err)
	}
	log := append(logged(t, nil)[:2:2], ledger.Entry{Event: event.Event{
		Stream: "lot:a",
		Seq:    3,
		Kind:   "lot.resumed",
		At:     at(30.5),
		Facts:  facts,
	}})
	for minute, says := range map[float64]string{19: "", 20.01: "", 25: "这期间却有记录 asset:a/1", 30.2: ""} {
		on := notice()
		on.report.Streams["lot:a"] = log
		on.report.Streams["asset:a"] = []ledger.Entry{{Event: event.Event{Stream: "asset:a", Seq: 1, At: at(minute)}}}
		r := replay(log, on)
		if (says == "") != (len(r.wrong) == 0) || !strings.Contains(strings.Join(r.wrong, " "), says) {
			t.Errorf("an event after %v minutes: %q", minute, r.wrong)
		}
	}
	got := replay(log, grounds{&ledger.Report{}, "tender:a", &sorts{}}).wrong
	if len(got) == 0 || !strings.Contains(got[0], "没有这场竞价的公告") {
		t.Errorf("without a notice: %q", got)
	}
}

// TestUnreadableEventsAreNamed: an event whose facts are not what its kind has
// is named, and the others are judged on.
func TestUnreadableEventsAreNamed(t *testing.T) {
	for at := range 5 {
		entries := logged(t, nil)
		entries[at].Event.Facts = []byte(`[]`)
		r := played(entries)
		if len(r.wrong) == 0 || !strings.Contains(r.wrong[0], "标的 a（lot:a/") {
			t.Errorf("event %d: %q", at+1, r.wrong)
		}
	}
}

// TestAHostileLogEnds: years in which nobody works, and thousands of schedules and
// outages, neither hold a verifier up for ever nor for long.
func TestAHostileLogEnds(t *testing.T) {
	g := notice()
	opens := time.Date(2026, 12, 8, 1, 0, 0, 0, time.UTC)
	var years []ledger.Entry
	for n := range 4000 {
		facts, err := json.Marshal(map[string]any{
			"year":     2026 + n,
			"source":   "x",
			"worked":   []string{},
			"holidays": []map[string]string{{"from": "0", "to": "~"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		years = append(years, ledger.Entry{Event: event.Event{
			Stream: identity.Years,
			Seq:    int64(n) + 1,
			Kind:   "calendar.year_added",
			At:     opens.AddDate(0, 0, -20),
			Facts:  facts,
		}})
	}
	g.report.Streams[identity.Years] = years
	begun := time.Now()
	for range 4000 {
		h := g.hours(opens)
		_, _ = trading.Outage{From: opens, Until: opens.Add(24 * time.Hour)}.
			GivesBack(0, mode.Board{OpensAt: opens, EndsAt: opens.Add(time.Hour)}, h)
		g.wroteIn(opens, opens.Add(time.Hour))
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("it takes %s", took)
	}
}
