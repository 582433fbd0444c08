package verify

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"sunlot/disclosure/words"
	"sunlot/trading/rules"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/mode"
)

// grounds is what a lot rests on in the log beside its own events.
type grounds struct {
	report *ledger.Report
	tender event.Stream // by which the lot was announced; empty when the log has no such notice
	*sorts
}

// sorts is what is read of the whole log once, for all its lots: a hostile log has
// thousands of schedules, and of outages that ask for them.
type sorts struct {
	once   sync.Once
	years  []enteredYear
	events []event.Event // of all streams, by their time

	packs    sync.Mutex
	editions map[string][]rules.Pack // by the pack's name
}

type enteredYear struct {
	at   time.Time
	year calendar.Year
}

// of reads the log when it is first asked for.
func (s *sorts) of(report *ledger.Report) *sorts {
	s.once.Do(func() {
		for _, stream := range sorted(report.Streams) {
			for _, entry := range report.Streams[stream] {
				s.events = append(s.events, entry.Event)
			}
		}
		slices.SortStableFunc(s.events, func(a, b event.Event) int { return a.At.Compare(b.At) })
		for _, entry := range report.Streams[identity.Years] {
			// A year that the program would not have taken says nothing: a log may be a
			// liar's, and a year without a working day has no end.
			var y calendar.Year
			if json.Unmarshal(entry.Event.Facts, &y) == nil && y.Check() == nil {
				s.years = append(s.years, enteredYear{at: entry.Event.At, year: y})
			}
		}
	})
	return s
}

