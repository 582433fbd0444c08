// Package tendering is the offices' screens of tenders, from draft to notice,
// and of their supplements.
package tendering

import (
	"sunlot/admin"
	"sunlot/disclosure"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/web"
)

// Screens is the pages on which a tender is drafted, reviewed and announced.
type Screens struct {
	Kit       *admin.Kit
	Pack      func() rules.Pack
	Assets    *register.Service
	Resolving *resolving.Service
	Tendering *tendering.Service
	Standings disclosure.Standings
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k := s.Kit
	draft, read := web.Needs(trading.TenderDraft), web.Needs(identity.OfficeRead)
	k.Get("/office/tenders", read, s.tenders)
	k.Get("/office/tenders/new", draft, s.tenderNew)
	k.Post("/office/tenders", draft, s.tenderDraft)
	k.Get("/office/tenders/:id", read, s.tender)
	k.Get("/office/tenders/:id/edit", draft, s.tenderEdit)
	k.Post("/office/tenders/:id", draft, s.tenderAmend)
	k.Post("/office/tenders/:id/submit", draft, s.step(s.Tendering.SubmitTender, "已提交乡镇经管站审核"))
	k.Post("/office/tenders/:id/take-back", draft, s.step(s.Tendering.TakeBackTender, "已收回，可以修改"))
	k.Post("/office/tenders/:id/withdraw", draft, s.step(s.Tendering.WithdrawTender, "已撤回"))
	k.Post("/office/tenders/:id/end", draft, s.step(s.Tendering.EndTender, "已结束，以后仍可另行公告"))
	s.review()
	s.supplements()
	k.Links(admin.Link{Label: "交易公告", Address: "/office/tenders", Acts: []*identity.Action{identity.OfficeRead}})
	pages := map[string]string{}
	for _, kind := range tendering.Duties {
		pages[kind.Name] = "/office/tenders/:id"
	}
	k.DutyPages(pages)
	k.Forms(s.draftForm())
}

func (s *Screens) review() {
	k, announce := s.Kit, web.Needs(tendering.TenderAnnounce)
	check, approve := web.Needs(trading.TenderCheck), web.Needs(tendering.TenderApprove)
	k.Post("/office/tenders/:id/check", check, s.step(s.Tendering.CheckTender, "审核通过，已转分管领导审批"))
	k.Post("/office/tenders/:id/approve", approve, s.step(s.Tendering.ApproveTender, "已批准，由村集体经办人发布"))
	k.Get("/office/tenders/:id/announce", announce, s.announceCheck)
	k.Post("/office/tenders/:id/announce", announce, s.step(s.Tendering.AnnounceTender, "公告已发布，正在写入公开日志"))
	k.Post("/office/tenders/:id/return", web.Needs(trading.TenderCheck, tendering.TenderApprove), s.tenderReturn)
	k.Upload("/office/tenders/:id/posting", announce, s.tenderPost)
}

func (s *Screens) supplements() {
	k, release := s.Kit, web.Needs(tendering.SupplementRelease)
	k.Post("/office/tenders/:id/supplements", web.Needs(tendering.SupplementPropose), s.supplementPropose)
	k.Post("/office/supplements/:id/take-back", web.Needs(tendering.SupplementPropose), s.supplementTakeBack)
	k.Post("/office/supplements/:id/release", release, s.supplementRelease)
	k.Post("/office/supplements/:id/return", release, s.supplementReturn)
}
