package privacy_test

import (
	"testing"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/casework/lifecycletest"
)

// TestLifecycles stops before the part of the document that the package citing writes.
func TestLifecycles(t *testing.T) {
	lifecycletest.Keep(t, "../../docs/lifecycles.md", "", "Citation 条号核对",
		lifecycletest.Of("Clearance 放行",
			[]casework.State{privacy.Asked, privacy.Cleared, privacy.Declined, privacy.Ended},
			privacy.ClearanceLifecycle.Labels, privacy.ClearanceLifecycle.Moves, privacy.ClearanceLifecycle.Move),
		lifecycletest.Of("Withholding 隐去", []casework.State{privacy.Asked, privacy.Withheld, privacy.Declined},
			privacy.WithholdingLifecycle.Labels, privacy.WithholdingLifecycle.Moves, privacy.WithholdingLifecycle.Move))
}
