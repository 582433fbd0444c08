package demo_test

import (
	"net/url"
	"testing"
	"time"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/store"
)

// TestTheDemonstrationsClock moves the clock, forward only, by API and by form.
func TestTheDemonstrationsClock(t *testing.T) {
	r := housetest.Open(t, store.Config{Dir: t.TempDir()}, func(r *housetest.House) {
		(&demo.Demonstration{DB: r.House.DB, Clock: r.Clock}).Open(r.House)
	})
	c := r.Nobody()
	const path = "/api/demo/clock"
	before := r.Rows()
	for body, status := range map[string]int{``: 422, `{`: 422, `{}`: 422, `{"now":"tomorrow"}`: 422, `{"now":1}`: 422,
		`{"now":"2026-11-22T00:00:00Z"}`: 409, `{"now":"2999-01-01T00:00:00Z"}`: 422} {
		housetest.Expect(t, c.Do("POST", path, "application/json", []byte(body)), status, "now")
	}
	housetest.Expect(t, c.With("Origin", "https://evil.example").
		Do("POST", path, "application/json", []byte(`{"now":"2026-11-24T00:00:00Z"}`)), 403)
	housetest.Expect(t, c.Submit("/demo/stage", url.Values{"csrf": {"x"}}), 403)
	if diff := housetest.Changed(before, r.Rows()); diff != nil {
		t.Errorf("a refused clock wrote: %v", diff)
	}
	housetest.Expect(t, c.Do("POST", path, "application/json", []byte(`{"now":"2026-11-24T00:00:00Z"}`)), 200)
	var told struct{ Now time.Time }
	c.Get(path).Into(t, &told)
	if off := told.Now.Sub(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)); off < 0 || off > time.Minute {
		t.Errorf("the clock says %s", told.Now)
	}
	c.ReadToken("/login")
	stages := []time.Time{r.Neighbour().InspectionOn.At(9, 0), r.Neighbour().RegisterUntil, r.Neighbour().OpensAt}
	for _, at := range stages {
		if a := c.Submit("/demo/stage", url.Values{"back": {"//evil.example"}}); a.StatusCode != 303 ||
			a.Location() != "/" {
			t.Errorf("the next stage: %d %s", a.StatusCode, a.Location())
		}
		if off := r.Clock.Now().Sub(at); off < 0 || off > time.Minute {
			t.Errorf("the clock is %s off the stage of %s", off, at)
		}
	}
	again := &demo.Clock{}
	r.Ok(demo.Mark(t.Context(), r.House.DB, again))
	if off := again.Now().Sub(r.Clock.Now()); off.Abs() > time.Second {
		t.Errorf("after a restart the clock is %s off", off)
	}
}
