package api

import (
	_ "embed"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

//go:embed openapi/asset.yaml
var assetPart string

func (s *Screens) assetRoutes() {
	k, register := s.Kit, web.Needs(trading.AssetRegister)
	k.Get(root+"/assets", web.Public, s.assets)
	k.Get(root+"/assets/:id", web.Public, s.asset)
	k.Post(root+"/assets", register, write(
		func(c *fiber.Ctx, who identity.Actor, key string, form trading.AssetForm) (string, error) {
			return s.Assets.RegisterAsset(c.UserContext(), who, key, form)
		}))
	k.Post(root+"/assets/:id", register, write(
		func(c *fiber.Ctx, who identity.Actor, key string, body revision[trading.AssetForm]) (string, error) {
			return s.Assets.CorrectAsset(c.UserContext(), who, key, c.Params("id"), body.Version, body.Form)
		}))
	confirm := web.Needs(trading.AssetConfirm)
	entries := web.Needs(trading.AssetRegister, trading.AssetConfirm)
	k.Get(root+"/asset-drafts", entries, s.assetDrafts)
	k.Get(root+"/asset-drafts/:id", entries, s.assetDraft)
	k.Post(root+"/asset-drafts/:id", register, write(
		func(c *fiber.Ctx, who identity.Actor, key string, body revision[trading.AssetForm]) (string, error) {
			return s.Assets.AmendAsset(c.UserContext(), who, key, c.Params("id"), body.Version, body.Form)
		}))
	k.Post(root+"/asset-drafts/:id/withdraw", register, step(s.Assets.WithdrawAsset))
	k.Post(root+"/asset-drafts/:id/confirm", confirm, step(s.Assets.ConfirmAsset))
	k.Post(root+"/asset-drafts/:id/return", confirm, write(
		func(c *fiber.Ctx, who identity.Actor, key string, back casework.Return) (string, error) {
			return s.Assets.ReturnAsset(c.UserContext(), who, key, c.Params("id"), back)
		}))
	k.Upload(root+"/photos", web.Needs(identity.OfficeRead, bidding.LotRegister), s.photo)
}

type assetOut struct {
	ID           string            `json:"id"`
	OwnerName    string            `json:"owner_name"`
	ActingName   string            `json:"acting_name"`
	Version      int               `json:"version"`
	Form         trading.AssetForm `json:"form"`
	RegisteredAt time.Time         `json:"registered_at"`
	Document     string            `json:"document"`
	Event        event.Ref         `json:"event"`
}

func drawAsset(a trading.Asset) assetOut {
	return assetOut{
		ID:           a.ID,
		OwnerName:    a.OwnerName,
		ActingName:   a.ActingName,
		Version:      a.Version,
		Form:         a.AssetForm,
		RegisteredAt: a.RegisteredAt,
		Document:     a.Document,
		Event:        a.Event,
	}
}

func (s *Screens) assets(c *fiber.Ctx) error {
	q := query(c)
	rows, total, err := s.Assets.SeeAssets(c.UserContext(), web.Actor(c), q)
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, drawAsset))
}

func (s *Screens) asset(c *fiber.Ctx) error {
	a, err := s.Assets.SeeAsset(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(drawAsset(a))
}

type assetDraftOut struct {
	ID          string            `json:"id"`
	Asset       string            `json:"asset"` // that it corrects or has become, or empty
	OwnerName   string            `json:"owner_name"`
	ActingName  string            `json:"acting_name"`
	State       casework.State    `json:"state"`
	Version     int               `json:"version"`
	Corrects    bool              `json:"corrects"`
	Form        trading.AssetForm `json:"form"`
	Mend        []fault.Field     `json:"mend,omitempty"`
	SentAt      time.Time         `json:"sent_at"`
	ConfirmedAt time.Time         `json:"confirmed_at,omitzero"`
}

func drawAssetDraft(d trading.AssetDraft) assetDraftOut {
	return assetDraftOut{
		ID:          d.ID,
		Asset:       d.Asset,
		OwnerName:   d.OwnerName,
		ActingName:  d.ActingName,
		State:       d.State,
		Version:     d.Version,
		Corrects:    d.Corrects(),
		Form:        d.AssetForm,
		Mend:        d.Mend,
		SentAt:      d.SentAt,
		ConfirmedAt: d.ConfirmedAt,
	}
}

func (s *Screens) assetDrafts(c *fiber.Ctx) error {
	q := query(c)
	rows, total, err := s.Assets.SeeAssetDrafts(c.UserContext(), web.Actor(c), q)
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, drawAssetDraft))
}

func (s *Screens) assetDraft(c *fiber.Ctx) error {
	d, err := s.Assets.SeeAssetDraft(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(drawAssetDraft(d))
}

// onPhoto points a complaint about the photo itself at the field.
func onPhoto(err error) error {
	var wrong *fault.Error
	if errors.As(err, &wrong) && wrong.Code == fault.Invalid && len(wrong.Fields) == 0 {
		return fault.New(wrong.Code, "%s", wrong.Message).On("photo")
	}
	return err
}

// photo takes one photo as the multipart field "photo".
func (s *Screens) photo(c *fiber.Ctx) error {
	files, err := web.Uploads(c, "photo")
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return fault.New(fault.Invalid, "请以字段photo上传一张照片").On("photo")
	}
	p, err := s.Library.AddPhoto(c.UserContext(), web.Actor(c), files[0].Data)
	if err != nil {
		return onPhoto(err)
	}
	return c.JSON(struct {
		SHA256 string `json:"sha256"`
		Width  int    `json:"width"`
		Height int    `json:"height"`
		Bytes  int    `json:"bytes"`
	}{
		SHA256: p.SHA256,
		Width:  p.Width,
		Height: p.Height,
		Bytes:  p.Bytes,
	})
}
