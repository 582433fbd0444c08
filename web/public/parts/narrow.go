package parts

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
	"sunlot/web/table"
)

// Narrow is by what a public list can be narrowed and sorted, as its form says.
type Narrow struct {
	Path          string       // the list's address
	Hint          string       // what can be searched for
	Sum, Day      string       // what the sum and the day are called
	States, Kinds []web.Choice // none when it has no such filter
	Sorts         []web.Choice // the first is the default

	Place  Place
	Areas  []web.Choice // the county's townships
	Query  casework.Query
	Typed  web.Typed
	Export string // the address of the whole narrowed list as a file
}

// Narrowed says whether anything but the village and the order is chosen.
func (n Narrow) Narrowed() bool {
	for name, value := range n.Typed {
		if value != "" && name != "sort" {
			return true
		}
	}
	return false
}

// Folded says whether nothing but the text is chosen, so that the rest of the form need
// not be seen.
func (n Narrow) Folded() bool {
	for name, value := range n.Typed {
		if value != "" && name != "q" && name != "sort" {
			return false
		}
	}
	return true
}

// List is a page of a narrowed list, or the whole of it as a file.
type List[N any] struct {
	Narrow
	Rows   []N
	Paging web.Paging
}

// Show draws the page of a list, hands it out as a file of that name, or says what of
// the form cannot be read: no rows are shown then, since they would be others'.
func Show[N any](k *web.Kit, c *fiber.Ctx, n Narrow, wrong error, page, name string, columns []table.Column[N],
	read func(casework.Query) ([]N, int, error)) error {
	if wrong != nil {
		return k.Again(c, wrong, page, List[N]{Narrow: n, Paging: web.NewPaging(c, n.Query.Page, 0)})
	}
	q := n.Query
	at := func(at identity.Page) ([]N, int, error) {
		q.Page = at
		return read(q)
	}
	if table.Asked(c) {
		return table.Send(c, web.Arrived(c), name, columns, at)
	}
	rows, paging, err := web.ReadPage(c, q.Page, at)
	if err != nil {
		return err
	}
	return k.Page(c, page, List[N]{Narrow: n, Rows: rows, Paging: paging})
}

// NarrowTo reads from the address to what the list is narrowed. What cannot be read is
// an error that names its field; the list is not to be read then, it would be another.
func NarrowTo(c *fiber.Ctx, from *identity.Directory, n Narrow) (Narrow, error) {
	in, place, err := PlaceOf(c, from)
	if err != nil {
		return n, err
	}
	townships, err := from.Orgs(c.UserContext(), identity.Everywhere, identity.Township)
	if err != nil {
		return n, err
	}
	r := web.Read(c)
	for _, t := range townships {
		n.Areas = append(n.Areas, web.Choice{Value: t.ID, Label: t.Name})
	}
	chosen := n.one(r, "township", n.Areas)
	for _, t := range townships {
		if place.ID == "" && t.ID == chosen {
			in = identity.Scope{t.Path}
		}
	}
	n.Place = place
	n.Query = casework.Query{Scope: in, Text: web.SearchText(c), Kind: n.one(r, "kind", n.Kinds), Page: web.PageOf(c)}
	n.Query.Sort = n.one(r, "sort", n.Sorts)
	if n.Query.Sort == "" && len(n.Sorts) > 0 {
		n.Query.Sort = n.Sorts[0].Value
	}
	if state := n.one(r, "state", n.States); state != "" {
		n.Query.States = []casework.State{casework.State(state)}
	}
	n.Query.Bounds = bounds(r, n)
	n.Typed = r.Typed
	n.Typed["q"] = n.Query.Text
	n.Export = n.file()
	return n, r.Wrong.Err()
}

// file is the address of the whole narrowed list as a file.
func (n Narrow) file() string {
	query := url.Values{"as": {"csv"}}
	if n.Place.ID != "" {
		query.Set("village", n.Place.ID)
	}
	for name, value := range n.Typed {
		if value != "" {
			query.Set(name, value)
		}
	}
	return n.Path + "?" + query.Encode()
}

// one is the choice that was made, or none.
func (n Narrow) one(r *web.Reader, name string, choices []web.Choice) string {
	value := r.Text(name)
	if !slices.ContainsFunc(choices, func(c web.Choice) bool { return c.Value == value }) {
		r.Typed[name] = ""
		if value != "" && name != "sort" && len(choices) > 0 { // an order shows the same rows
			r.Wrong.Add(name, "没有这个选项，请重新选择")
		}
		return ""
	}
	return value
}

// bounds reads the days and sums between which a list lies.
func bounds(r *web.Reader, n Narrow) casework.Bounds {
	var w casework.Bounds
	if n.Day != "" {
		w.From, w.Until = r.Day("from", n.Day+"起"), r.Day("until", n.Day+"止")
		if w.From != "" && w.Until != "" && w.From > w.Until {
			r.Wrong.Add("until", "%s止早于%s起，请改正", n.Day, n.Day)
		}
	}
	if n.Sum != "" {
		sum, _, _ := strings.Cut(n.Sum, "（")
		w.Least, w.Most = r.YuanOrNone("least", sum+"最低"), r.YuanOrNone("most", sum+"最高")
		if w.Most > 0 && w.Least > w.Most {
			r.Wrong.Add("most", "%s最高低于最低，请改正", sum)
		}
	}
	return w
}

// AssetKinds are the choices of what is let.
func AssetKinds() []web.Choice {
	var all []web.Choice
	for _, k := range trading.AssetKinds {
		all = append(all, web.Choice{Value: string(k.Kind), Label: k.Label})
	}
	return all
}
