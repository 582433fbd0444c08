package identity

import (
	"context"
	"log/slog"
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
	// PersonIn locks and finds a person who holds or held a role in the scope.
	PersonIn(id string, in Scope) (Person, error)
	AddPerson(p Person) error // fault.Conflict on field "login" when it is taken
	Membership(id string, in Scope) (Membership, error)
	AddMembership(m Membership) error
	EndMembership(id string, at time.Time) error
	AccountTx
	// SaveYear keeps a year's schedule in the place of the one that it had, if any.
	SaveYear(y calendar.Year) error
	// Year is a year's schedule as it was entered last; false when none was.
	Year(year int) (calendar.Year, bool, error)
	// EnteredYear is the schedule that one administrator has entered; false when none waits.
	EnteredYear(year int) (EnteredYear, bool, error)
	// SaveEntered keeps it in the place of the one that waited, DropEntered forgets it.
	SaveEntered(e EnteredYear) error
	DropEntered(year int) error
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
	// OrgsIn lists the organisations of the kinds at or below the places, at most 500.
	OrgsIn(ctx context.Context, in Scope, kinds []OrgKind) ([]Org, error)
	People(ctx context.Context, in Scope, query, sort string, page Page) ([]PersonRow, int, error)
	// PersonRow is one of People, or fault.NotFound.
	PersonRow(ctx context.Context, id string, in Scope) (PersonRow, error)
	// History lists what was done to the account, the newest first, at most 50.
	History(ctx context.Context, personID string) ([]Vouched, error)
	// HistoryAt lists what was done since then to the accounts of whoever holds or
	// held a role at the organisations, the newest first, at most 50.
	HistoryAt(ctx context.Context, orgIDs []string, since time.Time) ([]Vouched, error)
	// Proposals lists those that are not decided, and the last 50 that are.
	Proposals(ctx context.Context, in Scope) ([]Proposal, error)
	Years(ctx context.Context) ([]calendar.Year, error)
	// EnteredYears lists the schedules that wait for a second administrator, by year.
	EnteredYears(ctx context.Context) ([]EnteredYear, error)
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

// All reads a list page by page to its end.
func All[T any](read func(Page) (rows []T, total int, err error)) (all []T, err error) {
	for n := 1; ; n++ {
		rows, total, err := read(Page{Number: n, Size: MaxFilePage, File: true})
		all = append(all, rows...)
		if err != nil || len(rows) == 0 || len(all) >= total {
			return all, err
		}
	}
}

// Admin is the use-cases of the county's administrator.
type Admin struct {
	Store AdminStore
	Clock calendar.Clock
	// Acts is the table of who may do what: which accounts take two
	// administrators follows from it. Without it all do.
	Acts []*Action
	// Keyed says whether sealed reports lie at the organisation, which is then
	// not left without a receiver; nil where there are none.
	Keyed func(ctx context.Context, orgID string) (bool, error)
	// Engaged says, while the person's row is locked, whether somebody bids or has won: his
	// account is then not taken from him. Nil where nobody bids.
	Engaged func(ctx context.Context, personID string) (bool, error)
	// Public adds a complaint to the form when a text that everybody will read has
	// what must not be public; nil lets every text pass.
	Public func(f *fault.Form, field, text string)
	Log    *slog.Logger // the security log; nil where none is kept
}

// mayBePublic asks for a text that everybody will read.
func (a *Admin) mayBePublic(f *fault.Form, field, text string) {
	if a.Public != nil {
		a.Public(f, field, text)
	}
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
	f.Line("name", "单位名称", form.Name, 60)
	a.mayBePublic(&f, "name", form.Name)
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
		return Org{}, fault.New(fault.NotFound, "没有找到这个单位")
	}
	return org, err
}

// People lists the accounts under the administrator; text is part of a name or login. They
// are sorted by name, or by login.
func (a *Admin) People(ctx context.Context, who Actor, text, sort string, page Page) ([]PersonRow, int, error) {
	scope, err := who.Can(PersonAdd)
	if err != nil {
		return nil, 0, err
	}
	return a.Store.People(ctx, scope, text, sort, page)
}
