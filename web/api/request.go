package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"

	"sunlot/web"
)

//go:embed openapi/request.yaml
var requestPart string

func (s *Screens) requestRoutes() {
	s.Kit.Get(root+"/requests/:kind/:id", web.SignedIn, s.byRequest)
}

// byRequest says truthfully what became of an act of the caller's.
func (s *Screens) byRequest(c *fiber.Ctx) error {
	id, found, err := s.Library.ByRequest(c.UserContext(), web.Actor(c), c.Params("kind"), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Found bool   `json:"found"`
		ID    string `json:"id"`
	}{found, id})
}
