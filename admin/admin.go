// Package admin is the officials' screens: the desk, the case from asset to
// notice, and the county's organisations and accounts.
package admin

import (
	"sunlot/disclosure"
	"sunlot/disclosure/mailbox"
	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
	"sunlot/web"
)

// Screens is the officials' pages.
type Screens struct {
	Kit       *web.Kit
	Pack      rules.Pack
	Days      casework.Schedules
	Library   *casework.Library
	Directory *identity.Directory
	Assets    *register.Service
	Resolving *resolving.Service
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Desk      casework.Desk
	Works     *works.Service
	Items     *power.Service
	Admin     *identity.Admin
	Mailbox   *mailbox.Service
	Drafts    *identity.Drafts
	Standings disclosure.Standings
}

// Register declares the routes.
func (s *Screens) Register() {
	s.assetRoutes()
	s.resolutionRoutes()
	s.tenderRoutes()
	s.RegisterCounty()
	s.receiverRoutes()
	s.stationRoutes()
	s.contractRoutes()
	s.itemRoutes()
	s.projectRoutes()
	s.draftRoutes()
	s.Kit.Get("/office", web.SignedIn, s.desk)
}

func (s *Screens) assetRoutes() {
	k, register := s.Kit, web.Needs(trading.AssetRegister)
	k.Get("/office/assets", web.Needs(identity.OfficeRead), s.assets)
	k.Get("/office/assets/new", register, s.assetNew)
	k.Post("/office/assets", register, s.assetRegister)
	k.Get("/office/assets/:id/edit", register, s.assetEdit)
	k.Post("/office/assets/:id", register, s.assetCorrect)
}

func (s *Screens) resolutionRoutes() {
	k, record, confirm := s.Kit, web.Needs(trading.ResolutionRecord), web.Needs(trading.ResolutionConfirm)
	k.Get("/office/resolutions/new", record, s.resolutionNew)
	k.Post("/office/resolutions", record, s.resolutionRecord)
	k.Get("/office/resolutions/:id", web.Needs(identity.OfficeRead), s.resolution)
	k.Get("/office/resolutions/:id/edit", record, s.resolutionEdit)
	k.Post("/office/resolutions/:id", record, s.resolutionAmend)
	k.Post("/office/resolutions/:id/submit", record, s.resolutionSubmit)
	k.Post("/office/resolutions/:id/confirm", confirm, s.resolutionConfirm)
	k.Post("/office/resolutions/:id/return", confirm, s.resolutionReturn)
}

func (s *Screens) tenderRoutes() {
	k, draft := s.Kit, web.Needs(tendering.TenderDraft)
	k.Get("/office/tenders", web.Needs(identity.OfficeRead), s.tenders)
	k.Get("/office/tenders/new", draft, s.tenderNew)
	k.Post("/office/tenders", draft, s.tenderDraft)
	k.Get("/office/tenders/:id", web.Needs(identity.OfficeRead), s.tender)
	k.Get("/office/tenders/:id/edit", draft, s.tenderEdit)
	k.Post("/office/tenders/:id", draft, s.tenderAmend)
	k.Post("/office/tenders/:id/submit", draft, s.step(s.Tendering.SubmitTender, "已提交乡镇经管站审核"))
	k.Post("/office/tenders/:id/withdraw", draft, s.step(s.Tendering.WithdrawTender, "已撤回"))
	k.Post("/office/tenders/:id/check", web.Needs(trading.TenderCheck), s.step(s.Tendering.CheckTender, "审核通过,已转分管领导审批"))
	k.Post("/office/tenders/:id/approve", web.Needs(tendering.TenderApprove), s.step(s.Tendering.ApproveTender, "已批准,由村集体经办人发布"))
	k.Post("/office/tenders/:id/announce", web.Needs(tendering.TenderAnnounce), s.step(s.Tendering.AnnounceTender, "公告已发布,正在写入公开日志"))
	k.Post("/office/tenders/:id/return", web.Needs(trading.TenderCheck, tendering.TenderApprove), s.tenderReturn)
	k.Post("/office/tenders/:id/posting", web.Needs(tendering.TenderAnnounce), s.tenderPost)
	k.Post("/office/tenders/:id/supplements", web.Needs(tendering.SupplementPropose), s.supplementPropose)
	k.Post("/office/supplements/:id/release", web.Needs(tendering.SupplementRelease), s.supplementRelease)
	k.Post("/office/supplements/:id/return", web.Needs(tendering.SupplementRelease), s.supplementReturn)
}

// RegisterCounty declares the county's organisations and accounts; the reading
// room has the same for its own.
func (s *Screens) RegisterCounty() {
	k, orgs, people, calendar := s.Kit, web.Needs(identity.OrgAdd), web.Needs(identity.PersonAdd), web.Needs(identity.CalendarAdd)
	k.Get("/office/orgs", orgs, s.orgs)
	k.Post("/office/orgs", orgs, s.orgAdd)
	k.Get("/office/people", people, s.people)
	k.Post("/office/people", people, s.personAdd)
	k.Post("/office/people/:id/password", people, s.passwordReset)
	k.Post("/office/people/:id/roles", web.Needs(identity.RoleGive), s.roleGive)
	k.Post("/office/roles/:id/end", web.Needs(identity.RoleGive), s.roleEnd)
	k.Get("/office/calendar", calendar, s.calendar)
	k.Post("/office/calendar", calendar, s.yearAdd)
}
