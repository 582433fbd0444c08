package identity

import (
	"slices"
	"strings"
)

// Action is one thing that a use-case does, with the roles that may do it. What
// no action names a role for, that role may not do. Each is declared once, by
// the room that owns the act.
type Action struct {
	name, label string
	roles       []Role
}

// NewAction declares an action: its name, what the screen calls it, and who may do it.
func NewAction(name, label string, roles ...Role) *Action {
	return &Action{name: name, label: label, roles: roles}
}

// Name is how templates, policies and kept requests call it.
func (a *Action) Name() string { return a.name }

// Label is the action's name on the screen.
func (a *Action) Label() string { return a.label }

// By says whether the role may do it.
func (a *Action) By(r Role) bool { return slices.Contains(a.roles, r) }

// Holders are the roles that may do it, as the screen calls them.
func (a *Action) Holders() string {
	var labels []string
	for _, r := range a.roles {
		labels = append(labels, r.Label())
	}
	return strings.Join(labels, "、")
}

// What is done with organisations, accounts and calendars, and what everybody
// at a desk may do.
var (
	OrgAdd      = NewAction("org.add", "登记单位", Administrator)
	PersonAdd   = NewAction("person.add", "开立账号", Administrator)
	RoleGive    = NewAction("role.give", "任免岗位", Administrator)
	CalendarAdd = NewAction("calendar.add", "登记放假安排", Administrator)
	OfficeRead  = NewAction("office.read", "查看办理情况", Clerk, Supervision, Station, Leader)
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*Action{OrgAdd, PersonAdd, RoleGive, CalendarAdd, OfficeRead}
