package admin

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

type deskPage struct {
	Tasks  []casework.Task
	Kinds  []taskCount // with something to do
	Kind   string      // to which the list is narrowed
	All    int
	Late   int
	Today  calendar.Date
	Drafts []unfinished
	Next   *trading.Lot // the next opening in the official's places
	Paging web.Paging
}

// taskCount is how much there is of one kind.
type taskCount struct {
	Kind, Label string
	Count       int
	Late        int
}

// desk is the work that waits for the official, the late first; others are shown
// where they may go.
func (s *Screens) desk(c *fiber.Ctx) error {
	who := web.Actor(c)
	if who.MustChange {
		return c.Redirect(web.PasswordPath, fiber.StatusSeeOther)
	}
	page := deskPage{Today: s.Days.Today()}
	if scope, err := who.Can(identity.OfficeRead); err == nil {
		all, err := s.Desk.All(c.UserContext(), who)
		if err != nil {
			return err
		}
		page.count(s.Desk.Kinds(), all, c.Query("kind"))
		if page.Drafts, err = s.unfinished(c); err != nil {
			return err
		}
		if page.All == 0 {
			if page.Next, err = s.nextOpening(c, scope); err != nil {
				return err
			}
		}
	}
	all := page.Tasks
	page.Tasks, page.Paging, _ = web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]casework.Task, int, error) {
		first := min(at.Offset(), len(all))
		return all[first:min(first+at.Size, len(all))], len(all), nil
	})
	return s.Kit.Page(c, "office/desk", page)
}

// count counts the tasks by kind and keeps those of one kind, if it is one.
func (p *deskPage) count(kinds []casework.TaskKind, all []casework.Task, kind string) {
	p.All = len(all)
	for _, k := range kinds {
		n := taskCount{Kind: k.Kind, Label: k.Label}
		for _, t := range all {
			if t.Kind == k.Kind {
				n.Count++
				if t.Late(p.Today) {
					n.Late++
				}
			}
		}
		if p.Late += n.Late; n.Count > 0 {
			p.Kinds = append(p.Kinds, n)
		}
		if k.Kind == kind {
			p.Kind = kind
		}
	}
	for _, t := range all {
		if p.Kind == "" || t.Kind == p.Kind {
			p.Tasks = append(p.Tasks, t)
		}
	}
}

// nextOpening is what will be bid for next in the places; nil when nothing will.
func (s *Screens) nextOpening(c *fiber.Ctx, in identity.Scope) (*trading.Lot, error) {
	q := casework.Query{Scope: in, States: []casework.State{trading.Listed}, Sort: "ending", Page: identity.Page{Number: 1, Size: 1}}
	list, _, err := s.Bidding.SeeLots(c.UserContext(), web.Actor(c), q)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}
