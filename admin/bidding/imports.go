package bidding

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading/bidding"
	"sunlot/trading/statement"
	"sunlot/web"
	"sunlot/web/table"
)

// step takes a payment on.
type step func(ctx context.Context, who identity.Actor, requestID, id string, version int) (string, error)

func (s *Screens) imports(c *fiber.Ctx) error {
	return admin.Show(s.Kit, c, s.importList(), "office/bidding/imports")
}

func (s *Screens) importList() admin.List[bidding.Import] {
	type row = bidding.Import
	return admin.List[row]{
		Path: "/office/imports",
		Name: "流水导入",
		Hint: "账户",
		Read: s.Bidding.SeeImports,
		Columns: []table.Column[row]{
			table.Moment("导入时间", func(i row) time.Time { return i.ImportedAt }),
			table.Text("账户", func(i row) string { return i.AccountName }),
			table.Count("行数", func(i row) int { return i.Total }),
			table.Count("入账", row.Taken),
			table.Count("已有", row.Known),
			table.Count("冲回", row.Reversed),
			table.Count("不处理", row.Skipped),
			table.Count("拒收", row.Refused),
			table.Count("核对", func(i row) int { return i.Matched }),
			table.Moment("完成时间", func(i row) time.Time { return i.DoneAt }),
		},
	}
}

type importPage struct {
	admin.ListPage[bidding.ImportRow]
	Import bidding.Import
}

// importShow is what became of each row of one file.
func (s *Screens) importShow(c *fiber.Ctx) error {
	i, err := s.Bidding.SeeImport(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	list := s.rowList(i.ID)
	if table.Asked(c) {
		return list.File(c, s.Kit.Days.Clock.Now())
	}
	page := importPage{Import: i}
	page.ListPage, err = list.Page(c, s.Kit)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/import", page)
}

func (s *Screens) rowList(id string) admin.List[bidding.ImportRow] {
	type row = bidding.ImportRow
	var outcomes []web.Choice
	for _, o := range bidding.Outcomes() {
		outcomes = append(outcomes, web.Choice{Value: string(o), Label: o.Label()})
	}
	return admin.List[row]{
		Path:   "/office/imports/" + id,
		Name:   "流水逐行结果",
		Hint:   "户名、流水号、说明",
		Filter: "结果",
		States: outcomes,
		Read: func(ctx context.Context, who identity.Actor, q casework.Query) ([]row, int, error) {
			q.Parent = id
			return s.Bidding.SeeImportRows(ctx, who, q)
		},
		Columns: []table.Column[row]{
			table.Count("行", func(r row) int { return r.Number }),
			table.Text("结果", func(r row) string { return r.Outcome.Label() }),
			table.Text("说明", func(r row) string { return r.Reason }),
			table.Text("日期", func(r row) string { return string(r.PaidOn) }),
			table.Text("流水号", func(r row) string { return r.Serial }),
			table.Text("户名", func(r row) string { return r.Payer }),
			table.Yuan("金额（元）", func(r row) money.Fen { return r.Amount }),
		},
	}
}

type accountsPage struct {
	Accounts []bidding.Account
	Places   []web.Choice // of the official's own, when there are several
	Typed    web.Typed
}

// accounts lists the accounts into which deposits are paid.
func (s *Screens) accounts(c *fiber.Ctx) error {
	page, err := s.accountsPage(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/accounts", page)
}

func (s *Screens) accountsPage(c *fiber.Ctx, kept web.Typed) (page accountsPage, err error) {
	page.Typed = kept
	page.Accounts, err = s.Bidding.SeeAccounts(c.UserContext(), web.Actor(c))
	var places []web.Choice
	for _, m := range web.Actor(c).Memberships {
		if bidding.DepositAccount.By(m.Role) {
			places = append(places, web.Choice{Value: string(m.Path), Label: m.OrgName})
		}
	}
	if len(places) > 1 {
		page.Places = places
	}
	return page, err
}

func (s *Screens) accountOpen(c *fiber.Ctx) error {
	r := web.Read(c)
	form := bidding.AccountForm{
		Number: r.Text("number"),
		Name:   r.Text("name"),
		Place:  identity.Path(r.Text("place")),
	}
	_, err := s.Bidding.OpenAccount(c.UserContext(), web.Actor(c), r.RequestID(), form)
	if err != nil {
		return s.accountsAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/deposit-accounts", "账户已登记，可以导入它的流水")
}

func (s *Screens) accountsAgain(c *fiber.Ctx, err error, kept web.Typed) error {
	page, pageErr := s.accountsPage(c, kept)
	if pageErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/bidding/accounts", page)
}

// accountForget lets the station tell its bank's columns anew.
func (s *Screens) accountForget(c *fiber.Ctx) error {
	r := web.Read(c)
	_, err := s.Bidding.ForgetHeaders(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	if err != nil {
		return s.accountsAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/deposit-accounts", "已取消，下次导入时请重新说明各列")
}

type withdrawalsPage struct {
	admin.ListPage[bidding.Withdrawal]
	Failed string // id of the one whose form came back
	Typed  web.Typed
}

// withdrawals lists what the bank took back, and the proofs of refunds.
func (s *Screens) withdrawals(c *fiber.Ctx) error {
	if table.Asked(c) {
		return s.withdrawalList().File(c, s.Kit.Days.Clock.Now())
	}
	rows, err := s.withdrawalList().Page(c, s.Kit)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/withdrawals", withdrawalsPage{ListPage: rows})
}

func (s *Screens) withdrawalClose(c *fiber.Ctx) error {
	r := web.Read(c)
	form := bidding.SettleForm{Version: r.Version(), Reason: r.Text("reason")}
	_, err := s.Bidding.CloseWithdrawal(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if err != nil {
		rows, listErr := s.withdrawalList().Page(c, s.Kit)
		if listErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "office/bidding/withdrawals", withdrawalsPage{
			ListPage: rows,
			Failed:   c.Params("id"),
			Typed:    r.Typed,
		})
	}
	return s.Kit.Done(c, "/office/withdrawals", "已记下核对结果")
}

var withdrawalKinds = map[statement.Kind]string{
	statement.Undone: "银行冲正",
	statement.Out:    "退款",
	statement.Back:   "退款被银行退回",
}

func (s *Screens) withdrawalList() admin.List[bidding.Withdrawal] {
	type row = bidding.Withdrawal
	return admin.List[row]{
		Path: "/office/withdrawals",
		Name: "冲正和退款流水",
		Hint: "户名、流水号、附言",
		States: web.StatesOf([]casework.State{bidding.WithdrawalOpen, bidding.WithdrawalSettled,
			bidding.WithdrawalClosed}, func(st casework.State) string { return row{State: st}.Label() }),
		Read: s.Bidding.SeeWithdrawals,
		Columns: []table.Column[row]{
			table.Text("种类", func(w row) string { return withdrawalKinds[w.Kind] }),
			table.Text("状态", row.Label),
			table.Moment("时间", func(w row) time.Time { return w.PaidAt }),
			table.Text("户名", func(w row) string { return w.Payer }),
			table.Yuan("金额（元）", func(w row) money.Fen { return w.Amount }),
			table.Text("流水号", func(w row) string { return w.Serial }),
			table.Text("附言", func(w row) string { return w.Memo }),
			table.Text("核对结果", func(w row) string { return w.Note }),
		},
	}
}
