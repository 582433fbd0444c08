package admin

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/web"
)

// Desk is the page on which somebody's work begins. It is registered after the
// rooms, which have said by then what belongs on it.
type Desk struct {
	Kit *Kit
	// Ahead is what comes next in the places, to be told when nothing is to be
	// done; nil when nothing comes.
	Ahead func(ctx context.Context, who identity.Actor, in identity.Scope) (*Ahead, error)
	// Live is where the person may bid now or will, the newest first.
	Live func(ctx context.Context, who identity.Actor) ([]Ahead, error)
}

// Ahead is something that an official should know of and need not do anything for.
type Ahead struct {
	Address, Title string
	At             time.Time
	Now            bool // it has begun
}

// Register declares the desk and the addresses where forms are kept.
func (d *Desk) Register() {
	for _, kind := range d.Kit.Duties.Kinds {
		if d.Kit.dutyPages[kind.Name] == "" {
			panic("a duty without a page: " + kind.Name)
		}
	}
	d.Kit.draftRoutes()
	d.Kit.Menu(d.Kit.menuFor)
	d.Kit.Queues(d.Kit.queueAt)
	d.Kit.Get("/office", web.SignedIn, d.show)
}

type deskPage struct {
	Duties []deskDuty
	Kinds  []casework.KindCount // with something to do
	Kind   string               // to which the list is narrowed; above for what has climbed
	All    int
	Late   int
	Drafts []unfinished
	Next   *Ahead
	Live   []Ahead
	Paging web.Paging

	Climbed []deskDuty // the first of them, or a page when the list is narrowed to them
	Above   int        // how many have climbed
	Sent    []deskDuty // with others: the first of them, or a page when the list is narrowed to them
	AllSent int
}

// The narrowings to what others have left undone, and to what was handed to others.
const (
	above = "above"
	sent  = "sent"
)

// deskDuty is a duty with the way to where it is done; no way for what its reader
// may not open.
type deskDuty struct {
	casework.Waiting
	Page string
}

// show is the work that waits for whoever asks, what is due first first; others
// are shown where they may go.
func (d *Desk) show(c *fiber.Ctx) error {
	who := web.Actor(c)
	if who.MustChange {
		return c.Redirect(web.PasswordPath, fiber.StatusSeeOther)
	}
	page := deskPage{}
	if err := d.own(c, who, &page); err != nil {
		return err
	}
	scope, err := who.Can(identity.OfficeRead)
	if err != nil {
		page.Live, err = d.Live(c.UserContext(), who)
		if err != nil {
			return err
		}
		return d.Kit.Page(c, "office/desk", page)
	}
	page.Drafts, err = d.Kit.unfinished(c)
	if err != nil {
		return err
	}
	if err := d.climbed(c, who, &page); err != nil {
		return err
	}
	if err := d.sent(c, who, &page); err != nil {
		return err
	}
	if page.All == 0 {
		page.Next, err = d.Ahead(c.UserContext(), who, scope)
		if err != nil {
			return err
		}
	}
	return d.Kit.Page(c, "office/desk", page)
}

// own is what waits for the person, narrowed to a kind if it is one.
func (d *Desk) own(c *fiber.Ctx, who identity.Actor, page *deskPage) error {
	var err error
	page.Kinds, err = d.Kit.Duties.Count(c.UserContext(), who)
	if err != nil {
		return err
	}
	for _, n := range page.Kinds {
		page.All += n.Count
		page.Late += n.Late
	}
	kind := c.Query("kind")
	if kind == above || kind == sent {
		page.Kind = kind
		return nil
	}
	if d.Kit.Duties.Kind(kind) != nil {
		page.Kind = kind
	}
	page.Duties, page.Paging, err = web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]deskDuty, int, error) {
		list, total, err := d.Kit.Duties.Own(c.UserContext(), who, page.Kind, at)
		return d.Kit.withPages(list), total, err
	})
	return err
}

// sent is what the person's office has handed to others: a part of it, or all by the page.
func (d *Desk) sent(c *fiber.Ctx, who identity.Actor, page *deskPage) error {
	read := func(at identity.Page) ([]deskDuty, int, error) {
		list, total, err := d.Kit.Duties.Sent(c.UserContext(), who, at)
		page.AllSent = total
		return d.Kit.withPages(list), total, err
	}
	var err error
	if page.Kind != sent {
		page.Sent, _, err = read(identity.Page{Number: 1, Size: 5})
		return err
	}
	page.Sent, page.Paging, err = web.ReadPage(c, web.PageOf(c), read)
	return err
}

// climbed is what others have left undone: a part of it, or all by the page.
func (d *Desk) climbed(c *fiber.Ctx, who identity.Actor, page *deskPage) error {
	read := func(at identity.Page) ([]deskDuty, int, error) {
		list, total, err := d.Kit.Duties.Climbed(c.UserContext(), who, at)
		page.Above = total
		return d.Kit.withPages(list), total, err
	}
	var err error
	if page.Kind != above {
		page.Climbed, _, err = read(identity.Page{Number: 1, Size: 5})
		return err
	}
	page.Climbed, page.Paging, err = web.ReadPage(c, web.PageOf(c), read)
	return err
}

func (k *Kit) withPages(list []casework.Waiting) []deskDuty {
	var all []deskDuty
	for _, w := range list {
		all = append(all, deskDuty{Waiting: w, Page: k.dutyPage(w)})
	}
	return all
}

// menuFor is the desk and the links that the person may follow.
func (k *Kit) menuFor(who identity.Actor) []web.MenuLink {
	all := []web.MenuLink{{Label: "待办", Address: "/office"}}
	for _, link := range k.links {
		may := func(act *identity.Action) bool { _, err := who.Can(act); return err == nil }
		if slices.ContainsFunc(link.Acts, may) {
			all = append(all, web.MenuLink{Label: link.Label, Address: link.Address})
		}
	}
	return all
}

// dutyPage is where a duty is done; nowhere for what is told without its case.
func (k *Kit) dutyPage(w casework.Waiting) string {
	if w.Case == "" {
		return ""
	}
	return strings.Replace(k.dutyPages[w.Name], ":id", w.Case, 1)
}

// Pipeline lists by case what waits in each: on whose desk, for how long.
func (k *Kit) Pipeline(c *fiber.Ctx, cases ...string) (map[string][]casework.Waiting, error) {
	return k.Duties.Of(c.UserContext(), web.Actor(c), cases...)
}
