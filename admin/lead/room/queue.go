package room

import (
	"regexp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin/lead"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/identity"
	"sunlot/web"
)

var idPattern = regexp.MustCompile(`^[a-z2-7]{16}$`)

// then is what the address after an answer says of the report that followed the answered one.
func then(c *fiber.Ctx) string {
	next := c.FormValue("then")
	if next != "first" && !idPattern.MatchString(next) {
		return ""
	}
	return "?then=" + next
}

// queuePages is how far a place is looked for.
const queuePages = 10

// queueAt is where the page's report stands among the unfinished ones of the officer's, in
// the order of the list, or which is next after the one that he has just finished. Opening
// a report goes on record, telling of its place does not.
func (s *Screens) queueAt(c *fiber.Ctx) (*web.Queue, error) {
	who := web.Actor(c)
	if _, err := who.Can(lead.ReportRead); err != nil || c.Params("id") == "" {
		return nil, nil
	}
	var open []lead.Report
	q := lead.Query{States: []mailbox.State{mailbox.Received, mailbox.InHand}}
	total := 0
	for n := 1; n <= queuePages; n++ {
		q.Page = identity.Page{Number: n, Size: identity.MaxPage}
		list, all, err := s.Lead.Reports(c.UserContext(), who, q)
		if err != nil {
			return nil, err
		}
		open, total = append(open, list...), all
		if len(open) >= total {
			break
		}
	}
	return placed(open, total, c.Params("id"), c.Query("then")), nil
}

// placed is the queue as the page of a report shows it; nil when there is nothing to say.
func placed(open []lead.Report, total int, id, then string) *web.Queue {
	find := func(id string) int {
		return slices.IndexFunc(open, func(r lead.Report) bool { return r.ID == id })
	}
	q := &web.Queue{What: "未办结的受理件", Of: total, Then: "first"}
	at := find(id)
	switch {
	case at < 0 && then == "":
		return nil
	case at < 0:
		q.After = link(open, max(find(then), 0))
		return q
	}
	q.At = at + 1
	q.Before = link(open, at-1)
	q.After = link(open, at+1)
	if q.After != nil {
		q.Then = open[at+1].ID
	}
	return q
}

func link(open []lead.Report, at int) *web.QueueLink {
	if at < 0 || at >= len(open) {
		return nil
	}
	r := open[at]
	place := r.Place
	if place == "" {
		place = "全县"
	}
	return &web.QueueLink{Title: r.About.Label() + "，" + place, Address: "/reports/" + r.ID}
}
