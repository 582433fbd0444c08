package home

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/web"
)

// kindWords says what the entries of a kind are, how they are counted, and where they are.
type kindWords struct{ Name, Counted, Before, After string }

var kindsWords = map[finding.Kind]kindWords{
	finding.Village:  {Name: "村", Counted: "个", Before: "/villages/"},
	finding.Notice:   {Name: "公告", Counted: "份", Before: "/tenders/"},
	finding.Result:   {Name: "成交结果", Counted: "个", Before: "/lots/", After: "/result"},
	finding.Contract: {Name: "合同", Counted: "份", Before: "/lots/", After: "/contract"},
	finding.Asset:    {Name: "资产", Counted: "项", Before: "/assets/"},
	finding.Work:     {Name: "工程项目", Counted: "个", Before: "/projects/"},
	finding.Item:     {Name: "小微权力事项", Counted: "项", Before: "/items/"},
}

// foundKind is a part of what was found, with its words.
type foundKind struct {
	finding.Found
	Words  kindWords
	Paging *web.Paging // when only this kind is shown
}

type searchPage struct {
	Text    string
	Kind    finding.Kind // only this one; empty = all
	Parts   []foundKind
	Problem string // why nothing was looked for
	Example string // what finds something; empty while there is nothing
}

// find looks for everything public by words that must all be there.
func (s *Screens) find(c *fiber.Ctx) error {
	page := searchPage{Text: c.Query("q"), Kind: finding.Kind(c.Query("kind"))}
	kinds, at := finding.Kinds, identity.Page{Number: 1, Size: shown}
	if slices.Contains(finding.Kinds, page.Kind) {
		kinds, at = []finding.Kind{page.Kind}, web.PageOf(c)
	} else {
		page.Kind = ""
	}
	found, err := s.Finding.Find(c.UserContext(), page.Text, kinds, at)
	if fault.CodeOf(err) == fault.Invalid {
		page.Problem, err = fault.MessageOf(err), nil
	}
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Total == 0 {
			continue
		}
		part := foundKind{Found: f, Words: kindsWords[f.Kind]}
		if page.Kind != "" {
			paging := web.NewPaging(c, at, f.Total)
			part.Paging = &paging
		}
		page.Parts = append(page.Parts, part)
	}
	if len(page.Parts) == 0 {
		page.Example, err = s.example(c.UserContext())
	}
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "home/search", page)
}

// example is something that a search finds: what the newest notice lets.
func (s *Screens) example(ctx context.Context) (string, error) {
	newest := casework.Query{Scope: identity.Everywhere, Sort: "newest", Page: identity.Page{Number: 1, Size: 1}}
	list, _, err := s.Tendering.SeeTenders(ctx, identity.Actor{}, newest)
	if err != nil || len(list) == 0 {
		return "", err
	}
	words, err := finding.Words(list[0].AssetName)
	if err != nil || len(words) == 0 {
		return "", nil // a name that nobody types
	}
	return list[0].AssetName, nil
}
