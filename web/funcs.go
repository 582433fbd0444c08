package web

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

// funcs are the words that templates know besides Go's own.
func (v *Views) funcs() template.FuncMap {
	return template.FuncMap{
		"asset":    v.static.address,
		"yuan":     money.Fen.Yuan,
		"mu":       money.Area.Mu,
		"capital":  money.Fen.Capital,
		"date":     Date,
		"datetime": datetime,
		"until":    Until,
		"yearly":   Yearly,
		"exactly":  Exactly,
		"weekday":  weekday,
		"clock":    clock,
		"second":   second,
		"left":     left,
		"instant":  instant,
		"today":    calendar.DateOf,
		"inc":      func(n int) int { return n + 1 },
		"short":    short,
		"more":     more,
		"called":   identity.Called,
		"sentence": Sentence,
		"list":     func(items ...any) []any { return items },
		"field":    newField,
		"chip":     func(label, tone string) Chip { return Chip{label, tone} },
		"crumbs":   newCrumbs,
		"button":   newButton,
	}
}

// Date writes an instant or a calendar.Date as 2026年11月23日 in Beijing; a zero
// or malformed one is a dash.
func Date(at any) string {
	if t := beijing(at); !t.IsZero() {
		return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
	}
	return "—"
}

// datetime writes an instant as 2026年11月23日 09:30 in Beijing.
func datetime(at time.Time) string {
	if at.IsZero() {
		return "—"
	}
	return Date(at) + at.In(calendar.Beijing).Format(" 15:04")
}

// Until writes the instant until which something may be done as people count
// it: a midnight ends the day before, 2026年11月22日 24:00.
func Until(at time.Time) string {
	if t := at.In(calendar.Beijing); !at.IsZero() && t.Hour() == 0 && t.Minute() == 0 {
		return Date(at.AddDate(0, 0, -1)) + " 24:00"
	}
	return datetime(at)
}

// Yearly writes a month and day such as 03-01 as "3月1日"; another text stays.
func Yearly(day string) string {
	at, err := time.Parse("01-02", day)
	if err != nil {
		return day
	}
	return at.Format("1月2日")
}

// clock writes the time of the day in Beijing, as 09:30.
func clock(at time.Time) string { return at.In(calendar.Beijing).Format("15:04") }

// second writes the time of the day in Beijing, as 09:30:05.
func second(at time.Time) string { return at.In(calendar.Beijing).Format(time.TimeOnly) }

// left writes what is left at an instant until another, such as 1小时02分03秒 in words
// in which the island counts on.
func left(now, until time.Time) string {
	seconds := int((until.Sub(now) + time.Second - 1) / time.Second)
	h, m := seconds/3600, seconds/60%60
	s := seconds % 60
	switch {
	case seconds <= 0:
		return "正在截止"
	case h >= 48:
		return fmt.Sprintf("%d天%d小时", h/24, h%24)
	case h > 0:
		return fmt.Sprintf("%d小时%02d分%02d秒", h, m, s)
	case m > 0:
		return fmt.Sprintf("%d分%02d秒", m, s)
	}
	return fmt.Sprintf("%d秒", s)
}

// Exactly writes an instant as 2026年11月23日 09:30:05.123 in Beijing.
func Exactly(at time.Time) string {
	if at.IsZero() {
		return "—"
	}
	return Date(at) + at.In(calendar.Beijing).Format(" 15:04:05.000")
}

// weekday writes the day of the week in Beijing, such as 星期一.
func weekday(at any) string {
	if t := beijing(at); !t.IsZero() {
		return "星期" + string([]rune("日一二三四五六")[t.Weekday()])
	}
	return ""
}

// instant writes an instant for the datetime attribute of <time>, to the millisecond.
func instant(at any) string {
	switch at := at.(type) {
	case time.Time:
		return at.UTC().Format("2006-01-02T15:04:05.999Z07:00")
	default:
		return fmt.Sprint(at)
	}
}

func beijing(at any) time.Time {
	switch at := at.(type) {
	case time.Time:
		if !at.IsZero() {
			return at.In(calendar.Beijing)
		}
	case calendar.Date:
		if noon := at.At(12, 0); !noon.IsZero() {
			return noon.In(calendar.Beijing)
		}
	}
	return time.Time{}
}

// more says what a year brings beside another one: "多收" or "少收", with the sum.
func more(by money.Fen) string {
	if by < 0 {
		return "少收 " + (-by).Yuan() + " 元"
	}
	return "多收 " + by.Yuan() + " 元"
}

// Sentence ends what a use-case said with a full stop, as prose ends; a message is
// kept without one, since it also stands in lists and within other sentences.
func Sentence(said string) string {
	if said == "" || strings.HasSuffix(said, "。") || strings.HasSuffix(said, "？") || strings.HasSuffix(said, "！") {
		return said
	}
	return said + "。"
}

// short is the beginning of a hash, in groups that an eye can compare.
func short(hash string) string {
	if len(hash) > 16 {
		hash = hash[:16]
	}
	var groups []string
	for len(hash) > 4 {
		groups, hash = append(groups, hash[:4]), hash[4:]
	}
	return strings.Join(append(groups, hash), " ")
}
