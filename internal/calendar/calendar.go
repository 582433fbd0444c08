// Package calendar knows the time in China and which days are worked.
package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sunlot/internal/fault"
)

// Beijing is the zone of every date on the screen. China keeps no summer time.
var Beijing = time.FixedZone("UTC+8", 8*60*60)

// Clock tells the time. Rules ask the injected one, never the machine's.
type Clock interface{ Now() time.Time }

// System is the machine's clock.
type System struct{}

func (System) Now() time.Time { return time.Now().UTC() }

// Date is a day in Beijing, written 2006-01-02; dates sort as text.
type Date string

// Last is the last day that there is: until then lasts what has no end.
const Last Date = "9999-12-31"

// DateOf is the day in Beijing at that instant.
func DateOf(at time.Time) Date { return Date(at.In(Beijing).Format(time.DateOnly)) }

// ParseDate reads a date such as 2026-11-23. Days before 1949 and after 2199 are refused as slips.
func ParseDate(s string) (Date, error) {
	day, err := time.ParseInLocation(time.DateOnly, s, Beijing)
	if err != nil || day.Year() < 1949 || day.Year() > 2199 {
		return "", fault.New(fault.Invalid, "请填写日期，例如 2026-11-23")
	}
	return Date(s), nil
}

// At is the instant of an hour and minute of the day in Beijing, in UTC.
// A malformed date gives the zero time.
func (d Date) At(hour, minute int) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, string(d), Beijing)
	if err != nil {
		return time.Time{}
	}
	return day.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute).UTC()
}

// AddDays is n calendar days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.At(12, 0).AddDate(0, 0, n)) }

// AddYears is the same day n years later; 29 February becomes 1 March.
func (d Date) AddYears(n int) Date { return DateOf(d.At(12, 0).AddDate(n, 0, 0)) }

// DaysUntil counts the calendar days from d to a later day; it is negative for an earlier one.
func (d Date) DaysUntil(later Date) int {
	return int(later.At(12, 0).Sub(d.At(12, 0)).Hours() / 24)
}

// Span is a run of days, both ends included.
type Span struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

func (s Span) has(d Date) bool { return s.From <= d && d <= s.To }

// Year is one year's published schedule of holidays and worked weekend days ("调休").
type Year struct {
	Year     int    `json:"year"`
	Source   string `json:"source"`
	Holidays []Span `json:"holidays"`
	Worked   []Date `json:"worked"`
}

// Check refuses a schedule that does not fit its year.
func (y Year) Check() error {
	var f fault.Form
	f.Between("year", "年份", int64(y.Year), 2020, 2199)
	f.Line("source", "来源文件", y.Source, 200)
	if len(y.Holidays) == 0 || len(y.Holidays) > 30 {
		f.Add("holidays", "请填写全年的节假日安排，最多30段")
	}
	if len(y.Worked) > 30 {
		f.Add("worked", "调休上班日最多30天")
	}
	prefix := fmt.Sprintf("%d-", y.Year)
	off := 0
	for _, s := range y.Holidays {
		if s.From.valid() && s.To.valid() {
			off += s.From.DaysUntil(s.To) + 1
		}
		switch {
		case !s.From.valid() || !s.To.valid():
			f.Add("holidays", "节假日安排的日期请写成 %d-01-01", y.Year)
		case !in(s.From, prefix) || !in(s.To, prefix) || s.To < s.From:
			f.Add("holidays", "节假日安排 %s 至 %s 不在%d年内或先后颠倒", s.From, s.To, y.Year)
		case s.From.DaysUntil(s.To) >= longestHoliday:
			f.Add("holidays", "节假日安排 %s 至 %s 超过%d天，请核对", s.From, s.To, longestHoliday)
		}
	}
	if off > mostDaysOff {
		f.Add("holidays", "节假日安排合计%d天，超过%d天，请核对", off, mostDaysOff)
	}
	for _, d := range y.Worked {
		switch {
		case !d.valid():
			f.Add("worked", "调休上班日请写成 %d-01-01", y.Year)
		case !in(d, prefix) || !weekend(d):
			f.Add("worked", "调休上班日 %s 应是%d年的周六或周日", d, y.Year)
		}
	}
	return f.Err()
}

// longestHoliday is more days than any holiday has had. A slip of the pen would
// move every open day, and none moves back.
const longestHoliday = 12

// mostDaysOff is more days than all holidays of a year have had together, the
// weekends in them counted.
const mostDaysOff = 60

func (d Date) valid() bool {
	_, err := ParseDate(string(d))
	return err == nil
}

func in(d Date, prefix string) bool { return strings.HasPrefix(string(d), prefix) }

func weekend(d Date) bool {
	day := d.At(12, 0).In(Beijing).Weekday()
	return day == time.Saturday || day == time.Sunday
}

// Calendar is the schedules known so far, by year.
type Calendar map[int]Year

// With is the calendar and the given schedules, which go before those it had.
func (c Calendar) With(years ...Year) Calendar {
	all := Calendar{}
	for n, y := range c {
		all[n] = y
	}
	for _, y := range years {
		all[y.Year] = y
	}
	return all
}

// statutory are the days, as month and day, that the statute frees in every year
// ("《全国年节及纪念日放假办法》" of 2024). Its other days go by the moon and the sun:
// they are known with the year's schedule.
var statutory = []string{"-01-01", "-05-01", "-05-02", "-10-01", "-10-02", "-10-03"}

// Working says whether the day is worked, and whether its year's schedule is
// published. In a year without one Monday to Friday are worked but for the
// statute's fixed days, and every date computed with it may still move.
func (c Calendar) Working(d Date) (worked, published bool) {
	year, published := c[d.At(12, 0).In(Beijing).Year()]
	for _, w := range year.Worked {
		if w == d {
			return true, published
		}
	}
	for _, s := range year.Holidays {
		if s.has(d) {
			return false, published
		}
	}
	if !published && len(d) == len(time.DateOnly) && slices.Contains(statutory, string(d[4:])) {
		return false, false
	}
	return !weekend(d), published
}

// AddWorkingDays is the n-th working day after d; d itself does not count.
// firm is false when the answer rests on a year without a published schedule.
func (c Calendar) AddWorkingDays(d Date, n int) (day Date, firm bool) {
	firm = true
	for n > 0 {
		d = d.AddDays(1)
		worked, published := c.Working(d)
		firm = firm && published
		if worked {
			n--
		}
	}
	return d, firm
}

// Exactly writes an instant as people in Beijing read it, to the second.
func Exactly(at time.Time) string { return at.In(Beijing).Format("2006年1月2日15:04:05") }
