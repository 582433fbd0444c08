package api

import (
	"encoding/base64"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
)

func (s *Screens) registrationRoutes() {
	k, register, qualify, refund := s.Kit, web.Needs(identity.LotRegister), web.Needs(identity.RegistrationQualify), web.Needs(identity.DepositRefund)
	k.Post(root+"/accounts", web.Public, write(func(c *fiber.Ctx, _ identity.Actor, requestID string, form identity.JoinForm) (string, error) {
		return s.Admin.Join(c.UserContext(), requestID, form)
	}))
	k.Get(root+"/registrations", web.Needs(identity.LotRegister, identity.RegistrationQualify), s.registrations)
	k.Get(root+"/registrations/:id", web.Needs(identity.LotRegister, identity.RegistrationQualify), s.registration)
	k.Post(root+"/registrations", register, write(func(c *fiber.Ctx, who identity.Actor, requestID string, form trading.RegistrationForm) (string, error) {
		return s.Trading.Register(c.UserContext(), who, requestID, form)
	}))
	k.Post(root+"/registrations/:id/pull", register, step(s.Trading.PullRegistration))
	k.Post(root+"/registrations/:id/qualify", qualify, write(func(c *fiber.Ctx, who identity.Actor, requestID string, d trading.Decision) (string, error) {
		return s.Trading.Qualify(c.UserContext(), who, requestID, c.Params("id"), d)
	}))
	k.Post(root+"/registrations/:id/refuse", qualify, write(func(c *fiber.Ctx, who identity.Actor, requestID string, d trading.Decision) (string, error) {
		return s.Trading.RefuseRegistration(c.UserContext(), who, requestID, c.Params("id"), d)
	}))
	k.Get(root+"/deposits", web.Needs(identity.DepositImport), s.deposits)
	k.Post(root+"/statements", web.Needs(identity.DepositImport), write(s.importStatement))
	k.Post(root+"/deposits/:id/reject", refund, step(s.Trading.RejectDeposit))
	k.Post(root+"/deposits/:id/refund", refund, write(func(c *fiber.Ctx, who identity.Actor, requestID string, form trading.RefundForm) (string, error) {
		return s.Trading.RefundDeposit(c.UserContext(), who, requestID, c.Params("id"), form)
	}))
}

type registrationOut struct {
	ID           string           `json:"id"`
	Lot          string           `json:"lot"`
	Name         string           `json:"name"`
	Phone        string           `json:"phone"`
	Account      string           `json:"account"`
	Claim        trading.Priority `json:"claim"`
	Proof        []string         `json:"proof"`
	State        casework.State   `json:"state"`
	Version      int              `json:"version"`
	Rank         int              `json:"rank"`
	Number       string           `json:"number,omitempty"`
	Commitment   string           `json:"commitment"`
	Promise      string           `json:"promise"`
	RegisteredAt time.Time        `json:"registered_at"`
	Reason       string           `json:"reason,omitempty"`
}

func drawRegistration(r trading.Registration) registrationOut {
	return registrationOut{r.ID, r.Lot, r.Name, r.Phone, r.Account, r.Claim, append([]string{}, r.Proof...), r.State, r.Version, r.Rank,
		r.Number, r.Commitment, r.Promise, r.RegisteredAt, r.Reason}
}

// registrations lists the station's, or a bidder's own.
func (s *Screens) registrations(c *fiber.Ctx) error {
	q, who := query(c), web.Actor(c)
	q.Parent = c.Query("lot")
	rows, total, err := s.Trading.SeeRegistrations(c.UserContext(), who, q)
	if fault.CodeOf(err) == fault.Forbidden {
		rows, total, err = s.Trading.OwnRegistrations(c.UserContext(), who, q.Page)
	}
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, drawRegistration))
}

func (s *Screens) registration(c *fiber.Ctx) error {
	r, err := s.Trading.SeeRegistration(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(drawRegistration(r))
}

type depositOut struct {
	ID           string         `json:"id"`
	Lot          string         `json:"lot,omitempty"`
	Registration string         `json:"registration,omitempty"`
	State        casework.State `json:"state"`
	Version      int            `json:"version"`
	Serial       string         `json:"serial"`
	PaidAt       time.Time      `json:"paid_at"`
	Payer        string         `json:"payer"`
	Account      string         `json:"account"`
	Amount       money.Fen      `json:"amount"`
	Memo         string         `json:"memo"`
	Problem      string         `json:"problem,omitempty"`
	RefundBy     string         `json:"refund_by,omitempty"`
	RefundedAt   time.Time      `json:"refunded_at,omitzero"`
}

func (s *Screens) deposits(c *fiber.Ctx) error {
	q := query(c)
	rows, total, err := s.Trading.SeeDeposits(c.UserContext(), web.Actor(c), q)
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, func(d trading.Deposit) depositOut {
		return depositOut{d.ID, d.Lot, d.Registration, d.State, d.Version, d.Serial, d.PaidAt, d.Payer, d.Account, d.Amount, d.Memo, d.Problem,
			string(d.RefundBy), d.RefundedAt}
	}))
}

// statement is a bank's file, byte for byte, in base64: it may be in GB18030.
type statement struct {
	CSV string `json:"csv"`
}

// importStatement answers how many payments are new and how many are matched.
func (s *Screens) importStatement(c *fiber.Ctx, who identity.Actor, requestID string, body statement) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(body.CSV)
	if err != nil {
		return "", fault.New(fault.Invalid, "请把流水文件按base64编码后放入csv").On("csv")
	}
	return s.Trading.ImportStatement(c.UserContext(), who, requestID, raw)
}
