package web

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure"
	"sunlot/internal/event"
)

// Badge is an event's badge; nil while there is no event.
func Badge(c *fiber.Ctx, standings disclosure.Standings, ref event.Ref) (*Proof, error) {
	if ref.Seq == 0 {
		return nil, nil
	}
	at, err := standings.Of(c.UserContext(), ref)
	if err != nil {
		return nil, err
	}
	return &Proof{Leaf: at.Leaf, Index: at.Index, InChain: at.InChain,
		Page: "/log/leaves/" + at.Leaf, Poll: "/api/v1/proofs/" + at.Leaf}, nil
}
