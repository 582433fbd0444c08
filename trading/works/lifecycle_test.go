package works

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/fault"
)

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
	const path = "../../docs/lifecycles.md"
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(have), "\n## Contract 合同\n")
	if whole := before + doc.String(); whole != string(have) {
		if err := os.WriteFile(path, []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s did not say what the code does; it is written anew", path)
	}
}
