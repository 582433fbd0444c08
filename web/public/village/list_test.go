package village_test

import (
	"net/http"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// A township's villages stand under its name, and a search finds either name.
func TestVillagesAreFoundByName(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		for query, want := range map[string][]bool{
			"":                      {true, true},
			"?q=%E9%9D%92%E5%A1%98": {true, false},
			"?q=%E4%BA%91%E6%BA%AA": {true, true},
			"?q=x":                  {false, false},
			"?page=2":               {true, true},
		} {
			page := r.Nobody().Get("/villages" + query)
			body := page.Body
			if page.StatusCode != http.StatusOK || strings.Contains(body, "青塘村") != want[0] ||
				strings.Contains(body, "松坪村") != want[1] ||
				strings.Count(body, "云溪镇") != map[bool]int{true: 1}[want[0]] {
				t.Errorf("%q: %d\n%s", query, page.StatusCode, body)
			}
		}
		village, town := r.Org("青塘村村民委员会"), r.Org("云溪镇")
		for id, want := range map[string]int{
			village: http.StatusOK,
			town:    http.StatusNotFound,
			"none":  http.StatusNotFound,
		} {
			if page := r.Nobody().Get("/villages/" + id); page.StatusCode != want {
				t.Errorf("/villages/%s: %d, want %d", id, page.StatusCode, want)
			}
		}
	})
}
