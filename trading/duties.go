package trading

import (
	"sunlot/internal/casework"
	"sunlot/internal/event"
)

// What one room owes and another, which stands above it, answers.
var (
	LettingDuty = &casework.DutyKind{
		Name:   "letting",
		Label:  "起草交易公告",
		Act:    TenderDraft,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
	RelistDuty = &casework.DutyKind{
		Name:   "relist",
		Label:  "未成交（流标）或者成交结果撤销后重新公告或者结束",
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

// Relisting is what an asset waits for whose lot has failed: another notice, or the
// word that it is not let for now. Its case is the lot's tender.
func (l Lot) Relisting(asset, title string) casework.Duty {
	return casework.Duty{Noun: event.Of("asset", asset), Case: l.Tender, Path: l.Path, Title: title, Note: l.Label()}
}

// Offering is what a settled award waits for.
func (a Award) Offering() casework.Duty {
	return casework.Duty{Noun: event.Of("award", a.Lot), Path: a.Path, Title: a.LotTitle}
}
