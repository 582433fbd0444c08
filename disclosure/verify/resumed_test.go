package verify

import (
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/trading"
)

// TestAPublicityIsGivenBackByTheRule: another working day when its last one was lost,
// from the end that it had, and nothing is settled before.
func TestAPublicityIsGivenBackByTheRule(t *testing.T) {
	const was, friday, monday = "2026-12-10T16:00:00.000Z", "2026-12-11T16:00:00.000Z", "2026-12-14T16:00:00.000Z"
	for name, c := range map[string]struct {
		before, until, to string
		settled           time.Duration // after the new end
		says              string
	}{
		"as it was":             {was, "2026-12-10T11:00:00.000Z", friday, 5 * time.Second, ""},
		"a day more":            {was, "2026-12-10T11:00:00.000Z", monday, 5 * time.Second, "补时以后公示期应至 " + friday},
		"too short an outage":   {was, "2026-12-10T10:01:00.000Z", friday, 5 * time.Second, "补时以后公示期应至 " + was},
		"settled before":        {was, "2026-12-10T11:00:00.000Z", friday, -time.Second, "却在这以前期满"},
		"while it was served":   {was, "2026-12-10T13:00:00.000Z", friday, 5 * time.Second, "这期间却有记录 asset:a/1"},
		"backwards":             {was, "2026-12-10T09:00:00.000Z", friday, 5 * time.Second, "不能是"},
		"from an end it hadn't": {friday, "2026-12-10T11:00:00.000Z", monday, 5 * time.Second, "补时以后公示期应至 " + friday},
	} {
		t.Run(name, func(t *testing.T) {
			facts, err := event.Canonical(trading.AwardResumedFacts{
				From:        "2026-12-10T10:00:00.000Z",
				Until:       c.until,
				Before:      c.before,
				PublicUntil: c.to,
			})
			if err != nil {
				t.Fatal(err)
			}
			end, err := time.Parse(event.TimeFormat, c.to)
			if err != nil {
				t.Fatal(err)
			}
			log := append(logged(t, nil), ledger.Entry{Event: event.Event{
				Stream: "lot:a",
				Seq:    6,
				Kind:   "award.resumed",
				At:     time.Date(2026, 12, 10, 13, 0, 1, 0, time.UTC),
				Facts:  facts,
			}}, ledger.Entry{Event: event.Event{
				Stream: "lot:a",
				Seq:    7,
				Kind:   "award.settled",
				At:     end.Add(c.settled),
				Facts:  []byte(`{}`),
			}})
			on := notice()
			on.report.Streams["lot:a"] = log
			on.report.Streams["asset:a"] = []ledger.Entry{{Event: event.Event{
				Stream: "asset:a",
				Seq:    1,
				At:     time.Date(2026, 12, 10, 12, 0, 0, 0, time.UTC),
			}}}
			wrong := strings.Join(replay(log, on).wrong, "\n")
			if (c.says == "") != (wrong == "") || !strings.Contains(wrong, c.says) {
				t.Errorf("%q", wrong)
			}
		})
	}
}

// TestARegistrationIsGivenBackByTheRule: what was lost of its last day, and the opening
// is the working day after.
func TestARegistrationIsGivenBackByTheRule(t *testing.T) {
	right := trading.NoticeResumedFacts{
		From:          "2026-12-07T07:50:00.000Z",
		Until:         "2026-12-07T11:00:00.000Z",
		Before:        "2026-12-07T08:00:00.000Z",
		OpensBefore:   "2026-12-08T01:00:00.000Z",
		RegisterUntil: "2026-12-08T01:30:00.000Z",
		OpensAt:       "2026-12-09T01:00:00.000Z",
	}
	for name, c := range map[string]struct {
		change func(*trading.NoticeResumedFacts)
		says   string
	}{
		"as it was": {func(*trading.NoticeResumedFacts) {}, ""},
		"a day more": {func(f *trading.NoticeResumedFacts) {
			f.RegisterUntil = "2026-12-09T01:30:00.000Z"
		}, "补时以后报名截止应为"},
		"another opening": {func(f *trading.NoticeResumedFacts) { f.OpensAt = "2026-12-10T01:00:00.000Z" }, "竞价开始应为"},
		"nothing was lost": {func(f *trading.NoticeResumedFacts) {
			f.From = "2026-12-07T10:00:00.000Z"
		}, "补时以后报名截止应为"},
		"not an instant": {func(f *trading.NoticeResumedFacts) { f.From = "yesterday" }, "yesterday"},
		"from another end": {func(f *trading.NoticeResumedFacts) {
			f.Before = "2026-12-07T07:00:00.000Z"
		}, "补时以后报名截止应为"},
		"not yet over then": {func(f *trading.NoticeResumedFacts) { f.Until = "2026-12-08T11:00:00.000Z" }, "不能是"},
	} {
		f := right
		c.change(&f)
		on := notice()
		err := on.resumedNotice(event.Event{Stream: "tender:a", Seq: 2, At: opens.Add(-13 * time.Hour)}, f)
		if (c.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
