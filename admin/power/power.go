// Package power is the offices' screens of the items of micro-power.
package power

import (
	"sunlot/admin"
	"sunlot/disclosure/power"
	"sunlot/internal/identity"
	"sunlot/web"
)

// Screens is the pages on which an item is drafted and published.
type Screens struct {
	Kit   *admin.Kit
	Items *power.Service
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k := s.Kit
	draft, publish := web.Needs(power.ItemDraft), web.Needs(power.ItemPublish)
	either := []*identity.Action{power.ItemDraft, power.ItemPublish}
	k.Get("/office/items", web.Needs(either...), s.items)
	k.Get("/office/items/new", draft, s.itemNew)
	k.Post("/office/items", draft, s.itemDraft)
	k.Get("/office/items/:id", web.Needs(either...), s.item)
	k.Get("/office/items/:id/edit", draft, s.itemEdit)
	k.Post("/office/items/:id", draft, s.itemRevise)
	k.Post("/office/items/:id/publish", publish, s.itemPublish)
	k.Links(admin.Link{Label: "小微权力事项", Address: "/office/items", Acts: either})
	k.DutyPages(map[string]string{"item": "/office/items/:id"})
}
