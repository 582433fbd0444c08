package account

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/web"
)

// care switches the browser's pages to large type, or back.
func (s *Screens) care(c *fiber.Ctx) error {
	large := c.FormValue("large")
	if large != "yes" && large != "no" {
		return fault.New(fault.Invalid, "请用页面上方的按钮切换关怀版和标准版").On("large")
	}
	web.KeepCare(c, large == "yes")
	return s.Kit.Done(c, web.Next(c.FormValue("back")), "")
}
