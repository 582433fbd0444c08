package bidding

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

// bidPage is the bid sheet: what may be offered now.
type bidPage struct {
	Room         bidding.Room
	Epoch        string
	Own          ownPart
	Registration trading.Registration
	Choices      []web.Choice
	Leading      bool         // in front, or won
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
	page.Room, err = page.Room.For(page.Registration)
	if err != nil {
		return page, err
	}
	page.Own = ownOf(page.Room, page.Registration)
	page.Leading = page.Own.Leads
	if i := slices.IndexFunc(page.Room.Bids,
		func(b trading.Bid) bool { return b.Number == page.Registration.Number }); i >= 0 {
		page.Last = &page.Room.Bids[i]
	}
	page.choices()
	return page, nil
}

// typed is the choice of a price of one's own.
const typed = "typed"

// choices lists what the lot's mode lets the bidder do, and the typed price.
func (p *bidPage) choices() {
	l, may := p.Room.Lot, p.Room.Choices
	if l.State != trading.Bidding {
		return
	}
	for _, c := range may.List {
		p.Choices = append(p.Choices, web.Choice{Value: c.Key, Label: c.Label, Hint: sums(l, c.Price)})
	}
	if may.Least <= may.Most {
		p.Choices = append(p.Choices, web.Choice{
			Value: typed,
			Label: "自行填写",
			Hint:  may.Least.Yuan() + " 至 " + may.Most.Yuan() + " " + l.Unit.Label(),
		})
	}
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
	if err != nil {
		return s.Kit.Again(c, err, "bidding/bid", page)
	}
	if page.Room.Choices.Why != "" { // which the sheet says
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
	form := trading.BidForm{Lot: page.Room.Lot.ID}
	may := page.Room.Choices
	if kept["choice"] == typed && may.Least <= may.Most {
		price, err := money.ParseYuan(kept["price"])
		if err != nil || price < may.Least || price > may.Most {
			return form, fault.New(fault.Invalid, "请填写 %s 至 %s 元之间的单价", may.Least.Yuan(),
				may.Most.Yuan()).On("price")
		}
		form.Price = price
		return form, nil
	}
	for _, c := range may.List {
		if kept["choice"] == c.Key {
			form.Price, form.Match = c.Price, c.Match
			return form, nil
		}
	}
	return form, errNoOffer
}

var errNoOffer = fault.New(fault.Invalid, "请选择一个报价").On("choice")
