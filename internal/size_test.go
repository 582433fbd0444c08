package internal

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// How large things may be. A Han character counts as one column, a tab as four.
const (
	mostLines    = 400 // of a file
	mostBody     = 80  // lines of a function
	mostColumns  = 120 // of a line of Go
	mostTemplate = 160 // of a line of a template
	mostFiles    = 25  // of Go in a folder, without tests
	mostMethods  = 60  // of a type
	mostOfStore  = 14  // methods of a Store
	mostUnkeyed  = 3   // elements of a struct's literal without the fields' names
)

// tracked lists the files that the repository keeps, by the end of their names.
func tracked(t *testing.T, pattern string) []string {
	t.Helper()
	out, err := exec.Command("git", "-C", "..", "ls-files", "-co", "--exclude-standard", pattern).Output()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range strings.Fields(string(out)) {
		if _, err := os.Stat("../" + name); err == nil {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		t.Fatalf("there is no %s", pattern)
	}
	return names
}

// goFile is a file of Go with what the rules ask of it.
type goFile struct {
	name   string
	body   string
	lines  []string
	files  *token.FileSet
	syntax *ast.File
}

func readGo(t *testing.T, name string) goFile {
	t.Helper()
	body, err := os.ReadFile("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return parseGo(t, name, string(body))
}

func parseGo(t *testing.T, name, body string) goFile {
	t.Helper()
	f := goFile{name: name, body: body, lines: strings.Split(body, "\n"), files: token.NewFileSet()}
	syntax, err := parser.ParseFile(f.files, name, body, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	f.syntax = syntax
	return f
}

func (f goFile) test() bool { return strings.HasSuffix(f.name, "_test.go") }

func (f goFile) line(at token.Pos) int { return f.files.Position(at).Line }

func (f goFile) wrong(at token.Pos, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: ", f.name, f.line(at)) + fmt.Sprintf(format, args...)
}

// TestSizes keeps files, functions, lines, types, stores and folders as small as
// the plan asks, and the code as airy.
func TestSizes(t *testing.T) {
	folders, methods := map[string]int{}, map[string]int{}
	for _, name := range tracked(t, "*.go") {
		f := readGo(t, name)
		if !f.test() {
			folders[path.Dir(name)]++
			f.countMethods(methods)
		}
		for _, rule := range []func(goFile) []string{tooLong, tooWide, tooDense, tooManyInStore} {
			for _, wrong := range rule(f) {
				t.Error(wrong)
			}
		}
	}
	for folder, n := range folders {
		if n > mostFiles {
			t.Errorf("%s has %d files of Go, the limit is %d", folder, n, mostFiles)
		}
	}
	for name, n := range methods {
		if n > mostMethods {
			t.Errorf("%s has %d methods, the limit is %d", name, n, mostMethods)
		}
	}
}

// TestTemplateLines keeps the lines of templates readable.
func TestTemplateLines(t *testing.T) {
	for _, name := range tracked(t, "web/templates/*.html") {
		body, err := os.ReadFile("../" + name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(body), "\n") {
			if n := utf8.RuneCountInString(line); n > mostTemplate {
				t.Errorf("%s:%d has %d characters, the limit is %d", name, i+1, n, mostTemplate)
			}
		}
	}
}

// leastTests is how many lines of tests lie beside a hundred of code, at least.
const leastTests = 50

// TestRoomsHaveTests: each room's tests lie beside it, and are at least half as
// long as its code. What only tests use has none of its own.
func TestRoomsHaveTests(t *testing.T) {
	code, tests := map[string]int{}, map[string]int{}
	for _, name := range tracked(t, "*.go") {
		f := readGo(t, name)
		if f.test() {
			tests[path.Dir(name)] += len(f.lines) - 1
		} else {
			code[path.Dir(name)] += len(f.lines) - 1
		}
	}
	for room, lines := range code {
		if !fixture(room) && tests[room]*100 < lines*leastTests {
			t.Errorf("%s has %d lines and %d of tests", room, lines, tests[room])
		}
	}
}

// fixture says whether only tests use a package: its folder is named for it, or
// one around it.
func fixture(room string) bool {
	return slices.ContainsFunc(strings.Split(room, "/"), func(part string) bool {
		return strings.HasSuffix(part, "test")
	})
}

// countMethods adds what the file's methods are to their types' numbers.
func (f goFile) countMethods(methods map[string]int) {
	for _, d := range f.syntax.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv == nil {
			continue
		}
		of := fn.Recv.List[0].Type
		if star, ok := of.(*ast.StarExpr); ok {
			of = star.X
		}
		if name, ok := of.(*ast.Ident); ok {
			methods[path.Dir(f.name)+"."+name.Name]++
		}
	}
}

// tooLong names files and functions that outgrow their limit; a test's table may.
func tooLong(f goFile) (wrong []string) {
	if f.test() {
		return nil
	}
	if n := len(f.lines) - 1; n > mostLines {
		wrong = append(wrong, fmt.Sprintf("%s has %d lines, the limit is %d", f.name, n, mostLines))
	}
	for _, d := range f.syntax.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			if n := f.line(fn.End()) - f.line(fn.Pos()) + 1; n > mostBody {
				wrong = append(wrong, f.wrong(fn.Pos(), "a function of %d lines, the limit is %d", n, mostBody))
			}
		}
	}
	return wrong
}

