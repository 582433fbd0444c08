package tendering

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tendering"
	"sunlot/web"
)

func (s *Screens) supplementPropose(c *fiber.Ctx) error {
	id, r := c.Params("id"), web.Read(c)
	form := trading.SupplementForm{Tender: id, Text: r.Text("text")}
	if _, err := s.Tendering.ProposeSupplement(c.UserContext(), web.Actor(c), r.RequestID(), form); err != nil {
		return s.tenderAgain(c, id, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/tenders/"+id, "补充公告已交乡镇经管站")
}

func (s *Screens) supplementTakeBack(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), web.Actor(c)
	return s.supplementAct(c, tendering.SupplementPropose, "补充公告已收回", func(r *web.Reader) error {
		_, err := s.Tendering.TakeBackSupplement(ctx, who, r.RequestID(), c.Params("id"), r.Version())
		return err
	})
}

func (s *Screens) supplementRelease(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), web.Actor(c)
	return s.supplementAct(c, tendering.SupplementRelease, "补充公告已发布，公告期已延长", func(r *web.Reader) error {
		_, err := s.Tendering.ReleaseSupplement(ctx, who, r.RequestID(), c.Params("id"), r.Version())
		return err
	})
}

// supplementReview is what a proposal may be returned for.
var supplementReview = []web.ReviewField{{Name: "text", Label: "补充内容"}}

func (s *Screens) supplementReturn(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), web.Actor(c)
	return s.supplementAct(c, tendering.SupplementRelease, "补充公告已退回", func(r *web.Reader) error {
		back := r.Reasons(supplementReview)
		_, err := s.Tendering.ReturnSupplement(ctx, who, r.RequestID(), c.Params("id"), back)
		return err
	})
}

// supplementAct carries out an act on a proposal and goes back to its tender.
func (s *Screens) supplementAct(c *fiber.Ctx, as *identity.Action, message string,
	act func(*web.Reader) error) error {
	sup, err := s.Tendering.SupplementFor(c.UserContext(), web.Actor(c), as, c.Params("id"))
	if err != nil {
		return err
	}
	r := web.Read(c)
	if err := act(r); err != nil {
		return s.tenderAgain(c, sup.Tender, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/tenders/"+sup.Tender, message)
}
