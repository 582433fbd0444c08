package village

import (
	"encoding/xml"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/web"
	"sunlot/web/public/parts"
)

// mostEntries is how many of the newest a feed has.
const mostEntries = 30

// feed is a village's news for a reader of feeds (RFC 4287): its notices and results,
// the newest first.
type feed struct {
	XMLName xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string    `xml:"id"`
	Title   string    `xml:"title"`
	Updated string    `xml:"updated"`
	Links   []address `xml:"link"`
	Author  string    `xml:"author>name"`
	Entries []entry   `xml:"entry"`
}

type address struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type entry struct {
	ID      string  `xml:"id"`
	Title   string  `xml:"title"`
	Updated string  `xml:"updated"`
	Link    address `xml:"link"`
	Summary string  `xml:"summary"`

	at time.Time
}

func (s *Screens) feed(c *fiber.Ctx) error {
	ctx, nobody := c.UserContext(), identity.Actor{}
	village, err := parts.Village(ctx, s.Directory, c.Params("id"))
	if err != nil {
		return err
	}
	q := casework.Query{Scope: identity.Scope{village.Path}, Page: identity.Page{Number: 1, Size: mostEntries}}
	notices, _, err := s.Tendering.SeeTenders(ctx, nobody, q)
	if err != nil {
		return err
	}
	results, _, err := s.Bidding.SeeAwards(ctx, nobody, q)
	if err != nil {
		return err
	}
	var all []entry
	for _, t := range notices {
		all = append(all, s.entry("/tenders/"+t.ID, t.Side.Say().Act+"公告："+t.AssetName, t.AnnouncedAt,
			t.Number+"，起始价 "+t.Unit.Price(t.StartPrice)+"，报名截止 "+web.Until(t.RegisterUntil)))
	}
	for _, a := range results {
		all = append(all, s.entry("/lots/"+a.Lot+"/result", "成交结果："+a.LotTitle, a.AwardedAt,
			a.Label()+"，"+a.Side.Say().Period+" "+a.Yearly.Yuan()+" 元"))
	}
	slices.SortStableFunc(all, func(x, y entry) int { return y.at.Compare(x.at) })
	all = all[:min(len(all), mostEntries)]
	page := s.Kit.Absolute("/villages/" + village.ID)
	f := feed{
		ID:      page,
		Title:   identity.Called(village.Name) + "的公告和结果",
		Updated: time.Time{}.Format(time.RFC3339),
		Links:   []address{{"self", page + "/feed.atom"}, {"alternate", page}},
		Author:  village.Name,
		Entries: all,
	}
	if len(all) > 0 {
		f.Updated = all[0].Updated
	}
	text, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/atom+xml; charset=utf-8")
	return c.Send(append([]byte(xml.Header), text...))
}

// entry is one thing that became public at a time; its address is its id.
func (s *Screens) entry(path, title string, at time.Time, summary string) entry {
	link := s.Kit.Absolute(path)
	return entry{
		ID:      link,
		Title:   title,
		Updated: at.UTC().Format(time.RFC3339),
		Link:    address{"alternate", link},
		Summary: summary,
		at:      at,
	}
}
