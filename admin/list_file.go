package admin

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/web"
	"sunlot/web/table"
)

// File hands out the whole filtered list as a table.
func (l List[N]) File(c *fiber.Ctx, now time.Time) error {
	q := l.query(c)
	return table.Send(c, now, l.Name, l.Columns, func(at identity.Page) ([]N, int, error) {
		q.Page = at
		return l.Read(c.UserContext(), web.Actor(c), q)
	})
}
