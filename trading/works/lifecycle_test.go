package works

import (
	"testing"

	"sunlot/trading"
	"sunlot/trading/tradingtest/lifecycle"
)

func TestLifecycles(t *testing.T) {
	lifecycle.Keep(t, "../../docs/lifecycles.md", "", "Item 小微权力事项", // whose part the package disclosure keeps
		lifecycle.Of("Contract 合同", []trading.State{Offered, Signed}, contractLabels, contractMoves, trading.Move),
		lifecycle.Of("Project 项目", ProjectStates(), projectLabels, projectMoves, trading.Move),
		lifecycle.Of("Entry 办理登记", []trading.State{Recorded, EntryConfirmed, EntryReturned}, entryLabels, entryMoves, trading.Move))
}
