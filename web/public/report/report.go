// Package report is the report box's screens. The box knows nobody: it stands on
// the kit, the mailbox and the list of villages alone.
package report

import (
	"sunlot/disclosure/mailbox"
	"sunlot/internal/identity"
	"sunlot/web"
)

// Screens is the report box.
type Screens struct {
	Kit       *web.Kit
	Directory *identity.Directory
	Mailbox   *mailbox.Service
	Blind     mailbox.Proofs

	callers callers
}

// Register declares the routes.
func (s *Screens) Register() {
	k := s.Kit
	k.Get(web.ReportPath, web.Anonymous, s.reportForm)
	k.Upload(web.ReportPath, web.Anonymous, s.report)
	k.Get("/report/where", web.Anonymous, s.reportWhere)
	k.Get("/report/follow", web.Anonymous, s.followForm)
	k.Post("/report/follow", web.Anonymous, s.follow)
	k.Upload("/report/add", web.Anonymous, s.reportAdd)
}
