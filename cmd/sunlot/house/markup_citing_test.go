package house_test

import (
	"net/url"

	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/citing"
)

// citingForms are the forms on articles that are looked up. What waits is taken
// back first, so that each finds the article free.
func citingForms(b *badinput.Bench) map[string]func() filled {
	form := func(assembly string) citing.Form {
		return citing.Form{
			Cites:   b.Pack().Assemblies[assembly].Quorum.Source.ID(),
			Edition: "2025修正",
			From:    "2026-01-01",
			Article: "第三十二条",
			Same:    true,
		}
	}
	entered := func() string {
		waiting, _, err := b.Citing.SeeCitations(b.T.Context(), b.Actor("admin"),
			casework.Query{Page: identity.Page{}.Clip()})
		b.Ok(err)
		for _, c := range waiting {
			if c.State == citing.Entered {
				_, err := b.Citing.DecideCitation(b.T.Context(), b.Actor("admin"), event.NewID(), c.ID,
					citing.DecideForm{Version: c.Version, Reason: "换一条"})
				b.Ok(err)
			}
		}
		id, err := b.Citing.EnterCitation(b.T.Context(), b.Actor("admin"), event.NewID(), form("group_meeting"))
		b.Ok(err)
		return id
	}
	return map[string]func() filled{
		"POST /office/citations": func() filled {
			f := form("village_representatives")
			return filled{"admin", "/office/citations", url.Values{
				"cites":   {f.Cites},
				"edition": {f.Edition},
				"from":    {string(f.From)},
				"article": {f.Article},
				"same":    {"yes"},
			}}
		},
		"POST /office/citations/:id/decide": func() filled {
			return filled{"admin2", "/office/citations/" + entered() + "/decide", url.Values{
				"version": {"1"},
				"reason":  {"找不到这一条"},
			}}
		},
		"POST /office/citations/:id/end": func() filled {
			id := entered()
			_, err := b.Citing.DecideCitation(b.T.Context(), b.Actor("admin2"), event.NewID(), id,
				citing.DecideForm{Version: 1, Agree: true, Same: true})
			b.Ok(err)
			return filled{"admin", "/office/citations/" + id + "/end", url.Values{"version": {"2"}, "reason": {"看错了款"}}}
		},
	}
}
