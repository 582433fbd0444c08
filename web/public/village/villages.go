package village

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/web"
	"sunlot/web/public/parts"
)

// villages lists the county's villages, each under its township. Text is part of
// the name of either.
func (s *Screens) villages(c *fiber.Ctx) error {
	text, whole := web.SearchText(c), identity.Page{Number: c.QueryInt("page", 1), Size: identity.MaxPage}.Clip()
	list, paging, err := web.ReadPage(c, whole, func(at identity.Page) ([]identity.ListedVillage, int, error) {
		return s.Directory.Villages(c.UserContext(), text, at)
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "village/list", struct {
		Townships []parts.Township
		Text      string
		Paging    web.Paging
	}{parts.TownshipsOf(list), text, paging})
}
