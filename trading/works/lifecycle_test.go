package works

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/fault"
	"sunlot/trading"
)

// itemHead begins the part of the document that the package disclosure writes.
const itemHead = "\n## Item 小微权力事项\n"

// walk tries every pair of states of a table and writes it down.
func walk(t *testing.T, doc *strings.Builder, noun string, moves map[trading.State][]trading.State, labels map[trading.State]string, order []trading.State) {
	t.Helper()
	fmt.Fprintf(doc, "\n## %s\n\n| from | to |\n|---|---|\n", noun)
	if len(labels) != len(order) {
		t.Errorf("%s: %d states have a name, %d are listed", noun, len(labels), len(order))
	}
	for _, from := range order {
		var to []string
		for _, next := range order {
			at := from
			err := advance(moves, labels, noun, &at, next)
			switch allowed := slices.Contains(moves[from], next); {
			case allowed && (err != nil || at != next):
				t.Errorf("%s: %s to %s should go: %v", noun, from, next, err)
			case !allowed && (fault.CodeOf(err) != fault.Conflict || at != from):
				t.Errorf("%s: %s to %s should be refused: %v", noun, from, next, err)
			case allowed:
				to = append(to, fmt.Sprintf("%s %s", next, labels[next]))
			}
		}
		if len(to) == 0 {
			to = []string{"— (end)"}
		}
		fmt.Fprintf(doc, "| %s %s | %s |\n", from, labels[from], strings.Join(to, ", "))
	}
}

// TestContractLifecycle walks every pair of states and keeps its part of
// docs/lifecycles.md true.
func TestContractLifecycle(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("\n## Contract 合同\n\n| from | to |\n|---|---|\n")
	for _, from := range ContractStates() {
		var to []string
		for _, next := range ContractStates() {
			c := Contract{State: from}
			err := move(&c, next)
			switch allowed := slices.Contains(contractMoves[from], next); {
			case allowed && (err != nil || c.State != next || c.Version != 1):
				t.Errorf("%s to %s should go: %v", from, next, err)
			case !allowed && (fault.CodeOf(err) != fault.Conflict || c.State != from):
				t.Errorf("%s to %s should be refused: %v", from, next, err)
			case allowed:
				to = append(to, fmt.Sprintf("%s %s", next, contractLabels[next]))
			}
		}
		if len(to) == 0 {
			to = []string{"— (end)"}
		}
		fmt.Fprintf(&doc, "| %s %s | %s |\n", from, contractLabels[from], strings.Join(to, ", "))
	}
	walk(t, &doc, "Project 项目", projectMoves, projectLabels, ProjectStates())
	walk(t, &doc, "Entry 办理登记", entryMoves, entryLabels, EntryStates())
	const path = "../../docs/lifecycles.md"
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, mine, _ := strings.Cut(string(have), "\n## Contract 合同\n")
	_, after, _ := strings.Cut(mine, itemHead) // what follows is kept by the package disclosure
	if whole := before + doc.String() + itemHead + after; whole != string(have) {
		if err := os.WriteFile(path, []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s did not say what the code does; it is written anew", path)
	}
}
