package api_test

import (
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// theWorks reads items and small works by the API.
func theWorks(t *testing.T, r *housetest.House) {
	t.Helper()
	var list struct{ Items []struct{ ID string } }
	for _, noun := range []string{"items", "projects"} {
		path := "/api/v1/" + noun
		r.Nobody().Get(path+"?q=nowhere&page=2").Into(t, &list)
		r.Nobody().Get(path).Into(t, &list)
		r.Nobody().Get(path+"/"+list.Items[0].ID).Into(t, &struct{}{})
		housetest.Expect(t, r.Nobody().Get(path+"/"+event.NewID()), 404)
	}
	r.Nobody().Get("/api/v1/items?category=works").Into(t, &list)
	r.Nobody().Get("/api/v1/projects?item="+list.Items[0].ID).Into(t, &list)
	if len(list.Items) == 0 {
		t.Error("no work exercises the item")
	}
}
