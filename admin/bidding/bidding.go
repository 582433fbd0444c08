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
	qualify := web.Needs(trading.RegistrationQualify)
	objections := []*identity.Action{trading.ObjectionAnswer, trading.ObjectionRule, trading.ObjectionSecond}
	answer, handles := web.Needs(trading.ObjectionAnswer, trading.ObjectionRule), web.Needs(objections...)
	take, refund := web.Needs(trading.DepositImport), web.Needs(bidding.DepositRefund)
	k.Get("/office/registrations", qualify, s.registrations)
	k.Get("/office/registrations/:id", qualify, s.registration)
	k.Post("/office/registrations/:id/qualify", qualify, s.decide(s.Bidding.Qualify, "已取得竞买资格"))
	k.Post("/office/registrations/:id/refuse", qualify, s.decide(s.Bidding.RefuseRegistration, "已通知报名人审核未通过，保证金将原路退回"))
	k.Get("/office/deposits", take, s.deposits)
	k.Upload("/office/deposits", take, s.depositImport)
	k.Post("/office/deposits/:id/reject", refund, s.depositReject)
	k.Get("/office/deposits/:id", take, s.deposit)
	k.Post("/office/deposits/:id/refund", refund, s.depositRefund)
	k.Post("/office/deposits/:id/refunded", web.Needs(bidding.DepositSecond),
		s.depositStep(s.Bidding.ConfirmRefund, "退款已复核"))
	k.Post("/office/deposits/:id/unrefunded", refund, s.depositStep(s.Bidding.DenyRefund, "已退回重办，请重新退款"))
	k.Post("/office/deposits/:id/hand", take, s.depositPropose)
	k.Post("/office/deposits/:id/match", web.Needs(bidding.DepositSecond), s.depositStep(s.Bidding.ConfirmMatch, "已核对"))
	k.Post("/office/deposits/:id/unmatch", take, s.depositStep(s.Bidding.DeclineMatch, "已撤销人工核对"))
	k.Post("/office/deposits/:id/settle", take, s.depositSettle)
	k.Get("/office/imports", take, s.imports)
	k.Get("/office/imports/:id", take, s.importShow)
	k.Get("/office/withdrawals", take, s.withdrawals)
	k.Post("/office/withdrawals/:id", take, s.withdrawalClose)
	k.Get("/office/deposit-accounts", take, s.accounts)
	k.Post("/office/deposit-accounts", web.Needs(bidding.DepositAccount), s.accountOpen)
	k.Post("/office/deposit-accounts/:id/forget", web.Needs(bidding.DepositAccount), s.accountForget)
	k.Get("/office/objections", handles, s.objections)
	k.Get("/office/objections/:id", handles, s.objection)
	k.Post("/office/objections/:id/second", web.Needs(trading.ObjectionSecond, trading.ObjectionStand),
		s.objectionSecond)
	k.Post("/office/objections/:id/withdraw", web.Needs(trading.ObjectionRule), s.objectionWithdraw)
	k.Post("/office/objections/:id", answer, s.objectionAnswer)
	k.Post("/office/objections/:id/decision", web.Needs(trading.ObjectionRule), s.objectionDecide)
	station := []*identity.Action{trading.RegistrationQualify}
	k.Links(
		admin.Link{Label: "竞买报名", Address: "/office/registrations", Acts: station},
		admin.Link{Label: "保证金", Address: "/office/deposits", Acts: station},
		admin.Link{Label: "流水导入记录", Address: "/office/imports", Acts: station},
		admin.Link{Label: "冲正和退款流水", Address: "/office/withdrawals", Acts: station},
		admin.Link{Label: "保证金账户", Address: "/office/deposit-accounts", Acts: station},
		admin.Link{
			Label:   "异议",
			Address: "/office/objections",
			Acts:    objections,
		},
	)
	k.DutyPages(map[string]string{
		"paying":       "/registrations/:id",
		"registration": "/office/registrations/:id",
		"deposit":      "/office/deposits?state=received",
		"refund":       "/office/deposits?state=due",
		"hand":         "/office/deposits/:id",
		"noted":        "/office/deposits/:id",
		"undone":       "/office/deposits/:id",
		"withdrawal":   "/office/withdrawals?state=open",
		"objection":    "/office/objections/:id",
		"referred":     "/office/objections/:id",
		"decision":     "/office/objections/:id",
		"voiding":      "/office/objections/:id",
		"stuck":        "/lots/:id",
	})
}
