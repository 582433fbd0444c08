package main

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// minute hides in a page what every minute changes by itself: the time, and how
// many leaves the log has.
var minute = regexp.MustCompile(`20\d\d年\d+月\d+日 [0-9:.]+|<b>\d+</b> 条`)

// TestReportsCannotBeCounted reads everything that the public and every official
// can reach: with no report and again with five not one byte differs, and after
// the next blind tick nothing differs but what a tick changes without reports.
func TestReportsCannotBeCounted(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		eyes := map[string]*client{"public": r.nobody()}
		for _, login := range []string{"clerk", "supervision", "station", "leader", "admin", "daibiao"} {
			eyes[login] = r.browser(login)
		}
		read := func() map[string]string {
			all := map[string]string{}
			for name, c := range eyes {
				for path, body := range c.crawl("/", "/office", "/tenders", "/log", "/results", "/log/checkpoint", "/api/v1/orgs", "/api/v1/tenders", "/readyz") {
					all[name+" "+path] = masks.ReplaceAllString(body, "")
				}
			}
			return all
		}
		report := func() {
			for i, who := range []string{"village", "village", "township", "bidder", "unsure"} {
				r.reported(r.about(who, r.org("青塘村村民委员会")), jpegOf(t, i))
			}
		}
		r.tick()
		before := read()
		report()
		after := read()
		same(t, "five reports", before, after)
		r.tick()
		same(t, "the tick that holds them", beyondTheLog(after), beyondTheLog(read()))
		if strings.Contains(strings.Join(values(after), ""), "鱼塘租金没有进") {
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
			others[path] = minute.ReplaceAllString(body, "")
		}
	}
	return others
}

// tick makes the next minute's blind tick and signs it.
func (r *running) tick() {
	r.t.Helper()
	r.jump(r.clock.Now().Add(time.Minute))
	r.ok(r.blind.TickIfDue(r.t.Context()))
	r.keepLog()
}

func same(t *testing.T, what string, before, after map[string]string) {
	t.Helper()
	if len(before) != len(after) {
		t.Errorf("%s: %d addresses before, %d after", what, len(before), len(after))
	}
	for path, body := range before {
		if after[path] != body {
			t.Errorf("%s shows at %s:\n%s", what, path, firstDifference(body, after[path]))
		}
	}
}

// TestTicksWithReportsLookLikeOthers: a tick's leaf has the same form and length
// whether or not somebody reported.
func TestTicksWithReportsLookLikeOthers(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		r.tick()
		leaves := r.leaves()
		for range 5 {
			r.reported(r.about("village", ""))
		}
		r.tick()
		if grown := r.leaves() - leaves; grown != 1 {
			t.Errorf("with five reports the log grew by %d leaves; a minute's tick is one", grown)
		}
		events, err := r.db.Events(t.Context(), "blind:ticks", 0, 10)
		r.ok(err)
		if len(events) < 2 {
			t.Fatalf("%d ticks", len(events))
		}
		idle, full := events[len(events)-2], events[len(events)-1]
		if len(idle.Facts) != len(full.Facts) || string(root.ReplaceAll(idle.Facts, nil)) != strings.Replace(string(root.ReplaceAll(full.Facts, nil)), `"tick":2`, `"tick":1`, 1) {
			t.Errorf("idle %s, with reports %s", idle.Facts, full.Facts)
		}
		if n := len(r.waiting(r.offices[0])); n != 5 {
			t.Errorf("%d reports wait", n)
		}
	})
}

// leaves is how many the signed log has.
func (r *running) leaves() int64 {
	r.t.Helper()
	head, err := r.db.Head(r.t.Context())
	r.ok(err)
	return signedSize(head.Checkpoint)
}

var root = regexp.MustCompile(`[0-9a-f]{64}`)
