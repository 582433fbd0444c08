package verify

import (
	"strings"
	"testing"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/trading"
)

// ownLot gives the county's lot an id of its own, which its notice names.
func ownLot(t *testing.T) *county {
	t.Helper()
	c := newCounty(t)
	for _, noun := range []string{"lot", "contract"} {
		before, after := event.Of(noun, "a"), event.Of(noun, "b")
		var moved []ledger.Entry
		for _, entry := range c.report.Streams[before] {
			entry.Event.Stream = after
			moved = append(moved, entry)
		}
		delete(c.report.Streams, before)
		c.report.Streams[after] = moved
	}
	for _, of := range []string{"", "/award", "/contract"} {
		c.pages["/api/v1/lots/b"+of] = c.pages["/api/v1/lots/a"+of]
		delete(c.pages, "/api/v1/lots/a"+of)
	}
	c.relogs("tender:a", 1, "lots", []string{"b"})
	c.shows("/api/v1/tenders/a", "b", "lot")
	return c
}

// TestALotIsFollowedFromItsNotice: the notice names its lots, so that an outsider finds what
// was bid, signed and paid; a log from before that names none is read as it was meant.
func TestALotIsFollowedFromItsNotice(t *testing.T) {
	c := ownLot(t)
	wrong, err := Compare(t.Context(), c.served()+"/", c.report)
	if err != nil || len(wrong) > 0 {
		t.Fatalf("%q %v", wrong, err)
	}
	for name, of := range map[string]*county{"own": c, "from before": newCounty(t)} {
		story := strings.Join(Stories(of.report, says(t)), "\n")
		for _, line := range []string{"竞价结束，成交：成交的竞买号 2000", "签订合同：竞买号 2000", "收到租金"} {
			if !strings.Contains(story, line) {
				t.Errorf("%s: %q is not told", name, line)
			}
		}
	}
}

// TestALotThatIsNotItsNotices: one that no notice names, that two name, or another on the page.
func TestALotThatIsNotItsNotices(t *testing.T) {
	for says, change := range map[string]func(*county){
		"日志中没有这场竞价的公告": func(c *county) { c.relogs("tender:a", 1, "lots", []string{"x"}) },
		"标的 b 已由另一份公告（tender:a）公告": func(c *county) {
			c.logs("tender:z", "tender.announced", trading.AnnouncedFacts{Lots: []string{"b"}})
			c.report.Streams["tender:z"][0].Event.Facts = c.report.Streams["tender:a"][0].Event.Facts
			c.pages["/api/v1/tenders/z"] = c.pages["/api/v1/tenders/a"]
		},
		"页面上的标的为 x，日志中为 b": func(c *county) { c.shows("/api/v1/tenders/a", "x", "lot") },
	} {
		c := ownLot(t)
		change(c)
		wrong, err := Compare(t.Context(), c.served()+"/", c.report)
		if err != nil || !strings.Contains(strings.Join(wrong, "\n"), says) {
			t.Errorf("want %q: %q %v", says, wrong, err)
		}
	}
}
