package register

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// noun and entryNoun name the forms among those that can be kept unfinished.
const (
	noun      = "assets"
	entryNoun = "asset-drafts"
)

func (s *Screens) draftForms() []admin.DraftForm {
	register := admin.DraftForm{
		Noun:   noun,
		Act:    trading.AssetRegister,
		Label:  "资产登记",
		Title:  "name",
		Photos: []string{"photos"},
		May:    s.draftMay,
		Again:  s.draftAgain,
	}
	mend := register
	mend.Noun = entryNoun
	mend.Label = "修改资产登记"
	mend.May = s.mendMay
	return []admin.DraftForm{register, mend}
}

func (s *Screens) draftMay(ctx context.Context, who identity.Actor, _, id string) error {
	if id == "" {
		return nil
	}
	_, err := s.Assets.AssetFor(ctx, who, trading.AssetRegister, id)
	return err
}

func (s *Screens) mendMay(ctx context.Context, who identity.Actor, _, id string) error {
	_, err := s.Assets.AssetDraftFor(ctx, who, trading.AssetRegister, id)
	return err
}

// draftAgain draws the form that could not be kept, with what was typed.
func (s *Screens) draftAgain(c *fiber.Ctx, form admin.FormID, d identity.Draft, wrong error) error {
	page := assetPage{Draft: admin.DraftView{Form: form}}
	if form == admin.FormOf(entryNoun, form.ID(), "") {
		page.Entry = form.ID()
	} else {
		page.ID = form.ID()
	}
	if err := s.assetChoices(c, &page); err != nil {
		return err
	}
	s.assetKept(web.ReadKept(c, d), &page)
	return s.Kit.Again(c, wrong, "office/register/form", page)
}
