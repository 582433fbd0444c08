package demo_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

func TestTheSeedIsServed(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		r.KeepLog()
		for _, login := range []string{"clerk", "supervision", "station", "leader", "daibiao", "admin"} {
			var me struct{ Person, Name string }
			r.Program(login).Get("/api/v1/me").Into(t, &me)
			if me.Person != r.Actor(login).PersonID {
				t.Errorf("%s is %v", login, me)
			}
		}
		page := r.Browser("clerk2").Get("/office")
		if page.StatusCode != 200 || !strings.Contains(page.Body, "松坪村经办人") {
			t.Errorf("the desk: %d", page.StatusCode)
		}
		before := r.Rows()
		if a := r.Nobody().Get("/tenders/" + r.Neighbour().ID); a.StatusCode != 200 ||
			!strings.Contains(a.Body, "已记入日志") {
			t.Errorf("the notice: %d", a.StatusCode)
		}
		if diff := housetest.Changed(before, r.Rows()); diff != nil {
			t.Errorf("reading wrote: %v", diff)
		}
	})
}
