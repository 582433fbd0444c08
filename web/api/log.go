package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/web"
)

//go:embed openapi/log.yaml
var logPart string

func (s *Screens) logRoutes() {
	k := s.Kit
	k.Get(root+"/documents/:sha", web.Public, s.document)
	k.Get(root+"/streams/:stream/events", web.Public, s.events)
	k.Get(root+"/proofs/:leaf", web.Public, s.proof)
}

// document sends a public document, byte for byte as the log names it.
func (s *Screens) document(c *fiber.Ctx) error {
	body, err := s.Library.Document(c.UserContext(), c.Params("sha"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	return c.Send(body)
}

// events lists a stream's leaves after seq, each as the exact text in the log.
func (s *Screens) events(c *fiber.Ctx) error {
	list, err := s.Library.Events(c.UserContext(), event.Stream(c.Params("stream")), int64(c.QueryInt("after")),
		c.QueryInt("limit", 100))
	if err != nil {
		return err
	}
	leaves := []string{}
	for _, e := range list {
		leaf, err := e.Leaf()
		if err != nil {
			return err
		}
		leaves = append(leaves, string(leaf))
	}
	return c.JSON(struct {
		Leaves []string `json:"leaves"`
	}{leaves})
}

// proof says whether a leaf is in the chain, and where.
func (s *Screens) proof(c *fiber.Ctx) error {
	leaf, ok := ledger.ParseHash(c.Params("leaf"))
	if !ok {
		return fault.New(fault.NotFound, "没有找到这条记录")
	}
	e, err := s.Standings.Event(c.UserContext(), c.Params("leaf"))
	if err != nil {
		return err
	}
	receipt, in, err := s.Log.Proof(c.UserContext(), leaf)
	if err != nil {
		return err
	}
	return c.JSON(struct {
		InChain bool      `json:"in_chain"`
		Index   int64     `json:"index"`
		Event   event.Ref `json:"event"`
	}{in, receipt.Index, event.Ref{Stream: e.Stream, Seq: e.Seq}})
}
