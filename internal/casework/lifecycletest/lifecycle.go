// Package lifecycle holds the nouns' tables of states against the code that
// moves them, and the documents against the tables. It stands on nothing, so
// that every package's own tests may use it.
package lifecycletest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/fault"
)

// Noun is a lifecycle.
type Noun[S ~string] struct {
	name   string
	order  []S
	labels map[S]string
	moves  map[S][]S
	move   func(from *S, to S) error
}

// Of is a noun's states in the order of their life, their names on the screen,
// where each may go, and what takes it there.
func Of[S ~string](name string, order []S, labels map[S]string, moves map[S][]S,
	move func(from *S, to S) error) Noun[S] {
	return Noun[S]{name: name, order: order, labels: labels, moves: moves, move: move}
}

// walk tries every pair of states and writes the table down.
func (n Noun[S]) walk(t *testing.T, doc *strings.Builder) {
	t.Helper()
	fmt.Fprintf(doc, "%s\n| from | to |\n|---|---|\n", head(n.name))
	if len(n.labels) != len(n.order) {
		t.Errorf("%s: %d states have a name, %d are listed", n.name, len(n.labels), len(n.order))
	}
	for _, from := range n.order {
		var to []string
		for _, next := range n.order {
			at := from
			err := n.move(&at, next)
			switch allowed := slices.Contains(n.moves[from], next); {
			case allowed && (err != nil || at != next):
				t.Errorf("%s: %s to %s should go: %v", n.name, from, next, err)
			case !allowed && (fault.CodeOf(err) != fault.Conflict || at != from):
				t.Errorf("%s: %s to %s should be refused: %v", n.name, from, next, err)
			case allowed:
				to = append(to, fmt.Sprintf("%s %s", next, n.labels[next]))
			}
		}
		if len(to) == 0 {
			to = []string{"— (end)"}
		}
		fmt.Fprintf(doc, "| %s %s | %s |\n", from, n.labels[from], strings.Join(to, "、"))
	}
}

func head(noun string) string { return "\n## " + noun + "\n" }

// Title begins the document; the package whose nouns come first writes it.
const Title = "# Lifecycles\n\nWritten by the tests from the tables in the code. Only these moves exist.\n"

// Keep walks the nouns and keeps their part of the document true: all that comes
// before the next package's first noun, or to the end when there is none.
func Keep[S ~string](t *testing.T, path, title, next string, nouns ...Noun[S]) {
	t.Helper()
	var doc strings.Builder
	doc.WriteString(title)
	for _, n := range nouns {
		n.walk(t, &doc)
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest := "", string(have)
	if title == "" {
		before, rest, _ = strings.Cut(rest, head(nouns[0].name))
		rest = head(nouns[0].name) + rest
	}
	after := ""
	if next != "" {
		_, after, _ = strings.Cut(rest, head(next))
		after = head(next) + after
	}
	if whole := before + doc.String() + after; whole != string(have) {
		if err := os.WriteFile(path, []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s did not say what the code does; it is written anew", path)
	}
}
