package disclosure

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/fault"
)

// reportHead begins the part of the document that the package lead writes.
const reportHead = "\n## Report 反映\n"

// TestItemLifecycle walks every pair of states and keeps its part of
// docs/lifecycles.md true.
func TestItemLifecycle(t *testing.T) {
	const head = "\n## Item 小微权力事项\n"
	var doc strings.Builder
	doc.WriteString(head + "\n| from | to |\n|---|---|\n")
	for _, from := range ItemStates() {
		var to []string
		for _, next := range ItemStates() {
			i := Item{State: from}
			err := moveItem(&i, next)
			switch allowed := slices.Contains(itemMoves[from], next); {
			case allowed && (err != nil || i.State != next):
				t.Errorf("%s to %s should go: %v", from, next, err)
			case !allowed && (fault.CodeOf(err) != fault.Conflict || i.State != from):
				t.Errorf("%s to %s should be refused: %v", from, next, err)
			case allowed:
				to = append(to, fmt.Sprintf("%s %s", next, itemLabels[next]))
			}
		}
		fmt.Fprintf(&doc, "| %s %s | %s |\n", from, itemLabels[from], strings.Join(to, ", "))
	}
	const path = "../docs/lifecycles.md"
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, mine, _ := strings.Cut(string(have), head)
	_, after, _ := strings.Cut(mine, reportHead) // what follows is kept by the package lead
	if whole := before + doc.String() + reportHead + after; whole != string(have) {
		if err := os.WriteFile(path, []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s did not say what the code does; it is written anew", path)
	}
}
