package admin

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/web"
)

// Desk is the page on which an official's work begins. It is registered after
// the rooms, which have said by then what belongs on it.
type Desk struct {
	Kit   *Kit
	Tasks casework.Desk
	// Ahead is what comes next in the places, to be told when nothing is to be
	// done; nil when nothing comes.
	Ahead func(ctx context.Context, who identity.Actor, in identity.Scope) (*Ahead, error)
}

// Ahead is something that an official should know of and need not do anything for.
type Ahead struct {
	Address, Title string
	At             time.Time
}

// Register declares the desk and the addresses where forms are kept.
func (d *Desk) Register() {
	for _, kind := range d.Tasks.Kinds() {
		if d.Kit.taskPages[kind.Kind] == "" {
			panic("a task without a page: " + kind.Kind)
		}
	}
	d.Kit.draftRoutes()
	d.Kit.Get("/office", web.SignedIn, d.show)
}

type deskPage struct {
	Links  []Link
	Tasks  []deskTask
	Kinds  []taskCount // with something to do
	Kind   string      // to which the list is narrowed
	All    int
	Late   int
	Today  calendar.Date
	Drafts []unfinished
	Next   *Ahead
	Paging web.Paging
}

// deskTask is a task with the way to where it is done.
type deskTask struct {
	casework.Task
	Page string
}

// taskCount is how much there is of one kind.
type taskCount struct {
	Kind, Label string
	Count       int
	Late        int
}

// show is the work that waits for the official, the late first; others are shown
// where they may go.
func (d *Desk) show(c *fiber.Ctx) error {
	who := web.Actor(c)
	if who.MustChange {
		return c.Redirect(web.PasswordPath, fiber.StatusSeeOther)
	}
	page := deskPage{Links: d.Kit.linksFor(who), Today: d.Kit.Days.Today()}
	var tasks []casework.Task
	if scope, err := who.Can(identity.OfficeRead); err == nil {
		all, err := d.Tasks.All(c.UserContext(), who)
		if err != nil {
			return err
		}
		tasks = page.count(d.Tasks.Kinds(), all, c.Query("kind"))
		page.Drafts, err = d.Kit.unfinished(c)
		if err != nil {
			return err
		}
		if page.All == 0 {
			page.Next, err = d.Ahead(c.UserContext(), who, scope)
			if err != nil {
				return err
			}
		}
	}
	page.Tasks, page.Paging, _ = web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]deskTask, int, error) {
		first := min(at.Offset(), len(tasks))
		var shown []deskTask
		for _, t := range tasks[first:min(first+at.Size, len(tasks))] {
			shown = append(shown, deskTask{Task: t, Page: d.Kit.taskPage(t)})
		}
		return shown, len(tasks), nil
	})
	return d.Kit.Page(c, "office/desk", page)
}

// linksFor are the links that the person may follow.
func (k *Kit) linksFor(who identity.Actor) []Link {
	var all []Link
	for _, link := range k.links {
		may := func(act *identity.Action) bool { _, err := who.Can(act); return err == nil }
		if slices.ContainsFunc(link.Acts, may) {
			all = append(all, link)
		}
	}
	return all
}

// taskPage is where a task is done.
func (k *Kit) taskPage(t casework.Task) string {
	address := k.taskPages[t.Kind]
	if strings.HasSuffix(address, "/") {
		address += t.ID
	}
	return address
}

// count counts the tasks by kind and returns those of one kind, if it is one.
func (p *deskPage) count(kinds []casework.TaskKind, all []casework.Task, kind string) []casework.Task {
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
		p.Late += n.Late
		if n.Count > 0 {
			p.Kinds = append(p.Kinds, n)
		}
		if k.Kind == kind {
			p.Kind = kind
		}
	}
	var chosen []casework.Task
	for _, t := range all {
		if p.Kind == "" || t.Kind == p.Kind {
			chosen = append(chosen, t)
		}
	}
	return chosen
}
