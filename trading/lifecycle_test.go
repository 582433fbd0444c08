package trading

import (
	"testing"

	"sunlot/trading/tradingtest/lifecycle"
)

func TestLifecycles(t *testing.T) {
	lifecycle.Keep(t, "../docs/lifecycles.md", lifecycle.Title, "Contract 合同", // whose part the package works keeps
		lifecycle.Of("Resolution 决议", []State{Recorded, ResolutionSubmitted, ResolutionReturned, Confirmed}, resolutionLabels, resolutionMoves, Move),
		lifecycle.Of("Tender 交易", TenderStates(), tenderLabels, tenderMoves, Move),
		lifecycle.Of("Supplement 补充公告", []State{Proposed, Released, SupplementReturned}, supplementLabels, supplementMoves, Move),
		lifecycle.Of("Lot 标的", LotStates(), lotLabels, lotMoves, Move),
		lifecycle.Of("Registration 报名", RegistrationStates(), registrationLabels, registrationMoves, Move),
		lifecycle.Of("Deposit 保证金", DepositStates(), depositLabels, depositMoves, Move),
		lifecycle.Of("Award 成交结果", AwardStates(), awardLabels, awardMoves, Move),
		lifecycle.Of("Objection 异议", []State{Raised, Answered}, objectionLabels, objectionMoves, Move))
}
