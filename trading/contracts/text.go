package contracts

import (
	"sunlot/internal/calendar"
	"sunlot/internal/money"
	"sunlot/trading"
)

// Text is the contract as everybody may read it. It has the fields that
// "《农村土地经营权出租合同"("示范文本"）》GF-2021-2606 asks for, as far as they are
// public; the lessee is named by number here and by name on the page, so that a
// name can be hidden again without breaking the log.
type Text struct {
	Number   string        `json:"number"`
	Tender   string        `json:"tender"`
	Notice   string        `json:"notice"` // SHA-256 of the notice
	Lessor   string        `json:"lessor"`
	Lessee   string        `json:"lessee"` // bidder number
	Price    money.Fen     `json:"price"`
	Side     trading.Side  `json:"side,omitempty"`
	Unit     money.Unit    `json:"unit,omitempty"`
	Area     money.Area    `json:"area"`
	Measure  money.Measure `json:"measure,omitempty"`
	Yearly   money.Fen     `json:"yearly_rent"`
	Whole    money.Fen     `json:"whole_rent"`
	StartsOn calendar.Date `json:"starts_on"`
	EndsOn   calendar.Date `json:"ends_on"`
	Use      string        `json:"use"`
	Terms    string        `json:"conditions"`
	Schedule []Due         `json:"schedule"`
}

// Due is one year's rent in the contract.
type Due struct {
	Number int           `json:"number"`
	DueOn  calendar.Date `json:"due_on"`
	Sum    money.Fen     `json:"sum"`
}

func textOf(c Contract, t trading.Tender, all []Payment) Text {
	text := Text{
		Number:   c.Number,
		Tender:   c.Lot,
		Notice:   t.Document,
		Lessor:   c.Lessor,
		Lessee:   c.Bidder,
		Price:    c.Price,
		Side:     c.Side,
		Unit:     c.Unit,
		Area:     c.Size,
		Measure:  c.Measure,
		Yearly:   c.Yearly,
		Whole:    c.Whole,
		StartsOn: c.StartsOn,
		EndsOn:   c.EndsOn,
		Use:      c.Use,
		Terms:    t.Conditions,
		Schedule: []Due{},
	}
	for _, p := range all {
		text.Schedule = append(text.Schedule, Due{p.Number, p.DueOn, p.Due})
	}
	return text
}
