package trading

import (
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/trading/mode"
)

// Outage is a time in which no server could take a bid.
type Outage struct{ From, Until time.Time }

// Hours are those in which the end of a bidding may fall that an outage has moved:
// on working days, from the hour at which biddings open to that at which
// registrations end. The zero value is every hour.
type Hours struct {
	days        calendar.Calendar
	from, until time.Duration // after midnight in Beijing
}

// HoursOf reads the hours from the days of a notice as it was announced.
func HoursOf(days calendar.Calendar, registerUntil, opensAt time.Time) Hours {
	return Hours{days: days, from: sinceMidnight(opensAt), until: sinceMidnight(registerUntil)}
}

func sinceMidnight(at time.Time) time.Duration { return at.Sub(calendar.DateOf(at).At(0, 0)) }

// fit moves an end that nobody can wait for to the next working morning, with the
// time that was left.
func (h Hours) fit(end time.Time, left time.Duration) time.Time {
	if h.until <= h.from {
		return end
	}
	day, at := calendar.DateOf(end), sinceMidnight(end)
	worked, _ := h.days.Working(day)
	if worked && at >= h.from && at <= h.until {
		return end
	}
	if !worked || at > h.until {
		day, _ = h.days.AddWorkingDays(day, 1)
	}
	return day.At(0, 0).Add(h.from + left)
}

// begins is from when the bidding may lose time: its opening, and on a day to which
// an earlier outage has moved its end the first hour of that day. In the nights and
// on the days off before it nobody was to bid.
func (h Hours) begins(b mode.Board) time.Time {
	begins := b.OpensAt
	if morning := calendar.DateOf(b.EndsAt.Add(-1)).At(0, 0).Add(h.from); h.until > h.from && morning.After(begins) {
		begins = morning
	}
	return begins
}

// GivesBack is the end of a bidding after the outage, and whether the outage
// touches it: while bids could be placed the clock stood still, and at least the time to spare of its mode is
// left to whoever comes back. An end at night or on a day off waits for the next working
// morning. What began when the lot should have been closed already changes nothing.
func (o Outage) GivesBack(spare time.Duration, b mode.Board, h Hours) (end time.Time, lost bool) {
	if !o.Until.After(b.OpensAt) || !o.From.Before(b.EndsAt.Add(Grace)) {
		return b.EndsAt, false
	}
	end = b.EndsAt
	from := o.From
	if begins := h.begins(b); from.Before(begins) {
		from = begins
	}
	if from.Before(b.EndsAt) && from.Before(o.Until) {
		end = end.Add(o.Until.Sub(from))
	}
	if least := o.Until.Add(spare); end.Before(least) {
		end = least
	}
	return h.fit(end, end.Sub(o.Until)), true
}

// leastLeft is what whoever comes back has of a last day at least, to register or
// to object: an outage that took less and left more changes nothing.
const leastLeft = 30 * time.Minute

// defers is an end that lies days after its beginning, by the rule of GivesBack for
// its last day.
func (o Outage) defers(end time.Time, h Hours) (later time.Time, lost bool) {
	from := h.begins(mode.Board{EndsAt: end})
	if !o.Until.After(o.From) { // a clock that was set back has taken nothing of days
		return end, false
	}
	if !o.Until.After(from) || !o.From.Before(end.Add(Grace)) {
		return end, false
	}
	if o.From.After(from) {
		from = o.From
	}
	if o.Until.Sub(from) < leastLeft && end.Sub(o.Until) >= leastLeft {
		return end, false
	}
	return o.GivesBack(leastLeft, mode.Board{EndsAt: end}, h)
}

// DefersRegistration is the end of a registration after the outage, and whether that
// took too much of its last day. It ends an hour later than usual at most, so that
// the station can still decide, or else on the next working day, with the time
// that was left.
func (o Outage) DefersRegistration(end time.Time, h Hours) (later time.Time, lost bool) {
	if h.until > h.from {
		h.until += time.Hour
	}
	return o.defers(end, h)
}

// DefersPublicity is the same for the end of a result's publicity, whose last day is
// public until midnight and is given back whole.
func (o Outage) DefersPublicity(end time.Time, h Hours) (later time.Time, lost bool) {
	if h.until > h.from {
		h.until = 24 * time.Hour
	}
	later, lost = o.defers(end, h)
	return calendar.DateOf(later.Add(-1)).AddDays(1).At(0, 0), lost
}

// Opening is when a bidding opens whose registration ends then: the working day after.
func (h Hours) Opening(registerUntil time.Time) time.Time {
	next, _ := h.days.AddWorkingDays(calendar.DateOf(registerUntil), 1)
	return next.At(0, 0).Add(h.from)
}

// ResumedFacts is what the public log says when lost time is given back.
type ResumedFacts struct {
	From   string `json:"from"`
	Until  string `json:"until"`
	EndsAt string `json:"ends_at"`
}

func (f ResumedFacts) told() []words.Fact {
	return []words.Fact{
		words.Instant("中断开始", f.From),
		words.Instant("恢复", f.Until),
		words.Instant("竞价截止", f.EndsAt),
	}
}

// NoticeResumedFacts is what the public log says when an outage has moved the end of
// a registration, and the opening after it.
type NoticeResumedFacts struct {
	From          string `json:"from"`
	Until         string `json:"until"`
	Before        string `json:"register_until_before"`
	OpensBefore   string `json:"opens_at_before"`
	RegisterUntil string `json:"register_until"`
	OpensAt       string `json:"opens_at"`
}

func (f NoticeResumedFacts) told() []words.Fact {
	return []words.Fact{
		words.Instant("中断开始", f.From),
		words.Instant("恢复", f.Until),
		words.Instant("原来的报名截止", f.Before),
		words.Instant("原来的竞价开始", f.OpensBefore),
		words.Instant("报名截止", f.RegisterUntil),
		words.Instant("竞价开始", f.OpensAt),
	}
}

// AwardResumedFacts is what the public log says when an outage has moved the end of a
// result's publicity.
type AwardResumedFacts struct {
	From        string `json:"from"`
	Until       string `json:"until"`
	Before      string `json:"public_until_before"`
	PublicUntil string `json:"public_until"`
}

func (f AwardResumedFacts) told() []words.Fact {
	return []words.Fact{
		words.Instant("中断开始", f.From),
		words.Instant("恢复", f.Until),
		words.Instant("原来的公示期至", f.Before),
		words.Instant("公示期至", f.PublicUntil),
	}
}
