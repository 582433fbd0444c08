package house_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/house"
	"sunlot/trading/tradingtest"
)

// TestEveryStateLeadsOn walks every lifecycle: a state that is no end has
// somebody's duty, a clock or another noun that takes it on; an end has none, and
// no kind of duty is unknown to the desk.
func TestEveryStateLeadsOn(t *testing.T) {
	known := house.Duties()
	for _, life := range tradingtest.Lives {
		for at := range life.Lifecycle.Labels {
			lead, has := life.Leads[at]
			switch ends := len(life.Lifecycle.Moves[at]) == 0; {
			case ends && has:
				t.Errorf("%s %s is an end and leads on", life.Noun, at)
			case !ends && len(lead.Duties) == 0 && lead.By == "":
				t.Errorf("%s %s is no end, and nothing leads on", life.Noun, at)
			}
			for _, k := range lead.Duties {
				if !slices.Contains(known, k) {
					t.Errorf("%s %s owes %s, which no desk shows", life.Noun, at, k.Name)
				}
			}
		}
		for at := range life.Leads {
			if life.Lifecycle.Labels[at] == "" {
				t.Errorf("%s has no state %s", life.Noun, at)
			}
		}
	}
}

// TestDutyTable keeps the table of kinds in docs/duties.md true.
func TestDutyTable(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("| kind | what is done | held by | climbs to | counted in public |\n|---|---|---|---|---|\n")
	names := map[string]bool{}
	for _, k := range house.Duties() {
		if names[k.Name] || k.Name == "above" || k.Name == "sent" || k.Label == "" || k.Act == nil {
			t.Errorf("%q has no name of its own, or nobody holds it", k.Name)
		}
		names[k.Name] = true
		above, counted := "—", "—"
		if k.Above != nil {
			above = fmt.Sprintf("%s after %d working day", k.Above.Holders(), k.Ladder.Above)
		}
		if k.Public != "" {
			counted = k.Public + " from the first day"
			if k.Ladder.Counted > 0 {
				counted = fmt.Sprintf("%s after %d working days", k.Public, k.Ladder.Counted)
			}
		}
		fmt.Fprintf(&doc, "| %s | %s | %s | %s | %s |\n", k.Name, k.Label, k.Holder(), above, counted)
	}
	const path, mark = "../../../docs/duties.md", "<!-- written by the tests -->\n"
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, table, _ := strings.Cut(string(have), mark)
	if table != doc.String() {
		if err := os.WriteFile(path, []byte(before+mark+doc.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s did not say what the code does; it is written anew", path)
	}
}
