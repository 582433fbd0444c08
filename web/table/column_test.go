package table

import (
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/money"
)

// TestNoCellIsAFormula: a spreadsheet would run what begins like one, also in
// full width and after spaces.
func TestNoCellIsAFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+86": "'+86", "-5": "'-5", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", " =1": "' =1",
		"\u3000＝1": "'\u3000＝1",
		"＋1":       "'＋1", "\n@x": "'\n@x", "": "", " ": " ", "王五": "王五", "5-6": "5-6",
	} {
		if got := harmless(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestCellsAreAsASpreadsheetReadsThem: sums and areas without marks between thousands,
// times in Beijing, nothing for what has not come.
func TestCellsAreAsASpreadsheetReadsThem(t *testing.T) {
	at := time.Date(2026, 12, 8, 1, 30, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{Yuan("", func(n int) money.Fen { return money.Fen(n) }).Value(123456789), "1234567.89"},
		{Mu("", func(n int) money.Area { return money.Area(n) }).Value(3860), "38.60"},
		{Count("", func(n int) int { return n }).Value(5), "5"},
		{Moment("", func(int) time.Time { return at }).Value(0), "2026-12-08 09:30"},
		{Moment("", func(int) time.Time { return time.Time{} }).Value(0), ""},
		{Day("", func(int) calendar.Date { return "2026-12-08" }).Value(0), "2026-12-08"},
		{Text("", func(int) string { return "王五" }).Value(0), "王五"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
