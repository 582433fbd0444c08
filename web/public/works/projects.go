package works

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading/works"
	"sunlot/web"
	"sunlot/web/public/parts"
)

// projects lists what villages build.
func (s *Screens) projects(c *fiber.Ctx) error {
	in, village, err := parts.PlaceOf(c, s.Directory)
	if err != nil {
		return err
	}
	q := casework.Query{Scope: in, Text: web.SearchText(c), Page: web.PageOf(c)}
	state := ""
	if st := casework.State(c.Query("state")); st == works.Underway || st == works.Finished {
		q.States, state = []casework.State{st}, string(st)
	}
	list, paging, err := web.ReadPage(c, q.Page, func(at identity.Page) ([]works.Project, int, error) {
		q.Page = at
		return s.Works.SeeProjects(c.UserContext(), identity.Actor{}, q)
	})
	if err != nil {
		return err
	}
	var states []web.Choice
	for _, st := range works.PublicStates() {
		states = append(states, web.Choice{Value: string(st), Label: works.StateLabel(st)})
	}
	return s.Kit.Page(c, "works/projects", struct {
		Projects []works.Project
		Village  parts.Place
		Text     string
		State    string
		States   []web.Choice
		Paging   web.Paging
	}{
		Projects: list,
		Village:  village,
		Text:     q.Text,
		State:    state,
		States:   states,
		Paging:   paging,
	})
}
