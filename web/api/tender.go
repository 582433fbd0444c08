package api

import (
	_ "embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/tendering"
	"sunlot/web"
)

//go:embed openapi/tender.yaml
var tenderPart string

func (s *Screens) tenderRoutes() {
	k, draft := s.Kit, web.Needs(trading.TenderDraft)
	k.Get(root+"/tenders", web.Public, s.tenders)
	k.Get(root+"/tenders/:id", web.Public, s.tender)
	k.Post(root+"/tenders", draft, write(
		func(c *fiber.Ctx, who identity.Actor, key string, form trading.TenderForm) (string, error) {
			return s.Tendering.DraftTender(c.UserContext(), who, key, form)
		}))
	k.Post(root+"/tenders/:id", draft, write(
		func(c *fiber.Ctx, who identity.Actor, key string, body revision[trading.TenderForm]) (string, error) {
			return s.Tendering.AmendTender(c.UserContext(), who, key, c.Params("id"), body.Version, body.Form)
		}))
	k.Post(root+"/tenders/:id/submit", draft, step(s.Tendering.SubmitTender))
	k.Post(root+"/tenders/:id/withdraw", draft, step(s.Tendering.WithdrawTender))
	k.Post(root+"/tenders/:id/check", web.Needs(trading.TenderCheck), step(s.Tendering.CheckTender))
	k.Post(root+"/tenders/:id/approve", web.Needs(tendering.TenderApprove), step(s.Tendering.ApproveTender))
	k.Post(root+"/tenders/:id/announce", web.Needs(tendering.TenderAnnounce), step(s.Tendering.AnnounceTender))
	k.Post(root+"/tenders/:id/return", web.Needs(trading.TenderCheck, tendering.TenderApprove), write(
		func(c *fiber.Ctx, who identity.Actor, key string, back casework.Return) (string, error) {
			return s.Tendering.ReturnTender(c.UserContext(), who, key, c.Params("id"), back)
		}))
	k.Post(root+"/tenders/:id/posting", web.Needs(tendering.TenderAnnounce), write(
		func(c *fiber.Ctx, who identity.Actor, key string, body posting) (string, error) {
			return s.Tendering.PostTender(c.UserContext(), who, key, c.Params("id"), body.Photo)
		}))
}

// posting names the photo of the paper notice on the village board.
type posting struct {
	Photo string `json:"photo"`
}

type tenderOut struct {
	ID            string             `json:"id"`
	Lot           string             `json:"lot,omitempty"`
	Number        string             `json:"number,omitempty"`
	OwnerName     string             `json:"owner_name"`
	AssetName     string             `json:"asset_name"`
	State         casework.State     `json:"state"`
	Version       int                `json:"version"`
	Form          trading.TenderForm `json:"form"`
	Side          string             `json:"side"`
	Unit          string             `json:"unit"`
	Measure       string             `json:"measure"`
	Area          money.Area         `json:"area"`
	YearlyRent    money.Fen          `json:"yearly_rent"`
	WholeRent     money.Fen          `json:"whole_rent"`
	Deposit       money.Fen          `json:"deposit"`
	Mend          []fault.Field      `json:"mend,omitempty"`
	AnnouncedAt   time.Time          `json:"announced_at,omitzero"`
	RegisterUntil time.Time          `json:"register_until,omitzero"`
	OpensAt       time.Time          `json:"opens_at,omitzero"`
	Firm          bool               `json:"firm"`
	Document      string             `json:"document,omitempty"`
	BoardPhoto    string             `json:"board_photo,omitempty"`
	PostedAt      time.Time          `json:"posted_at,omitzero"`
	Event         event.Ref          `json:"event,omitzero"`
	Attempt       int                `json:"attempt"`
	Before        string             `json:"before,omitempty"`
}

func drawTender(t trading.Tender) tenderOut {
	return tenderOut{
		ID:            t.ID,
		Lot:           t.Lot,
		OwnerName:     t.OwnerName,
		Number:        t.Number,
		AssetName:     t.AssetName,
		State:         t.State,
		Version:       t.Version,
		Form:          t.TenderForm,
		Side:          t.Side.Code(),
		Unit:          t.Unit.Code(),
		Measure:       t.Measure.Code(),
		Area:          t.Area,
		YearlyRent:    t.Yearly(),
		WholeRent:     t.Whole(),
		Deposit:       t.Deposit(),
		Mend:          t.Mend,
		AnnouncedAt:   t.AnnouncedAt,
		RegisterUntil: t.RegisterUntil,
		OpensAt:       t.OpensAt,
		Firm:          t.Firm,
		Document:      t.Document,
		BoardPhoto:    t.BoardPhoto,
		PostedAt:      t.PostedAt,
		Event:         t.Event,
		Attempt:       t.Attempt.Count,
		Before:        t.Attempt.Before,
	}
}

func (s *Screens) tenders(c *fiber.Ctx) error {
	q, err := ofOffice(c, query(c))
	if err != nil {
		return err
	}
	rows, total, err := s.Tendering.SeeTenders(c.UserContext(), web.Actor(c), q)
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, drawTender))
}

func (s *Screens) tender(c *fiber.Ctx) error {
	t, err := s.Tendering.SeeTender(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(drawTender(t))
}
