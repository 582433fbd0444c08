package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryKindHasItsWording reads the code: each kind of event that it records
// has a wording, each step that it notes has a label, and the registry has none
// besides.
func TestEveryKindHasItsWording(t *testing.T) {
	recorded, noted := map[string]bool{}, map[string]bool{}
	all := packages(t)
	for _, kind := range all["trading/mode"].fields("Kind") { // what a mode tells by itself
		recorded[kind] = true
	}
	for _, p := range all {
		p.kinds(t, recorded, "Record", 4, 1)
		if strings.HasPrefix(p.dir, "internal/store/") { // the line of bids records many at once
			p.kinds(t, recorded, "Build", 4, 1)
		}
		p.kinds(t, noted, "NoteAct", 7, 5)
	}
	if len(recorded) == 0 || len(noted) == 0 {
		t.Fatalf("%d events and %d steps are found in the code", len(recorded), len(noted))
	}
	for _, w := range wordings(t).All() {
		if (w.Title != "") != recorded[w.Kind] {
			t.Errorf("%s: recorded as an event: %v, its title: %q", w.Kind, recorded[w.Kind], w.Title)
		}
		if (w.Step != "") != noted[w.Kind] {
			t.Errorf("%s: noted as a step: %v, its label: %q", w.Kind, noted[w.Kind], w.Step)
		}
		delete(recorded, w.Kind)
		delete(noted, w.Kind)
	}
	for kind := range recorded {
		t.Errorf("the event %s has no wording", kind)
	}
	for kind := range noted {
		t.Errorf("the step %s has no label", kind)
	}
}

// TestEveryFactsTypeHasItsWording: an exported type of facts, in a package that
// declares wordings, is the facts of one or a part of them.
func TestEveryFactsTypeHasItsWording(t *testing.T) {
	worded := map[string]bool{}
	for _, w := range wordings(t).All() {
		if w.Facts != nil {
			named(reflect.TypeOf(w.Facts), worded)
		}
	}
	rooms := 0
	for _, p := range packages(t) {
		if _, declares := p.values["Wordings"]; !declares {
			continue
		}
		rooms++
		for _, name := range p.structs {
			if ast.IsExported(name) && strings.HasSuffix(name, "Facts") && !worded["sunlot/"+p.dir+"."+name] {
				t.Errorf("%s.%s has no wording", p.dir, name)
			}
		}
	}
	if rooms < 10 {
		t.Errorf("%d rooms declare wordings", rooms)
	}
}

// named notes the names of a type and of those of its fields.
func named(of reflect.Type, all map[string]bool) {
	all[of.PkgPath()+"."+of.Name()] = true
	for _, f := range reflect.VisibleFields(of) {
		if f.Type.Kind() == reflect.Struct {
			named(f.Type, all)
		}
	}
}

// source is one package of the program as it is written.
type source struct {
	dir     string
	funcs   map[string]*ast.FuncDecl
	values  map[string]ast.Expr // constants and variables of the package
	structs []string
}

// root is the top of the repository.
const root = "../../.."

