package api

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// described is what a document, or a part of one, says.
type described struct {
	OpenAPI    string                               `yaml:"openapi"`
	Tags       []struct{ Name, Description string } `yaml:"tags"`
	Paths      map[string]map[string]any            `yaml:"paths"`
	Components map[string]map[string]any            `yaml:"components"`
}

// read fails on what is not YAML, and on a key that stands twice.
func read(t *testing.T, text string) described {
	t.Helper()
	var d described
	if err := yaml.Unmarshal([]byte(text), &d); err != nil {
		t.Fatalf("%v in\n%.300s", err, text)
	}
	return d
}

// operations are what a document has, as GET /api/v1/lots/{id}.
func (d described) operations() []string {
	var all []string
	for path, item := range d.Paths {
		for method := range item {
			if method != "parameters" {
				all = append(all, strings.ToUpper(method)+" "+path)
			}
		}
	}
	slices.Sort(all)
	return all
}

// names are a document's paths and components.
func (d described) names() []string {
	all := slices.Collect(maps.Keys(d.Paths))
	for kind, named := range d.Components {
		for name := range named {
			all = append(all, "#/components/"+kind+"/"+name)
		}
	}
	for _, tag := range d.Tags {
		all = append(all, "tag "+tag.Name)
	}
	slices.Sort(all)
	return all
}

var reference = regexp.MustCompile(`\$ref: '(#/[^']+)'`)

func allParts() []string {
	parts := []string{base}
	for _, r := range resources {
		parts = append(parts, r.part)
	}
	return parts
}

// TestThePartsMakeOneDocument: whatever a part says stands in the whole, once.
func TestThePartsMakeOneDocument(t *testing.T) {
	var said []string
	for _, part := range allParts() {
		said = append(said, read(t, part).names()...)
	}
	slices.Sort(said)
	for i := 1; i < len(said); i++ {
		if said[i] == said[i-1] {
			t.Errorf("%s is described twice", said[i])
		}
	}
	whole := read(t, Description())
	if got := whole.names(); !slices.Equal(got, said) {
		t.Errorf("the whole has %d names, its parts %d", len(got), len(said))
	}
	if whole.OpenAPI != "3.1.0" || len(whole.Paths) < 60 || len(whole.Components["schemas"]) < 90 {
		t.Errorf("%s with %d paths and %d schemas", whole.OpenAPI, len(whole.Paths), len(whole.Components["schemas"]))
	}
}

// TestTheDescriptionIsSound: a linter that others wrote finds nothing (web/redocly.yaml).
func TestTheDescriptionIsSound(t *testing.T) {
	const linter = "../node_modules/.bin/redocly" // make islands brings it
	file := filepath.Join(t.TempDir(), "openapi.yaml")
	if err := os.WriteFile(file, []byte(Description()), 0o600); err != nil {
		t.Fatal(err)
	}
	lint := exec.CommandContext(t.Context(), linter, "lint", "--config", "../redocly.yaml", "--format", "stylish", file)
	lint.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	if said, err := lint.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	names := read(t, Description()).names()
	for _, ref := range reference.FindAllStringSubmatch(Description(), -1) {
		if !slices.Contains(names, ref[1]) {
			t.Errorf("%s leads nowhere", ref[1])
		}
	}
}

// TestTheBaseStandsAlone: a resource may name another's schema, as a resolution
// an asset's photos; what the base names, it says itself.
func TestTheBaseStandsAlone(t *testing.T) {
	names := read(t, base).names()
	for _, ref := range reference.FindAllStringSubmatch(base, -1) {
		if !slices.Contains(names, ref[1]) {
			t.Errorf("the base needs %s of another part", ref[1])
		}
	}
}

var parameter = regexp.MustCompile(`:(\w+)`)

// TestEveryRouteIsDescribedBesideIt declares each resource by itself: its part
// describes its routes and no others.
func TestEveryRouteIsDescribedBesideIt(t *testing.T) {
	for _, r := range resources {
		k := open(t)
		r.routes(&Screens{Kit: k})
		var declared []string
		for _, route := range k.Routes() {
			if route.Method != "HEAD" && strings.HasPrefix(route.Path, root) {
				declared = append(declared, route.Method+" "+parameter.ReplaceAllString(route.Path, "{$1}"))
			}
		}
		slices.Sort(declared)
		if said := read(t, r.part).operations(); !slices.Equal(said, declared) {
			t.Errorf("declared %v\ndescribed %v", declared, said)
		}
	}
}

// TestWhatIsServed is the whole description.
func TestWhatIsServed(t *testing.T) {
	k := open(t)
	(&Screens{Kit: k}).Register()
	a := ask(t, k, "GET", "/api/openapi.yaml", "", "")
	if a.status != 200 || a.body != Description() || a.kind != "application/yaml; charset=utf-8" {
		t.Errorf("%d %s %.100s", a.status, a.kind, a.body)
	}
}

func TestPartsAreJoinedSectionBySection(t *testing.T) {
	got := join([]string{
		"openapi: 3.1.0\ninfo:\n  text: |\n    one\n\n    two\npaths:\n  /a:\n    get: {}\ncomponents:\n" +
			"  parameters:\n    id: {}\n  schemas:\n    A: {}\n",
		"paths:\n  /b:\n    get: {}\ncomponents:\n  schemas:\n    B:\n      type: string\n",
	})
	want := "openapi: 3.1.0\ninfo:\n  text: |\n    one\n\n    two\npaths:\n  /a:\n    get: {}\n  /b:\n    get: {}\n" +
		"components:\n  parameters:\n    id: {}\n  schemas:\n    A: {}\n    B:\n      type: string\n"
	if got != want {
		t.Errorf("joined to\n%s", got)
	}
	want = "[#/components/parameters/id #/components/schemas/A #/components/schemas/B /a /b]"
	if said := fmt.Sprint(read(t, got).names()); said != want {
		t.Error(said)
	}
}
