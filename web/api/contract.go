package api

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading/works"
	"sunlot/web"
)

func (s *Screens) contractRoutes() {
	k := s.Kit
	k.Get(root+"/lots/:id/contract", web.Public, s.contract)
	k.Post(root+"/lots/:id/contract", web.Needs(identity.ContractOffer), write(func(c *fiber.Ctx, who identity.Actor, requestID string, _ struct{}) (string, error) {
		return s.Works.Offer(c.UserContext(), who, requestID, c.Params("id"))
	}))
	k.Post(root+"/lots/:id/contract/sign", web.Needs(identity.ContractSign), write(func(c *fiber.Ctx, who identity.Actor, requestID string, form works.SignForm) (string, error) {
		return s.Works.Sign(c.UserContext(), who, requestID, c.Params("id"), form)
	}))
	k.Post(root+"/lots/:id/rents", web.Needs(identity.RentReceive), write(func(c *fiber.Ctx, who identity.Actor, requestID string, form works.VoucherForm) (string, error) {
		return s.Works.Receive(c.UserContext(), who, requestID, c.Params("id"), form)
	}))
}

type paymentOut struct {
	Number   int           `json:"number"`
	DueOn    calendar.Date `json:"due_on"`
	Due      money.Fen     `json:"due"`
	Received money.Fen     `json:"received"`
}

type voucherOut struct {
	Number     int           `json:"number"`
	Amount     money.Fen     `json:"amount"`
	ReceivedOn calendar.Date `json:"received_on"`
	Serial     string        `json:"serial"`
	Account    string        `json:"account"`
	Event      event.Ref     `json:"event"`
}

type contractOut struct {
	Lot        string         `json:"lot"`
	State      casework.State `json:"state"`
	Version    int            `json:"version"`
	Number     string         `json:"number"`
	Lessor     string         `json:"lessor"`
	Lessee     string         `json:"lessee"`
	Bidder     string         `json:"bidder"`
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
	m, err := s.Works.SeeMoney(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	k := m.Contract
	out := contractOut{k.Lot, k.State, k.Version, k.Number, k.Lessor, k.Lessee, k.Bidder, k.Price, k.Yearly, k.Whole, k.StartsOn, k.EndsOn,
		k.Document, m.Accounts.Due, m.Accounts.Received, m.Accounts.Arrears, []paymentOut{}, []voucherOut{}, k.Event}
	for _, p := range m.Schedule {
		out.Schedule = append(out.Schedule, paymentOut{p.Number, p.DueOn, p.Due, p.Received})
	}
	for _, v := range m.Vouchers {
		out.Vouchers = append(out.Vouchers, voucherOut{v.Number, v.Amount, v.ReceivedOn, v.Serial, v.Account, v.Event})
	}
	return c.JSON(out)
}
