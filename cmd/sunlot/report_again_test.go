package main

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"sunlot/internal/event"
)

// TestAReportThatCannotBeTakenNowIsNotLost: a log that is full for a minute, and
// a page that was sent already, give the form back with all that was typed, under
// a new number.
func TestAReportThatCannotBeTakenNowIsNotLost(t *testing.T) {
	r := sqliteHouse(t)
	form := r.about("unsure", "")
	r.reported(form)
	form.Set("text", "回头又想起来的另一件事")
	for what, want := range map[string]struct {
		status int
		says   string
		before func()
	}{
		"sent already": {409, "那一次已经收好", func() {}},
		"a full log":   {503, "提交的人太多", func() { r.fill(); form.Set("request_id", event.NewID()) }},
	} {
		want.before()
		a := r.nobody().sealed("/report", form)
		if a.StatusCode != want.status || !strings.Contains(a.body, want.says) || !strings.Contains(a.body, "回头又想起来的另一件事") || strings.Contains(a.body, form.Get("request_id")) {
			t.Errorf("%s: %d %s", what, a.StatusCode, brief(a.body))
		}
		form = r.about("unsure", "")
		r.empty()
		r.reported(form)
		form.Set("text", "回头又想起来的另一件事")
	}
}

// fill puts as many commitments into the log's queue as it takes, from beside the program.
func (r *running) fill() {
	r.beside(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8192)
		INSERT INTO blind_commitments (commitment, committed_at, due_at) SELECT printf('%064x', i), 0, 0 FROM n`)
}

func (r *running) empty() { r.beside("DELETE FROM blind_commitments WHERE committed_at = 0") }

func (r *running) beside(statement string) {
	r.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.store.Dir, "sunlot.db")+"?_pragma=busy_timeout(10000)")
	r.ok(err)
	defer db.Close()
	_, err = db.Exec(statement)
	r.ok(err)
}

// TestARefusedReportLeavesNoTrailInTheBrowser: also the answers that come from no
// page of the box are kept by no cache, and no page that follows is told of the box.
func TestARefusedReportLeavesNoTrailInTheBrowser(t *testing.T) {
	r := sqliteHouse(t)
	form := r.about("unsure", "")
	for what, a := range map[string]answer{
		"the form":        r.nobody().get("/report?place=" + r.org("青塘村村民委员会")),
		"a foreign page":  r.nobody().with("Origin", "https://evil.example").sealed("/report", form),
		"no address":      r.nobody().sealed("/report/nowhere", form),
		"no form of ours": r.nobody().submit("/report", url.Values{"text": {"x"}}),
		"taken":           r.nobody().sealed("/report", form),
	} {
		if a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Referrer-Policy") != "origin" || len(a.Header.Values("Set-Cookie")) > 0 {
			t.Errorf("%s: %d %v", what, a.StatusCode, a.Header)
		}
	}
}
