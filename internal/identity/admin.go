package identity

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// AdminTx is what keeping organisations and accounts needs of a transaction.
type AdminTx interface {
	event.Recorder
	Org(id string, in Scope) (Org, error) // fault.NotFound outside the scope
	AddOrg(o Org) error
	// PersonIn finds a person who holds or held a role in the scope.
	PersonIn(id string, in Scope) (Person, error)
	AddPerson(p Person) error // fault.Conflict on field "login" when it is taken
	Membership(id string, in Scope) (Membership, error)
	AddMembership(m Membership) error
	EndMembership(id string, at time.Time) error
	SetPassword(personID, hash string, mustChange bool) error
	AddYear(y calendar.Year) error
}

// PersonRow is a person in a list, with the memberships of today.
type PersonRow struct {
	Person
	Memberships []Membership
}

// AdminStore keeps organisations and accounts.
type AdminStore interface {
	// WriteAdmin runs fn in one transaction and returns after its commit. The
	// same request again returns the first answer without running fn; with other
	// content it is refused. fn may run again, so it has no effect outside tx.
	WriteAdmin(ctx context.Context, once event.Request, fn func(AdminTx) (string, error)) (string, error)
	// Orgs lists the organisations in the scope by path and name; query is part of a name.
	Orgs(ctx context.Context, in Scope, query string, page Page) ([]Org, int, error)
	Org(ctx context.Context, id string) (Org, error)
	People(ctx context.Context, in Scope, query string, page Page) ([]PersonRow, int, error)
	Years(ctx context.Context) ([]calendar.Year, error)
}

// Page is a part of a list: Number from 1, Size rows.
type Page struct {
	Number, Size int
	File         bool // for a file that has the whole list: MaxFilePage rows at once
}

// MaxPage is the most rows a page may have, MaxFilePage those read at once for a file.
const (
	MaxPage     = 100
	MaxFilePage = 1000
)

// Offset is how many rows come before the page.
func (p Page) Offset() int { return (p.Number - 1) * p.Size }

// Clip brings a page into its limits; the default is 20 rows.
func (p Page) Clip() Page {
	if p.Size <= 0 {
		p.Size = 20
	}
	most := MaxPage
	if p.File {
		most = MaxFilePage
	}
	return Page{Number: min(max(p.Number, 1), 100_000), Size: min(p.Size, most), File: p.File}
}

// Admin is the use-cases of the county's administrator.
type Admin struct {
	Store AdminStore
	Clock calendar.Clock
}

// OrgForm is a new organisation.
type OrgForm struct {
	Kind   OrgKind `json:"kind"`
	Name   string  `json:"name"`
	Parent string  `json:"parent"`
}

// AddOrg registers an organisation below another; its existence is public.
func (a *Admin) AddOrg(ctx context.Context, who Actor, requestID string, form OrgForm) (string, error) {
	scope, err := who.Can(OrgAdd)
	if err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, OrgAdd.Name(), requestID, form)
	if err != nil {
		return "", err
	}
	var f fault.Form
	f.Text("name", "单位名称", form.Name, 60)
	if _, known := kinds[form.Kind]; !known || form.Kind == County {
		f.Add("kind", "请选择单位类别")
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		parent, err := tx.Org(form.Parent, scope)
		if err != nil {
			return "", fault.New(fault.Invalid, "请选择上级单位").On("parent")
		}
		org := Org{ID: event.NewID(), Kind: form.Kind, Name: strings.TrimSpace(form.Name)}
		if err := org.Under(parent); err != nil {
			return "", err
		}
		return org.ID, register(tx, org)
	})
}

func register(tx AdminTx, org Org) error {
	stream := event.Of("org", org.ID)
	if _, err := tx.Lock(stream); err != nil {
		return err
	}
	if err := tx.AddOrg(org); err != nil {
		return err
	}
	_, err := tx.Record(stream, "org.registered", OrgFacts{Kind: org.Kind, Name: org.Name, Parent: org.ParentID}, nil)
	return err
}

