package house

import (
	"slices"

	"sunlot/admin"
	officeamending "sunlot/admin/amending"
	officebidding "sunlot/admin/bidding"
	officeciting "sunlot/admin/citing"
	officecontracts "sunlot/admin/contracts"
	"sunlot/admin/county"
	officepower "sunlot/admin/power"
	officeprivacy "sunlot/admin/privacy"
	officeregister "sunlot/admin/register"
	officeresolving "sunlot/admin/resolving"
	officerolls "sunlot/admin/rolls"
	officetendering "sunlot/admin/tendering"
	officeworks "sunlot/admin/works"
	"sunlot/disclosure"
	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading/amending"
	"sunlot/trading/bidding"
	"sunlot/trading/citing"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rolls"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
)

// Duties is every kind of duty that the rooms know, in the order of a case.
func Duties() []*casework.DutyKind {
	return slices.Concat(register.Duties, rolls.Duties, resolving.Duties, tendering.Duties, bidding.Duties,
		contracts.Duties,
		power.Duties, works.Duties, privacy.Duties, citing.Duties, amending.Duties, casework.Duties)
}

// officeScreens declares the offices' routes. The rooms come in the order in
// which the desk links to them; the desk itself comes last, when each has said
// what it has.
func (h *House) officeScreens(standings disclosure.Standings) {
	kit := &admin.Kit{Kit: h.Kit, Days: h.Days, Library: h.Library, Drafts: h.drafts, Duties: h.duties}
	(&officeregister.Screens{Kit: kit, Pack: h.Pack, Directory: h.directory, Assets: h.Assets}).Register()
	(&officerolls.Screens{Kit: kit, Pack: h.Pack, Directory: h.directory, Rolls: h.Rolls}).Register()
	(&officeresolving.Screens{
		Kit:       kit,
		Pack:      h.Pack,
		Directory: h.directory,
		Assets:    h.Assets,
		Resolving: h.Resolving,
	}).Register()
	(&officetendering.Screens{
		Kit:       kit,
		Pack:      h.Pack,
		Assets:    h.Assets,
		Resolving: h.Resolving,
		Tendering: h.Tendering,
		Standings: standings,
	}).Register()
	station := &officebidding.Screens{Kit: kit, Bidding: h.Bidding}
	station.Register()
	(&officecontracts.Screens{Kit: kit, Bidding: h.Bidding, Contracts: h.Contracts}).Register()
	(&officeworks.Screens{
		Kit:       kit,
		Directory: h.directory,
		Items:     h.Items,
		Resolving: h.Resolving,
		Works:     h.Works,
	}).Register()
	(&officepower.Screens{Kit: kit, Items: h.Items}).Register()
	(&officeprivacy.Screens{Kit: kit, Directory: h.directory, Privacy: h.Privacy}).Register()
	(&officeamending.Screens{Kit: kit, Pack: h.Pack, Amending: h.Amending, Standings: standings}).Register()
	(&officeciting.Screens{Kit: kit, Citing: h.Citing, Standings: standings}).Register()
	kit.Links(ownPages()...)
	(&county.Screens{
		Kit:       kit,
		Directory: h.directory,
		Admin:     h.Admin,
		Mailbox:   h.Mailbox,
		Standings: standings,
	}).Register()
	(&admin.Desk{Kit: kit, Ahead: station.NextOpening, Live: station.OwnOpenings}).Register()
}

// ownPages are the public house's pages of what somebody without an office has
// in hand: bidders and representatives find them on their desk.
func ownPages() []admin.Link {
	return []admin.Link{
		{Label: "我的报名", Address: "/registrations", Acts: []*identity.Action{bidding.LotRegister}},
		{Label: "我的报价", Address: "/bids", Acts: []*identity.Action{bidding.LotRegister}},
		{Label: "我的合同", Address: "/contracts", Acts: []*identity.Action{bidding.LotRegister}},
		{Label: "模拟竞价", Address: "/practice", Acts: []*identity.Action{bidding.LotRegister}},
		{Label: "我的表决", Address: "/votes", Acts: []*identity.Action{resolving.VoteCheck}},
	}
}
