package identity

import (
	"testing"
	"time"

	"sunlot/internal/casework/lifecycletest"
)

// TestProposalLifecycle stops before the part of the document that the package
// lead writes. What has lapsed follows from the time and is kept nowhere.
func TestProposalLifecycle(t *testing.T) {
	now := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	decide := func(from *ProposalState, to ProposalState) error {
		p := Proposal{State: *from, Until: now.Add(time.Second)}
		err := p.decide(to, "b", now)
		*from = p.State
		return err
	}
	lifecycletest.Keep(t, "../../docs/lifecycles.md", "", "Report 反映",
		lifecycletest.Of("Account 账号变更", []ProposalState{Proposed, Confirmed, Refused, Withdrawn, Lapsed},
			proposalStates, ProposalMoves, decide))
	p := Proposal{State: Proposed, Until: now}
	if p.At(now) != Lapsed || p.At(now.Add(-time.Millisecond)) != Proposed || p.decide(Confirmed, "b", now) == nil {
		t.Errorf("it does not lapse: %+v", p)
	}
}
