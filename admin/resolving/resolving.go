// Package resolving is the offices' screens of resolutions.
package resolving

import (
	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rules"
	"sunlot/web"
)

// Screens is the pages on which a resolution is recorded and confirmed.
type Screens struct {
	Kit       *admin.Kit
	Pack      func() rules.Pack
	Directory *identity.Directory
	Assets    *register.Service
	Resolving *resolving.Service
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k := s.Kit
	record, confirm := web.Needs(trading.ResolutionRecord), web.Needs(trading.ResolutionConfirm)
	k.Get("/office/resolutions/new", record, s.resolutionNew)
	k.Upload("/office/resolutions", record, s.resolutionRecord)
	k.Get("/office/resolutions/:id", web.Needs(identity.OfficeRead), s.resolution)
	k.Get("/office/resolutions/:id/edit", record, s.resolutionEdit)
	k.Upload("/office/resolutions/:id", record, s.resolutionAmend)
	k.Post("/office/resolutions/:id/submit", record, s.resolutionSubmit)
	k.Post("/office/resolutions/:id/take-back", record, s.resolutionTakeBack)
	k.Post("/office/resolutions/:id/withdraw", record, s.resolutionWithdraw)
	k.Post("/office/resolutions/:id/confirm", confirm, s.resolutionConfirm)
	k.Post("/office/resolutions/:id/return", confirm, s.resolutionReturn)
	k.DutyPages(map[string]string{
		"resolution":   "/office/resolutions/:id",
		"confirmation": "/office/resolutions/:id",
		"letting":      "/office/resolutions/:id",
	})
	k.Forms(s.draftForm())
}
