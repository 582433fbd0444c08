// Package rolls is the offices' screens of who is due at the bodies that decide.
package rolls

import (
	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading/rolls"
	"sunlot/trading/rules"
	"sunlot/web"
)

// Screens is the pages on which a roll is entered and confirmed.
type Screens struct {
	Kit       *admin.Kit
	Pack      func() rules.Pack
	Directory *identity.Directory
	Rolls     *rolls.Service
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k := s.Kit
	acts := []*identity.Action{rolls.RollEnter, rolls.RollConfirm}
	enter, confirm := web.Needs(rolls.RollEnter), web.Needs(rolls.RollConfirm)
	k.Get("/office/rolls", web.Needs(acts...), s.list)
	k.Get("/office/rolls/new", enter, s.blank)
	k.Post("/office/rolls", enter, s.enter)
	k.Get("/office/rolls/:id", web.Needs(acts...), s.roll)
	k.Get("/office/rolls/:id/edit", enter, s.edit)
	k.Post("/office/rolls/:id", enter, s.amend)
	k.Post("/office/rolls/:id/withdraw", enter, s.withdraw)
	k.Post("/office/rolls/:id/confirm", confirm, s.confirm)
	k.Post("/office/rolls/:id/return", confirm, s.giveBack)
	k.Links(admin.Link{Label: "应到人员名册", Address: "/office/rolls", Acts: acts})
	k.DutyPages(map[string]string{"roll": "/office/rolls/:id", "roll_mend": "/office/rolls/:id"})
}
