package words_test

import (
	"testing"

	"sunlot/disclosure/words"
)

// TestFacts: each kind of value is written as a villager reads it, and one that
// is none has nothing to say.
func TestFacts(t *testing.T) {
	for _, c := range []struct {
		got  words.Fact
		want string
	}{
		{words.Text("x", "GC-01"), "GC-01"},
		{words.Yuan("x", 746200), "7,462.00 元"},
		{words.Yuan("x", -100000), "-1,000.00 元"},
		{words.PerMu("x", 40050), "400.50 元/亩·年"},
		{words.Mu("x", 3860), "38.60 亩"},
		{words.Count("x", 3, "次"), "3 次"},
		{words.Count("x", int64(7), ""), "7"},
		{words.YesNo("x", true), "是"},
		{words.YesNo("x", false), "否"},
		{words.Instant("x", "2026-12-31T16:00:00.005Z"), "2027年1月1日 00:00:00.005"},
		{words.Instant("x", "2026-12-31"), ""},
		{words.Day("x", "2026-01-05"), "2026年1月5日"},
		{words.Day("x", ""), ""},
		{words.Day("x", "2026-02-30"), ""},
	} {
		if c.got.Label != "x" || c.got.Value != c.want {
			t.Errorf("%+v, want %q", c.got, c.want)
		}
	}
	if got := words.Document("ab"); got.Value != "ab" || got.Label == "" {
		t.Errorf("%+v", got)
	}
}
