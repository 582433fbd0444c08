package api

import (
	"context"
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
	k.Get(root+"/imports/:id", web.Needs(trading.DepositImport), s.imported)
	k.Get(root+"/receiving-accounts", web.Needs(trading.DepositImport), s.accounts)
	k.Post(root+"/receiving-accounts", web.Needs(bidding.DepositAccount), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form bidding.AccountForm) (string, error) {
			return s.Bidding.OpenAccount(c.UserContext(), who, key, form)
		}))
	k.Post(root+"/deposits/:id/reject", refund, step(s.rejectDeposit))
	k.Post(root+"/deposits/:id/refunded", web.Needs(bidding.DepositSecond), step(s.confirmRefund))
	k.Post(root+"/deposits/:id/refund", refund, write(
		func(c *fiber.Ctx, who identity.Actor, key string, form bidding.RefundForm) (string, error) {
			return s.Bidding.RefundDeposit(c.UserContext(), who, key, c.Params("id"), form)
		}))
}

func (s *Screens) rejectDeposit(ctx context.Context, who identity.Actor, key, id string, version int) (string, error) {
	return s.Bidding.RejectDeposit(ctx, who, key, id, version)
}

func (s *Screens) confirmRefund(ctx context.Context, who identity.Actor, key, id string, version int) (string, error) {
	return s.Bidding.ConfirmRefund(ctx, who, key, id, version)
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
	CSV     string `json:"csv"`
	Account string `json:"account"`
}

// importStatement answers with the id of the import, which tells what became of each row.
func (s *Screens) importStatement(c *fiber.Ctx, who identity.Actor, key string, body statement) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(body.CSV)
	if err != nil {
		return "", fault.New(fault.Invalid, "请把流水文件按base64编码后放入csv").On("csv")
	}
	form := bidding.StatementForm{Account: body.Account, File: raw}
	return s.Bidding.ImportStatement(c.UserContext(), who, key, form)
}

type importOut struct {
	ID       string      `json:"id"`
	Account  string      `json:"account"`
	Done     bool        `json:"done"`
	Rows     int         `json:"rows"`
	Taken    int         `json:"taken"`
	Known    int         `json:"known"`
	Reversed int         `json:"reversed"`
	Skipped  int         `json:"skipped"`
	Refused  int         `json:"refused"`
	Matched  int         `json:"matched"`
	Page     int         `json:"page"`
	Size     int         `json:"size"`
	Items    []importRow `json:"items"`
}

type importRow struct {
	Number  int       `json:"number"`
	Outcome string    `json:"outcome"`
	Reason  string    `json:"reason"`
	Serial  string    `json:"serial"`
	Payer   string    `json:"payer"`
	Amount  money.Fen `json:"amount"`
	Deposit string    `json:"deposit,omitempty"`
}

// imported is what became of the rows of one statement.
func (s *Screens) imported(c *fiber.Ctx) error {
	i, err := s.Bidding.SeeImport(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	q := query(c)
	q.Parent = i.ID
	rows, _, err := s.Bidding.SeeImportRows(c.UserContext(), web.Actor(c), q)
	if err != nil {
		return err
	}
	out := importOut{
		ID:       i.ID,
		Account:  i.Account,
		Done:     !i.DoneAt.IsZero(),
		Rows:     i.Total,
		Taken:    i.Taken(),
		Known:    i.Known(),
		Reversed: i.Reversed(),
		Skipped:  i.Skipped(),
		Refused:  i.Refused(),
		Matched:  i.Matched,
		Page:     q.Page.Number,
		Size:     q.Page.Size,
		Items:    []importRow{},
	}
	for _, r := range rows {
		out.Items = append(out.Items, importRow{
			Number:  r.Number,
			Outcome: string(r.Outcome),
			Reason:  r.Reason,
			Serial:  r.Serial,
			Payer:   r.Payer,
			Amount:  r.Amount,
			Deposit: r.Deposit,
		})
	}
	return c.JSON(out)
}

type accountOut struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Number string `json:"number"`
}

// accounts lists the accounts whose statements the caller may import.
func (s *Screens) accounts(c *fiber.Ctx) error {
	all, err := s.Bidding.SeeAccounts(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	items := []accountOut{}
	for _, a := range all {
		items = append(items, accountOut{ID: a.ID, Name: a.Name, Number: a.Number})
	}
	return c.JSON(map[string][]accountOut{"items": items})
}
