package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"

	"sunlot/web"
)

//go:embed openapi/rules.yaml
var rulesPart string

func (s *Screens) rulesRoutes() {
	s.Kit.Get(root+"/rules", web.Public, func(c *fiber.Ctx) error { return c.JSON(s.Pack()) })
}
