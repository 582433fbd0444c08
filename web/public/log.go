package public

import (
	"bytes"
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/trading"
	"sunlot/web"
)

// log explains the public log and how a stranger checks it.
func (s *Screens) log(c *fiber.Ctx) error {
	signed, err := s.Log.Checkpoint(c.UserContext())
	if err != nil {
		return err
	}
	head, err := s.Events.Head(c.UserContext())
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "log/show", struct {
		Checkpoint string
		Key        string
		Leaves     int64
		Address    string
	}{string(signed), s.Log.KeyText(), head.Sequenced, c.BaseURL()})
}

func (s *Screens) checkpoint(c *fiber.Ctx) error {
	signed, err := s.Log.Checkpoint(c.UserContext())
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.Send(signed)
}

func (s *Screens) key(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.SendString(s.Log.KeyText())
}

// tile serves the log's tiles and entry bundles (C2SP tlog-tiles); they never change.
func (s *Screens) tile(c *fiber.Ctx) error {
	body, err := s.Log.Tile(c.UserContext(), c.Params("*"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return c.Send(body)
}

// leaf shows one event of the log: its exact bytes, its place and its proof.
func (s *Screens) leaf(c *fiber.Ctx) error {
	e, err := s.Events.EventByLeaf(c.UserContext(), c.Params("hash"))
	if err != nil {
		return err
	}
	proof, err := s.proof(c, event.Ref{Stream: e.Stream, Seq: e.Seq})
	if err != nil {
		return err
	}
	var facts bytes.Buffer
	if err := json.Indent(&facts, e.Facts, "", "  "); err != nil {
		return err
	}
	leaf, err := e.Leaf()
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "log/leaf", struct {
		Event event.Event
		Facts string
		Leaf  string
		Proof *web.Proof
	}{e, facts.String(), string(leaf), proof})
}

// receipt is the leaf's proof of inclusion as a file (c2sp.org/tlog-proof@v1).
func (s *Screens) receipt(c *fiber.Ctx) error {
	leaf, ok := ledger.ParseHash(c.Params("hash"))
	if !ok {
		return missing("条记录")
	}
	receipt, in, err := s.Log.Proof(c.UserContext(), leaf)
	if err != nil {
		return err
	}
	if !in {
		return missing("条记录的证明:可能还在入链,请过一会再试")
	}
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.SendString(receipt.String())
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
