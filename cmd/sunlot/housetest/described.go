package housetest

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
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
	Ops      []operation
	Doc      map[string]any
}

// operation is one path and method with what may be sent and what is answered.
type operation struct {
	Method, Path string
	shape        *regexp.Regexp
	Said         map[string]any
}

func (o operation) Name() string { return o.Method + " " + o.Path }

var braces = regexp.MustCompile(`\\\{[a-z]+\\\}`)

// described is the description as the first house that was asked serves it.
var described struct {
	once sync.Once
	d    *description
	err  error
}

// Described is the API's description as the program serves it.
func (r *House) Described() (*description, error) {
	described.once.Do(func() {
		res, err := http.Get(r.URL + "/api/openapi.yaml")
		if err != nil {
			described.err = err
			return
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		if err != nil {
			described.err = err
			return
		}
		described.d, described.err = readDescription(text)
	})
	return described.d, described.err
}

func readDescription(text []byte) (*description, error) {
	plain, err := yaml.YAMLToJSON(text)
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(plain))
	if err != nil {
		return nil, err
	}
	d := &description{
		compiler: jsonschema.NewCompiler(),
		compiled: map[string]*jsonschema.Schema{},
		Doc:      doc.(map[string]any),
	}
	for path, item := range d.Doc["paths"].(map[string]any) {
		for method, said := range item.(map[string]any) {
			if method != "parameters" {
				shape := "^" + braces.ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$"
				d.Ops = append(d.Ops, operation{
					Method: strings.ToUpper(method),
					Path:   path,
					shape:  regexp.MustCompile(shape),
					Said:   said.(map[string]any),
				})
			}
		}
	}
	slices.SortFunc(d.Ops, func(a, b operation) int { // an exact path goes before one with parameters
		return strings.Compare(strings.ReplaceAll(a.Path, "{", "~"), strings.ReplaceAll(b.Path, "{", "~"))
	})
	return d, d.compiler.AddResource("openapi.json", doc)
}

// Schema compiles the schema at a place of the document.
func (d *description) Schema(steps ...string) (*jsonschema.Schema, error) {
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
	for i, o := range d.Ops {
		if o.Method == method && o.shape.MatchString(path) {
			return &d.Ops[i]
		}
	}
	return nil
}

// hold says how an answer, or the request that it accepted, differs from the description.
func (d *description) hold(sent []byte, a Answer) error {
	o := d.find(a.Request.Method, a.Request.URL.Path)
	if o == nil {
		if a.StatusCode == 404 || a.StatusCode == 405 {
			return d.valid(a.Body, "components", "schemas", "Error")
		}
		return fmt.Errorf("no such operation is described")
	}
	method := strings.ToLower(o.Method)
	if a.StatusCode >= 400 {
		return d.valid(a.Body, "components", "schemas", "Error")
	}
	if _, takes := o.Said["requestBody"]; takes &&
		strings.HasPrefix(a.Request.Header.Get("Content-Type"), "application/json") {
		if err := d.valid(string(sent), "paths", o.Path, method, "requestBody", "content", "application/json",
			"schema"); err != nil {
			return fmt.Errorf("accepted: %w", err)
		}
	}
	status := fmt.Sprint(a.StatusCode)
	response, ok := o.Said["responses"].(map[string]any)[status].(map[string]any)
	if !ok {
		return fmt.Errorf("the status %s is not described", status)
	}
	content, ok := response["content"].(map[string]any)
	if !ok {
		if a.Body != "" {
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
	return d.valid(a.Body, "paths", o.Path, method, "responses", status, "content", kind, "schema")
}

func (d *description) valid(body string, at ...string) error {
	schema, err := d.Schema(at...)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// HoldTo holds an answer of the API to the description and notes that the operation was carried out.
func (r *House) HoldTo(sent []byte, a Answer) {
	r.T.Helper()
	d, err := r.Described()
	r.Ok(err)
	if err := d.hold(sent, a); err != nil {
		r.T.Errorf("%s %s: %d %.400s\nsent %.400s\n%v", a.Request.Method, a.Request.URL.Path, a.StatusCode, a.Body,
			sent, err)
	}
	if o := d.find(a.Request.Method, a.Request.URL.Path); o != nil && a.StatusCode < 300 {
		r.Done[o.Name()] = true
	}
}

var Parameter = regexp.MustCompile(`:(\w+)`)

// Closed asks of every object schema that it says what more it may have.
func Closed(t *testing.T, at string, schema any) {
	switch s := schema.(type) {
	case map[string]any:
		if _, said := s["additionalProperties"]; s["type"] == "object" && !said && at != "schemas/Document" {
			t.Errorf("%s is an open object", at)
		}
		for _, key := range slices.Sorted(maps.Keys(s)) {
			Closed(t, at+"/"+key, s[key])
		}
	case []any:
		for i := range s {
			Closed(t, fmt.Sprint(at, "/", i), s[i])
		}
	}
}
