// Package log is the screens of the public log: what it is, one record of it in
// words, and what a stranger's program reads to check it.
package log

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/words"
	"sunlot/internal/event"
	"sunlot/web"
)

// Screens is the log's pages, tiles and proofs.
type Screens struct {
	Kit       *web.Kit
	Log       *ledger.Log
	Standings disclosure.Standings
}

// Register declares the routes.
func (s *Screens) Register() {
	k := s.Kit
	k.Get("/log", web.Public, s.log)
	k.Get("/log/checkpoint", web.Public, s.checkpoint)
	k.Get("/log/key", web.Public, s.key)
	k.Get("/log/tile/*", web.Public, s.tile)
	k.Get("/log/leaves/:hash", web.Public, s.leaf)
	k.Get("/log/leaves/:hash/receipt", web.Public, s.receipt)
}

// log explains the public log and how a stranger checks it.
func (s *Screens) log(c *fiber.Ctx) error {
	signed, err := s.Log.Checkpoint(c.UserContext())
	if err != nil {
		return err
	}
	head, err := s.Log.Head(c.UserContext())
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "log/show", struct {
		Checkpoint string
		Key        string
		Print      string
		Leaves     int64
		Address    string
	}{
		Checkpoint: string(signed),
		Key:        s.Log.KeyText(),
		Print:      s.keyPrint(),
		Leaves:     head.Sequenced,
		Address:    s.Kit.Absolute(""),
	})
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

// keyPrint is the SHA-256 of the key as it is served, so that a stranger's own
// tools tell it too.
func (s *Screens) keyPrint() string { return grouped(event.Hash([]byte(s.Log.KeyText()))) }

// grouped is a key's fingerprint in groups that two people can read to each other.
func grouped(hash string) string {
	var groups []string
	for group := range slices.Chunk([]byte(hash), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, " ")
}

// leaf is one event of the log: in words, its exact bytes, its place and its
// proof. The reader's own browser checks what the page says.
type leaf struct {
	Event   event.Event
	Words   words.Told
	Page    string // of its noun
	Facts   string
	Leaf    string
	Receipt string // empty until it is in the log
	Proof   *web.Proof
	Print   string // of the log's key
	Address string
}

// pageOf is where the noun of a stream is shown; empty when it has no page.
func pageOf(s event.Stream) string {
	folders := map[string]string{
		"tender":     "/tenders/",
		"lot":        "/lots/",
		"asset":      "/assets/",
		"resolution": "/resolutions/",
		"project":    "/projects/",
		"item":       "/items/",
	}
	if folder := folders[s.Noun()]; folder != "" {
		return folder + s.ID()
	}
	if s.Noun() == "contract" {
		return "/lots/" + s.ID() + "/contract"
	}
	return ""
}

func (s *Screens) leaf(c *fiber.Ctx) error {
	e, err := s.Standings.Event(c.UserContext(), c.Params("hash"))
	if err != nil {
		return err
	}
	proof, err := web.Badge(c, s.Standings, event.Ref{Stream: e.Stream, Seq: e.Seq})
	if err != nil {
		return err
	}
	page := leaf{
		Event:   e,
		Words:   s.Kit.Tell(e),
		Page:    pageOf(e.Stream),
		Proof:   proof,
		Print:   s.keyPrint(),
		Address: s.Kit.Absolute(""),
	}
	var facts bytes.Buffer
	if err := json.Indent(&facts, e.Facts, "", "  "); err != nil {
		return err
	}
	raw, err := e.Leaf()
	if err != nil {
		return err
	}
	page.Facts, page.Leaf = facts.String(), string(raw)
	if hash, ok := ledger.ParseHash(proof.Leaf); ok && proof.InChain {
		receipt, in, err := s.Log.Proof(c.UserContext(), hash)
		if err != nil {
			return err
		}
		if in {
			page.Receipt = receipt.String()
		}
	}
	return s.Kit.Page(c, "log/leaf", page)
}

// receipt is the leaf's proof of inclusion as a file (c2sp.org/tlog-proof@v1).
func (s *Screens) receipt(c *fiber.Ctx) error {
	hash, ok := ledger.ParseHash(c.Params("hash"))
	if !ok {
		return web.Missing("条记录")
	}
	receipt, in, err := s.Log.Proof(c.UserContext(), hash)
	if err != nil {
		return err
	}
	if !in {
		return web.NotYet("这条记录的证明还没有生成，请过一两分钟再试")
	}
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.SendString(receipt.String())
}
