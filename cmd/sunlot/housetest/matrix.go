package housetest

import (
	"strings"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/web"
)

// Try goes to a route: to what there is when reading, to nowhere when writing.
func (r *House) Try(route web.Route, v Visitor) Answer {
	path := route.Path
	if route.Method == "POST" {
		path = Parameter.ReplaceAllString(path, event.NewID())
	} else {
		path = addressOf(r, path)
	}
	if strings.HasPrefix(path, "/api/") {
		if route.Method == "POST" {
			return v.Program.Act(path, Object{})
		}
		return v.Program.Do(route.Method, path, "", nil)
	}
	if route.Method == "POST" {
		return v.Browser.Submit(path, nil)
	}
	return v.Browser.Do(route.Method, path, "", nil)
}

// addressOf fills a route's parameters with what the seed has.
func addressOf(r *House, path string) string {
	n := r.Neighbour()
	id := n.ID
	switch {
	case strings.Contains(path, "/registrations"):
		id = r.Registration(n.Lot)
	case strings.Contains(path, "/lots"):
		id = n.Lot
	}
	for noun, of := range map[string]string{
		"/assets":      n.Asset,
		"/resolutions": n.TenderForm.Resolution,
		"/villages":    r.Org("松坪村村民委员会"),
	} {
		if strings.Contains(path, noun) {
			id = of
		}
	}
	return strings.NewReplacer(":id", id, ":sha", n.Document, ":stream", string(n.Stream()), ":kind",
		"tender.draft", ":name", "x.jpg",
		":hash", strings.Repeat("0", 64), ":leaf", strings.Repeat("0", 64), "*", "x").Replace(path)
}

// Registration is the id of a lot's first.
func (r *House) Registration(lot string) (id string) {
	r.T.Helper()
	r.Ok(r.Inspect().QueryRow("SELECT id FROM registrations WHERE lot_id = ?", lot).Scan(&id))
	return id
}

// Visitor is somebody who tries every route.
type Visitor struct {
	Login            string // empty for nobody
	Browser, Program *Client
	Roles            []identity.Role
	MustChange       bool
}
