package tendering

import (
	"sunlot/internal/identity"
	"sunlot/trading"
)

// What is done in this room besides the acts that trading declares.
var (
	TenderApprove = identity.NewAction("tender.approve", "审批公告", identity.Leader).
			After("tender.draft", "tender.check", "tender.announce")
	TenderAnnounce    = identity.NewAction("tender.announce", "发布公告", identity.Clerk)
	SupplementPropose = identity.NewAction("supplement.propose", "起草补充公告", identity.Clerk)
	SupplementRelease = identity.NewAction("supplement.release", "发布补充公告", identity.Station).After("supplement.propose")
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	trading.TenderDraft,
	trading.TenderCheck,
	TenderApprove,
	TenderAnnounce,
	SupplementPropose,
	SupplementRelease,
}