// PersonForm is a new account with its first role.
type PersonForm struct {
	Name  string `json:"name"`
	Login string `json:"login"`
	Org   string `json:"org"`
	Role  Role   `json:"role"`
}

var loginForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,31}$`)

// AddPerson opens an account with a one-time password, which is returned to be
// handed over and kept nowhere. A request sent twice opens one account and the
// second answer has no password.
func (a *Admin) AddPerson(ctx context.Context, who Actor, requestID string,
	form PersonForm) (id, password string, err error) {
	scope, err := who.Can(PersonAdd)
	if err != nil {
		return "", "", err
	}
	once, err := event.NewRequest(who.PersonID, PersonAdd.Name(), requestID, form)
	if err != nil {
		return "", "", err
	}
	var f fault.Form
	f.Text("name", "姓名", form.Name, 30)
	if !loginForm.MatchString(form.Login) {
		f.Add("login", "登录名为3至32个小写字母、数字、点、横线,以字母开头")
	}
	if !form.Role.Exists() {
		f.Add("role", "请选择岗位")
	}
	if err := f.Err(); err != nil {
		return "", "", err
	}
	fresh := OneTimePassword()
	hash, err := HashPassword(form.Login, fresh)
	if err != nil {
		return "", "", err
	}
	id, err = a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		password = fresh
		p := Person{
			ID:           event.NewID(),
			Name:         strings.TrimSpace(form.Name),
			Login:        form.Login,
			PasswordHash: hash,
			MustChange:   true,
		}
		if err := tx.AddPerson(p); err != nil {
			return "", err
		}
		_, err := a.give(tx, scope, p.ID, form.Org, form.Role)
		return p.ID, err
	})
	return id, password, err
}

// RoleForm gives a person a role at an organisation.
type RoleForm struct {
	Person string `json:"person"`
	Org    string `json:"org"`
	Role   Role   `json:"role"`
}

// GiveRole gives a role from now on. Nobody gives a role to themselves.
func (a *Admin) GiveRole(ctx context.Context, who Actor, requestID string, form RoleForm) (string, error) {
	scope, err := who.Can(RoleGive)
	if err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, RoleGive.Name(), requestID, form)
	if err != nil {
		return "", err
	}
	if form.Person == who.PersonID {
		return "", fault.New(fault.Forbidden, "不能给自己任岗位,请由另一位管理员办理")
	}
	return a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		if _, err := tx.PersonIn(form.Person, scope); err != nil {
			return "", err
		}
		return a.give(tx, scope, form.Person, form.Org, form.Role)
	})
}

func (a *Admin) give(tx AdminTx, scope Scope, personID, orgID string, role Role) (string, error) {
	org, err := tx.Org(orgID, scope)
	if err != nil {
		return "", fault.New(fault.Invalid, "请选择单位").On("org")
	}
	if !role.Exists() || !role.At(org.Kind) {
		return "", fault.New(fault.Invalid, "%s没有“%s”这一岗位", org.Kind.Label(), role.Label()).On("role")
	}
	m := Membership{ID: event.NewID(), PersonID: personID, OrgID: org.ID, Role: role, From: a.Clock.Now()}
	return m.ID, tx.AddMembership(m)
}

// EndRole ends a role now. Nobody ends a role of their own: the county would be
// left without an administrator by a slip.
func (a *Admin) EndRole(ctx context.Context, who Actor, requestID, membershipID string) (string, error) {
	scope, err := who.Can(RoleGive)
	if err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, "role.end", requestID, membershipID)
	if err != nil {
		return "", err
	}
	return a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		m, err := tx.Membership(membershipID, scope)
		if err != nil {
			return "", err
		}
		if m.PersonID == who.PersonID {
			return "", fault.New(fault.Forbidden, "不能结束自己的岗位,请由另一位管理员办理")
		}
		if !m.Until.IsZero() {
			return "", fault.New(fault.Conflict, "这一岗位已经结束")
		}
		return m.ID, tx.EndMembership(m.ID, a.Clock.Now())
	})
}

// ResetPassword gives a person another one-time password, which is returned to
// be handed over, and ends their sessions. A request sent twice has no second answer.
func (a *Admin) ResetPassword(ctx context.Context, who Actor, requestID, personID string) (password string, err error) {
	scope, err := who.Can(PersonAdd)
	if err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, "password.reset", requestID, personID)
	if err != nil {
		return "", err
	}
	fresh := OneTimePassword()
	_, err = a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		password = fresh
		p, err := tx.PersonIn(personID, scope)
		if err != nil {
			return "", err
		}
		hash, err := HashPassword(p.Login, fresh)
		if err != nil {
			return "", err
		}
		return p.ID, tx.SetPassword(p.ID, hash, true)
	})
	return password, err
}

// AddYear registers a year's published schedule, publicly, and answers the year.
func (a *Admin) AddYear(ctx context.Context, who Actor, requestID string, year calendar.Year) (string, error) {
	if _, err := who.Can(CalendarAdd); err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, CalendarAdd.Name(), requestID, year)
	if err != nil {
		return "", err
	}
	if err := year.Check(); err != nil {
		return "", err
	}
	if year.Worked == nil {
		year.Worked = []calendar.Date{} // a public fact says [] and never null
	}
	return a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		stream := event.Of("calendar", "china")
		if _, err := tx.Lock(stream); err != nil {
			return "", err
		}
		if err := tx.AddYear(year); err != nil {
			return "", err
		}
		_, err := tx.Record(stream, "calendar.year_added", year, nil)
		return strconv.Itoa(year.Year), err
	})
}

// Found makes the county and its first administrator on an empty database; it
// refuses one that already has a county. It returns the administrator's id.
func (a *Admin) Found(ctx context.Context, county, login, password string) (string, error) {
	hash, err := HashPassword(login, password)
	if err != nil {
		return "", err
	}
	if !loginForm.MatchString(login) {
		return "", fault.New(fault.Invalid, "登录名为3至32个小写字母、数字、点、横线,以字母开头").On("login")
	}
	once, err := event.NewRequest("init", "county.found", "county-found", "")
	if err != nil {
		return "", err
	}
	_, total, err := a.Store.Orgs(ctx, Everywhere, "", Page{}.Clip())
	if err != nil {
		return "", err
	}
	if total > 0 {
		return "", fault.New(fault.Conflict, "这个数据库里已经有县级单位,不能再次初始化")
	}
	return a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		id := event.NewID()
		org := Org{ID: id, Kind: County, Name: county, Path: Path("/" + id + "/")}
		if err := register(tx, org); err != nil {
			return "", err
		}
		p := Person{ID: event.NewID(), Name: "县级系统管理员", Login: login, PasswordHash: hash, MustChange: true}
		if err := tx.AddPerson(p); err != nil {
			return "", err
		}
		_, err := a.give(tx, Scope{org.Path}, p.ID, org.ID, Administrator)
		return p.ID, err
	})
}

// Orgs lists the organisations under the administrator; text is part of a name.
func (a *Admin) Orgs(ctx context.Context, who Actor, text string, page Page) ([]Org, int, error) {
	scope, err := who.Can(OrgAdd)
	if err != nil {
		return nil, 0, err
	}
	return a.Store.Orgs(ctx, scope, text, page)
}

// Org returns an organisation under the administrator, or fault.NotFound.
func (a *Admin) Org(ctx context.Context, who Actor, id string) (Org, error) {
	scope, err := who.Can(OrgAdd)
	if err != nil {
		return Org{}, err
	}
	org, err := a.Store.Org(ctx, id)
	if err == nil && !scope.Covers(org.Path) {
		return Org{}, fault.New(fault.NotFound, "没有这个单位")
	}
	return org, err
}

// People lists the accounts under the administrator; text is part of a name or login.
func (a *Admin) People(ctx context.Context, who Actor, text string, page Page) ([]PersonRow, int, error) {
	scope, err := who.Can(PersonAdd)
	if err != nil {
		return nil, 0, err
	}
	return a.Store.People(ctx, scope, text, page)
}
