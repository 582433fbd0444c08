package home

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"sunlot/trading/rules"
	"sunlot/web"
)

type rulesPage struct {
	rules.Pack
	Old bool // an edition that only cases announced under it still read
}

// rules shows every figure of the jurisdiction's pack beside its source: of today's edition,
// or of the one that a notice names.
func (s *Screens) rules(c *fiber.Ctx) error {
	page := rulesPage{Pack: s.Pack}
	if v := c.Query("version"); v != "" {
		n, err := strconv.Atoi(v)
		if err == nil {
			page.Pack, err = rules.At(rules.Edition{ID: s.Pack.ID, Version: n}, s.Pack)
		}
		if err != nil {
			return web.Missing("一版规则")
		}
		page.Old = page.Pack.Version != s.Pack.Version
	}
	return s.Kit.Page(c, "home/rules", page)
}
