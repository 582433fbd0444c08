package home

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"sunlot/trading/amending"
	"sunlot/trading/rules"
	"sunlot/web"
)

type rulesPage struct {
	rules.Pack
	Old     bool // an edition that is not today's
	Changes []amending.Amendment
}

// rules shows every figure of the jurisdiction's pack beside its source: of today's edition,
// or of the one that a notice names.
func (s *Screens) rules(c *fiber.Ctx) error {
	page := rulesPage{Pack: s.Pack()}
	var err error
	page.Changes, err = s.Amending.SeeAmended(c.UserContext())
	if err != nil {
		return err
	}
	if v := c.Query("version"); v != "" {
		n, err := strconv.Atoi(v)
		if err == nil {
			page.Pack, err = rules.At(rules.Edition{ID: page.ID, Version: n}, page.Pack)
		}
		if err != nil {
			return web.Missing("一版规则")
		}
		page.Old = page.Version != s.Pack().Version
	}
	return s.Kit.Page(c, "home/rules", page)
}
