package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// description is openapi.yaml, ready to be held against real answers.
type description struct {
	mu       sync.Mutex // owns compiler and compiled
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
	ops      []operation
	doc      map[string]any
}

// operation is one path and method with what may be sent and what is answered.
type operation struct {
	method, path string
	shape        *regexp.Regexp
	said         map[string]any
}

func (o operation) name() string { return o.method + " " + o.path }

var braces = regexp.MustCompile(`\\\{[a-z]+\\\}`)

var described = sync.OnceValues(func() (*description, error) {
	text, err := os.ReadFile("../../web/api/openapi.yaml")
	if err != nil {
		return nil, err
	}
	plain, err := yaml.YAMLToJSON(text)
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(plain))
	if err != nil {
		return nil, err
	}
	d := &description{compiler: jsonschema.NewCompiler(), compiled: map[string]*jsonschema.Schema{}, doc: doc.(map[string]any)}
	for path, item := range d.doc["paths"].(map[string]any) {
		for method, said := range item.(map[string]any) {
			if method != "parameters" {
				shape := "^" + braces.ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$"
				d.ops = append(d.ops, operation{method: strings.ToUpper(method), path: path, shape: regexp.MustCompile(shape), said: said.(map[string]any)})
			}
		}
	}
	slices.SortFunc(d.ops, func(a, b operation) int { // an exact path goes before one with parameters
		return strings.Compare(strings.ReplaceAll(a.path, "{", "~"), strings.ReplaceAll(b.path, "{", "~"))
	})
	return d, d.compiler.AddResource("openapi.json", doc)
})

// schema compiles the schema at a place of the document.
func (d *description) schema(steps ...string) (*jsonschema.Schema, error) {
	at := "openapi.json#"
	for _, s := range steps {
		at += "/" + strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if s, ok := d.compiled[at]; ok {
		return s, nil
	}
	s, err := d.compiler.Compile(at)
	d.compiled[at] = s
	return s, err
}

// find is the operation of a request, nil when none is described.
func (d *description) find(method, path string) *operation {
	for i, o := range d.ops {
		if o.method == method && o.shape.MatchString(path) {
			return &d.ops[i]
		}
	}
	return nil
}

// hold says how an answer, or the request that it accepted, differs from the description.
func (d *description) hold(sent []byte, a answer) error {
	o := d.find(a.Request.Method, a.Request.URL.Path)
	if o == nil {
		if a.StatusCode == 404 || a.StatusCode == 405 {
			return d.valid(a.body, "components", "schemas", "Error")
		}
		return fmt.Errorf("no such operation is described")
	}
	method := strings.ToLower(o.method)
	if a.StatusCode >= 400 {
		return d.valid(a.body, "components", "schemas", "Error")
	}
	if _, takes := o.said["requestBody"]; takes && strings.HasPrefix(a.Request.Header.Get("Content-Type"), "application/json") {
		if err := d.valid(string(sent), "paths", o.path, method, "requestBody", "content", "application/json", "schema"); err != nil {
			return fmt.Errorf("accepted: %w", err)
		}
	}
	status := fmt.Sprint(a.StatusCode)
	response, ok := o.said["responses"].(map[string]any)[status].(map[string]any)
	if !ok {
		return fmt.Errorf("the status %s is not described", status)
	}
	content, ok := response["content"].(map[string]any)
	if !ok {
		if a.body != "" {
			return fmt.Errorf("a body where none is described")
		}
		return nil
	}
	kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	if _, ok := content[kind]; !ok {
		return fmt.Errorf("the type %q is not described", kind)
	}
	if kind != "application/json" {
		return nil
	}
	return d.valid(a.body, "paths", o.path, method, "responses", status, "content", kind, "schema")
}

func (d *description) valid(body string, at ...string) error {
	schema, err := d.schema(at...)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// holdTo holds an answer of the API to the description and notes that the operation was carried out.
func (r *running) holdTo(sent []byte, a answer) {
	r.t.Helper()
	d, err := described()
	r.ok(err)
	if err := d.hold(sent, a); err != nil {
		r.t.Errorf("%s %s: %d %.400s\nsent %.400s\n%v", a.Request.Method, a.Request.URL.Path, a.StatusCode, a.body, sent, err)
	}
	if o := d.find(a.Request.Method, a.Request.URL.Path); o != nil && a.StatusCode < 300 {
		r.done[o.name()] = true
	}
}

// isDescribed says which declared routes the description is about.
func isDescribed(path string) bool {
	return strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/api/demo/") || path == "/healthz" || path == "/readyz"
}

var parameter = regexp.MustCompile(`:(\w+)`)

func TestEveryRouteIsDescribed(t *testing.T) {
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	var said, declared []string
	for _, o := range d.ops {
		said = append(said, o.name())
	}
	for _, route := range sqliteHouse(t).kit.Routes() {
		if isDescribed(route.Path) && route.Method != "HEAD" {
			declared = append(declared, route.Method+" "+parameter.ReplaceAllString(route.Path, "{$1}"))
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
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	components := d.doc["components"].(map[string]any)
	for name := range components["schemas"].(map[string]any) {
		if _, err := d.schema("components", "schemas", name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	closed(t, "schemas", components["schemas"])
	for _, o := range d.ops {
		inPath := regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(o.path, -1)
		declared := fmt.Sprint(d.doc["paths"].(map[string]any)[o.path].(map[string]any)["parameters"])
		for _, p := range inPath {
			if !strings.Contains(declared, "parameters/"+p[1]) {
				t.Errorf("%s: the parameter %s is not declared", o.path, p[1])
			}
		}
		session := strings.HasPrefix(o.path, "/api/v1/sessions") || o.path == "/api/v1/photos"
		if keyed := strings.Contains(fmt.Sprint(o.said["parameters"]), "IdempotencyKey"); keyed != (o.method == "POST" && !session) {
			t.Errorf("%s: Idempotency-Key: %v", o.name(), keyed)
		}
	}
}

// closed asks of every object schema that it says what more it may have.
func closed(t *testing.T, at string, schema any) {
	switch s := schema.(type) {
	case map[string]any:
		if _, said := s["additionalProperties"]; s["type"] == "object" && !said && at != "schemas/Document" {
			t.Errorf("%s is an open object", at)
		}
		for _, key := range slices.Sorted(maps.Keys(s)) {
			closed(t, at+"/"+key, s[key])
		}
	case []any:
		for i := range s {
			closed(t, fmt.Sprint(at, "/", i), s[i])
		}
	}
}
