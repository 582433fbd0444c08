package api

import (
	_ "embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/resolving"
	"sunlot/web"
)

//go:embed openapi/resolution.yaml
var resolutionPart string

func (s *Screens) resolutionRoutes() {
	k := s.Kit
	record, confirm := web.Needs(trading.ResolutionRecord), web.Needs(trading.ResolutionConfirm)
	k.Get(root+"/resolutions", web.Public, s.resolutions)
	k.Get(root+"/resolutions/:id", web.Public, s.resolution)
	k.Get(root+"/votes", web.Needs(resolving.VoteCheck), s.votes)
	k.Post(root+"/resolutions", record, write(
		func(c *fiber.Ctx, who identity.Actor, key string, form trading.ResolutionForm) (string, error) {
			return s.Resolving.RecordResolution(c.UserContext(), who, key, form)
		}))
	k.Post(root+"/resolutions/:id", record, write(
		func(c *fiber.Ctx, who identity.Actor, key string, body revision[trading.ResolutionForm]) (string, error) {
			return s.Resolving.AmendResolution(c.UserContext(), who, key, c.Params("id"), body.Version, body.Form)
		}))
	k.Post(root+"/resolutions/:id/submit", record, step(s.Resolving.SubmitResolution))
	k.Post(root+"/resolutions/:id/confirm", confirm, step(s.Resolving.ConfirmResolution))
	k.Post(root+"/resolutions/:id/return", confirm, write(
		func(c *fiber.Ctx, who identity.Actor, key string, back casework.Return) (string, error) {
			return s.Resolving.ReturnResolution(c.UserContext(), who, key, c.Params("id"), back)
		}))
}

type resolutionOut struct {
	ID        string         `json:"id"`
	AssetName string         `json:"asset_name"`
	Assembly  string         `json:"assembly"`
	State     casework.State `json:"state"`
	Version   int            `json:"version"`
	HeldOn    calendar.Date  `json:"held_on"`
	// Roll is the edition that says who was due; none before the day of the vote is known.
	Roll    trading.RollTaken `json:"roll,omitzero"`
	Count   trading.Count     `json:"count"`
	Lawful  bool              `json:"lawful"`
	Reasons []string          `json:"reasons"`
	// Form has the votes and papers only for those who handle the record.
	Form        trading.ResolutionForm `json:"form"`
	Mend        []fault.Field          `json:"mend,omitempty"`
	ConfirmedAt time.Time              `json:"confirmed_at,omitzero"`
	Event       event.Ref              `json:"event,omitzero"`
}

func drawResolution(r trading.Resolution) resolutionOut {
	if r.Votes == nil { // a list comes without them
		r.Votes = []trading.Vote{}
	}
	if r.Reasons == nil { // nobody has judged it yet
		r.Reasons = []string{}
	}
	return resolutionOut{
		ID:          r.ID,
		AssetName:   r.AssetName,
		Assembly:    r.Assembly,
		State:       r.State,
		Version:     r.Version,
		HeldOn:      r.HeldOn(),
		Roll:        r.Roll,
		Count:       r.Count,
		Lawful:      r.Lawful,
		Reasons:     r.Reasons,
		Form:        r.ResolutionForm,
		Mend:        r.Mend,
		ConfirmedAt: r.ConfirmedAt,
		Event:       r.Event,
	}
}

func (s *Screens) resolutions(c *fiber.Ctx) error {
	q, err := ofOffice(c, query(c))
	if err != nil {
		return err
	}
	rows, total, err := s.Resolving.SeeResolutions(c.UserContext(), web.Actor(c), q)
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, drawResolution))
}

func (s *Screens) resolution(c *fiber.Ctx) error {
	r, err := s.Resolving.SeeResolution(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(drawResolution(r))
}

// votes lists how the record has the caller's own votes.
func (s *Screens) votes(c *fiber.Ctx) error {
	at := web.PageOf(c)
	rows, total, err := s.Resolving.OwnVotes(c.UserContext(), web.Actor(c), at)
	if err != nil {
		return err
	}
	return c.JSON(page(at, rows, total, drawResolution))
}
