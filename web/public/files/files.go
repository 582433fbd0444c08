// Package files is the screens that serve what was put on file: photos, the
// papers of a project, and public documents.
package files

import (
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/works"
	"sunlot/web"
	"sunlot/web/public/parts"
)

// Screens is the files by their names.
type Screens struct {
	Kit     *web.Kit
	Library *casework.Library
	Works   *works.Service

	thumbnails thumbnails
}

// Register declares the routes.
func (s *Screens) Register() {
	s.Kit.Get("/photos/:name", web.Public, s.photo)
	s.Kit.Get("/files/:name", web.Public, s.file)
	s.Kit.Get("/documents/:sha", web.Public, s.document)
}

// photo serves the clean copy of a photo to whoever may see it, and for lists a
// small one.
func (s *Screens) photo(c *fiber.Ctx) error {
	name, ok := strings.CutSuffix(c.Params("name"), ".jpg")
	if !ok {
		return web.Missing("张照片")
	}
	name, small := strings.CutSuffix(name, parts.ThumbnailMark)
	body, err := keeping(c, func(who identity.Actor) ([]byte, error) {
		return s.Library.SeePhoto(c.UserContext(), who,
			name)
	})
	if err != nil {
		return err
	}
	if small {
		body, err = s.thumbnails.copyOf(name, body)
		if err != nil {
			return err
		}
	}
	c.Set(fiber.HeaderContentType, "image/jpeg")
	return sendUnlessKept(c, body)
}

// file serves a document of a project to be saved, never to be opened in the
// page's own origin.
func (s *Screens) file(c *fiber.Ctx) error {
	name, ok := strings.CutSuffix(c.Params("name"), ".pdf")
	if !ok {
		return web.Missing("份文件")
	}
	body, err := keeping(c, func(who identity.Actor) ([]byte, error) {
		return s.Works.SeeFile(c.UserContext(), who,
			name)
	})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/pdf")
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name[:16]+`.pdf"`)
	return sendUnlessKept(c, body)
}

// keeping reads what has a lasting name, and lets the browser keep what everybody
// may see. Of anything else it keeps nothing: the next person at an office's
// machine would find it there.
func keeping(c *fiber.Ctx, see func(who identity.Actor) ([]byte, error)) ([]byte, error) {
	body, err := see(identity.Actor{})
	if err == nil {
		mayKeep(c)
	}
	if fault.CodeOf(err) == fault.NotFound && web.Actor(c).SignedIn() {
		return see(web.Actor(c))
	}
	return body, err
}

// mayKeep lets a browser keep what everybody may see, and has it ask each time: it
// may be withheld since. The name is the content's hash, so it is the tag as well;
// a weak one, since what is packed on its way has the same.
func mayKeep(c *fiber.Ctx) {
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderETag, tagOf(c))
}

func tagOf(c *fiber.Ctx) string { return `W/"` + path.Base(c.Path()) + `"` }

// sendUnlessKept spares a browser the bytes that it has kept.
func sendUnlessKept(c *fiber.Ctx, body []byte) error {
	kept := len(c.Response().Header.Peek(fiber.HeaderETag)) > 0
	if kept && strings.Contains(c.Get(fiber.HeaderIfNoneMatch), tagOf(c)) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return c.Send(body)
}

// document serves a public document, byte for byte as the log names it.
func (s *Screens) document(c *fiber.Ctx) error {
	body, err := s.Library.Document(c.UserContext(), c.Params("sha"))
	if err != nil {
		return err
	}
	mayKeep(c)
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return sendUnlessKept(c, body)
}
