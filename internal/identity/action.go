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
	firsts      []string
	sealed      bool
	binding     bool
}

// NewAction declares an action: its name, what the screen calls it, and who may do it.
func NewAction(name, label string, roles ...Role) *Action {
	return &Action{name: name, label: label, roles: roles}
}

// After says that it is a second person's act: whoever did one of the named
// actions in the same case may not do it, nor anybody whom he made up.
func (a *Action) After(firsts ...string) *Action {
	a.firsts = firsts
	return a
}

// Sealed says that it opens what is kept from administrators: an account that
// may do it is made by two of them, as a second person's is.
func (a *Action) Sealed() *Action {
	a.sealed = true
	return a
}

// Binding says that who does it is held to it, in money or by a contract: no
// administrator alone may log in as somebody who may do it.
func (a *Action) Binding() *Action {
	a.binding = true
	return a
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

// Firsts names the actions whose doer may not do it.
func (a *Action) Firsts() []string { return a.firsts }

// Guarded says whether one administrator alone could get at something by making
// an account that may do it.
func (a *Action) Guarded() bool { return a.sealed || a.binding || len(a.firsts) > 0 }

// What is done with organisations, accounts and calendars, and what everybody
// at a desk may do.
var (
	OrgAdd         = NewAction("org.add", "登记单位", Administrator)
	PersonAdd      = NewAction("person.add", "开通账号", Administrator)
	RoleGive       = NewAction("role.give", "分配和取消岗位", Administrator)
	AccountClose   = NewAction("account.close", "停用和恢复账号", Administrator)
	AccountConfirm = NewAction("account.confirm", "确认账号变更", Administrator).
			After("person.add", "role.give", "account.close")
	CalendarAdd = NewAction("calendar.add", "登记节假日安排", Administrator).After("calendar.add")
	OfficeRead  = NewAction("office.read", "查看办理情况", Clerk, Supervision, Station, Leader)
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*Action{OrgAdd, PersonAdd, RoleGive, AccountClose, AccountConfirm, CalendarAdd, OfficeRead}
