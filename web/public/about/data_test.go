package about_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestTheFootLeadsToTheOpenData: to the files, the programs' description and the log.
func TestTheFootLeadsToTheOpenData(t *testing.T) {
	r := housetest.OnSQLite(t)
	anybody := r.Nobody()
	for path, want := range map[string]string{
		"/":     `<a href="/help#data">开放数据</a>`,
		"/help": `<section id="data">`,
	} {
		if !strings.Contains(anybody.Get(path).Body, want) {
			t.Errorf("%s has no %s", path, want)
		}
	}
	if page := anybody.Get("/api/openapi.yaml"); page.StatusCode != 200 {
		t.Errorf("the description answers %d", page.StatusCode)
	}
}
