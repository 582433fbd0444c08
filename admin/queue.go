package admin

import (
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/web"
)

// thenPattern is what a decision's form says of the queue that its case stood in: the kind
// of duty and, if one follows it, the next case.
var thenPattern = regexp.MustCompile(`^([a-z_]{1,30})\.([a-z2-7]{16})?$`)

// Done leads on after an act; where its case stood in a queue the next page leads to the
// next of it.
func (k *Kit) Done(c *fiber.Ctx, path, message string) error {
	if then := c.FormValue("then"); thenPattern.MatchString(then) {
		mark := "?"
		if strings.Contains(path, "?") {
			mark = "&"
		}
		path += mark + "then=" + then
	}
	return k.Kit.Done(c, path, message)
}

// queueAt is where the page's case stands among what waits for the visitor, else what
// follows the one that he has just decided.
func (k *Kit) queueAt(c *fiber.Ctx) (*web.Queue, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	if kinds := k.kindsAt(c); len(kinds) > 0 {
		q, err := k.Duties.QueueOf(ctx, who, c.Params("id"), kinds...)
		if err != nil {
			return nil, err
		}
		if q != nil {
			return k.drawn(q), nil
		}
	}
	then := thenPattern.FindStringSubmatch(c.Query("then"))
	if then == nil {
		return nil, nil
	}
	q, err := k.Duties.Left(ctx, who, then[1], then[2])
	if err != nil || q == nil {
		return nil, err
	}
	return k.drawn(q), nil
}

// kindsAt lists the offices' kinds of duty that are done on the page, or on the one whose form was
// refused.
func (k *Kit) kindsAt(c *fiber.Ctx) []string {
	at := c.Route().Path
	var all []string
	for _, kind := range k.Duties.Kinds {
		page := k.dutyPages[kind.Name]
		refused := c.Method() == fiber.MethodPost && strings.HasPrefix(at, page+"/")
		if !kind.Own && strings.HasSuffix(page, "/:id") && (at == page || refused) {
			all = append(all, kind.Name)
		}
	}
	return all
}

// drawn is the queue as the page shows it.
func (k *Kit) drawn(q *casework.Queue) *web.Queue {
	link := func(w *casework.Waiting) *web.QueueLink {
		if w == nil {
			return nil
		}
		return &web.QueueLink{Title: w.Title, Address: k.dutyPage(*w)}
	}
	d := &web.Queue{
		What:   q.Label,
		At:     q.At,
		Of:     q.Of,
		Before: link(q.Before),
		After:  link(q.After),
		Then:   q.Name + ".",
	}
	if q.After != nil {
		d.Then += q.After.Case
	}
	return d
}
