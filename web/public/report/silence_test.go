package report_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
)

// TestReportsCannotBeCounted reads everything that the public and every official
// can reach: with no report and again with five not one byte differs, and after
// the next blind tick nothing differs but what a tick changes without reports.
func TestReportsCannotBeCounted(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		eyes := map[string]*housetest.Client{"public": r.Nobody()}
		for _, login := range []string{"clerk", "supervision", "station", "leader", "admin", "daibiao"} {
			eyes[login] = r.Browser(login)
		}
		read := func() map[string]string {
			all := map[string]string{}
			for name, c := range eyes {
				for path, body := range c.Crawl("/", "/office", "/tenders", "/log", "/results", "/log/checkpoint",
					"/api/v1/orgs", "/api/v1/tenders", "/readyz") {
					all[name+" "+path] = housetest.Masks.ReplaceAllString(body, "")
				}
			}
			return all
		}
		report := func() {
			for i, who := range []string{"village", "village", "township", "bidder", "unsure"} {
				r.Reported(r.About(who, r.Org("青塘村村民委员会")), housetest.JpegOf(t, i))
			}
		}
		tick(r)
		before := read()
		report()
		after := read()
		housetest.Same(t, "five reports", before, after)
		tick(r)
		housetest.Same(t, "the tick that holds them", beyondTheLog(after), beyondTheLog(read()))
		if strings.Contains(strings.Join(housetest.Values(after), ""), "鱼塘租金没有进") {
			t.Error("a report can be read")
		}
	})
}

// beyondTheLog is the pages without the log's own, which grow with every tick
// (TestTicksWithReportsLookLikeOthers has those), and without the minute.
func beyondTheLog(pages map[string]string) map[string]string {
	others := map[string]string{}
	for path, body := range pages {
		if !strings.Contains(path, " /log") {
			others[path] = housetest.Minute.ReplaceAllString(body, "")
		}
	}
	return others
}

// tick makes the next minute's blind tick and signs it.
func tick(r *housetest.House) {
	r.T.Helper()
	r.Jump(r.Clock.Now().Add(time.Minute))
	r.Ok(r.Blind.TickIfDue(r.T.Context()))
	r.KeepLog()
}

// TestTicksWithReportsLookLikeOthers: a tick's leaf has the same form and length
// whether or not somebody reported.
func TestTicksWithReportsLookLikeOthers(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		tick(r)
		leaves := leavesOf(r)
		for range 5 {
			r.Reported(r.About("village", ""))
		}
		tick(r)
		if grown := leavesOf(r) - leaves; grown != 1 {
			t.Errorf("with five reports the log grew by %d leaves; a minute's tick is one", grown)
		}
		events, err := r.DB.Events(t.Context(), "blind:ticks", 0, 10)
		r.Ok(err)
		if len(events) < 2 {
			t.Fatalf("%d ticks", len(events))
		}
		idle, full := events[len(events)-2], events[len(events)-1]
		if len(idle.Facts) != len(full.Facts) ||
			string(housetest.Root.ReplaceAll(idle.Facts,
				nil)) != strings.Replace(string(housetest.Root.ReplaceAll(full.Facts, nil)), `"tick":2`, `"tick":1`,
				1) {
			t.Errorf("idle %s, with reports %s", idle.Facts, full.Facts)
		}
		if n := len(r.Waiting(r.Offices[0])); n != 5 {
			t.Errorf("%d reports wait", n)
		}
	})
}

// leavesOf is how many the signed log has.
func leavesOf(r *housetest.House) int64 {
	r.T.Helper()
	head, err := r.DB.Head(r.T.Context())
	r.Ok(err)
	return housetest.SignedSize(head.Checkpoint)
}
