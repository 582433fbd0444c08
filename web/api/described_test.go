package api_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// isDescribed says which declared routes the description is about.
func isDescribed(path string) bool {
	return strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/api/demo/") || path == "/healthz" ||
		path == "/readyz"
}

func TestEveryRouteIsDescribed(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, err := r.Described()
	if err != nil {
		t.Fatal(err)
	}
	var said, declared []string
	for _, o := range d.Ops {
		said = append(said, o.Name())
	}
	for _, route := range r.Kit.Routes() {
		if isDescribed(route.Path) && route.Method != "HEAD" {
			declared = append(declared, route.Method+" "+housetest.Parameter.ReplaceAllString(route.Path, "{$1}"))
		}
	}
	slices.Sort(said)
	slices.Sort(declared)
	if !slices.Equal(said, declared) {
		for _, name := range said {
			if !slices.Contains(declared, name) {
				t.Errorf("%s is described, but there is no such route", name)
			}
		}
		for _, name := range declared {
			if !slices.Contains(said, name) {
				t.Errorf("%s is not described", name)
			}
		}
	}
}

// TestTheDescriptionIsWhole compiles every schema, and asks that objects are
// closed, parameters declared, and acts keyed.
func TestTheDescriptionIsWhole(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, err := r.Described()
	if err != nil {
		t.Fatal(err)
	}
	components := d.Doc["components"].(map[string]any)
	for name := range components["schemas"].(map[string]any) {
		if _, err := d.Schema("components", "schemas", name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	housetest.Closed(t, "schemas", components["schemas"])
	for _, o := range d.Ops {
		inPath := regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(o.Path, -1)
		declared := fmt.Sprint(d.Doc["paths"].(map[string]any)[o.Path].(map[string]any)["parameters"])
		for _, p := range inPath {
			if !strings.Contains(declared, "parameters/"+p[1]) {
				t.Errorf("%s: the parameter %s is not declared", o.Path, p[1])
			}
		}
		session := strings.HasPrefix(o.Path, "/api/v1/sessions") || o.Path == "/api/v1/photos"
		if keyed := strings.Contains(fmt.Sprint(o.Said["parameters"]),
			"IdempotencyKey"); keyed != (o.Method == "POST" && !session) {
			t.Errorf("%s: Idempotency-Key: %v", o.Name(), keyed)
		}
	}
}
