package bidding

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/trading"
	"sunlot/web"
)

type objectionView struct {
	Objection trading.Objection
	Award     trading.Award
	Typed     web.Typed
}

func (s *Screens) objection(c *fiber.Ctx) error {
	view, err := s.objectionView(c, nil)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/objection", view)
}

// objectionView begins with the objector's words as the public text, for the
// station to take out what is personal.
func (s *Screens) objectionView(c *fiber.Ctx, kept web.Typed) (objectionView, error) {
	o, err := s.Bidding.SeeObjection(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return objectionView{}, err
	}
	if kept == nil {
		kept = web.Typed{"public": o.Text}
	}
	a, err := s.Bidding.SeeAward(c.UserContext(), web.Actor(c), o.Lot)
	return objectionView{o, a, kept}, err
}

func (s *Screens) objectionAnswer(c *fiber.Ctx) error {
	r := web.Read(c)
	form := trading.AnswerForm{Version: r.Version(), Public: r.Text("public"), Answer: r.Text("answer")}
	_, err := s.Bidding.AnswerObjection(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if err != nil {
		view, viewErr := s.objectionView(c, r.Typed)
		if viewErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "office/bidding/objection", view)
	}
	return s.Kit.Done(c, "/office/objections", "答复已公开")
}
