package bidding

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

type depositsPage struct {
	admin.ListPage[trading.Deposit]
	Today  calendar.Date
	Single bool // the one deposit whose form came back
	Typed  web.Typed
}

// deposits lists what has come into the deposit account and what has to go back.
func (s *Screens) deposits(c *fiber.Ctx) error {
	if admin.AsFile(c) {
		return s.depositList().File(c, s.Kit.Days.Clock.Now())
	}
	page, err := s.depositsPage(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/deposits", page)
}

func (s *Screens) depositsPage(c *fiber.Ctx) (depositsPage, error) {
	rows, err := s.depositList().Page(c, s.Kit)
	return depositsPage{
		ListPage: rows,
		Today:    s.Kit.Days.Today(),
	}, err
}

func (s *Screens) depositsAgain(c *fiber.Ctx, err error) error {
	page, pageErr := s.depositsPage(c)
	if pageErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/bidding/deposits", page)
}

// depositAgain draws the one deposit whose form was wrong: in the list nobody
// would find it.
func (s *Screens) depositAgain(c *fiber.Ctx, err error, kept web.Typed) error {
	d, findErr := s.Bidding.DepositFor(c.UserContext(), web.Actor(c), c.Params("id"))
	if findErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/bidding/deposits", depositsPage{
		ListPage: admin.ListPage[trading.Deposit]{Rows: []trading.Deposit{d}},
		Today:    s.Kit.Days.Today(),
		Single:   true,
		Typed:    kept,
	})
}

// depositImport takes the bank's statement.
func (s *Screens) depositImport(c *fiber.Ctx) error {
	r := web.Read(c)
	uploads, err := web.Uploads(c, "statement")
	if err == nil && len(uploads) != 1 {
		err = fault.New(fault.Invalid, "请选择一份银行流水(CSV)").On("statement")
	}
	answer := ""
	if err == nil {
		answer, err = s.Bidding.ImportStatement(c.UserContext(), web.Actor(c), r.RequestID(), uploads[0].Data)
	}
	if err != nil {
		return s.depositsAgain(c, err)
	}
	fresh, matched, _ := strings.Cut(answer, "/")
	return s.Kit.Done(c, "/office/deposits", fmt.Sprintf("流水已导入:新到账 %s 笔,匹配 %s 笔", fresh, matched))
}

func (s *Screens) depositReject(c *fiber.Ctx) error {
	r := web.Read(c)
	_, err := s.Bidding.RejectDeposit(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	if err != nil {
		return s.depositAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/deposits", "已列入待退")
}

func (s *Screens) depositRefund(c *fiber.Ctx) error {
	r := web.Read(c)
	form := bidding.RefundForm{Version: r.Version(), Trace: r.Text("trace")}
	_, err := s.Bidding.RefundDeposit(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if err != nil {
		return s.depositAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/deposits", "已登记原路退回")
}
