package admin_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestAnOfficeListsItsOwnDrafts asks by the API for what the public does not see yet.
func TestAnOfficeListsItsOwnDrafts(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	draft := d.Tender(0)
	for who, c := range map[string]struct {
		client *housetest.Client
		path   string
		status int
		sees   bool
	}{
		"the clerk, in the office":    {r.Program("clerk"), "/api/v1/tenders?office=true", 200, true},
		"the station, in the office":  {r.Program("station"), "/api/v1/tenders?office=true", 200, true},
		"the clerk, in public":        {r.Program("clerk"), "/api/v1/tenders", 200, false},
		"the neighbour's clerk":       {r.Program("clerk2"), "/api/v1/tenders?office=true", 200, false},
		"a representative, no office": {r.Program("daibiao"), "/api/v1/tenders?office=true", 403, false},
		"nobody":                      {r.Nobody(), "/api/v1/tenders?office=true", 401, false},
		"nobody, resolutions":         {r.Nobody(), "/api/v1/resolutions?office=true", 401, false},
	} {
		a := c.client.Get(c.path)
		if a.StatusCode != c.status || strings.Contains(a.Body, draft) != c.sees {
			t.Errorf("%s: %d, sees the draft %v", who, a.StatusCode, strings.Contains(a.Body, draft))
		}
	}
}
