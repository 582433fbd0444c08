package trading

import (
	"sunlot/internal/casework"
	"sunlot/internal/event"
)

// What one room owes and another, which stands above it, answers.
var (
	LettingDuty = &casework.DutyKind{
		Name:   "letting",
		Label:  "起草出租公告",
		Act:    TenderDraft,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
	OfferDuty = &casework.DutyKind{
		Name:   "contract",
		Label:  "拟订并签订合同",
		Act:    ContractOffer,
		Above:  casework.Oversee,
		Public: "成交后没有按期签订的合同",
		Ladder: casework.Promised,
	}
)

// Letting is what a confirmed, lawful resolution waits for.
func (r Resolution) Letting() casework.Duty {
	return casework.Duty{Noun: r.Stream(), Path: r.Path, Title: r.AssetName, Note: "决议已核实"}
}

// Offering is what a settled award waits for.
func (a Award) Offering() casework.Duty {
	return casework.Duty{Noun: event.Of("award", a.Lot), Path: a.Path, Title: a.LotTitle}
}
