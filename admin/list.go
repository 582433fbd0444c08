package admin

import (
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/web"
)

// list describes an office's list once: by what it is narrowed and sorted, how
// it is read, and what its file has. The page and the file read alike, so that
// nobody exports what they may not see.
type list[N any] struct {
	path, name string       // its address; the file's name
	filter     string       // what a state is called here; 状态 when empty
	states     []web.Choice // none when it has no such filter
	sorts      []web.Choice // the first is the default
	hint       string       // what can be searched for
	of         string       // a parameter that narrows the list to one noun's rows
	read       func(ctx context.Context, who identity.Actor, q casework.Query) ([]N, int, error)
	columns    []column[N]
}

// head is what is drawn above a list.
type head struct {
	Path, Hint, Filter string
	Text, State, Sort  string
	Of, OfValue        string
	States, Sorts      []web.Choice
	Most               int    // rows of a file
	Export             string // the address of the whole filtered list as a file
	Paging             web.Paging
}

// Narrowed says whether anything but the order is chosen.
func (h head) Narrowed() bool { return h.Text != "" || h.State != "" || h.OfValue != "" }

// listPage is a page of a list.
type listPage[N any] struct {
	List head
	Rows []N
}

// pageOf reads the page that the address asks for. A page past the end is the
// last one; a state or an order that there is not is the default.
func (l list[N]) pageOf(c *fiber.Ctx) (listPage[N], error) {
	q := l.query(c)
	rows, paging, err := web.ReadPage(c, q.Page, func(at identity.Page) ([]N, int, error) {
		q.Page = at
		return l.read(c.UserContext(), web.Actor(c), q)
	})
	h := head{Path: l.path, Hint: l.hint, Filter: l.filter, Text: q.Text, Sort: q.Sort, Of: l.of, OfValue: q.Parent, States: l.states,
		Sorts: l.sorts, Most: mostRows, Export: l.export(c), Paging: paging}
	if len(q.States) > 0 {
		h.State = string(q.States[0])
	}
	return listPage[N]{h, rows}, err
}

// query is what the address asks for.
func (l list[N]) query(c *fiber.Ctx) casework.Query {
	q := casework.Query{Text: c.Query("q"), Sort: chosen(l.sorts, c.Query("sort")), Page: web.PageOf(c)}
	if q.Sort == "" && len(l.sorts) > 0 {
		q.Sort = l.sorts[0].Value
	}
	if state := chosen(l.states, c.Query("state")); state != "" {
		q.States = []casework.State{casework.State(state)}
	}
	if l.of != "" {
		q.Parent = c.Query(l.of)
	}
	return q
}

// chosen is the value when it is one of the choices.
func chosen(choices []web.Choice, value string) string {
	for _, choice := range choices {
		if choice.Value == value {
			return value
		}
	}
	return ""
}

// export is the address of the same list as a file.
func (l list[N]) export(c *fiber.Ctx) string {
	query := url.Values{"as": {"csv"}}
	for _, name := range []string{"q", "state", "sort", l.of} {
		if value := c.Query(name); name != "" && value != "" {
			query.Set(name, value)
		}
	}
	return l.path + "?" + query.Encode()
}

// show draws a list, or hands it out as a file.
func show[N any](s *Screens, c *fiber.Ctx, l list[N], page string) error {
	if c.Query("as") == "csv" {
		return l.file(c, s.Days.Clock.Now())
	}
	data, err := l.pageOf(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, page, data)
}

// statesOf are the choices of a list's states, by their names on the screen.
func statesOf(states []casework.State, label func(casework.State) string) []web.Choice {
	var all []web.Choice
	for _, st := range states {
		all = append(all, web.Choice{Value: string(st), Label: label(st)})
	}
	return all
}

// inOffice gives a query the scope in which the actor may do it.
func inOffice(who identity.Actor, act *identity.Action, q casework.Query) (casework.Query, error) {
	scope, err := who.Can(act)
	q.Scope = scope
	return q, err
}
