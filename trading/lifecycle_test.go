package trading

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/casework/lifecycletest"
)

func TestLifecycles(t *testing.T) {
	// whose part the package works keeps
	lifecycletest.Keep(t, "../docs/lifecycles.md", lifecycletest.Title, "Roll 名册",
		lifecycletest.Of("Asset entry 资产登记",
			[]casework.State{AssetSubmitted, AssetReturned, AssetConfirmed, AssetWithdrawn},
			AssetDraftLifecycle.Labels, AssetDraftLifecycle.Moves, AssetDraftLifecycle.Move),
		lifecycletest.Of("Resolution 决议",
			[]casework.State{Recorded, ResolutionSubmitted, ResolutionReturned, Confirmed, ResolutionWithdrawn},
			ResolutionLifecycle.Labels, ResolutionLifecycle.Moves, ResolutionLifecycle.Move),
		lifecycletest.Of("Tender 公告", TenderStates(), TenderLifecycle.Labels, TenderLifecycle.Moves,
			TenderLifecycle.Move),
		lifecycletest.Of("Supplement 补充公告",
			[]casework.State{Proposed, Released, SupplementReturned, SupplementTakenBack},
			SupplementLifecycle.Labels, SupplementLifecycle.Moves, SupplementLifecycle.Move),
		lifecycletest.Of("Lot 标的", LotStates(), LotLifecycle.Labels, LotLifecycle.Moves, LotLifecycle.Move),
		lifecycletest.Of("Registration 报名", RegistrationStates(), RegistrationLifecycle.Labels,
			RegistrationLifecycle.Moves, RegistrationLifecycle.Move),
		lifecycletest.Of("Deposit 保证金", DepositStates(), DepositLifecycle.Labels, DepositLifecycle.Moves,
			DepositLifecycle.Move),
		lifecycletest.Of("Award 成交结果", AwardStates(), AwardLifecycle.Labels, AwardLifecycle.Moves, AwardLifecycle.Move),
		lifecycletest.Of("Objection 异议", ObjectionStates(), ObjectionLifecycle.Labels,
			ObjectionLifecycle.Moves, ObjectionLifecycle.Move))
}
