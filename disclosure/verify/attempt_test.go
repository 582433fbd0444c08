package verify

import (
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading"
)

// twice is a log in which an asset was announced and nobody came, and what the next notice says.
func twice(t *testing.T, ends string, first trading.AttemptFacts, next func(*trading.AnnouncedFacts)) []string {
	t.Helper()
	facts := trading.AnnouncedFacts{
		Lots:         []string{"one"},
		Asset:        event.Ref{Stream: "asset:a", Seq: 1},
		Resolution:   event.Ref{Stream: "resolution:r", Seq: 1},
		StartPrice:   50000,
		RulePack:     "shifan",
		AttemptFacts: first,
	}
	report := &ledger.Report{Streams: map[event.Stream][]ledger.Entry{}}
	log := func(stream event.Stream, kind string, day int, facts any) {
		body, err := event.Canonical(facts)
		if err != nil {
			t.Fatal(err)
		}
		report.Streams[stream] = append(report.Streams[stream], ledger.Entry{Event: event.Event{
			Stream: stream,
			Seq:    int64(len(report.Streams[stream]) + 1),
			Kind:   kind,
			At:     opens.AddDate(0, 0, day),
			Facts:  body,
		}})
	}
	log("tender:x", "tender.announced", 0, facts)
	log("lot:one", ends, 14, trading.FailedFacts{Reason: trading.NoBidder})
	for id, day := range map[string]int{"r": -5, "new": 16} {
		log(event.Of("resolution", id), "resolution.confirmed", day+1, trading.ConfirmedFacts{
			HeldOn: calendar.DateOf(opens.AddDate(0, 0, day)),
			Lawful: true,
		})
	}
	facts.Lots = []string{"two"}
	facts.AttemptFacts = trading.AttemptFacts{Attempt: 2, Before: event.Ref{Stream: "tender:x", Seq: 1}}
	next(&facts)
	log("tender:y", "tender.announced", 20, facts)
	s := site{sorts: &sorts{}, known: knownIn(report)}
	n := attempt{event.Ref{Stream: "tender:y", Seq: 1}, announced{facts, opens.AddDate(0, 0, 20)}}
	return s.wrongAttempt(grounds{report, "tender:y", s.sorts}, n)
}

// TestANoticeIsTheOneAfterTheLast: which notice of its asset one is, after which, and how low its
// price may fall, is computed from the log alone.
func TestANoticeIsTheOneAfterTheLast(t *testing.T) {
	said := trading.AttemptFacts{Attempt: 1}
	anew := func(price money.Fen) func(*trading.AnnouncedFacts) {
		return func(f *trading.AnnouncedFacts) {
			f.Resolution.Stream = "resolution:new"
			f.StartPrice = price
		}
	}
	for name, c := range map[string]struct {
		ends string
		next func(*trading.AnnouncedFacts)
		says string
	}{
		"as a first one": {"lot.failed", func(f *trading.AnnouncedFacts) { f.AttemptFacts = said },
			"第 1 次，按日志应为第 2 次"},
		"as none": {"lot.failed", func(f *trading.AnnouncedFacts) { f.AttemptFacts = trading.AttemptFacts{} },
			"第 0 次"},
		"as it is":             {"lot.failed", func(*trading.AnnouncedFacts) {}, ""},
		"as a third":           {"lot.failed", func(f *trading.AnnouncedFacts) { f.Attempt = 3 }, "应为第 2 次"},
		"after another":        {"lot.failed", func(f *trading.AnnouncedFacts) { f.Before.Seq = 2 }, "所接的上一次公告"},
		"after none":           {"lot.failed", func(f *trading.AnnouncedFacts) { f.Before = event.Ref{} }, "所接的上一次公告"},
		"voided":               {"award.voided", func(*trading.AnnouncedFacts) {}, ""},
		"before the end":       {"lot.opened", func(*trading.AnnouncedFacts) {}, "第 2 次，按日志应为第 1 次"},
		"cheaper on one vote":  {"lot.failed", func(f *trading.AnnouncedFacts) { f.StartPrice-- }, "不低于 500.00 元"},
		"cheaper on a new one": {"lot.failed", anew(40000), ""},
		"too cheap on it":      {"lot.failed", anew(39999), "不低于 400.00 元"},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := strings.Join(twice(t, c.ends, said, c.next), "\n")
			if c.says == "" && wrong != "" || !strings.Contains(wrong, c.says) {
				t.Errorf("%q, want %q", wrong, c.says)
			}
		})
	}
	if wrong := twice(t, "lot.failed", trading.AttemptFacts{}, func(f *trading.AnnouncedFacts) {
		f.AttemptFacts = trading.AttemptFacts{}
	}); len(wrong) > 0 {
		t.Errorf("a log from before it was said: %q", wrong)
	}
}

// TestWhoWasTooFewIsCounted: a lot that was not opened for want of bidders had fewer than its
// rules ask, one that was opened had not.
func TestWhoWasTooFewIsCounted(t *testing.T) {
	least := multiple(3, opens.AddDate(0, 0, -16))
	least.Key = "bidding.min_bidders"
	three := func() grounds { return amendedLog(t, 3, ruled(t, "rules.amended", -19, least)) }
	fails := func(g grounds, bidders, asked int) string {
		facts, err := event.Canonical(trading.FailedFacts{Reason: trading.TooFew, Bidders: bidders, Least: asked})
		if err != nil {
			t.Fatal(err)
		}
		r := replay([]ledger.Entry{{Event: event.Event{Stream: "lot:a", Seq: 1, Kind: "lot.failed",
			At: opens.Add(time.Second), Facts: facts}}}, g)
		return strings.Join(r.wrong, "\n")
	}
	for name, c := range map[string]struct {
		on             grounds
		bidders, asked int
		says           string
	}{
		"two of three":      {three(), 2, 3, ""},
		"three of three":    {three(), 3, 3, "却记为不足"},
		"two of two":        {three(), 2, 2, "却记为不足"},
		"nobody":            {three(), 0, 3, "却记为不足"},
		"one where one may": {notice(), 1, 2, "却记为不足"},
	} {
		if says := fails(c.on, c.bidders, c.asked); c.says == "" && says != "" || !strings.Contains(says, c.says) {
			t.Errorf("%s: %q, want %q", name, says, c.says)
		}
	}
	least.Value = 4
	opened := replay(logged(t, func(kind string, facts map[string]any) {
		if kind == "lot.opened" {
			facts["most_steps"] = 20
		}
	}), amendedLog(t, 3, ruled(t, "rules.amended", -19, least)))
	if says := strings.Join(opened.wrong, "\n"); !strings.Contains(says, "少于规则所要求的") {
		t.Errorf("opened with too few: %q", says)
	}
}
