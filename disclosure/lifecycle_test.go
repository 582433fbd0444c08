package disclosure

import (
	"testing"

	"sunlot/trading"
	"sunlot/trading/tradingtest/lifecycle"
)

// TestItemLifecycle stops before the part of the document that the package lead writes.
func TestItemLifecycle(t *testing.T) {
	lifecycle.Keep(t, "../docs/lifecycles.md", "", "Report 反映",
		lifecycle.Of("Item 小微权力事项", []trading.State{Drafted, Published, Revising}, itemLabels, itemMoves, trading.Move))
}
