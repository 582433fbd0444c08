package demo

import (
	"context"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading"
)

// Register enters an asset as the clerk and confirms it as the supervision
// committee, and returns its id.
func (s *Seeder) Register(ctx context.Context, clerk, supervision string, form trading.AssetForm) (string, error) {
	entry, err := s.Assets.RegisterAsset(ctx, s.Actors[clerk], event.NewID(), form)
	if err != nil {
		return "", err
	}
	return s.Assets.ConfirmAsset(ctx, s.Actors[supervision], event.NewID(), entry, 1)
}

// shed waits to be confirmed: the committee's visitor finds it on the desk.
func (s *script) shed(ctx context.Context, until func(time.Time) error) error {
	if err := until(s.diary.at(-1, 16, 35)); err != nil {
		return err
	}
	clerk := s.Actors[TeaGarden.clerk]
	photos, err := s.Photos(ctx, clerk, trading.Building, "register", 1)
	if err != nil {
		return err
	}
	_, err = s.Assets.RegisterAsset(ctx, clerk, event.NewID(), trading.AssetForm{
		Owner:    s.Orgs[TeaGarden.group],
		Acting:   s.Orgs[TeaGarden.collective],
		Assembly: "group_meeting",
		Name:     "松坪一组烤烟房",
		Kind:     trading.Building,
		Location: "松坪村晒谷场旁",
		Area:     20_000,
		Measure:  money.SquareMetre,
		Use:      "烤烟、晾晒和存放农产品",
		Title:    "村民小组农民集体所有，无权属争议，无抵押",
		Photos:   photos,
	})
	return err
}
