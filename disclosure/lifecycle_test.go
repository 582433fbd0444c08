package disclosure

import (
	"testing"

	"sunlot/trading"
	"sunlot/trading/tradingtest/lifecycle"
)

func TestItemLifecycle(t *testing.T) {
	lifecycle.Keep(t, "../docs/lifecycles.md", "", "",
		lifecycle.Of("Item 小微权力事项", []trading.State{Drafted, Published, Revising}, itemLabels, itemMoves, trading.Move))
}
