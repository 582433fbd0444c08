package house

import (
	"sunlot/disclosure"
	"sunlot/internal/finding"
	"sunlot/web/public/about"
	"sunlot/web/public/account"
	"sunlot/web/public/bidding"
	"sunlot/web/public/files"
	"sunlot/web/public/home"
	publiclog "sunlot/web/public/log"
	"sunlot/web/public/notice"
	"sunlot/web/public/report"
	"sunlot/web/public/results"
	"sunlot/web/public/share"
	"sunlot/web/public/village"
	"sunlot/web/public/works"
)

// publicScreens declares the routes of the villagers' and bidders' rooms.
func (h *House) publicScreens(standings disclosure.Standings) {
	(&home.Screens{
		Kit:       h.Kit,
		Pack:      h.Pack,
		Amending:  h.Amending,
		Days:      h.Days,
		Directory: h.directory,
		Tendering: h.Tendering,
		Bidding:   h.Bidding,
		Contracts: h.Contracts,
		Finding:   &finding.Service{Store: h.DB},
		Log:       h.Log,
		Epoch:     h.epoch,
		Changes:   h.changes,
	}).Register()
	(&about.Screens{Kit: h.Kit, Directory: h.directory, Pack: h.Pack}).Register()
	(&village.Screens{
		Kit:       h.Kit,
		Directory: h.directory,
		Assets:    h.Assets,
		Resolving: h.Resolving,
		Tendering: h.Tendering,
		Bidding:   h.Bidding,
		Contracts: h.Contracts,
		Works:     h.Works,
		Duties:    h.duties,
		Epoch:     h.epoch,
	}).Register()
	(&notice.Screens{
		Kit:       h.Kit,
		Pack:      h.Pack,
		Days:      h.Days,
		Library:   h.Library,
		Directory: h.directory,
		Assets:    h.Assets,
		Resolving: h.Resolving,
		Tendering: h.Tendering,
		Bidding:   h.Bidding,
		Contracts: h.Contracts,
		Standings: standings,
	}).Register()
	(&bidding.Screens{
		Kit:       h.Kit,
		Days:      h.Days,
		Library:   h.Library,
		Resolving: h.Resolving,
		Tendering: h.Tendering,
		Bidding:   h.Bidding,
		Contracts: h.Contracts,
		Blind:     h.Blind,
		Epoch:     h.epoch,
	}).Register()
	(&works.Screens{
		Kit:       h.Kit,
		Days:      h.Days,
		Library:   h.Library,
		Directory: h.directory,
		Works:     h.Works,
		Items:     h.Items,
		Standings: standings,
	}).Register()
	(&share.Screens{Kit: h.Kit, Days: h.Days, Tendering: h.Tendering, Bidding: h.Bidding}).Register()
	(&results.Screens{Kit: h.Kit, Days: h.Days, Directory: h.directory, Tendering: h.Tendering, Bidding: h.Bidding,
		Contracts: h.Contracts, Sessions: h.Sessions, Standings: standings}).Register()
	(&account.Screens{Kit: h.Kit, Admin: h.Admin, Sessions: h.Sessions}).Register()
	(&files.Screens{Kit: h.Kit, Library: h.Library, Works: h.Works}).Register()
	(&publiclog.Screens{Kit: h.Kit, Log: h.Log, Standings: standings}).Register()
	(&report.Screens{Kit: h.Kit, Directory: h.directory, Mailbox: h.Mailbox, Blind: h.Blind}).Register()
}