// tooWide names lines that are too wide, but for what a raw text says.
func tooWide(f goFile) (wrong []string) {
	raw := map[int]bool{}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if text, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(text.Value, "`") {
			for i := f.line(text.Pos()); i <= f.line(text.End()); i++ {
				raw[i] = true
			}
		}
		return true
	})
	for i, line := range f.lines {
		n := utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    "))
		if n > mostColumns && !raw[i+1] {
			wrong = append(wrong, fmt.Sprintf("%s:%d has %d columns, the limit is %d", f.name, i+1, n, mostColumns))
		}
	}
	return wrong
}

// tooDense names a plain assignment in the head of an if, a tuple that assigns
// three and more values, and a struct's literal of four and more values without
// the fields' names. Tests may write rows of a table.
func tooDense(f goFile) (wrong []string) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			if set, ok := n.Init.(*ast.AssignStmt); ok && set.Tok == token.ASSIGN && !f.test() {
				wrong = append(wrong, f.wrong(n.Pos(), "an assignment in the head of an if"))
			}
		case *ast.AssignStmt:
			if len(n.Lhs) > 2 && len(n.Rhs) == len(n.Lhs) && !f.test() {
				wrong = append(wrong, f.wrong(n.Pos(), "%d values are assigned at once", len(n.Lhs)))
			}
		case *ast.CompositeLit:
			if structLiteral(n.Type) && len(n.Elts) > mostUnkeyed && !keyed(n) {
				wrong = append(wrong, f.wrong(n.Pos(), "%d values without their fields' names", len(n.Elts)))
			}
		}
		return true
	})
	return wrong
}

func keyed(lit *ast.CompositeLit) bool {
	_, ok := lit.Elts[0].(*ast.KeyValueExpr)
	return ok
}

// lists are the named types that are lists and whose literals have no keys.
var lists = map[string]bool{"casework.Desk": true, "Desk": true}

// structLiteral says whether a literal's type is a name, which here is a
// struct's unless it is one of the named lists.
func structLiteral(of ast.Expr) bool {
	switch of := of.(type) {
	case *ast.Ident:
		return !lists[of.Name]
	case *ast.SelectorExpr:
		if pkg, ok := of.X.(*ast.Ident); ok {
			return !lists[pkg.Name+"."+of.Sel.Name]
		}
	}
	return false
}

// tooManyInStore names a Store that asks for too much: a room with a larger one
// is two rooms, or keeps two nouns.
func tooManyInStore(f goFile) (wrong []string) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		of, ok := n.(*ast.TypeSpec)
		if !ok || !strings.HasSuffix(of.Name.Name, "Store") {
			return true
		}
		if face, ok := of.Type.(*ast.InterfaceType); ok && face.Methods.NumFields() > mostOfStore {
			wrong = append(wrong, f.wrong(of.Pos(), "%s has %d methods, the limit is %d",
				of.Name.Name, face.Methods.NumFields(), mostOfStore))
		}
		return true
	})
	return wrong
}

// TestTheRulesSee tries each rule on what it should name.
func TestTheRulesSee(t *testing.T) {
	for name, c := range map[string]struct {
		rule func(goFile) []string
		body string
		n    int
	}{
		"a long file":         {tooLong, "package x\n" + strings.Repeat("\n", mostLines), 1},
		"a long function":     {tooLong, "package x\n\nfunc f() {\n" + strings.Repeat("\n", mostBody) + "}\n", 1},
		"a wide line":         {tooWide, "package x\n\nvar s = \"" + strings.Repeat("水", mostColumns) + "\"\n", 1},
		"a wide raw text":     {tooWide, "package x\n\nvar s = `" + strings.Repeat("水", mostColumns) + "`\n", 0},
		"an if that assigns":  {tooDense, "package x\n\nfunc f() {\n\tif x = 1; x > 0 {\n\t}\n}\n", 1},
		"an if that declares": {tooDense, "package x\n\nfunc f() {\n\tif x := 1; x > 0 {\n\t}\n}\n", 0},
		"three at once":       {tooDense, "package x\n\nfunc f() {\n\ta, b, c = 1, 2, 3\n}\n", 1},
		"one call's answers":  {tooDense, "package x\n\nfunc f() {\n\ta, b, c = g()\n}\n", 0},
		"four without names":  {tooDense, "package x\n\nvar v = T{1, 2, 3, 4}\n", 1},
		"four with names":     {tooDense, "package x\n\nvar v = T{A: 1, B: 2, C: 3, D: 4}\n", 0},
		"a list":              {tooDense, "package x\n\nvar v = []int{1, 2, 3, 4}\n", 0},
		"a store of too much": {tooManyInStore,
			"package x\n\ntype Store interface {\n" + strings.Repeat("\tM()\n", mostOfStore+1) + "}\n", 1},
		"a store of its right": {tooManyInStore,
			"package x\n\ntype Store interface {\n" + strings.Repeat("\tM()\n", mostOfStore) + "}\n", 0},
	} {
		if got := c.rule(parseGo(t, "x.go", c.body)); len(got) != c.n {
			t.Errorf("%s: %v", name, got)
		}
	}
}
