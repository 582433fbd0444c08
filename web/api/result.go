package api

import (
	_ "embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
)

//go:embed openapi/result.yaml
var resultPart string

func (s *Screens) resultRoutes() {
	k := s.Kit
	k.Get(root+"/lots/:id/award", web.Public, s.award)
	k.Get(root+"/lots/:id/objections", web.Public, s.objections)
	k.Post(root+"/lots/:id/objections", web.Public, write(
		func(c *fiber.Ctx, who identity.Actor, key string, body objecting) (string, error) {
			if err := s.Sessions.CountObjection(c.UserContext(), who, web.From(c).Network); err != nil {
				return "", err
			}
			return s.Bidding.Object(c.UserContext(), who, key,
				trading.ObjectionForm{
					Lot:    c.Params("id"),
					Target: body.Target,
					Name:   body.Name,
					Phone:  body.Phone,
					Text:   body.Text,
				}, web.Arrived(c))
		}))
	k.Post(root+"/objections/:id/decision", web.Needs(trading.ObjectionRule), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form trading.DecisionForm) (string, error) {
			return s.Bidding.DecideObjection(c.UserContext(), who, key, c.Params("id"), form)
		}))
	k.Post(root+"/objections/:id/withdraw", web.Needs(trading.ObjectionRule), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form version) (string, error) {
			return s.Bidding.WithdrawDecision(c.UserContext(), who, key, c.Params("id"), form.Version)
		}))
	k.Post(root+"/objections/:id/second", web.Needs(trading.ObjectionSecond, trading.ObjectionStand), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form trading.SecondForm) (string, error) {
			return s.Bidding.SecondDecision(c.UserContext(), who, key, c.Params("id"), form)
		}))
	k.Post(root+"/objections/:id/answer", web.Needs(trading.ObjectionAnswer, trading.ObjectionRule), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form trading.AnswerForm) (string, error) {
			return s.Bidding.AnswerObjection(c.UserContext(), who, key, c.Params("id"), form)
		}))
}

type awardOut struct {
	Lot         string         `json:"lot"`
	State       casework.State `json:"state"`
	Winner      string         `json:"winner"` // real name
	Bidder      string         `json:"bidder"` // number
	Priority    bool           `json:"priority"`
	Side        string         `json:"side"`
	Unit        string         `json:"unit"`
	Price       money.Fen      `json:"price"`
	YearlyRent  money.Fen      `json:"yearly_rent"`
	WholeRent   money.Fen      `json:"whole_rent"`
	OverStart   money.Fen      `json:"over_start"`
	OverLast    money.Fen      `json:"over_last"`
	AwardedAt   time.Time      `json:"awarded_at"`
	PublicUntil time.Time      `json:"public_until"`
	Firm        bool           `json:"firm"`
	SettledAt   time.Time      `json:"settled_at,omitzero"`
	Event       event.Ref      `json:"event"`
}

func (s *Screens) award(c *fiber.Ctx) error {
	a, err := s.Bidding.SeeAward(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(awardOut{
		Lot:         a.Lot,
		State:       a.State,
		Winner:      a.Name,
		Bidder:      a.Number,
		Priority:    a.Priority,
		Side:        a.Side.Code(),
		Unit:        a.Unit.Code(),
		Price:       a.Price,
		YearlyRent:  a.Yearly,
		WholeRent:   a.Whole,
		OverStart:   a.OverStart(),
		OverLast:    a.OverLast(),
		AwardedAt:   a.AwardedAt,
		PublicUntil: a.PublicUntil,
		Firm:        a.Firm,
		SettledAt:   a.SettledAt,
		Event:       a.Event,
	})
}

// objecting is an objection to the result of the address.
type objecting struct {
	Target trading.Target `json:"target"`
	Name   string         `json:"name"`
	Phone  string         `json:"phone"`
	Text   string         `json:"text"`
}

type objectionOut struct {
	ID         string          `json:"id"`
	State      casework.State  `json:"state"`
	Version    int             `json:"version,omitempty"` // to answer, decide or second it with
	Target     trading.Target  `json:"target"`
	Text       string          `json:"text,omitempty"`     // as it was written
	Withheld   string          `json:"withheld,omitempty"` // why the text is not there
	Outcome    trading.Outcome `json:"outcome,omitempty"`
	Answer     string          `json:"answer,omitempty"`
	Ruling     trading.Ruling  `json:"ruling,omitempty"`
	Reason     string          `json:"reason,omitempty"` // of the ruling
	RaisedAt   time.Time       `json:"raised_at"`
	AnswerBy   string          `json:"answer_by"`
	AnsweredAt time.Time       `json:"answered_at,omitzero"`
	DecideBy   string          `json:"decide_by,omitempty"`
	DecidedAt  time.Time       `json:"decided_at,omitzero"`
	Event      event.Ref       `json:"event"`
}

func (s *Screens) objections(c *fiber.Ctx) error {
	if _, err := s.Bidding.SeeAward(c.UserContext(), web.Actor(c), c.Params("id")); err != nil {
		return err
	}
	rows, err := s.Bidding.SeeObjections(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(page(identity.Page{Number: 1, Size: identity.MaxPage}, rows, len(rows),
		func(o trading.Objection) objectionOut {
			return objectionOut{
				ID:         o.ID,
				State:      o.State,
				Version:    o.Version,
				Target:     o.Target,
				Text:       o.Public,
				Withheld:   o.Withheld,
				Outcome:    o.Outcome,
				Answer:     o.Answer,
				Ruling:     o.Ruling,
				Reason:     o.Reason,
				DecideBy:   string(o.DecideBy),
				DecidedAt:  o.DecidedAt,
				RaisedAt:   o.RaisedAt,
				AnswerBy:   string(o.AnswerBy),
				AnsweredAt: o.AnsweredAt,
				Event:      o.Event,
			}
		}))
}