// notice is what the lot's notice said at an instant: as it was announced, with the
// days that supplements and schedules had given it until then.
func (g grounds) notice(at time.Time) (n announced, found bool) {
	for _, entry := range g.report.Streams[g.tender] {
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
			n.at, found = e.At, json.Unmarshal(e.Facts, &n.AnnouncedFacts) == nil
		case "tender.supplemented", "tender.rescheduled", "tender.resumed":
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
	for _, y := range g.of(g.report).years {
		if !y.at.After(at) {
			days[y.year.Year] = y.year
		}
	}
	return days
}

// hours are those in which the lot's end may fall: of its notice as it was announced.
func (g grounds) hours(at time.Time) trading.Hours {
	for _, entry := range g.report.Streams[g.tender] {
		var n trading.AnnouncedFacts
		if entry.Event.Kind != "tender.announced" || json.Unmarshal(entry.Event.Facts, &n) != nil {
			continue
		}
		until, err := time.Parse(event.TimeFormat, n.RegisterUntil)
		if err != nil {
			break
		}
		opens, err := time.Parse(event.TimeFormat, n.OpensAt)
		if err != nil {
			break
		}
		return trading.HoursOf(g.days(at), until, opens)
	}
	return trading.Hours{}
}

// gap is an outage that an event tells.
func (g grounds) gap(e event.Event, from, until string) (o trading.Outage, err error) {
	o.From, err = time.Parse(event.TimeFormat, from)
	if err != nil {
		return o, err
	}
	o.Until, err = time.Parse(event.TimeFormat, until)
	if err != nil {
		return o, err
	}
	if o.Until.Before(o.From) || o.Until.After(e.At.Add(time.Second)) {
		return o, fmt.Errorf("%s 至 %s 不能是 %s 以前的中断", from, until, event.Stamp(e.At))
	}
	if other, found := g.wroteIn(o.From, o.Until); found {
		return o, fmt.Errorf("记为 %s 至 %s 中断，这期间却有记录 %s/%d（%s）", from, until,
			words.Printable(string(other.Stream)), other.Seq, event.Stamp(other.At))
	}
	return o, nil
}

// resumedNotice judges what a registration was given back.
func (g grounds) resumedNotice(e event.Event, f trading.NoticeResumedFacts) error {
	o, err := g.gap(e, f.From, f.Until)
	if err != nil {
		return err
	}
	before, err := time.Parse(event.TimeFormat, f.Before)
	if err != nil {
		return err
	}
	hours := g.hours(e.At)
	until, lost := o.DefersRegistration(before, hours)
	if opens := max(f.OpensBefore, event.Stamp(hours.Opening(until))); !lost ||
		f.RegisterUntil != event.Stamp(until) || f.OpensAt != opens {
		return fmt.Errorf("补时以后报名截止应为 %s、竞价开始应为 %s，记录为 %s、%s", event.Stamp(until), opens, f.RegisterUntil,
			f.OpensAt)
	}
	return nil
}

// resumedAward judges what a result's publicity was given back.
func (g grounds) resumedAward(e event.Event, f trading.AwardResumedFacts) error {
	o, err := g.gap(e, f.From, f.Until)
	if err != nil {
		return err
	}
	before, err := time.Parse(event.TimeFormat, f.Before)
	if err != nil {
		return err
	}
	until, lost := o.DefersPublicity(before, g.hours(e.At))
	if !lost || f.PublicUntil != event.Stamp(until) {
		return fmt.Errorf("补时以后公示期应至 %s，记录为 %s", event.Stamp(until), f.PublicUntil)
	}
	return nil
}

// slack is how long before its commit an act may have its time, at most: so close to
// its ends an outage may have events. By as much may two nodes' clocks differ.
const slack = 2 * time.Second

// wroteIn finds an event of any stream that was recorded between two instants: then
// some server could write.
func (g grounds) wroteIn(from, until time.Time) (e event.Event, found bool) {
	all := g.of(g.report).events
	after := from.Add(slack)
	first, _ := slices.BinarySearchFunc(all, after, func(e event.Event, at time.Time) int {
		if e.At.After(at) {
			return 1
		}
		return -1
	})
	if first < len(all) && all[first].At.Before(until.Add(-slack)) {
		return all[first], true
	}
	return e, false
}

// comesTo judges what a result comes to: by its price, and for what the notice says.
func (g grounds) comesTo(e event.Event, f trading.ClosedFacts) error {
	n, found := g.notice(e.At)
	if !found {
		return nil // said of the opening
	}
	b := trading.Basis{Side: n.Side, Unit: n.Unit, Measure: n.Measure, Size: n.Area, Years: n.Years}
	if f.Side != n.Side || f.Unit != n.Unit || f.Yearly != b.Period(f.Price) || f.Whole != b.Whole(f.Price) {
		return fmt.Errorf("按公告的计价单位应为 %s 元、共 %s 元，记录为 %s 元、%s 元", b.Period(f.Price).Yuan(),
			b.Whole(f.Price).Yuan(), f.Yearly.Yuan(), f.Whole.Yuan())
	}
	return nil
}

// otherTerms names what of the mode and its terms is otherwise than the notice and the
// rules under which that was announced have it.
func otherTerms(f trading.OpenedFacts, by mode.Rules, n trading.AnnouncedFacts, editions []rules.Pack) error {
	opened, err := mode.Find(f.Mode)
	if err != nil {
		return err
	}
	noticed, err := mode.Find(cmp.Or(n.Mode, f.Mode))
	if err != nil {
		return err
	}
	if is, said := opened.About(), noticed.About(); is.Name != said.Name {
		return fmt.Errorf("交易方式为%s（%s），按公告应为%s（%s）", is.Label, is.Name, said.Label, said.Name)
	}
	var named error
	for _, p := range editions {
		if p.Ready() != nil { // nothing was announced under it
			continue
		}
		want, err := noticed.Freeze(trading.DraftOf(n.StartPrice, n.Step, p))
		if err != nil {
			return err
		}
		if want == by.Terms() {
			return nil
		}
		frozen, err := noticed.Under(want)
		if err != nil {
			return err
		}
		named = cmp.Or(named, otherWords(toldOf(by), toldOf(frozen)))
	}
	return cmp.Or(named, fmt.Errorf("竞价规则与公告所依据的规则 %s 不符", words.Printable(n.RulePack)))
}

// toldOf lists the terms that a notice says itself.
func toldOf(by mode.Rules) []mode.Term {
	return append([]mode.Term{{Label: "起始价", Price: by.Terms().Start}}, by.Told()...)
}

// otherWords names the first of the told terms that differs.
func otherWords(opened, noticed []mode.Term) error {
	for i, o := range opened {
		if i < len(noticed) && o != noticed[i] {
			return fmt.Errorf("%s为 %s，按公告应为 %s", o.Label, cmp.Or(o.Words, o.Price.Yuan()),
				cmp.Or(noticed[i].Words, noticed[i].Price.Yuan()))
		}
	}
	return nil
}

// differs names what a lot was opened with otherwise than its notice, the rules
// under which that was announced, and the registrations have it.
func (g grounds) differs(e event.Event, f trading.OpenedFacts, opens time.Time) error {
	n, found := g.notice(e.At)
	if !found {
		return errors.New("日志中没有这场竞价的公告")
	}
	editions := g.editions(n)
	if n.RuleVersion > 0 && len(editions) == 0 {
		return fmt.Errorf("公告依据规则 %s 第 %d 版，公告那天施行的不是这一版", words.Printable(n.RulePack), n.RuleVersion)
	}
	by, err := f.ModeRules()
	if err != nil {
		return err
	}
	if err := otherTerms(f, by, n.AnnouncedFacts, editions); err != nil {
		return err
	}
	lasts, _ := by.Lasts()
	for _, c := range []struct{ name, opened, noticed string }{
		{"竞价开始", f.OpensAt, n.OpensAt},
		{"竞价截止", f.EndsAt, event.Stamp(opens.Add(lasts))},
		{"计价单位", f.Unit.Label(), n.Unit.Label()},
	} {
		if c.opened != c.noticed {
			return fmt.Errorf("%s为 %s，按公告应为 %s", c.name, words.Printable(c.opened), words.Printable(c.noticed))
		}
	}
	entered := slices.Compact(slices.Sorted(slices.Values(f.Registrations)))
	if f.Bidders < 1 || f.Bidders+f.Undecided > len(entered) || len(f.Holders) > f.Bidders {
		return fmt.Errorf("竞买人 %d 位、没有审核完的 %d 份、优先权人 %d 位，与 %d 份报名不符", f.Bidders, f.Undecided,
			len(f.Holders), len(entered))
	}
	if !g.enough(n, f.Bidders) {
		return fmt.Errorf("竞买人 %d 位，少于规则所要求的，却开始了竞价", f.Bidders)
	}
	return nil
}
