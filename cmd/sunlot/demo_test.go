package main

import (
	"strings"
	"testing"
)

func TestTheSeedIsServed(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		r.keepLog()
		for _, login := range []string{"clerk", "supervision", "station", "leader", "daibiao", "admin"} {
			var me struct{ Person, Name string }
			r.program(login).get("/api/v1/me").into(t, &me)
			if me.Person != r.actor(login).PersonID {
				t.Errorf("%s is %v", login, me)
			}
		}
		page := r.browser("clerk2").get("/office")
		if page.StatusCode != 200 || !strings.Contains(page.body, "松坪村经办人") {
			t.Errorf("the desk: %d", page.StatusCode)
		}
		before := r.rows()
		if a := r.nobody().get("/tenders/" + r.neighbour().ID); a.StatusCode != 200 || !strings.Contains(a.body, "已入链") {
			t.Errorf("the notice: %d", a.StatusCode)
		}
		if diff := changed(before, r.rows()); diff != nil {
			t.Errorf("reading wrote: %v", diff)
		}
	})
}
