package works

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/casework/lifecycletest"
	"sunlot/trading/contracts"
)

func TestLifecycles(t *testing.T) {
	lifecycletest.Keep(t, "../../docs/lifecycles.md", "", "Item 小微权力事项", // whose part the package disclosure keeps
		lifecycletest.Of("Contract 合同", []casework.State{contracts.Offered, contracts.Signed},
			contracts.ContractLifecycle.Labels, contracts.ContractLifecycle.Moves, contracts.ContractLifecycle.Move),
		lifecycletest.Of("Project 项目", ProjectStates(), ProjectLifecycle.Labels, ProjectLifecycle.Moves,
			ProjectLifecycle.Move),
		lifecycletest.Of("Entry 办理登记", []casework.State{Recorded, EntryConfirmed, EntryReturned, EntryTakenBack},
			EntryLifecycle.Labels, EntryLifecycle.Moves, EntryLifecycle.Move))
}
