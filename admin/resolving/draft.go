package resolving

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// noun names the form among those that can be kept unfinished.
const noun = "resolutions"

func (s *Screens) draftForm() admin.DraftForm {
	return admin.DraftForm{
		Noun:   noun,
		Parent: "asset",
		Act:    trading.ResolutionRecord,
		Label:  "登记决议",
		Photos: []string{"sign_in", "minutes"},
		May:    s.draftMay,
		Again:  s.draftAgain,
	}
}

func (s *Screens) draftMay(ctx context.Context, who identity.Actor, asset, id string) error {
	if id == "" {
		_, err := s.Assets.AssetFor(ctx, who, trading.ResolutionRecord, asset)
		return err
	}
	_, err := s.Resolving.ResolutionFor(ctx, who, trading.ResolutionRecord, id)
	return err
}

// draftAgain draws the form that could not be kept, with what was typed.
func (s *Screens) draftAgain(c *fiber.Ctx, form admin.FormID, d identity.Draft, wrong error) error {
	asset := form.Parent()
	if form.ID() != "" {
		asset = d.Value("asset")
	}
	page, err := s.resolutionPage(c, asset)
	if err != nil {
		return err
	}
	page.ID = form.ID()
	page.Draft = admin.DraftView{Form: form}
	s.resolutionKept(web.ReadKept(c, d), &page)
	return s.resolutionWrong(c, wrong, page)
}
