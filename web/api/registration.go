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
	"sunlot/trading/bidding"
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
		return s.Bidding.Register(c.UserContext(), who, requestID, form)
	}))
	k.Post(root+"/registrations/:id/pull", register, step(s.Bidding.PullRegistration))
	k.Post(root+"/registrations/:id/qualify", qualify, write(func(c *fiber.Ctx, who identity.Actor, requestID string, d bidding.Decision) (string, error) {
		return s.Bidding.Qualify(c.UserContext(), who, requestID, c.Params("id"), d)
	}))
	k.Post(root+"/registrations/:id/refuse", qualify, write(func(c *fiber.Ctx, who identity.Actor, requestID string, d bidding.Decision) (string, error) {
		return s.Bidding.RefuseRegistration(c.UserContext(), who, requestID, c.Params("id"), d)
	}))
	k.Get(root+"/deposits", web.Needs(identity.DepositImport), s.deposits)
	k.Post(root+"/statements", web.Needs(identity.DepositImport), write(s.importStatement))
	k.Post(root+"/deposits/:id/reject", refund, step(s.Bidding.RejectDeposit))
	k.Post(root+"/deposits/:id/refund", refund, write(func(c *fiber.Ctx, who identity.Actor, requestID string, form bidding.RefundForm) (string, error) {
		return s.Bidding.RefundDeposit(c.UserContext(), who, requestID, c.Params("id"), form)
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
	return registrationOut{ID: r.ID, Lot: r.Lot, Name: r.Name, Phone: r.Phone, Account: r.Account, Claim: r.Claim, Proof: append([]string{}, r.Proof...), State: r.State, Version: r.Version, Rank: r.Rank,
		Number: r.Number, Commitment: r.Commitment, Promise: r.Promise, RegisteredAt: r.RegisteredAt, Reason: r.Reason}
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
	rows, total, err := s.Bidding.SeeDeposits(c.UserContext(), web.Actor(c), q)
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, func(d trading.Deposit) depositOut {
		return depositOut{ID: d.ID, Lot: d.Lot, Registration: d.Registration, State: d.State, Version: d.Version, Serial: d.Serial, PaidAt: d.PaidAt, Payer: d.Payer, Account: d.Account, Amount: d.Amount, Memo: d.Memo, Problem: d.Problem,
			RefundBy: string(d.RefundBy), RefundedAt: d.RefundedAt}
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
	return s.Bidding.ImportStatement(c.UserContext(), who, requestID, raw)
}
