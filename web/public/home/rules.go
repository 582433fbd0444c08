package home

import "github.com/gofiber/fiber/v2"

// rules shows every figure of the jurisdiction's pack beside its source.
func (s *Screens) rules(c *fiber.Ctx) error {
	return s.Kit.Page(c, "home/rules", s.Pack)
}
