package contracts

import (
	"cmp"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/web"
)

type resultView struct {
	Award trading.Award
	Money *contracts.Money // nil before the contract is drawn up
	Waits []casework.Waiting
	Typed web.Typed

	Photos   []string     // of the bank's slip that is being typed in
	Slips    []web.Choice // that may be reversed
	Mistakes []web.Choice
}

// resultOf is one result with its contract and rent, for those who handle it.
func (s *Screens) resultOf(c *fiber.Ctx) error {
	view, err := s.resultView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/contracts/result", view)
}

func (s *Screens) resultView(c *fiber.Ctx, kept web.Typed) (resultView, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	lot := c.Params("id")
	view := resultView{Typed: kept}
	var err error
	view.Award, err = s.Bidding.SeeAward(ctx, who, lot)
	if err != nil {
		return view, err
	}
	if !who.May(identity.OfficeRead, view.Award.Path) {
		return view, fault.New(fault.NotFound, "没有找到这个结果")
	}
	waits, err := s.Kit.Pipeline(c, lot)
	if err != nil {
		return view, err
	}
	view.Waits = waits[lot]
	m, err := s.Contracts.SeeMoney(ctx, who, lot)
	if fault.CodeOf(err) == fault.NotFound {
		return view, nil
	}
	view.Money = &m
	for _, slip := range m.Vouchers {
		if slip.Reverses == "" && !slip.Reversed {
			label := fmt.Sprintf("第 %d 年 %s 元 %s %s", slip.Number, slip.Amount.Yuan(), slip.ReceivedOn, slip.Serial)
			view.Slips = append(view.Slips, web.Choice{Value: slip.ID, Label: label})
		}
	}
	for _, mistake := range contracts.Mistakes() {
		view.Mistakes = append(view.Mistakes, web.Choice{Value: string(mistake), Label: mistake.Label()})
	}
	return view, err
}

func (s *Screens) resultAgain(c *fiber.Ctx, err error, kept web.Typed) error {
	view, viewErr := s.resultView(c, kept)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/contracts/result", view)
}

func (s *Screens) contractOffer(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Contracts.Offer(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"))
	if err != nil {
		return s.resultAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/results/"+id, "合同已由村集体签订，等成交人签")
}

func (s *Screens) rentReceive(c *fiber.Ctx) error {
	r := web.Read(c)
	form := contracts.VoucherForm{
		Number:     r.Number("number", "第几期"),
		Amount:     r.Yuan("amount", "到账金额"),
		ReceivedOn: r.Day("received_on", "到账日期"),
		Serial:     r.Text("serial"),
		Account:    r.Text("account"),
	}
	photos := r.Photos(s.Kit.Library, "photo")
	if len(photos) > 0 {
		form.Photo = photos[len(photos)-1]
	}
	if admin.Mends(c) {
		return s.rentAgain(c, nil, r.Typed, photos)
	}
	_, err := s.Contracts.Receive(admin.Trying(c, r), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if admin.Tried(err) {
		return s.Kit.Check(c, "", rentCheck(form), map[string][]string{"photo": photos})
	}
	if err != nil {
		return s.rentAgain(c, r.All(err), r.Typed, photos)
	}
	return s.Kit.Done(c, "/office/results/"+c.Params("id"), "已登记到账，已公开")
}

// rentAgain draws the page with what was typed of a rent, and what is wrong with it.
func (s *Screens) rentAgain(c *fiber.Ctx, wrong error, kept web.Typed, photos []string) error {
	view, err := s.resultView(c, kept)
	if err != nil {
		return cmp.Or(wrong, err)
	}
	view.Photos = photos
	if wrong == nil {
		return s.Kit.Page(c, "office/contracts/result", view)
	}
	return s.Kit.Again(c, wrong, "office/contracts/result", view)
}

// rentCheck is a rent as it was typed, in the order of the form.
func rentCheck(form contracts.VoucherForm) admin.Check {
	check := admin.Check{
		Title:   "核对到账",
		Warning: "登记后立即公开并写入公开日志，不能删改；登记错的由另一个人冲销。",
		Button:  "核对无误，登记到账",
		Answers: []admin.Answer{
			{Field: "number", Label: "第几期", Value: fmt.Sprintf("第 %d 期", form.Number)},
			admin.Sum("amount", "到账金额", form.Amount, "元"),
			{Field: "received_on", Label: "到账日期", Value: web.Date(form.ReceivedOn)},
			{Field: "serial", Label: "银行流水号", Value: form.Serial},
			{Field: "account", Label: "付款账号", Value: form.Account},
		},
	}
	if form.Photo != "" {
		slip := admin.Answer{Field: "photo", Label: "银行回单照片", Photos: []string{form.Photo}}
		check.Answers = append(check.Answers, slip)
	}
	return check
}

func (s *Screens) rentReverse(c *fiber.Ctx) error {
	r := web.Read(c)
	form := contracts.ReverseForm{Slip: r.Text("slip"), Mistake: contracts.Mistake(r.Text("mistake"))}
	_, err := s.Contracts.Reverse(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if err != nil {
		return s.resultAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/results/"+c.Params("id"), "到账登记已冲销，已公开")
}
