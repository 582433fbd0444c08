// Package county is the administrator's screens: organisations, people with
// their roles, the calendar, and the offices that receive reports.
package county

import (
	"sunlot/admin"
	"sunlot/disclosure"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/identity"
	"sunlot/web"
)

// Screens is the administrator's pages.
type Screens struct {
	Kit       *admin.Kit
	Directory *identity.Directory
	Admin     *identity.Admin
	Mailbox   *mailbox.Service
	Standings disclosure.Standings
}

// Register declares the routes, and the desk's links to them.
func (s *Screens) Register() {
	k, key := s.Kit, web.Needs(mailbox.OfficeKey)
	s.RegisterOwn()
	k.Get("/office/receivers", key, s.receivers)
	k.Post("/office/receivers", key, s.receiverPropose)
	k.Post("/office/receivers/:id/confirm", web.Needs(mailbox.OfficeConfirm), s.receiverConfirm)
	k.Links(
		admin.Link{Label: "单位", Address: "/office/orgs", Acts: []*identity.Action{identity.OrgAdd}},
		admin.Link{Label: "账号和岗位", Address: "/office/people", Acts: []*identity.Action{identity.PersonAdd}},
		admin.Link{Label: "账号变更", Address: "/office/accounts", Acts: []*identity.Action{identity.AccountConfirm}},
		admin.Link{Label: "举报受理单位", Address: "/office/receivers", Acts: []*identity.Action{mailbox.OfficeKey}},
		admin.Link{Label: "节假日安排", Address: "/office/calendar", Acts: []*identity.Action{identity.CalendarAdd}},
	)
	k.DutyPages(map[string]string{"year": "/office/calendar"})
}

// RegisterOwn declares the organisations, accounts and calendar of a house; the
// reading room has these alone.
func (s *Screens) RegisterOwn() {
	k := s.Kit
	orgs, people := web.Needs(identity.OrgAdd), web.Needs(identity.PersonAdd)
	roles, calendar := web.Needs(identity.RoleGive), web.Needs(identity.CalendarAdd)
	k.Get("/office/orgs", orgs, s.orgs)
	k.Post("/office/orgs", orgs, s.orgAdd)
	k.Get("/office/people", people, s.people)
	k.Post("/office/people", people, s.personAdd)
	k.Get("/office/people/:id", people, s.person)
	k.Post("/office/people/:id/password", people, s.passwordReset)
	k.Post("/office/people/:id/close", web.Needs(identity.AccountClose), s.accountClose)
	k.Post("/office/people/:id/reopen", web.Needs(identity.AccountClose), s.accountReopen)
	k.Get("/office/accounts", web.Needs(identity.AccountConfirm), s.accounts)
	k.Post("/office/accounts/:id/confirm", web.Needs(identity.AccountConfirm), s.accountConfirm)
	k.Post("/office/accounts/:id/drop", web.Needs(identity.AccountConfirm), s.accountDrop)
	k.Post("/office/people/:id/roles", roles, s.roleGive)
	k.Post("/office/roles/:id/end", roles, s.roleEnd)
	k.Get("/office/calendar", calendar, s.calendar)
	k.Post("/office/calendar", calendar, s.yearAdd)
}
