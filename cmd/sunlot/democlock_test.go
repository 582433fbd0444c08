package main

import (
	"net/url"
	"testing"
	"time"

	"sunlot/internal/store"
)

// TestTheDemonstrationsClock moves the clock, forward only, by API and by form.
func TestTheDemonstrationsClock(t *testing.T) {
	r := open(t, store.Config{Dir: t.TempDir()}, func(r *running) {
		(&demonstration{db: r.db, clock: r.clock}).open(r.house)
	})
	c := r.nobody()
	const path = "/api/demo/clock"
	before := r.rows()
	for body, status := range map[string]int{``: 422, `{`: 422, `{}`: 422, `{"now":"tomorrow"}`: 422, `{"now":1}`: 422,
		`{"now":"2026-11-22T00:00:00Z"}`: 409, `{"now":"2999-01-01T00:00:00Z"}`: 422} {
		expect(t, c.do("POST", path, "application/json", []byte(body)), status, "now")
	}
	expect(t, c.with("Origin", "https://evil.example").do("POST", path, "application/json", []byte(`{"now":"2026-11-24T00:00:00Z"}`)), 403)
	expect(t, c.submit("/demo/stage", url.Values{"csrf": {"x"}}), 403)
	if diff := changed(before, r.rows()); diff != nil {
		t.Errorf("a refused clock wrote: %v", diff)
	}
	expect(t, c.do("POST", path, "application/json", []byte(`{"now":"2026-11-24T00:00:00Z"}`)), 200)
	var told struct{ Now time.Time }
	c.get(path).into(t, &told)
	if off := told.Now.Sub(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)); off < 0 || off > time.Minute {
		t.Errorf("the clock says %s", told.Now)
	}
	c.readToken("/login")
	stages := []time.Time{r.neighbour().InspectionOn.At(9, 0), r.neighbour().RegisterUntil, r.neighbour().OpensAt}
	for _, at := range stages {
		if a := c.submit("/demo/stage", url.Values{"back": {"//evil.example"}}); a.StatusCode != 303 || a.location() != "/" {
			t.Errorf("the next stage: %d %s", a.StatusCode, a.location())
		}
		if off := r.clock.Now().Sub(at); off < 0 || off > time.Minute {
			t.Errorf("the clock is %s off the stage of %s", off, at)
		}
	}
	again := &demoClock{}
	r.ok(demoData(t.Context(), r.db, again))
	if off := again.Now().Sub(r.clock.Now()); off.Abs() > time.Second {
		t.Errorf("after a restart the clock is %s off", off)
	}
}
