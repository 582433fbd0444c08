package badinput

import (
	"net/url"
	"strings"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

// theirs is a noun of the neighbouring village, or none.
func (b *Bench) theirs(noun string) string {
	switch noun {
	case "tenders":
		return b.Neighbour().ID
	case "resolutions":
		return b.Neighbour().TenderForm.Resolution
	case "asset-drafts":
		return b.NeighbourEntry()
	}
	return ""
}

// NeighbourEntry is an entry into the register of the neighbouring village.
func (b *Bench) NeighbourEntry() string {
	b.T.Helper()
	list, _, err := b.Assets.SeeAssetDrafts(b.T.Context(), b.Actor("clerk2"), casework.Query{
		Parent: b.Neighbour().Asset,
		Page:   identity.Page{}.Clip(),
	})
	b.Ok(err)
	if len(list) != 1 {
		b.T.Fatalf("the neighbour's asset has %d entries", len(list))
	}
	return list[0].ID
}

// Step is an act that takes a noun from one desk to the next.
func (b *Bench) Step(who, wrong, noun, name string, id func() string, body housetest.Object) func() Call {
	return func() Call {
		other := housetest.With(body, "version", body["version"].(int)+5)
		c := Call{
			Who:   who,
			Wrong: wrong,
			Path:  "/api/v1/" + noun + "/" + id() + "/" + name,
			Body:  body,
			Other: other,
			Late:  409,
		}
		theirs := b.theirs(noun)
		if theirs != "" && who != "station" && who != "leader" { // theirs is the whole township
			c.Foreign = "/api/v1/" + noun + "/" + theirs + "/" + name
		}
		return c
	}
}

// Button is a form that only takes a noun to the next desk.
func (b *Bench) Button(who, wrong, noun, name string, id func() string, version string) func() Sheet {
	return func() Sheet {
		s := Sheet{
			Who:   who,
			Wrong: wrong,
			Path:  "/office/" + noun + "/" + id() + "/" + name,
			Form:  url.Values{"version": {version}},
			Other: url.Values{"version": {"9"}},
			Late:  409,
		}
		theirs := b.theirs(noun)
		if theirs != "" && who != "station" && who != "leader" { // theirs is the whole township
			s.Foreign = strings.Replace(s.Path, strings.Split(s.Path, "/")[3], theirs, 1)
		}
		return s
	}
}

// Back is a form that returns a case with a remark on one line.
func (b *Bench) Back(who, wrong, noun, line string, id func() string, version string) func() Sheet {
	return func() Sheet {
		s := b.Button(who, wrong, noun, "return", id, version)()
		s.Form, s.Named = housetest.SheetWith(s.Form, "reason_"+line,
			"请改正"), map[string]string{"reason_" + line: "reasons"}
		s.Other = housetest.SheetWith(s.Form, "reason_"+line, "另一个理由")
		return s
	}
}
