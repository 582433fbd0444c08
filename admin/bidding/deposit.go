package bidding

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
	"sunlot/web/table"
)

type depositsPage struct {
	admin.ListPage[trading.Deposit]
	Today    calendar.Date
	Accounts []web.Choice
	Typed    web.Typed
	Unclear  *headerForm // of the file that was sent, when its columns have to be told
}

// deposits lists what has come into the deposit account and what has to go back.
func (s *Screens) deposits(c *fiber.Ctx) error {
	if table.Asked(c) {
		return s.depositList().File(c, s.Kit.Days.Clock.Now())
	}
	page, err := s.depositsPage(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/deposits", page)
}

func (s *Screens) depositsPage(c *fiber.Ctx, kept web.Typed) (depositsPage, error) {
	page := depositsPage{Today: s.Kit.Days.Today(), Typed: kept}
	accounts, err := s.Bidding.SeeAccounts(c.UserContext(), web.Actor(c))
	if err != nil {
		return page, err
	}
	for _, a := range accounts {
		page.Accounts = append(page.Accounts, web.Choice{Value: a.ID, Label: a.Label()})
	}
	page.ListPage, err = s.depositList().Page(c, s.Kit)
	return page, err
}

// depositImport takes the bank's statement, and shows what became of its rows.
func (s *Screens) depositImport(c *fiber.Ctx) error {
	r := web.Read(c)
	uploads, err := web.Uploads(c, "statement")
	if err == nil && len(uploads) != 1 {
		err = fault.New(fault.Invalid, "请选择一份银行流水（CSV）").On("statement")
	}
	id := ""
	if err == nil {
		form := bidding.StatementForm{
			Account: r.Text("account"),
			File:    uploads[0].Data,
			Header:  headerSaid(r),
			Seen:    r.Text("seen"),
		}
		id, err = s.Bidding.ImportStatement(c.UserContext(), web.Actor(c), r.RequestID(), form)
	}
	if err != nil {
		page, pageErr := s.depositsPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		page.Unclear = unclearHeader(err, r.Typed)
		return s.Kit.Again(c, err, "office/bidding/deposits", page)
	}
	i, err := s.Bidding.SeeImport(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	return s.Kit.Done(c, "/office/imports/"+id, fmt.Sprintf("流水已导入：共 %d 行，入账 %d，已有 %d，冲回 %d，不处理 %d，拒收 %d；核对 %d 笔",
		i.Total, i.Taken(), i.Known(), i.Reversed(), i.Skipped(), i.Refused(), i.Matched))
}

type depositView struct {
	bidding.PaymentView
	Entries []web.Choice
	Mine    bool // who looks has proposed or typed what waits for a second person
	Today   calendar.Date
	Trail   []web.Moment
	Typed   web.Typed
}

func (s *Screens) deposit(c *fiber.Ctx) error {
	view, err := s.depositView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/deposit", view)
}

func (s *Screens) depositView(c *fiber.Ctx, kept web.Typed) (view depositView, err error) {
	view.PaymentView, err = s.Bidding.SeePayment(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return view, err
	}
	for _, r := range view.Candidates {
		view.Entries = append(view.Entries, web.Choice{
			Value: r.ID,
			Label: fmt.Sprintf("%s，账号 %s（%s）", r.Name, trading.Masked(r.Account), r.LotTitle),
		})
	}
	me := web.Actor(c).PersonID
	view.Mine = me == view.Deposit.Hand.By || view.Deposit.State == trading.RefundNoted && me == view.Deposit.RefundedBy
	view.Today = s.Kit.Days.Today()
	view.Trail = s.Kit.Trail(view.PaymentView.Trail)
	view.Typed = kept
	return view, nil
}

// depositDone answers an act on a payment: with its page again when it was refused.
func (s *Screens) depositDone(c *fiber.Ctx, err error, kept web.Typed, address, message string) error {
	if err == nil {
		return s.Kit.Done(c, address, message)
	}
	view, viewErr := s.depositView(c, kept)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/bidding/deposit", view)
}

func (s *Screens) depositReject(c *fiber.Ctx) error {
	r := web.Read(c)
	_, err := s.Bidding.RejectDeposit(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	return s.depositDone(c, err, r.Typed, "/office/deposits", "已列入待退款项")
}

func (s *Screens) depositRefund(c *fiber.Ctx) error {
	r := web.Read(c)
	form := bidding.RefundForm{Version: r.Version(), Trace: r.Text("trace")}
	_, err := s.Bidding.RefundDeposit(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	return s.depositDone(c, err, r.Typed, "/office/deposits", "退款已登记，请另一人复核；流水里有这笔支出的，导入后不用复核")
}

func (s *Screens) depositPropose(c *fiber.Ctx) error {
	r := web.Read(c)
	form := bidding.HandForm{Version: r.Version(), Registration: r.Text("registration"), Reason: r.Text("reason")}
	_, err := s.Bidding.ProposeMatch(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	return s.depositDone(c, err, r.Typed, "/office/deposits/"+c.Params("id"), "已提出人工核对，请另一人复核")
}

func (s *Screens) depositSettle(c *fiber.Ctx) error {
	r := web.Read(c)
	form := bidding.SettleForm{Version: r.Version(), Reason: r.Text("reason")}
	_, err := s.Bidding.SettleUndone(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	return s.depositDone(c, err, r.Typed, "/office/deposits/"+c.Params("id"), "已记下怎样处理")
}

// depositStep is a button on a payment.
func (s *Screens) depositStep(take step, message string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := web.Read(c)
		_, err := take(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
		return s.depositDone(c, err, r.Typed, "/office/deposits/"+c.Params("id"), message)
	}
}
