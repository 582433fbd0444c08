package report_test

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// TestAReportThatCannotBeTakenNowIsNotLost: a log that is full for a minute, and
// a page that was sent already, give the form back with all that was typed, under
// a new number.
func TestAReportThatCannotBeTakenNowIsNotLost(t *testing.T) {
	r := housetest.OnSQLite(t)
	form := r.About("unsure", "")
	r.Reported(form)
	form.Set("text", "回头又想起来的另一件事")
	for what, want := range map[string]struct {
		status int
		says   string
		before func()
	}{
		"sent already": {409, "刚才已经提交成功", func() {}},
		"a full log":   {503, "当前使用人数较多", func() { r.Fill(); form.Set("request_id", event.NewID()) }},
	} {
		want.before()
		a := r.Nobody().Sealed("/report", form)
		if a.StatusCode != want.status || !strings.Contains(a.Body, want.says) ||
			!strings.Contains(a.Body, "回头又想起来的另一件事") || strings.Contains(a.Body, form.Get("request_id")) {
			t.Errorf("%s: %d %s", what, a.StatusCode, housetest.Brief(a.Body))
		}
		form = r.About("unsure", "")
		emptyTick(r)
		r.Reported(form)
		form.Set("text", "回头又想起来的另一件事")
	}
}

func emptyTick(r *housetest.House) {
	housetest.Beside(r, "DELETE FROM blind_commitments WHERE committed_at = 0")
}

// TestARefusedReportLeavesNoTrailInTheBrowser: also the answers that come from no
// page of the box are kept by no cache, and no page that follows is told of the box.
func TestARefusedReportLeavesNoTrailInTheBrowser(t *testing.T) {
	r := housetest.OnSQLite(t)
	form := r.About("unsure", "")
	for what, a := range map[string]housetest.Answer{
		"the form":        r.Nobody().Get("/report?place=" + r.Org("青塘村村民委员会")),
		"a foreign page":  r.Nobody().With("Origin", "https://evil.example").Sealed("/report", form),
		"no address":      r.Nobody().Sealed("/report/nowhere", form),
		"no form of ours": r.Nobody().Submit("/report", url.Values{"text": {"x"}}),
		"taken":           r.Nobody().Sealed("/report", form),
	} {
		if a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Referrer-Policy") != "origin" ||
			len(a.Header.Values("Set-Cookie")) > 0 {
			t.Errorf("%s: %d %v", what, a.StatusCode, a.Header)
		}
	}
}
