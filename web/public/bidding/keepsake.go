package bidding

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/ledger"
	"sunlot/trading"
	"sunlot/web"
)

// keepsake is what the bidder keeps: what was committed, the salt, the signed
// promise and, after the tick, the path into the public log. With the log's key
// it is checked without asking us anything.
type keepsake struct {
	Committed  trading.Committed `json:"committed"`
	Salt       string            `json:"salt"`
	Commitment string            `json:"commitment"`
	Promise    string            `json:"promise"`
	Proof      any               `json:"proof"`
}

func keepsakeOf(r trading.Registration, proof ledger.BlindProof, in bool) keepsake {
	k := keepsake{Committed: r.Committed(), Salt: r.Salt, Commitment: r.Commitment, Promise: r.Promise, Proof: nil}
	if in {
		k.Proof = proof
	}
	return k
}

// registrationProof is the same by itself, for programs.
func (s *Screens) registrationProof(c *fiber.Ctx) error {
	r, err := s.Bidding.SeeRegistration(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	if r.PersonID != web.Actor(c).PersonID {
		return web.Missing("份报名")
	}
	proof, in, err := s.blindProof(c, r)
	if err != nil {
		return err
	}
	return c.JSON(keepsakeOf(r, proof, in))
}

// blindProof is the path of a registration's commitment in the public log;
// false while its tick is not in the chain.
func (s *Screens) blindProof(c *fiber.Ctx, r trading.Registration) (ledger.BlindProof, bool, error) {
	commitment, ok := ledger.ParseHash(r.Commitment)
	if !ok {
		return ledger.BlindProof{}, false, nil
	}
	return s.Blind.Path(c.UserContext(), commitment)
}
