package public

import (
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/ledger"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

type registerPage struct {
	Tender trading.Tender
	Lot    trading.Lot
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
		return s.Kit.Page(c, "registration/form", page)
	}
	return err
}

func (s *Screens) registerPage(c *fiber.Ctx, kept web.Typed) (registerPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	t, err := s.Tendering.SeeTender(ctx, who, c.Params("id"))
	if err != nil {
		return registerPage{}, err
	}
	room, err := s.Bidding.SeeRoom(ctx, who, t.ID)
	if err != nil {
		return registerPage{}, err
	}
	resolution, err := s.Resolving.SeeResolution(ctx, who, t.TenderForm.Resolution)
	page := registerPage{Tender: t, Lot: room.Lot, Typed: kept, Claims: []web.Choice{{Value: "none", Label: "无"}}}
	for _, p := range resolution.Priorities {
		page.Claims = append(page.Claims, web.Choice{Value: string(p), Label: p.Label()})
	}
	return page, err
}

func (s *Screens) register(c *fiber.Ctx) error {
	r := web.Read(c)
	form := trading.RegistrationForm{Lot: c.Params("id"), Phone: r.Text("phone"), Account: strings.ReplaceAll(r.Text("account"), " ", ""),
		Claim: trading.Priority(r.Text("claim")), Agreed: r.Yes("agreed")}
	if form.Claim == "none" {
		form.Claim = ""
	}
	form.Proof = r.Photos(s.Library, "proof")
	err := r.Wrong.Err()
	id := ""
	if err == nil {
		id, err = s.Bidding.Register(c.UserContext(), web.Actor(c), r.RequestID(), form)
	}
	if err != nil {
		page, pageErr := s.registerPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		page.Proof = form.Proof
		return s.Kit.Again(c, err, "registration/form", page)
	}
	return s.Kit.Done(c, "/registrations/"+id, "报名已收到。请按下面的要求转入保证金。")
}

type registrationPage struct {
	Registration trading.Registration
	Lot          trading.Lot
	Deposits     []trading.Deposit
	InChain      bool // the blind tick that holds the commitment
	Mine         bool
	Kept         string // what the bidder keeps, written out; empty for others
}

func (s *Screens) registration(c *fiber.Ctx) error {
	page, err := s.registrationPage(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "registration/show", page)
}

func (s *Screens) registrationPage(c *fiber.Ctx) (registrationPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	r, err := s.Bidding.SeeRegistration(ctx, who, c.Params("id"))
	if err != nil {
		return registrationPage{}, err
	}
	page := registrationPage{Registration: r, Mine: r.PersonID == who.PersonID}
	if page.Lot, err = s.Bidding.SeeLot(ctx, who, r.Lot); err != nil {
		return page, err
	}
	if page.Deposits, err = s.Bidding.DepositsOf(ctx, who, r.ID); err != nil {
		return page, err
	}
	proof, in, err := s.blindProof(c, r)
	if err != nil {
		return page, err
	}
	page.InChain = in
	if page.Mine {
		text, err := json.MarshalIndent(keptOf(r, proof, in), "", "  ")
		if err != nil {
			return page, err
		}
		page.Kept = string(text)
	}
	return page, nil
}

func (s *Screens) pull(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Bidding.PullRegistration(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	if err != nil {
		page, pageErr := s.registrationPage(c)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "registration/show", page)
	}
	return s.Kit.Done(c, "/registrations/"+id, "报名已撤回")
}

// registrations lists the bidder's own.
func (s *Screens) registrations(c *fiber.Ctx) error {
	list, paging, err := web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]trading.Registration, int, error) {
		return s.Bidding.OwnRegistrations(c.UserContext(), web.Actor(c), at)
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "registration/list", struct {
		Registrations []trading.Registration
		Paging        web.Paging
	}{list, paging})
}

// kept is what the bidder keeps: what was committed, the salt, the signed
// promise and, after the tick, the path into the public log. With the log's key
// it is checked without asking us anything.
type kept struct {
	Committed  trading.Committed `json:"committed"`
	Salt       string            `json:"salt"`
	Commitment string            `json:"commitment"`
	Promise    string            `json:"promise"`
	Proof      any               `json:"proof"`
}

func keptOf(r trading.Registration, proof ledger.BlindProof, in bool) kept {
	k := kept{Committed: r.Committed(), Salt: r.Salt, Commitment: r.Commitment, Promise: r.Promise, Proof: nil}
	if in {
		k.Proof = proof
	}
	return k
}

// registrationProof is the same by itself, for programs.
func (s *Screens) registrationProof(c *fiber.Ctx) error {
	r, err := s.Bidding.SeeRegistration(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	if r.PersonID != web.Actor(c).PersonID {
		return web.Missing("份报名")
	}
	proof, in, err := s.blindProof(c, r)
	if err != nil {
		return err
	}
	return c.JSON(keptOf(r, proof, in))
}

// blindProof is the path of a registration's commitment in the public log;
// false while its tick is not in the chain.
func (s *Screens) blindProof(c *fiber.Ctx, r trading.Registration) (ledger.BlindProof, bool, error) {
	commitment, ok := ledger.ParseHash(r.Commitment)
	if !ok {
		return ledger.BlindProof{}, false, nil
	}
	return s.Blind.Path(c.UserContext(), commitment)
}
