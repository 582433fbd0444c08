package rolls

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/casework/lifecycletest"
	"sunlot/trading/rules"
)

// TestLifecycle stops before the part of the document that the package works writes.
func TestLifecycle(t *testing.T) {
	lifecycletest.Keep(t, "../../docs/lifecycles.md", "", "Contract 合同",
		lifecycletest.Of("Roll 名册", []casework.State{Entered, Confirmed, Returned, Withdrawn}, Lifecycle.Labels,
			Lifecycle.Moves, Lifecycle.Move))
}

// TestEachBodyHasARollSomewhere: an assembly of the rules without the kind of organisation
// whose body it is could have no roll, and so no resolution.
func TestEachBodyHasARollSomewhere(t *testing.T) {
	pack, err := rules.Find("shifan")
	if err != nil {
		t.Fatal(err)
	}
	for key, assembly := range pack.Assemblies {
		if !bodies[assembly.Body] {
			t.Errorf("%s is of no organisation: %q", key, assembly.Body)
		}
	}
}

// bodies are the kinds that own assets, and so have a body that decides.
var bodies = map[string]bool{"villager_group": true, "village_committee": true, "collective": true}
