// Package bidding is the offices' screens of what the station does around the
// bidding: registrations, deposits and objections.
package bidding

import (
	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

// Screens is the station's pages.
type Screens struct {
	Kit     *admin.Kit
	Bidding *bidding.Service
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k := s.Kit
	qualify, answer := web.Needs(trading.RegistrationQualify), web.Needs(trading.ObjectionAnswer)
	take, refund := web.Needs(trading.DepositImport), web.Needs(bidding.DepositRefund)
	k.Get("/office/registrations", qualify, s.registrations)
	k.Get("/office/registrations/:id", qualify, s.registration)
	k.Post("/office/registrations/:id/qualify", qualify, s.decide(s.Bidding.Qualify, "已取得竞买资格"))
	k.Post("/office/registrations/:id/refuse", qualify, s.decide(s.Bidding.RefuseRegistration, "已答复未通过,保证金原路退回"))
	k.Get("/office/deposits", take, s.deposits)
	k.Upload("/office/deposits", take, s.depositImport)
	k.Post("/office/deposits/:id/reject", refund, s.depositReject)
	k.Post("/office/deposits/:id/refund", refund, s.depositRefund)
	k.Get("/office/objections", answer, s.objections)
	k.Get("/office/objections/:id", answer, s.objection)
	k.Post("/office/objections/:id", answer, s.objectionAnswer)
	station := []*identity.Action{trading.RegistrationQualify}
	k.Links(
		admin.Link{Label: "竞买报名", Address: "/office/registrations", Acts: station},
		admin.Link{Label: "保证金", Address: "/office/deposits", Acts: station},
		admin.Link{Label: "异议", Address: "/office/objections", Acts: station},
	)
	k.DutyPages(map[string]string{
		"paying":       "/registrations/:id",
		"registration": "/office/registrations/:id",
		"deposit":      "/office/deposits?state=received",
		"refund":       "/office/deposits?state=due",
		"objection":    "/office/objections/:id",
	})
}
