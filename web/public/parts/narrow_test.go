package parts_test

import (
	"encoding/csv"
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestPublicListsAreNarrowed by township, state, kind, sum and day, alone and
// together; a file has what the page has, and what cannot be read shows nothing.
func TestPublicListsAreNarrowed(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		r.Elsewhere()
		out := r.Desks().Announced("第三组鱼塘及旱地经营权出租公告", 50000, 10)
		theirs, day := r.Neighbour().ID, string(r.Days.Today())
		for query, want := range map[string][2]bool{
			"":                            {true, true},
			"township=" + r.Org("云溪镇"):    {true, true},
			"township=" + r.Org("石桥镇"):    {false, false},
			"state=listed":                {true, true},
			"state=awarded":               {false, false},
			"kind=water_land":             {true, false},
			"kind=farm_land":              {false, true},
			"least=19300":                 {true, false},
			"most=19299.99":               {false, true},
			"least=6000&most=２００００":       {true, true},
			"from=" + day:                 {true, true},
			"until=" + day:                {true, true},
			"until=2020-01-01":            {false, false},
			"kind=water_land&least=19301": {false, false},
			"q=" + url.QueryEscape("旱地") + "&least=1": {true, false},
			"q=2026-0002": {true, false},
		} {
			page := r.Nobody().Get("/tenders?" + query)
			housetest.Expect(t, page, 200)
			file := r.Nobody().Get("/tenders?as=csv&" + query)
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\ufeff"))).ReadAll()
			r.Ok(err)
			has := func(id string) bool { return strings.Contains(page.Body, "/tenders/"+id) }
			got := [2]bool{has(out), has(theirs)}
			if lines := len(rows) - 1; got != want || lines != count(want) {
				t.Errorf("%s: %v with %d lines, want %v", query, got, lines, want)
			}
		}
		for query, field := range map[string]string{
			"least=x":                          "least",
			"township=nowhere":                 "township",
			"state=drafted":                    "state",
			"most=1,5":                         "most",
			"from=2026-02-30":                  "from",
			"least=5&most=4":                   "most",
			"from=2026-02-03&until=2026-02-02": "until",
		} {
			for _, path := range []string{"/tenders?", "/results?", "/projects?"} {
				page := r.Nobody().Get(path + query)
				housetest.Expect(t, page, 422, field)
				housetest.Silent(t, page, "云溪2026-0001")
				if file := r.Nobody().Get(path + "as=csv&" + query); file.StatusCode != 422 {
					t.Errorf("%s as a file: %d", query, file.StatusCode)
				}
			}
		}
	})
}

func count(shown [2]bool) (n int) {
	for _, is := range shown {
		if is {
			n++
		}
	}
	return n
}
