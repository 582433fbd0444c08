package admin

import (
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/web"
	"sunlot/web/table"
)

// List describes an office's list once: by what it is narrowed and sorted, how
// it is read, and what its file has. The page and the file read alike, so that
// nobody exports what they may not see.
type List[N any] struct {
	Path    string       // its address
	Name    string       // of its file
	Hint    string       // what can be searched for
	Filter  string       // what a state is called here; 状态 when empty
	States  []web.Choice // none when it has no such filter
	Sorts   []web.Choice // the first is the default
	Parent  string       // a parameter with the id of the noun to whose rows the list is narrowed
	Read    func(ctx context.Context, who identity.Actor, q casework.Query) ([]N, int, error)
	Columns []table.Column[N]
	Case    func(N) string // its id, when the list tells on whose desk each row waits
}

// Head is what is drawn above a list.
type Head struct {
	Path, Hint, Filter string
	Text, State, Sort  string
	Parent, ParentID   string
	States, Sorts      []web.Choice
	Most               int    // rows of a file
	Export             string // the address of the whole filtered list as a file
	Kept               []Kept // what else the address says, which stays when the list is searched
	Paging             web.Paging
}

// Narrowed says whether anything but the order is chosen.
func (h Head) Narrowed() bool { return h.Text != "" || h.State != "" || h.ParentID != "" }

// ListPage is a page of a list.
type ListPage[N any] struct {
	List  Head
	Rows  []N
	Waits map[string][]casework.Waiting // by case
}

// Page reads the page that the address asks for. A page past the end is the
// last one; a state or an order that there is not is the default.
func (l List[N]) Page(c *fiber.Ctx, k *Kit) (ListPage[N], error) {
	q := l.query(c)
	rows, paging, err := web.ReadPage(c, q.Page, func(at identity.Page) ([]N, int, error) {
		q.Page = at
		return l.Read(c.UserContext(), web.Actor(c), q)
	})
	h := Head{
		Path:     l.Path,
		Hint:     l.Hint,
		Filter:   l.Filter,
		Text:     q.Text,
		Sort:     q.Sort,
		Parent:   l.Parent,
		ParentID: q.Parent,
		States:   l.States,
		Sorts:    l.Sorts,
		Most:     table.Most,
		Export:   l.export(c),
		Paging:   paging,
	}
	if len(q.States) > 0 {
		h.State = string(q.States[0])
	}
	if err != nil || l.Case == nil {
		return ListPage[N]{List: h, Rows: rows}, err
	}
	var cases []string
	for _, row := range rows {
		cases = append(cases, l.Case(row))
	}
	waits, err := k.Pipeline(c, cases...)
	return ListPage[N]{List: h, Rows: rows, Waits: waits}, err
}

// query is what the address asks for.
func (l List[N]) query(c *fiber.Ctx) casework.Query {
	q := casework.Query{Text: c.Query("q"), Sort: Chosen(l.Sorts, c.Query("sort")), Page: web.PageOf(c)}
	if q.Sort == "" && len(l.Sorts) > 0 {
		q.Sort = l.Sorts[0].Value
	}
	if state := Chosen(l.States, c.Query("state")); state != "" {
		q.States = []casework.State{casework.State(state)}
	}
	if l.Parent != "" {
		q.Parent = c.Query(l.Parent)
	}
	return q
}

// Chosen is the value when it is one of the choices.
func Chosen(choices []web.Choice, value string) string {
	for _, choice := range choices {
		if choice.Value == value {
			return value
		}
	}
	return ""
}

// export is the address of the same list as a file.
func (l List[N]) export(c *fiber.Ctx) string {
	query := url.Values{"as": {"csv"}}
	for _, name := range []string{"q", "state", "sort", l.Parent} {
		if value := c.Query(name); name != "" && value != "" {
			query.Set(name, value)
		}
	}
	return l.Path + "?" + query.Encode()
}

// Show draws a list, or hands it out as a file.
func Show[N any](k *Kit, c *fiber.Ctx, l List[N], page string) error {
	if table.Asked(c) {
		return l.File(c, k.Days.Clock.Now())
	}
	data, err := l.Page(c, k)
	if err != nil {
		return err
	}
	return k.Page(c, page, data)
}

// InOffice gives a query the scope in which the actor may do it.
func InOffice(who identity.Actor, act *identity.Action, q casework.Query) (casework.Query, error) {
	scope, err := who.Can(act)
	q.Scope = scope
	return q, err
}
