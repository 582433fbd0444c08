package tendering

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// noun names the form among those that can be kept unfinished.
const noun = "tenders"

func (s *Screens) draftForm() admin.DraftForm {
	return admin.DraftForm{
		Noun:   noun,
		Parent: "asset",
		Act:    trading.TenderDraft,
		Label:  "起草交易公告",
		Title:  "title",
		May:    s.draftMay,
		Again:  s.draftAgain,
	}
}

func (s *Screens) draftMay(ctx context.Context, who identity.Actor, asset, id string) error {
	if id == "" {
		_, err := s.Assets.AssetFor(ctx, who, trading.TenderDraft, asset)
		return err
	}
	_, err := s.Tendering.TenderFor(ctx, who, trading.TenderDraft, id)
	return err
}

// draftAgain draws the form that could not be kept, with what was typed.
func (s *Screens) draftAgain(c *fiber.Ctx, form admin.FormID, d identity.Draft, wrong error) error {
	asset := form.Parent()
	if form.ID() != "" {
		asset = d.Value("asset")
	}
	page, err := s.tenderPage(c, asset)
	if err != nil {
		return err
	}
	page.ID = form.ID()
	page.Draft = admin.DraftView{Form: form}
	s.tenderKept(web.ReadKept(c, d), &page)
	return s.Kit.Again(c, wrong, "office/tendering/form", page)
}
