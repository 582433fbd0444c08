package api

import (
	_ "embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading/works"
	"sunlot/web"
)

//go:embed openapi/project.yaml
var projectPart string

func (s *Screens) projectRoutes() {
	s.Kit.Get(root+"/projects", web.Public, s.projects)
	s.Kit.Get(root+"/projects/:id", web.Public, s.project)
}

type sumsOut struct {
	Budget      money.Fen `json:"budget"`
	Contract    money.Fen `json:"contract"`
	Varied      money.Fen `json:"varied"`
	Final       money.Fen `json:"final"`
	Paid        money.Fen `json:"paid"`
	Outstanding money.Fen `json:"outstanding"`
}

func drawSums(s works.Sums) sumsOut {
	return sumsOut{
		Budget:      s.Budget,
		Contract:    s.Contract,
		Varied:      s.Varied,
		Final:       s.Final,
		Paid:        s.Paid,
		Outstanding: s.Outstanding(),
	}
}

type projectOut struct {
	ID         string          `json:"id"`
	State      casework.State  `json:"state"`
	Village    string          `json:"village"`
	Item       string          `json:"item"`
	Resolution string          `json:"resolution,omitempty"`
	Name       string          `json:"name"`
	Place      string          `json:"place"`
	Scope      string          `json:"scope"`
	Estimate   money.Fen       `json:"estimate"`
	Together   money.Fen       `json:"together"`
	Split      string          `json:"split,omitempty"`
	Plan       []works.Planned `json:"plan"`
	Sums       sumsOut         `json:"sums"`
	Reached    works.Stage     `json:"reached,omitempty"`
	OpenedAt   time.Time       `json:"opened_at"`
	Document   string          `json:"document"`
	Event      event.Ref       `json:"event"`
	Entries    *[]entryOut     `json:"entries,omitempty"` // of one project
	Gaps       *[]string       `json:"gaps,omitempty"`
	Warnings   *[]string       `json:"warnings,omitempty"`
}

type entryOut struct {
	ID          string        `json:"id"`
	Stage       works.Stage   `json:"stage"`
	Skipped     bool          `json:"skipped"`
	On          calendar.Date `json:"on,omitempty"`
	Amount      money.Fen     `json:"amount"`
	Party       string        `json:"party,omitempty"`
	Note        string        `json:"note"`
	Photos      []string      `json:"photos"`
	Files       []string      `json:"files"`
	ConfirmedAt time.Time     `json:"confirmed_at"`
	Event       event.Ref     `json:"event"`
	Corrects    int64         `json:"corrects"`     // the number of the event that it corrects
	CorrectedBy int64         `json:"corrected_by"` // the number of the event that corrects it
}

func drawProject(p works.Project) projectOut {
	return projectOut{
		ID:         p.ID,
		State:      p.State,
		Village:    p.Village,
		Item:       p.Item,
		Resolution: p.Resolution,
		Name:       p.Name,
		Place:      p.Place,
		Scope:      p.Scope,
		Estimate:   p.Estimate,
		Together:   p.Together,
		Split:      p.Split,
		Plan:       append([]works.Planned{}, p.Plan...),
		Sums:       drawSums(p.Sums),
		Reached:    p.Reached,
		OpenedAt:   p.ConfirmedAt,
		Document:   p.Document,
		Event:      p.Event,
	}
}

// projects lists the small works that are public.
func (s *Screens) projects(c *fiber.Ctx) error {
	q := query(c)
	q.Parent = c.Query("item")
	rows, total, err := s.Works.SeeProjects(c.UserContext(), identity.Actor{}, q)
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, drawProject))
}

// project is a small work with its confirmed entries, and what is missing or
// does not fit.
func (s *Screens) project(c *fiber.Ctx) error {
	p, entries, err := s.Works.SeeProject(c.UserContext(), identity.Actor{}, c.Params("id"))
	if err != nil {
		return err
	}
	progress := works.ProgressOf(p, entries, s.Works.LimitOf(p), s.Days.Today())
	out, drawn := drawProject(p), []entryOut{}
	for _, e := range entries {
		drawn = append(drawn, entryOut{
			ID:          e.ID,
			Stage:       e.Stage,
			Skipped:     e.Skipped,
			On:          e.On,
			Amount:      e.Amount(),
			Party:       e.Party,
			Note:        e.Note,
			Photos:      append([]string{}, e.Photos...),
			Files:       append([]string{}, e.Files...),
			ConfirmedAt: e.ConfirmedAt,
			Event:       e.Event,
			Corrects:    e.CorrectsSeq,
			CorrectedBy: e.CorrectedBy,
		})
	}
	gaps, warnings := append([]string{}, progress.Gaps...), append([]string{}, progress.Warnings...)
	out.Entries = &drawn
	out.Gaps, out.Warnings = &gaps, &warnings
	return c.JSON(out)
}
