package room_test

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestReportsAreGoneThroughWithoutTheList: a report's page leads to its neighbours among
// the unfinished ones, and the answer that finishes it to the next.
func TestReportsAreGoneThroughWithoutTheList(t *testing.T) {
	r := housetest.OnSQLite(t)
	room := r.Reading()
	for range 3 {
		r.Reported(r.About("unsure", ""))
	}
	r.Ok(room.Lead.Work(t.Context()))
	officer := room.At("jiwei")
	var paths []string
	for _, part := range strings.Split(officer.Get("/reports").Body, `<a href="/reports/`)[1:] {
		paths = append(paths, "/reports/"+part[:16])
	}
	if len(paths) != 3 {
		t.Fatalf("%d reports", len(paths))
	}
	shows := func(path string, parts ...string) {
		t.Helper()
		page := officer.Get(path).Body
		for _, part := range parts {
			if !strings.Contains(page, part) {
				t.Errorf("%s: no %q", path, part)
			}
		}
	}
	id := func(n int) string { return strings.TrimPrefix(paths[n], "/reports/") }
	shows(paths[1], "未办结的受理件：第 <b>2</b> 件，共 3 件", `rel="prev" href="`+paths[0]+`"`, `rel="next" href="`+paths[2]+`"`,
		`name="then" value="`+id(2)+`"`)
	done := housetest.Once(url.Values{
		"state":   {"finished"},
		"text":    {"已经办结。"},
		"version": {"1"},
		"then":    {id(2)},
	})
	a := officer.Submit(paths[1]+"/answers", done)
	if a.StatusCode != 303 || a.Location() != paths[1]+"?then="+id(2) {
		t.Fatalf("the answer leads to %d %s", a.StatusCode, a.Location())
	}
	shows(a.Location(), "还有 2 件", `rel="next" href="`+paths[2]+`"`)
	shows(paths[1]+"?then=first", `rel="next" href="`+paths[0]+`"`)
	if strings.Contains(officer.Get(paths[1]).Body, "逐件办理") {
		t.Error("a finished report stands in the queue")
	}
	if other := room.At("zhenjiwei").Get("/reports").Body; strings.Contains(other, "逐件办理") {
		t.Error("the list stands in a queue")
	}
}
