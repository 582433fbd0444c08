package web

import (
	"testing"
	"time"
)

// TestChartPath has the same lines as the island's test: both draw one chart.
func TestChartPath(t *testing.T) {
	open := time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)
	c := Chart{From: open, Until: open.Add(time.Hour), Start: 36000}
	is := func(want string) {
		t.Helper()
		if got := c.Path(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	is("M0 180H600")
	c.Add(open.Add(time.Millisecond), 36000)
	c.Add(open.Add(1_199_999*time.Millisecond), 36077)
	is("M0 180H0V180H199V50H600")
	c.Add(open.Add(9000*time.Second), 40000)
	is("M0 180H0V180H199V177H600V10H600")
	c.Until = open
	is("M0 180H0V10H600")
	if c.Highest() != 40000 || (Chart{Start: 36000}).Highest() != 36000 {
		t.Errorf("the highest price is %d", c.Highest())
	}
}
