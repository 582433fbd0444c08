// Package register is the offices' screens of what a village owns.
package register

import (
	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/register"
	"sunlot/trading/rules"
	"sunlot/web"
)

// Screens is the pages of the register of assets.
type Screens struct {
	Kit       *admin.Kit
	Pack      func() rules.Pack
	Directory *identity.Directory
	Assets    *register.Service
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k := s.Kit
	handles := []*identity.Action{trading.AssetRegister, trading.AssetConfirm}
	read, register := web.Needs(identity.OfficeRead), web.Needs(trading.AssetRegister)
	k.Get("/office/assets", read, s.assets)
	k.Get("/office/assets/new", register, s.assetNew)
	k.Upload("/office/assets", register, s.assetRegister)
	k.Get("/office/assets/:id/edit", register, s.assetEdit)
	k.Upload("/office/assets/:id", register, s.assetCorrect)
	entries, confirm := web.Needs(handles...), web.Needs(trading.AssetConfirm)
	k.Get("/office/asset-drafts", entries, s.entries)
	k.Get("/office/asset-drafts/:id", entries, s.entry)
	k.Get("/office/asset-drafts/:id/edit", register, s.entryEdit)
	k.Upload("/office/asset-drafts/:id", register, s.entryAmend)
	k.Post("/office/asset-drafts/:id/withdraw", register, s.entryWithdraw)
	k.Post("/office/asset-drafts/:id/confirm", confirm, s.entryConfirm)
	k.Post("/office/asset-drafts/:id/return", confirm, s.entryReturn)
	k.DutyPages(map[string]string{
		"assetcheck": "/office/asset-drafts/:id",
		"asset":      "/office/asset-drafts/:id",
	})
	k.Links(
		admin.Link{Label: "登记资产", Address: "/office/assets/new", Acts: []*identity.Action{trading.AssetRegister}},
		admin.Link{Label: "资产登记核实", Address: "/office/asset-drafts", Acts: handles},
		admin.Link{Label: "资产", Address: "/office/assets", Acts: []*identity.Action{identity.OfficeRead}},
	)
	k.Forms(s.draftForms()...)
}
