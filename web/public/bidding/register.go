package bidding

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

type registerPage struct {
	Tender trading.Tender
	Lot    trading.Lot
	Rights trading.Rights
	Kinds  []web.Choice
	Claims []web.Choice
	Typed  web.Typed
	Proof  []string
}

// registerForm asks what a registration needs; who has one is led to it.
func (s *Screens) registerForm(c *fiber.Ctx) error {
	page, err := s.registerPage(c, web.Typed{})
	if err != nil {
		return err
	}
	r, err := s.Bidding.OwnRegistration(c.UserContext(), web.Actor(c), page.Lot.ID)
	switch fault.CodeOf(err) {
	case "":
		return c.Redirect("/registrations/"+r.ID, fiber.StatusSeeOther)
	case fault.NotFound:
		return s.Kit.Page(c, "bidding/register", page)
	}
	return err
}

func (s *Screens) registerPage(c *fiber.Ctx, kept web.Typed) (registerPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	room, err := s.Bidding.SeeRoom(ctx, who, c.Params("id"), bidding.NewestBid)
	if err != nil {
		return registerPage{}, err
	}
	t, err := s.Tendering.SeeTender(ctx, who, room.Lot.Tender)
	if err != nil {
		return registerPage{}, err
	}
	page := registerPage{Tender: t, Lot: room.Lot, Typed: kept, Claims: []web.Choice{{Value: "none", Label: "无"}}}
	page.Rights, err = s.Bidding.SeeRights(ctx, room.Lot.ID)
	for _, k := range trading.BidderKinds {
		page.Kinds = append(page.Kinds, web.Choice{Value: string(k.Kind), Label: k.Label})
	}
	for _, p := range page.Rights.Priorities {
		page.Claims = append(page.Claims, web.Choice{Value: string(p), Label: p.Label()})
	}
	return page, err
}

func (s *Screens) register(c *fiber.Ctx) error {
	r := web.Read(c)
	form := trading.RegistrationForm{
		Lot:     c.Params("id"),
		Phone:   r.Text("phone"),
		Account: strings.ReplaceAll(r.Text("account"), " ", ""),
		As:      trading.BidderKind(r.Text("as")),
		Claim:   trading.Priority(r.Text("claim")),
		Agreed:  r.Yes("agreed"),
	}
	if form.Claim == "none" {
		form.Claim = ""
	}
	form.Proof = r.Photos(s.Library, "proof")
	id, err := s.Bidding.Register(r.Context(), web.Actor(c), r.RequestID(), form, web.Arrived(c))
	if err != nil {
		page, pageErr := s.registerPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		page.Proof = form.Proof
		return s.Kit.Again(c, r.All(err), "bidding/register", page)
	}
	return s.Kit.Done(c, "/registrations/"+id, "报名已收到。请按下面的要求转入保证金。")
}
