// Package works is the offices' screens of small works.
package works

import (
	"sunlot/admin"
	"sunlot/disclosure/power"
	"sunlot/internal/identity"
	"sunlot/trading/resolving"
	"sunlot/trading/works"
	"sunlot/web"
)

// Screens is the pages on which a project and what was done are recorded and confirmed.
type Screens struct {
	Kit       *admin.Kit
	Directory *identity.Directory
	Items     *power.Service
	Resolving *resolving.Service
	Works     *works.Service
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k, read := s.Kit, web.Needs(identity.OfficeRead)
	open, confirm := web.Needs(works.ProjectOpen), web.Needs(works.ProjectConfirm)
	k.Get("/office/projects", read, s.projects)
	k.Get("/office/projects/new", open, s.projectNew)
	k.Post("/office/projects", open, s.projectOpen)
	k.Get("/office/projects/:id", read, s.project)
	k.Post("/office/projects/:id/confirm", confirm, s.projectConfirm)
	k.Post("/office/projects/:id/return", confirm, s.projectReturn)
	k.Post("/office/projects/:id/take-back", open, s.projectTakeBack)
	k.Get("/office/projects/:id/record", open, s.entryNew)
	k.Upload("/office/projects/:id/entries", open, s.entryRecord)
	k.Get("/office/entries/:id", read, s.entry)
	k.Post("/office/entries/:id/confirm", confirm, s.entryConfirm)
	k.Post("/office/entries/:id/return", confirm, s.entryReturn)
	k.Post("/office/entries/:id/take-back", open, s.entryTakeBack)
	k.Links(admin.Link{Label: "工程项目", Address: "/office/projects", Acts: []*identity.Action{identity.OfficeRead}})
	k.DutyPages(map[string]string{
		"project": "/office/projects/:id",
		"stage":   "/office/projects/:id",
		"entry":   "/office/entries/:id",
	})
}
