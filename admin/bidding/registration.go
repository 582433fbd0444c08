package bidding

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

type registrationView struct {
	Registration trading.Registration
	Lot          trading.Lot
	Rights       trading.Rights
	Deposits     []trading.Deposit
	Paid         bool
	Twins        []trading.Registration // behind which the same person may stand
	Proof        []web.Photo
	Trail        []web.Moment
	Typed        web.Typed
}

func (s *Screens) registration(c *fiber.Ctx) error {
	view, err := s.registrationView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/registration", view)
}

func (s *Screens) registrationView(c *fiber.Ctx, kept web.Typed) (registrationView, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	view := registrationView{Typed: kept}
	var err error
	view.Registration, err = s.Bidding.SeeRegistration(ctx, who, c.Params("id"))
	if err != nil {
		return view, err
	}
	view.Lot, err = s.Bidding.SeeLot(ctx, who, view.Registration.Lot)
	if err != nil {
		return view, err
	}
	view.Rights, err = s.Bidding.SeeRights(ctx, view.Registration.Lot)
	if err != nil {
		return view, err
	}
	view.Deposits, err = s.Bidding.DepositsOf(ctx, who, view.Registration.ID)
	if err != nil {
		return view, err
	}
	view.Twins, err = s.Bidding.SeeTwins(ctx, who, view.Registration)
	if err != nil {
		return view, err
	}
	for _, d := range view.Deposits {
		view.Paid = view.Paid || d.State == trading.Matched || d.State == trading.Held
	}
	view.Proof, err = s.Kit.Gallery(c, view.Registration.Proof, "成员或优先权证明")
	if err != nil {
		return view, err
	}
	acts, err := s.Bidding.RegistrationTrail(ctx, who, view.Registration)
	view.Trail = s.Kit.Trail(acts)
	return view, err
}

type decision func(ctx context.Context, who identity.Actor, requestID, id string, d bidding.Decision) (string, error)

// decide is a button that decides on a registration.
func (s *Screens) decide(take decision, message string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := web.Read(c)
		d := bidding.Decision{
			Version: r.Version(),
			Grant:   r.Yes("grant"),
			Denied:  r.Text("denied"),
			Seen:    r.Yes("seen"),
			Member:  r.Yes("member"),
			Reason:  r.Text("reason"),
		}
		id, err := take(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), d)
		if err != nil {
			view, viewErr := s.registrationView(c, r.Typed)
			if viewErr != nil {
				return err
			}
			return s.Kit.Again(c, err, "office/bidding/registration", view)
		}
		return s.Kit.Done(c, "/office/registrations/"+id, message)
	}
}
