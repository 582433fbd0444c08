// Package works is the screens of the micro-power list and of the small works that
// use it.
package works

import (
	"sunlot/disclosure"
	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading/works"
	"sunlot/web"
)

// Screens is the items and the projects.
type Screens struct {
	Kit       *web.Kit
	Days      casework.Schedules
	Library   *casework.Library
	Directory *identity.Directory
	Works     *works.Service
	Items     *power.Service
	Standings disclosure.Standings
}

// Register declares the routes.
func (s *Screens) Register() {
	k := s.Kit
	k.Get("/items", web.Public, s.items)
	k.Get("/items/:id", web.Public, s.item)
	k.Get("/projects", web.Public, s.projects)
	k.Get("/projects/:id", web.Public, s.project)
}
