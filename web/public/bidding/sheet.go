package bidding

import (
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/mode"
	"sunlot/web"
)

// bidPage is the bid sheet: what may be offered now.
type bidPage struct {
	Room         bidding.Room
	Epoch        string
	Own          ownPart
	Registration trading.Registration
	Choices      []web.Choice
	Leading      bool
	Last         *trading.Bid // the bidder's own
	Typed        web.Typed
}

// confirmPage repeats an offer with all its sums before it binds.
type confirmPage struct {
	Room   bidding.Room
	Epoch  string
	Own    ownPart
	Lot    trading.Lot
	Number string
	Price  money.Fen
	Match  bool
}

// quickSteps are the raises that take one tap.
var quickSteps = []int{1, 2, 5}

func (s *Screens) bidForm(c *fiber.Ctx) error {
	page, err := s.bidPage(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "bidding/bid", page)
}

func (s *Screens) bidPage(c *fiber.Ctx, kept web.Typed) (bidPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	page := bidPage{Typed: kept, Epoch: s.Epoch}
	var err error
	page.Registration, err = s.Bidding.OwnRegistration(ctx, who, c.Params("id"))
	if err != nil {
		return page, err
	}
	if page.Registration.State != trading.Qualified {
		return page, fault.New(fault.Forbidden, "您没有取得这个标的的竞买资格")
	}
	page.Room, err = s.Bidding.SeeRoom(ctx, who, c.Params("id"), bidding.MostBids)
	if err != nil {
		return page, err
	}
	page.Own = ownOf(page.Room, page.Registration)
	page.Leading = page.Own.Leads
	if i := slices.IndexFunc(page.Room.Bids,
		func(b trading.Bid) bool { return b.Number == page.Registration.Number }); i >= 0 {
		page.Last = &page.Room.Bids[i]
	}
	return page, page.choices()
}

// choices lists the quick raises, the match if there is one, and the typed price.
// Who leads is offered none of them, unless somebody overtakes him while he looks.
func (p *bidPage) choices() error {
	l := p.Room.Lot
	if l.State != trading.Bidding {
		return nil
	}
	m, err := mode.Find(l.Mode)
	if err != nil {
		return err
	}
	if m.MayMatch(l.Board, p.Registration.Number, p.Registration.Rank) {
		p.Choices = append(p.Choices, web.Choice{Value: "match", Label: "行使优先权（同价），报 " + l.Price().Yuan() + " 元",
			Hint: sums(l, l.Price())})
	}
	for _, n := range quickSteps {
		price := p.Room.Least + l.Terms.Step*money.Fen(n-1)
		if price <= p.Room.Most {
			p.Choices = append(p.Choices, web.Choice{Value: fmt.Sprint(n), Label: quickLabel(l, n, price),
				Hint: sums(l, price)})
		}
	}
	p.Choices = append(p.Choices, web.Choice{Value: "typed", Label: "自行填写",
		Hint: p.Room.Least.Yuan() + " 至 " + p.Room.Most.Yuan() + " " + p.Room.Lot.Unit.Label()})
	return nil
}

func quickLabel(l trading.Lot, n int, price money.Fen) string {
	if l.Board.Leading.Bidder == "" && n == 1 {
		return "起始价 " + price.Yuan() + " 元"
	}
	if l.Board.Leading.Bidder == "" {
		n--
	}
	return fmt.Sprintf("加价 %d 档，报 %s 元", n, price.Yuan())
}

func sums(l trading.Lot, price money.Fen) string {
	if l.Side == trading.Sell {
		return "共 " + l.Whole(price).Yuan() + " 元"
	}
	return "一年 " + l.Period(price).Yuan() + " 元，租期内共 " + l.Whole(price).Yuan() + " 元"
}

// bidConfirm shows the offer with its sums in figures and words. It changes nothing.
func (s *Screens) bidConfirm(c *fiber.Ctx) error {
	kept := web.Typed{"choice": c.Query("choice"), "price": c.Query("price")}
	page, err := s.bidPage(c, kept)
	if err != nil {
		return err
	}
	sheet := "/lots/" + page.Room.Lot.ID + "/bid"
	if state := page.Room.Lot.State; state == trading.Awarded || state == trading.Failed {
		return c.Redirect(sheet, fiber.StatusSeeOther)
	}
	form, err := offerOf(page, kept)
	if err == nil && !slices.ContainsFunc(page.Choices,
		func(o web.Choice) bool { return o.Value == kept["choice"] }) {
		err = errNoOffer // of the sheet as it stands now
	}
	if err != nil {
		return s.Kit.Again(c, err, "bidding/bid", page)
	}
	if page.Leading { // which the sheet says
		return c.Redirect(sheet, fiber.StatusSeeOther)
	}
	return s.Kit.Page(c, "bidding/confirm", confirmPage{
		Room:   page.Room,
		Epoch:  s.Epoch,
		Own:    page.Own,
		Lot:    page.Room.Lot,
		Number: page.Registration.Number,
		Price:  form.Price,
		Match:  form.Match,
	})
}

// offerOf reads what was chosen on the bid sheet.
func offerOf(page bidPage, kept web.Typed) (trading.BidForm, error) {
	l := page.Room.Lot
	form := trading.BidForm{Lot: l.ID}
	switch kept["choice"] {
	case "match":
		form.Price, form.Match = l.Price(), true
		return form, nil
	case "typed":
		price, err := money.ParseYuan(kept["price"])
		if err != nil || price < page.Room.Least || price > page.Room.Most {
			return form, fault.New(fault.Invalid, "请填写 %s 至 %s 元之间的单价", page.Room.Least.Yuan(),
				page.Room.Most.Yuan()).On("price")
		}
		form.Price = price
		return form, nil
	}
	for _, n := range quickSteps {
		if kept["choice"] == fmt.Sprint(n) {
			form.Price = page.Room.Least + l.Terms.Step*money.Fen(n-1)
			return form, nil
		}
	}
	return form, errNoOffer
}

var errNoOffer = fault.New(fault.Invalid, "请选择一个报价").On("choice")
