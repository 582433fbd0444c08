package verify

import (
	"testing"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/trading/contracts"
)

// TestReversedRentHasNotComeIn: what a slip said counts until its reversal.
func TestReversedRentHasNotComeIn(t *testing.T) {
	var entries []ledger.Entry
	for kind, facts := range map[string]any{
		"contract.signed": contracts.SignedFacts{Whole: 500},
		"rent.received":   contracts.ReceivedFacts{Payment: 1, Amount: 700},
		"rent.reversed":   contracts.ReversedFacts{Slip: 2, Mistake: contracts.WrongSum, Payment: 1, Amount: 300},
	} {
		raw, err := event.Canonical(facts)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, ledger.Entry{Event: event.Event{Kind: kind, Facts: raw}})
	}
	if got := received(entries); got != 400 {
		t.Errorf("%d fen have come in, want 400", got)
	}
}
