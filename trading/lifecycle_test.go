package trading

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/fault"
)

// nouns are the lifecycles of the package, as the documents print them.
var nouns = []struct {
	name   string
	moves  map[State][]State
	labels map[State]string
	order  []State
}{
	{"Resolution 决议", resolutionMoves, resolutionLabels, []State{Recorded, ResolutionSubmitted, ResolutionReturned, Confirmed}},
	{"Tender 交易", tenderMoves, tenderLabels, TenderStates()},
	{"Supplement 补充公告", supplementMoves, supplementLabels, []State{Proposed, Released, SupplementReturned}},
	{"Lot 标的", lotMoves, lotLabels, LotStates()},
	{"Registration 报名", registrationMoves, registrationLabels, RegistrationStates()},
	{"Deposit 保证金", depositMoves, depositLabels, DepositStates()},
	{"Award 成交结果", awardMoves, awardLabels, AwardStates()},
	{"Objection 异议", objectionMoves, objectionLabels, []State{Raised, Answered}},
}

// worksHead begins the part of the document that the package works writes.
const worksHead = "\n## Contract 合同\n"

// TestLifecycles walks every pair of states and keeps docs/lifecycles.md true.
func TestLifecycles(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("# Lifecycles\n\nWritten by the tests from the tables in the code. Only these moves exist.\n")
	for _, noun := range nouns {
		fmt.Fprintf(&doc, "\n## %s\n\n| from | to |\n|---|---|\n", noun.name)
		if len(noun.labels) != len(noun.order) {
			t.Errorf("%s: %d states have a name, %d are listed", noun.name, len(noun.labels), len(noun.order))
		}
		for _, from := range noun.order {
			var to []string
			for _, next := range noun.order {
				at := from
				err := move(noun.moves, noun.labels, noun.name, &at, next)
				switch allowed := slices.Contains(noun.moves[from], next); {
				case allowed && (err != nil || at != next):
					t.Errorf("%s: %s to %s should go: %v", noun.name, from, next, err)
				case !allowed && (fault.CodeOf(err) != fault.Conflict || at != from):
					t.Errorf("%s: %s to %s should be refused: %v", noun.name, from, next, err)
				case allowed:
					to = append(to, fmt.Sprintf("%s %s", next, noun.labels[next]))
				}
			}
			if len(to) == 0 {
				to = []string{"— (end)"}
			}
			fmt.Fprintf(&doc, "| %s %s | %s |\n", from, noun.labels[from], strings.Join(to, ", "))
		}
	}
	const path = "../docs/lifecycles.md"
	have, _ := os.ReadFile(path)
	ours, after, _ := strings.Cut(string(have), worksHead) // what follows is kept by the package works
	if ours != doc.String() {
		if err := os.WriteFile(path, []byte(doc.String()+worksHead+after), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s did not say what the code does; it is written anew", path)
	}
}
