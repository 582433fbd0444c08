package public

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/web"
)

// photo serves the clean copy of a photo to whoever may see it, and for lists a
// small one.
func (s *Screens) photo(c *fiber.Ctx) error {
	name, ok := strings.CutSuffix(c.Params("name"), ".jpg")
	if !ok {
		return missing("张照片")
	}
	name, small := strings.CutSuffix(name, smallPhoto)
	body, err := s.Trading.SeePhoto(c.UserContext(), web.Actor(c), name)
	if err != nil {
		return err
	}
	if small {
		if body, err = s.smalls.of(name, body); err != nil {
			return err
		}
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=3600")
	c.Set(fiber.HeaderContentType, "image/jpeg")
	return c.Send(body)
}

// document serves a public document, byte for byte as the log names it.
func (s *Screens) document(c *fiber.Ctx) error {
	body, err := s.Trading.Document(c.UserContext(), c.Params("sha"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return c.Send(body)
}

// rules shows every figure of the jurisdiction's pack beside its source.
func (s *Screens) rules(c *fiber.Ctx) error {
	return s.Kit.Page(c, "rules/show", s.Trading.Pack)
}
