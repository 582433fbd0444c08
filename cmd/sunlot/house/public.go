package house

import (
	"sunlot/disclosure"
	"sunlot/web/public"
	"sunlot/web/public/account"
	"sunlot/web/public/files"
	publiclog "sunlot/web/public/log"
	"sunlot/web/public/report"
)

// publicScreens declares the routes of the villagers' and bidders' rooms.
func (h *House) publicScreens(standings disclosure.Standings) {
	(&public.Screens{Kit: h.Kit, Pack: h.Pack, Days: h.Days, Library: h.Library, Directory: h.directory, Assets: h.Assets,
		Resolving: h.Resolving, Tendering: h.Tendering, Bidding: h.Bidding, Contracts: h.Contracts, Works: h.Works, Items: h.Items,
		Blind: h.Blind, Standings: standings, Events: h.Data.Ledger, Epoch: h.epoch}).Register()
	(&account.Screens{Kit: h.Kit, Admin: h.Admin, Sessions: h.Sessions}).Register()
	(&files.Screens{Kit: h.Kit, Library: h.Library, Works: h.Works}).Register()
	(&publiclog.Screens{Kit: h.Kit, Log: h.Log, Standings: standings, Events: h.Data.Ledger}).Register()
	(&report.Screens{Kit: h.Kit, Directory: h.directory, Mailbox: h.Mailbox, Blind: h.Blind}).Register()
}
