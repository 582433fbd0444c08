package main

import (
	"strings"
	"testing"
)

// TestAnOfficeListsItsOwnDrafts asks by the API for what the public does not see yet.
func TestAnOfficeListsItsOwnDrafts(t *testing.T) {
	r := sqliteHouse(t)
	d := r.desks()
	draft := d.tender(0)
	for who, c := range map[string]struct {
		client *client
		path   string
		status int
		sees   bool
	}{
		"the clerk, in the office":    {r.program("clerk"), "/api/v1/tenders?office=true", 200, true},
		"the station, in the office":  {r.program("station"), "/api/v1/tenders?office=true", 200, true},
		"the clerk, in public":        {r.program("clerk"), "/api/v1/tenders", 200, false},
		"the neighbour's clerk":       {r.program("clerk2"), "/api/v1/tenders?office=true", 200, false},
		"a representative, no office": {r.program("daibiao"), "/api/v1/tenders?office=true", 403, false},
		"nobody":                      {r.nobody(), "/api/v1/tenders?office=true", 401, false},
		"nobody, resolutions":         {r.nobody(), "/api/v1/resolutions?office=true", 401, false},
	} {
		a := c.client.get(c.path)
		if a.StatusCode != c.status || strings.Contains(a.body, draft) != c.sees {
			t.Errorf("%s: %d, sees the draft %v", who, a.StatusCode, strings.Contains(a.body, draft))
		}
	}
}
