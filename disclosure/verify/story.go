package verify

import (
	"encoding/json"
	"fmt"
	"slices"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/trading"
)

// Stories tells each tender's, item's and project's story, and that of the rules, from the log alone:
// what was registered, decided, published and changed, with each event's place.
func Stories(report *ledger.Report, says words.Registry) []string {
	s := stories{report: report, words: says}
	var tenders, powers []string
	for _, stream := range sorted(report.Streams) {
		switch stream.Noun() {
		case "tender":
			tenders = append(tenders, s.tender(stream)...)
		case "item":
			powers = append(powers, s.plain("小微权力事项", stream)...)
		case "rules":
			powers = append(powers, s.plain("规则参数", stream)...)
		case "project":
			powers = append(powers, s.plain("工程项目", stream)...)
		}
	}
	return append(tenders, powers...)
}

func sorted(streams map[event.Stream][]ledger.Entry) []event.Stream {
	var names []event.Stream
	for name := range streams {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// stories is a verified log and the words that tell it.
type stories struct {
	report *ledger.Report
	words  words.Registry
}

// tender tells a tender from what it rests on to the last rent.
func (s stories) tender(stream event.Stream) []string {
	lines := []string{"", "交易 " + stream.ID()}
	for _, entry := range s.report.Streams[stream] {
		lines = append(append(lines, s.grounds(entry.Event)...), s.line(entry))
	}
	for _, lot := range s.lotsOf(stream) {
		for _, noun := range []string{"lot", "contract"} {
			lines = append(lines, s.lines(event.Of(noun, lot))...)
		}
	}
	return lines
}

// lotsOf lists the lots that a tender's notice announced.
func (s stories) lotsOf(tender event.Stream) []string {
	for _, entry := range s.report.Streams[tender] {
		var n trading.AnnouncedFacts
		if entry.Event.Kind == "tender.announced" && json.Unmarshal(entry.Event.Facts, &n) == nil {
			return n.LotsOf(tender.ID())
		}
	}
	return nil
}

// plain tells the events of one stream under its name.
func (s stories) plain(noun string, stream event.Stream) []string {
	return append([]string{"", noun + " " + stream.ID()}, s.lines(stream)...)
}

func (s stories) lines(stream event.Stream) []string {
	var lines []string
	for _, entry := range s.report.Streams[stream] {
		lines = append(lines, s.line(entry))
	}
	return lines
}

// line is one event with its place in the log.
func (s stories) line(entry ledger.Entry) string {
	at := entry.Event.At.In(calendar.Beijing).Format("2006-01-02 15:04:05")
	return fmt.Sprintf("  [%d] %s %s", entry.Index, at, s.words.Sentence(entry.Event))
}

// grounds tells the events on which a notice rests: the asset's, the roll's of who was due
// and the resolution's.
func (s stories) grounds(e event.Event) []string {
	var f trading.AnnouncedFacts
	if e.Kind != "tender.announced" || json.Unmarshal(e.Facts, &f) != nil {
		return nil
	}
	lines := []string{s.referred(f.Asset)}
	for _, entry := range s.report.Streams[f.Resolution.Stream] {
		var vote trading.ConfirmedFacts
		if entry.Event.Seq == f.Resolution.Seq && json.Unmarshal(entry.Event.Facts, &vote) == nil {
			lines = append(lines, s.referred(vote.Roll))
		}
	}
	return append(lines, s.referred(f.Resolution))
}

// referred tells the event that another refers to, when it is in the log.
func (s stories) referred(ref event.Ref) string {
	for _, entry := range s.report.Streams[ref.Stream] {
		if entry.Event.Seq == ref.Seq {
			return s.line(entry)
		}
	}
	return fmt.Sprintf("  日志中没有所引用的 %s/%d", words.Printable(string(ref.Stream)), ref.Seq)
}
