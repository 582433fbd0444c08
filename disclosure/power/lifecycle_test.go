package power

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/casework/lifecycletest"
)

// TestItemLifecycle stops before the part of the document that the package privacy writes.
func TestItemLifecycle(t *testing.T) {
	lifecycletest.Keep(t, "../../docs/lifecycles.md", "", "Clearance 放行",
		lifecycletest.Of("Item 小微权力事项", []casework.State{Drafted, Published, Revising},
			ItemLifecycle.Labels, ItemLifecycle.Moves, ItemLifecycle.Move))
}
