package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading"
)

// Stories tells each tender's, item's and project's story from the log alone: what was registered,
// decided, published and changed, with each event's place.
func Stories(report *ledger.Report) []string {
	var lines []string
	for _, stream := range sorted(report.Streams) {
		if stream.Noun() != "tender" {
			continue
		}
		lines = append(lines, "", fmt.Sprintf("交易 %s", stream.ID()))
		for _, entry := range report.Streams[stream] {
			lines = append(lines, tell(report, entry)...)
		}
		for _, more := range []event.Stream{event.Of("lot", stream.ID()), event.Of("contract", stream.ID())} {
			for _, entry := range report.Streams[more] {
				lines = append(lines, fmt.Sprintf("  [%d] %s ", entry.Index, entry.Event.At.In(calendar.Beijing).Format("2006-01-02 15:04:05"))+tellBidding(entry.Event))
			}
		}
	}
	return append(lines, worksStories(report)...)
}

func sorted(streams map[event.Stream][]ledger.Entry) []event.Stream {
	var names []event.Stream
	for name := range streams {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// tell is one event in plain words.
func tell(report *ledger.Report, entry ledger.Entry) []string {
	e := entry.Event
	head := fmt.Sprintf("  [%d] %s ", entry.Index, e.At.In(calendar.Beijing).Format("2006-01-02 15:04:05"))
	switch e.Kind {
	case "tender.announced":
		var f trading.AnnouncedFacts
		if json.Unmarshal(e.Facts, &f) != nil {
			break
		}
		lines := append(root(report, f.Asset), root(report, f.Resolution)...)
		for _, s := range f.Steps {
			lines = append(lines, fmt.Sprintf("      %s %s:%s", local(s.At), s.Role.Label(), trading.ActLabel(s.Step)))
		}
		return append(lines,
			head+fmt.Sprintf("发布公告:%s 亩,%d 年,起始价 %s 元/亩·年(上一期 %s),年租金 %s 元,保证金 %s 元",
				f.Area.Mu(), f.Years, f.StartPrice.Yuan(), f.LastRent.Yuan(), f.YearlyRent.Yuan(), f.Deposit.Yuan()),
			fmt.Sprintf("      公告期 %d 个工作日,报名截止 %s,竞价开始 %s,文件 %s", f.NoticeDays, local(f.RegisterUntil), local(f.OpensAt), f.Document))
	case "tender.supplemented":
		var f trading.SupplementFacts
		if json.Unmarshal(e.Facts, &f) == nil {
			return []string{head + fmt.Sprintf("第 %d 号补充公告:报名截止由 %s 延至 %s,文件 %s", f.Number, local(f.Before), local(f.RegisterUntil), f.Document)}
		}
	case "tender.posted":
		return []string{head + "公告栏照片公开"}
	}
	return []string{head + safe(e.Kind)}
}

// root tells the event that another refers to, when it is in the log.
func root(report *ledger.Report, ref event.Ref) []string {
	for _, entry := range report.Streams[ref.Stream] {
		if entry.Event.Seq == ref.Seq {
			return []string{fmt.Sprintf("  [%d] %s %s", entry.Index, entry.Event.At.In(calendar.Beijing).Format("2006-01-02 15:04:05"), ground(entry.Event))}
		}
	}
	return []string{fmt.Sprintf("  日志中没有所引用的 %s/%d", safe(string(ref.Stream)), ref.Seq)}
}

// ground says what a tender rests on.
func ground(e event.Event) string {
	switch e.Stream.Noun() {
	case "asset":
		var f struct {
			Area     money.Area `json:"area"`
			LastRent money.Fen  `json:"last_rent"`
		}
		if json.Unmarshal(e.Facts, &f) == nil {
			return fmt.Sprintf("登记资产:%s 亩,上一期租金 %s 元/亩·年", f.Area.Mu(), f.LastRent.Yuan())
		}
	case "resolution":
		var f struct {
			HeldOn string        `json:"held_on"`
			Count  trading.Count `json:"count"`
			Lawful bool          `json:"lawful"`
		}
		if json.Unmarshal(e.Facts, &f) == nil {
			verdict := "不符合规则"
			if f.Lawful {
				verdict = "符合规则"
			}
			return fmt.Sprintf("决议(%s):应到 %d,到会 %d,同意 %d,%s", safe(f.HeldOn), f.Count.Due, f.Count.Present, f.Count.For, verdict)
		}
	}
	return safe(e.Kind)
}

func local(at string) string {
	t, err := time.Parse(event.TimeFormat, at)
	if err != nil {
		return safe(at)
	}
	return t.In(calendar.Beijing).Format("2006-01-02 15:04")
}

// safe keeps what a stranger's log says from steering the terminal.
func safe(s string) string {
	if q := fmt.Sprintf("%q", s); len(q) == len(s)+2 {
		return s
	}
	return fmt.Sprintf("%q", s)
}
