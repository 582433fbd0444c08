package register

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// noun names the form among those that can be kept unfinished.
const noun = "assets"

func (s *Screens) draftForm() admin.DraftForm {
	return admin.DraftForm{
		Noun:   noun,
		Act:    trading.AssetRegister,
		Label:  "资产登记",
		Title:  "name",
		Photos: []string{"photos"},
		May:    s.draftMay,
		Again:  s.draftAgain,
	}
}

func (s *Screens) draftMay(ctx context.Context, who identity.Actor, _, id string) error {
	if id == "" {
		return nil
	}
	_, err := s.Assets.AssetFor(ctx, who, trading.AssetRegister, id)
	return err
}

// draftAgain draws the form that could not be kept, with what was typed.
func (s *Screens) draftAgain(c *fiber.Ctx, form admin.FormID, d identity.Draft, wrong error) error {
	page := assetPage{ID: form.ID(), Draft: admin.DraftView{Form: form}}
	if err := s.assetChoices(c, &page); err != nil {
		return err
	}
	s.assetKept(web.ReadKept(c, d), &page)
	return s.Kit.Again(c, wrong, "office/register/form", page)
}
