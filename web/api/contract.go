package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/web"
)

//go:embed openapi/contract.yaml
var contractPart string

func (s *Screens) contractRoutes() {
	k := s.Kit
	k.Get(root+"/lots/:id/contract", web.Public, s.contract)
	k.Post(root+"/lots/:id/contract", web.Needs(trading.ContractOffer), write(
		func(c *fiber.Ctx, who identity.Actor, key string, _ struct{}) (string, error) {
			return s.Contracts.Offer(c.UserContext(), who, key, c.Params("id"))
		}))
	k.Post(root+"/lots/:id/contract/sign", web.Needs(contracts.ContractSign), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form contracts.SignForm) (string, error) {
			return s.Contracts.Sign(c.UserContext(), who, key, c.Params("id"), form)
		}))
	k.Post(root+"/lots/:id/rents", web.Needs(contracts.RentReceive), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form contracts.VoucherForm) (string, error) {
			return s.Contracts.Receive(c.UserContext(), who, key, c.Params("id"), form)
		}))
	k.Post(root+"/lots/:id/rents/reversal", web.Needs(contracts.RentReverse), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form contracts.ReverseForm) (string, error) {
			return s.Contracts.Reverse(c.UserContext(), who, key, c.Params("id"), form)
		}))
}

type paymentOut struct {
	Number   int           `json:"number"`
	DueOn    calendar.Date `json:"due_on"`
	Due      money.Fen     `json:"due"`
	Received money.Fen     `json:"received"`
}

type voucherOut struct {
	ID         string            `json:"id"`
	Number     int               `json:"number"`
	Amount     money.Fen         `json:"amount"` // below zero for a reversal
	ReceivedOn calendar.Date     `json:"received_on"`
	Serial     string            `json:"serial"`
	Account    string            `json:"account"`
	Reverses   string            `json:"reverses,omitempty"` // id of the slip that it takes out
	Mistake    contracts.Mistake `json:"mistake,omitempty"`
	Event      event.Ref         `json:"event"`
}

type contractOut struct {
	Lot        string         `json:"lot"`
	State      casework.State `json:"state"`
	Version    int            `json:"version"`
	Number     string         `json:"number"`
	Lessor     string         `json:"lessor"`
	Lessee     string         `json:"lessee"`
	Bidder     string         `json:"bidder"`
	Side       string         `json:"side"`
	Unit       string         `json:"unit"`
	Price      money.Fen      `json:"price"`
	YearlyRent money.Fen      `json:"yearly_rent"`
	WholeRent  money.Fen      `json:"whole_rent"`
	StartsOn   calendar.Date  `json:"starts_on"`
	EndsOn     calendar.Date  `json:"ends_on"`
	Document   string         `json:"document,omitempty"`
	Due        money.Fen      `json:"due"`
	Received   money.Fen      `json:"received"`
	Arrears    money.Fen      `json:"arrears"`
	Schedule   []paymentOut   `json:"schedule"`
	Vouchers   []voucherOut   `json:"vouchers"`
	Event      event.Ref      `json:"event,omitzero"`
}

// contract is a lease with its rent, as due, received and in arrears today.
func (s *Screens) contract(c *fiber.Ctx) error {
	m, err := s.Contracts.SeeMoney(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	k := m.Contract
	out := contractOut{
		Lot:        k.Lot,
		State:      k.State,
		Version:    k.Version,
		Number:     k.Number,
		Lessor:     k.Lessor,
		Lessee:     k.Lessee,
		Bidder:     k.Bidder,
		Side:       k.Side.Code(),
		Unit:       k.Unit.Code(),
		Price:      k.Price,
		YearlyRent: k.Yearly,
		WholeRent:  k.Whole,
		StartsOn:   k.StartsOn,
		EndsOn:     k.EndsOn,
		Document:   k.Document,
		Due:        m.Accounts.Due,
		Received:   m.Accounts.Received,
		Arrears:    m.Accounts.Arrears,
		Schedule:   []paymentOut{},
		Vouchers:   []voucherOut{},
		Event:      k.Event,
	}
	for _, p := range m.Schedule {
		out.Schedule = append(out.Schedule,
			paymentOut{Number: p.Number, DueOn: p.DueOn, Due: p.Due, Received: p.Received})
	}
	for _, v := range m.Vouchers {
		out.Vouchers = append(out.Vouchers, voucherOut{
			ID:         v.ID,
			Reverses:   v.Reverses,
			Mistake:    v.Mistake,
			Number:     v.Number,
			Amount:     v.Amount,
			ReceivedOn: v.ReceivedOn,
			Serial:     v.Serial,
			Account:    v.Account,
			Event:      v.Event,
		})
	}
	return c.JSON(out)
}
