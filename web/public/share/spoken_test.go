package share

import (
	"testing"
	"time"

	"sunlot/internal/money"
)

// TestTimesAsTheyAreSaid goes round the clock of Beijing.
func TestTimesAsTheyAreSaid(t *testing.T) {
	for _, c := range []struct {
		at            time.Time
		said, written string
	}{
		{beijing(8, 9, 0), "十二月八日上午九点", "2026年12月8日星期二上午9:00"},
		{beijing(10, 0, 5), "十二月十日凌晨零点零五分", "2026年12月10日星期四凌晨0:05"},
		{beijing(11, 5, 59), "十二月十一日凌晨五点五十九分", "2026年12月11日星期五凌晨5:59"},
		{beijing(20, 12, 30), "十二月二十日中午十二点半", "2026年12月20日星期日中午12:30"},
		{beijing(22, 14, 10), "十二月二十二日下午两点十分", "2026年12月22日星期二下午2:10"},
		{beijing(31, 18, 0), "十二月三十一日晚上六点", "2026年12月31日星期四晚上6:00"},
		{time.Date(2026, 2, 1, 16, 0, 0, 0, time.UTC), "二月二日凌晨零点", "2026年2月2日星期一凌晨0:00"},
	} {
		if said, on := spokenTime(c.at), written(c.at); said != c.said || on != c.written {
			t.Errorf("%v is %s and %s, want %s and %s", c.at, said, on, c.said, c.written)
		}
	}
}

// TestMidnightEndsTheDayBefore: a villager told that something is open until the
// 15th would come on the 15th.
func TestMidnightEndsTheDayBefore(t *testing.T) {
	for _, c := range []struct {
		at            time.Time
		said, written string
	}{
		{beijing(15, 0, 0), "十二月十四日晚上十二点", "2026年12月14日星期一24:00"},
		{beijing(15, 17, 30), "十二月十五日下午五点半", "2026年12月15日星期二下午5:30"},
	} {
		if said, on := spokenUntil(c.at), writtenUntil(c.at); said != c.said || on != c.written {
			t.Errorf("%v is %s and %s, want %s and %s", c.at, said, on, c.said, c.written)
		}
	}
}

// TestNumbersAsTheyAreSaid covers sums in fen, areas in 0.01 mu and names.
func TestNumbersAsTheyAreSaid(t *testing.T) {
	for fen, want := range map[money.Fen]string{1000: "十元", 1550: "十五元五角", 11500: "一百一十五元", 40005: "四百元零五分",
		1000000: "一万元", 1659800: "一万六千五百九十八元", 10000000: "十万元", 20100: "二百零一元"} {
		if got := spokenSum(fen); got != want {
			t.Errorf("%d fen are %s, want %s", fen, got, want)
		}
	}
	for area, want := range map[money.Area]string{3860: "三十八点六", 5: "零点零五", 200: "两", 250: "二点五", 1000: "十"} {
		if got := spokenArea(area); got != want {
			t.Errorf("%d are %s, want %s", area, got, want)
		}
	}
	for name, want := range map[string]string{
		"东坡茶园":                                 "东坡茶园",
		"2026年 3号地（38.60亩）":                    "二零二六年，三号地，三十八点六零亩",
		"A-12/“老窑”":                            "A，十二，老窑",
		"\uff11\uff10\u53f7\uff08\u4e1c\uff09": "十号，东",
		"007塘":                                 "零零七塘",
		"123456789塘":                           "一二三四五六七八九塘",
		"15年园":                                 "十五年园",
		"·":                                    "",
	} {
		if got := spokenName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// TestCut cuts at a pause, else between characters, never inside a number.
func TestCut(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"东坡茶园", 4, "东坡茶园"}, {"东坡茶园", 3, "东坡茶"}, {"东坡茶园，上园", 6, "东坡茶园"}, {"东，坡茶园地", 5, "东，坡茶园"},
		{"东坡一百二十亩", 5, "东坡"}, {"东坡一百亩地", 4, "东坡一百"}, {"东坡", 0, ""}, {"东坡", -3, ""},
	} {
		if got := cut(c.text, c.most); got != c.want {
			t.Errorf("%s cut to %d is %q, want %q", c.text, c.most, got, c.want)
		}
	}
}