// packages reads the program without its tests. The discipline office's own
// house is not among them: its log is private and nobody is told of it.
func packages(t *testing.T) map[string]*source {
	t.Helper()
	all := map[string]*source{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		dir, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (dir == "admin/lead" || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir = filepath.Dir(dir)
		if all[dir] == nil {
			all[dir] = &source{dir: dir, funcs: map[string]*ast.FuncDecl{}, values: map[string]ast.Expr{}}
		}
		for _, decl := range file.Decls {
			all[dir].add(decl)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (p *source) add(decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		for p.funcs[name] != nil { // methods of several types may share a name
			name += "'"
		}
		p.funcs[name] = d
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.ValueSpec:
				for i, name := range s.Names {
					if i < len(s.Values) {
						p.values[name.Name] = s.Values[i]
					}
				}
			case *ast.TypeSpec:
				if _, is := s.Type.(*ast.StructType); is {
					p.structs = append(p.structs, s.Name.Name)
				}
			}
		}
	}
}

// kinds notes what the package gives as a call's argument, in all calls of that
// name and number of arguments. The recorder itself only passes it on.
func (p *source) kinds(t *testing.T, found map[string]bool, call string, arguments, at int) {
	t.Helper()
	for _, fn := range p.funcs {
		if fn.Name.Name == "Record" || p.dir == "trading/bidding" && fn.Name.Name == "turn" { // the modes' own
			continue
		}
		for _, c := range callsOf(fn, call) {
			if len(c.Args) != arguments {
				continue
			}
			kinds := p.texts(c.Args[at], fn)
			if len(kinds) == 0 {
				t.Errorf("%s: the kind in %s of %s cannot be read from the code", p.dir, call, fn.Name.Name)
			}
			for _, kind := range kinds {
				found[kind] = true
			}
		}
	}
}

func callsOf(fn *ast.FuncDecl, name string) []*ast.CallExpr {
	var all []*ast.CallExpr
	ast.Inspect(fn, func(n ast.Node) bool {
		if c, is := n.(*ast.CallExpr); is && last(c.Fun) == name {
			all = append(all, c)
		}
		return true
	})
	return all
}

// last is the name that an expression ends with.
func last(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}

// texts follows an expression in a function to the texts that it may be: through
// constants, variables, parameters, fields of literals and results of functions.
func (p *source) texts(e ast.Expr, fn *ast.FuncDecl) []string {
	switch x := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(x.Value)
		if err != nil || x.Kind != token.STRING {
			return nil
		}
		return []string{text}
	case *ast.CallExpr:
		return p.results(last(x.Fun))
	case *ast.SelectorExpr:
		return p.fields(x.Sel.Name)
	case *ast.Ident:
		if value, there := p.values[x.Name]; there {
			return p.texts(value, fn)
		}
		if at := parameter(fn, x.Name); at >= 0 {
			return p.given(fn.Name.Name, at)
		}
		return p.assigned(x.Name, fn)
	}
	return nil
}

// parameter is the place of a parameter, -1 when the function has none of that name.
func parameter(fn *ast.FuncDecl, name string) int {
	var names []string
	for _, f := range fn.Type.Params.List {
		for _, n := range f.Names {
			names = append(names, n.Name)
		}
	}
	return slices.Index(names, name)
}

// given is what callers in the package give a function at that place.
func (p *source) given(name string, at int) (all []string) {
	for _, caller := range p.funcs {
		for _, c := range callsOf(caller, name) {
			all = append(all, p.texts(c.Args[at], caller)...)
		}
	}
	return all
}

// assigned is what a function's own variable is set to.
func (p *source) assigned(name string, fn *ast.FuncDecl) (all []string) {
	ast.Inspect(fn, func(n ast.Node) bool {
		if a, is := n.(*ast.AssignStmt); is && len(a.Lhs) == len(a.Rhs) {
			for i := range a.Lhs {
				if last(a.Lhs[i]) == name {
					all = append(all, p.texts(a.Rhs[i], fn)...)
				}
			}
		}
		return true
	})
	return all
}

// results is what a function of the package returns.
func (p *source) results(name string) (all []string) {
	for _, fn := range p.funcs {
		if fn.Name.Name != name {
			continue
		}
		ast.Inspect(fn, func(n ast.Node) bool {
			if r, is := n.(*ast.ReturnStmt); is && len(r.Results) > 0 {
				all = append(all, p.texts(r.Results[0], fn)...)
			}
			return true
		})
	}
	return all
}

// fields is the texts that literals of the package give a field of that name.
func (p *source) fields(name string) (all []string) {
	find := func(n ast.Node) bool {
		kv, is := n.(*ast.KeyValueExpr)
		if !is || last(kv.Key) != name {
			return true
		}
		if text, is := kv.Value.(*ast.BasicLit); is {
			all = append(all, p.texts(text, nil)...)
		}
		return true
	}
	for _, fn := range p.funcs {
		ast.Inspect(fn, find)
	}
	for _, value := range p.values {
		ast.Inspect(value, find)
	}
	return all
}
