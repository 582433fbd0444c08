package works

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/power"
	"sunlot/internal/event"
	"sunlot/web"
)

// editionLine is one published edition in the log.
type editionLine struct {
	power.PublishedFacts
	Event event.Event
	Proof *web.Proof
}

// maxEditions is how many editions a page lists.
const maxEditions = 100

func (s *Screens) editions(c *fiber.Ctx, i power.Item) ([]editionLine, error) {
	events, err := s.Library.Events(c.UserContext(), i.Stream(), 0, maxEditions)
	if err != nil {
		return nil, err
	}
	var lines []editionLine
	for _, e := range events {
		facts, err := power.ReadEdition(e)
		if err != nil {
			return nil, err
		}
		proof, err := web.Badge(c, s.Standings, event.Ref{Stream: e.Stream, Seq: e.Seq})
		if err != nil {
			return nil, err
		}
		lines = append(lines, editionLine{facts, e, proof})
	}
	return lines, nil
}
