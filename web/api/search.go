package api

import (
	_ "embed"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/web"
)

//go:embed openapi/search.yaml
var searchPart string

func searchRoutes(s *Screens) {
	s.Kit.Get(root+"/search", web.Public, func(c *fiber.Ctx) error { return search(c, s.Finding) })
}

type foundOut struct {
	Kind  finding.Kind `json:"kind"`
	Items []foundEntry `json:"items"`
	Total int          `json:"total"`
	Whole bool         `json:"whole"`
}

type foundEntry struct {
	ID    string     `json:"id"`
	Title string     `json:"title"`
	Note  string     `json:"note"`
	Place string     `json:"place"`
	At    *time.Time `json:"at,omitempty"`
}

func drawFound(f finding.Found) foundOut {
	out := foundOut{Kind: f.Kind, Items: []foundEntry{}, Total: f.Total, Whole: f.Whole}
	for _, e := range f.Entries {
		entry := foundEntry{ID: e.ID, Title: e.Title, Note: e.Note, Place: e.Place}
		if !e.At.IsZero() {
			entry.At = &e.At
		}
		out.Items = append(out.Items, entry)
	}
	return out
}

// search finds everything public that has all the words, a page of each kind.
func search(c *fiber.Ctx, service *finding.Service) error {
	kinds, at := finding.Kinds, web.PageOf(c)
	if kind := c.Query("kind"); kind != "" {
		kinds = []finding.Kind{finding.Kind(kind)}
		if !slices.Contains(finding.Kinds, kinds[0]) {
			return fault.New(fault.Invalid, "没有这一类，可以是 %s", kindNames()).On("kind")
		}
	}
	found, err := service.Find(c.UserContext(), c.Query("q"), kinds, at)
	if err != nil {
		return err
	}
	if found == nil {
		return fault.New(fault.Invalid, "请填写要搜的字，标点不算").On("q")
	}
	out := struct {
		Parts []foundOut `json:"parts"`
		Page  int        `json:"page"`
		Size  int        `json:"size"`
	}{[]foundOut{}, at.Number, at.Size}
	for _, f := range found {
		if f.Total > 0 {
			out.Parts = append(out.Parts, drawFound(f))
		}
	}
	return c.JSON(out)
}

func kindNames() string {
	var all []string
	for _, k := range finding.Kinds {
		all = append(all, string(k))
	}
	return strings.Join(all, "、")
}
