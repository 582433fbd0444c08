package bidding

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// bidPlace places the confirmed offer.
func (s *Screens) bidPlace(c *fiber.Ctx) error {
	r := web.Read(c)
	form := trading.BidForm{Lot: c.Params("id"), Price: r.Yuan("price", "单价"), Match: r.Yes("match")}
	err := r.Wrong.Err()
	var receipt trading.Receipt
	if err == nil {
		receipt, err = s.Bidding.PlaceBid(c.UserContext(), web.Actor(c), r.RequestID(), form, web.Arrived(c))
	}
	if err != nil {
		page, pageErr := s.bidPage(c, web.Typed{})
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "bidding/bid", page)
	}
	said := fmt.Sprintf("报价已收到：%s 元，服务器收到的时间 %s。不能撤回。", receipt.Price.Yuan(), web.Exactly(receipt.At))
	if receipt.Extended {
		said += "竞价截止顺延至 " + web.Exactly(receipt.EndsAt) + "。"
	}
	return s.Kit.Done(c, "/lots/"+form.Lot+"/bid", said)
}

// bids lists the bidder's own offers, each with the instant of its receipt.
func (s *Screens) bids(c *fiber.Ctx) error {
	list, paging, err := web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]trading.Bid, int, error) {
		return s.Bidding.OwnBids(c.UserContext(), web.Actor(c), at)
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "bidding/bids", struct {
		Bids   []trading.Bid
		Paging web.Paging
	}{list, paging})
}
