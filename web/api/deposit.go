package api

import (
	_ "embed"
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

//go:embed openapi/deposit.yaml
var depositPart string

func (s *Screens) depositRoutes() {
	k, refund := s.Kit, web.Needs(bidding.DepositRefund)
	k.Get(root+"/deposits", web.Needs(trading.DepositImport), s.deposits)
	k.Post(root+"/statements", web.Needs(trading.DepositImport), write(s.importStatement))
	k.Post(root+"/deposits/:id/reject", refund, step(s.Bidding.RejectDeposit))
	k.Post(root+"/deposits/:id/refund", refund, write(
		func(c *fiber.Ctx, who identity.Actor, key string, form bidding.RefundForm) (string, error) {
			return s.Bidding.RefundDeposit(c.UserContext(), who, key, c.Params("id"), form)
		}))
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
		return depositOut{
			ID:           d.ID,
			Lot:          d.Lot,
			Registration: d.Registration,
			State:        d.State,
			Version:      d.Version,
			Serial:       d.Serial,
			PaidAt:       d.PaidAt,
			Payer:        d.Payer,
			Account:      d.Account,
			Amount:       d.Amount,
			Memo:         d.Memo,
			Problem:      d.Problem,
			RefundBy:     string(d.RefundBy),
			RefundedAt:   d.RefundedAt,
		}
	}))
}

// statement is a bank's file, byte for byte, in base64: it may be in GB18030.
type statement struct {
	CSV string `json:"csv"`
}

// importStatement answers how many payments are new and how many are matched.
func (s *Screens) importStatement(c *fiber.Ctx, who identity.Actor, key string, body statement) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(body.CSV)
	if err != nil {
		return "", fault.New(fault.Invalid, "请把流水文件按base64编码后放入csv").On("csv")
	}
	return s.Bidding.ImportStatement(c.UserContext(), who, key, raw)
}
