package share

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"sunlot/internal/calendar"
	"sunlot/internal/money"
)

// written is an instant in Beijing as people write it to each other, such as
// 2026年12月8日星期二上午9:00.
func written(at time.Time) string {
	t := at.In(calendar.Beijing)
	part, hour := clockwork(t)
	day := []rune("日一二三四五六")[t.Weekday()]
	return fmt.Sprintf("%d年%d月%d日星期%c%s%d:%02d", t.Year(), t.Month(), t.Day(), day, part, hour, t.Minute())
}

// midnight says whether an instant ends a day; people count it to that day.
func midnight(at time.Time) bool {
	t := at.In(calendar.Beijing)
	return t.Hour() == 0 && t.Minute() == 0
}

// writtenUntil is written for an instant until which something may be done, such
// as 2026年12月14日星期一24:00.
func writtenUntil(at time.Time) string {
	if !midnight(at) {
		return written(at)
	}
	day := written(at.Add(-12 * time.Hour))
	return strings.TrimSuffix(day, "中午12:00") + "24:00"
}

// spokenUntil is spokenTime for an instant until which something may be done,
// such as 十二月十四日晚上十二点.
func spokenUntil(at time.Time) string {
	if !midnight(at) {
		return spokenTime(at)
	}
	return strings.TrimSuffix(spokenTime(at.Add(-12*time.Hour)), "中午十二点") + "晚上十二点"
}

// spokenTime is an instant in Beijing as it is said, such as 十二月八日上午九点.
func spokenTime(at time.Time) string {
	t := at.In(calendar.Beijing)
	part, hour := clockwork(t)
	return spokenWhole(int64(t.Month())) + "月" + spokenWhole(int64(t.Day())) + "日" + part + counted(int64(hour)) +
		"点" + spokenMinute(t.Minute())
}

func spokenMinute(m int) string {
	switch {
	case m == 0:
		return ""
	case m == 30:
		return "半"
	case m < 10:
		return "零" + spokenWhole(int64(m)) + "分"
	}
	return spokenWhole(int64(m)) + "分"
}

// clockwork is the part of the day and the hour as people count it.
func clockwork(t time.Time) (part string, hour int) {
	switch h := t.Hour(); {
	case h < 6:
		return "凌晨", h
	case h < 12:
		return "上午", h
	case h == 12:
		return "中午", h
	case h < 18:
		return "下午", h - 12
	default:
		return "晚上", h - 12
	}
}

// said turns the numerals of a cheque into those that are said.
var said = strings.NewReplacer("壹", "一", "贰", "二", "叁", "三", "肆", "四", "伍", "五", "陆", "六", "柒", "七",
	"捌", "八", "玖", "九",
	"拾", "十", "佰", "百", "仟", "千", "整", "")

// spokenSum is a sum as it is said, such as 四百元五角.
func spokenSum(f money.Fen) string { return plainTen(said.Replace(f.Capital())) }

// spokenWhole is a number as it is said, such as 三十一.
func spokenWhole(n int64) string { return strings.TrimSuffix(spokenSum(money.Fen(n*100)), "元") }

// counted is a number before what it counts, where 2 is 两.
func counted(n int64) string {
	if n == 2 {
		return "两"
	}
	return spokenWhole(n)
}

// spokenArea is an area in mu as it is said, such as 三十八点六.
func spokenArea(a money.Area) string {
	if a%100 == 0 {
		return counted(int64(a / 100))
	}
	return spokenNumber(fmt.Sprintf("%d.%s", a/100, strings.TrimSuffix(fmt.Sprintf("%02d", a%100), "0")))
}

// plainTen says 十五 for "一十五", but 一百一十五.
func plainTen(s string) string {
	if strings.HasPrefix(s, "一十") {
		return strings.TrimPrefix(s, "一")
	}
	return s
}

var numbers = regexp.MustCompile(`[0-9]+(\.[0-9]+)?年?`)

// most is how many digits are still read as one number.
const most = 8

// spokenNumber says a decimal, a year such as 2026年 digit by digit.
func spokenNumber(s string) string {
	s, year := strings.CutSuffix(s, "年")
	whole, part, dot := strings.Cut(s, ".")
	text := oneByOne(whole)
	if n, err := strconv.ParseInt(whole, 10, 64); err == nil && len(whole) <= most &&
		(whole == "0" || whole[0] != '0') && !(year && len(whole) == 4) {
		text = spokenWhole(n)
	}
	if dot {
		text += "点" + oneByOne(part)
	}
	if year {
		text += "年"
	}
	return text
}

func oneByOne(digits string) string {
	return strings.Map(func(r rune) rune { return []rune("零一二三四五六七八九")[r-'0'] }, digits)
}

// spokenName is a name as it is said: numbers in words, and a pause for
// everything that has no sound.
func spokenName(s string) string {
	s = numbers.ReplaceAllStringFunc(width.Fold.String(s), spokenNumber)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }), "，")
}

// cut keeps at most n characters of what is said: up to the last pause when that
// leaves more than half, and never half a number.
func cut(s string, n int) string {
	all := []rune(s)
	if len(all) <= n {
		return s
	}
	head := string(all[:max(n, 0)])
	if at := strings.LastIndex(head, "，"); at >= 0 && utf8.RuneCountInString(head[:at]) > n/2 {
		return head[:at]
	}
	const numerals = "零一二三四五六七八九十百千万亿点"
	if strings.ContainsRune(numerals, all[len([]rune(head))]) {
		head = strings.TrimRight(head, numerals)
	}
	return strings.TrimRight(head, "，")
}
