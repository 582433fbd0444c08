package api

import (
	_ "embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

//go:embed openapi/registration.yaml
var registrationPart string

func (s *Screens) registrationRoutes() {
	k := s.Kit
	register, qualify := web.Needs(bidding.LotRegister), web.Needs(trading.RegistrationQualify)
	k.Post(root+"/accounts", web.Public, write(
		func(c *fiber.Ctx, _ identity.Actor, key string, form identity.JoinForm) (string, error) {
			form.Network = web.From(c).Network
			if err := s.Sessions.CountJoin(c.UserContext(), form.Network); err != nil {
				return "", err
			}
			return s.Admin.Join(c.UserContext(), key, form)
		}))
	k.Get(root+"/registrations", web.Needs(bidding.LotRegister, trading.RegistrationQualify), s.registrations)
	k.Get(root+"/registrations/:id", web.Needs(bidding.LotRegister, trading.RegistrationQualify), s.registration)
	k.Post(root+"/registrations", register, write(
		func(c *fiber.Ctx, who identity.Actor, key string, form trading.RegistrationForm) (string, error) {
			return s.Bidding.Register(c.UserContext(), who, key, form, web.Arrived(c))
		}))
	k.Post(root+"/registrations/:id/pull", register, write(
		func(c *fiber.Ctx, who identity.Actor, key string, body version) (string, error) {
			return s.Bidding.PullRegistration(c.UserContext(), who, key, c.Params("id"), body.Version, web.Arrived(c))
		}))
	k.Post(root+"/registrations/:id/qualify", qualify, write(
		func(c *fiber.Ctx, who identity.Actor, key string, d bidding.Decision) (string, error) {
			return s.Bidding.Qualify(c.UserContext(), who, key, c.Params("id"), d)
		}))
	k.Post(root+"/registrations/:id/refuse", qualify, write(
		func(c *fiber.Ctx, who identity.Actor, key string, d bidding.Decision) (string, error) {
			return s.Bidding.RefuseRegistration(c.UserContext(), who, key, c.Params("id"), d)
		}))
}

type registrationOut struct {
	ID           string             `json:"id"`
	Lot          string             `json:"lot"`
	Name         string             `json:"name"`
	Phone        string             `json:"phone"`
	Account      string             `json:"account"`
	As           trading.BidderKind `json:"as"`
	Claim        trading.Priority   `json:"claim"`
	Proof        []string           `json:"proof"`
	State        casework.State     `json:"state"`
	Version      int                `json:"version"`
	Rank         int                `json:"rank"`
	Number       string             `json:"number,omitempty"`
	Commitment   string             `json:"commitment"`
	Promise      string             `json:"promise"`
	RegisteredAt time.Time          `json:"registered_at"`
	Reason       string             `json:"reason,omitempty"`
}

func drawRegistration(r trading.Registration) registrationOut {
	return registrationOut{
		ID:           r.ID,
		Lot:          r.Lot,
		Name:         r.Name,
		Phone:        r.Phone,
		Account:      r.Account,
		As:           r.As,
		Claim:        r.Claim,
		Proof:        append([]string{}, r.Proof...),
		State:        r.State,
		Version:      r.Version,
		Rank:         r.Rank,
		Number:       r.Number,
		Commitment:   r.Commitment,
		Promise:      r.Promise,
		RegisteredAt: r.RegisteredAt,
		Reason:       r.Reason,
	}
}

// registrations lists the station's, or a bidder's own.
func (s *Screens) registrations(c *fiber.Ctx) error {
	q, who := query(c), web.Actor(c)
	q.Parent = c.Query("lot")
	rows, total, err := s.Bidding.SeeRegistrations(c.UserContext(), who, q)
	if fault.CodeOf(err) == fault.Forbidden {
		rows, total, err = s.Bidding.OwnRegistrations(c.UserContext(), who, q.Page)
	}
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, drawRegistration))
}

func (s *Screens) registration(c *fiber.Ctx) error {
	r, err := s.Bidding.SeeRegistration(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(drawRegistration(r))
}
