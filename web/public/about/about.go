// Package about is what a public body says of itself and of its site: help, who runs
// it, personal information, accessibility; and what search engines ask for.
package about

import (
	"encoding/xml"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading/rules"
	"sunlot/web"
)

// Screens is the pages of the body that runs the platform.
type Screens struct {
	Kit       *web.Kit
	Directory *identity.Directory
	Pack      func() rules.Pack
}

// texts are the pages that are written out whole.
var texts = []string{"help", "about", "privacy", "accessibility"}

// Register declares the routes.
func (s *Screens) Register() {
	for _, name := range texts {
		s.Kit.Get("/"+name, web.Public, func(c *fiber.Ctx) error { return s.Kit.Page(c, "about/"+name, s.Pack()) })
	}
	s.Kit.Get("/robots.txt", web.Public, s.robots)
	s.Kit.Get("/favicon.ico", web.Public, s.Kit.Icon)
	s.Kit.Get("/sitemap.xml", web.Public, s.sitemap)
}

// robots keeps search engines from what is a person's own or has no end.
func (s *Screens) robots(c *fiber.Ctx) error {
	c.Type("txt", "utf-8")
	return c.SendString("User-agent: *\nDisallow: /office\nDisallow: /report\nDisallow: /search\nDisallow: /log/\n" +
		"Sitemap: " + s.Kit.Absolute("/sitemap.xml") + "\n")
}

// place is an address in a map of the site, or in the list of its parts.
type place struct {
	Loc string `xml:"loc"`
}

const mapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

type siteMap struct {
	XMLName xml.Name `xml:"urlset"`
	Space   string   `xml:"xmlns,attr"`
	Places  []place  `xml:"url"`
}

type siteIndex struct {
	XMLName xml.Name `xml:"sitemapindex"`
	Space   string   `xml:"xmlns,attr"`
	Parts   []place  `xml:"sitemap"`
}

// sitemap lists the parts of the map; a part has the villages of one page, the first
// one the lists as well.
func (s *Screens) sitemap(c *fiber.Ctx) error {
	n := c.QueryInt("page", 0)
	if n < 0 {
		return web.Missing("一页")
	}
	asked := identity.Page{Number: max(n, 1), Size: identity.MaxPage}
	villages, total, err := s.Directory.Villages(c.UserContext(), "", asked)
	if err != nil {
		return err
	}
	pages := max((total+identity.MaxPage-1)/identity.MaxPage, 1)
	if n > pages {
		return web.Missing("一页")
	}
	if n == 0 {
		index := siteIndex{Space: mapSpace}
		for i := range pages {
			index.Parts = append(index.Parts, place{s.Kit.Absolute("/sitemap.xml?page=") + strconv.Itoa(i+1)})
		}
		return send(c, index)
	}
	drawn := siteMap{Space: mapSpace}
	if n == 1 {
		for _, path := range []string{"/", "/tenders", "/results", "/projects", "/items", "/villages", "/rules", "/log",
			"/help", "/about", "/privacy", "/accessibility"} {
			drawn.Places = append(drawn.Places, place{s.Kit.Absolute(path)})
		}
	}
	for _, v := range villages {
		drawn.Places = append(drawn.Places, place{s.Kit.Absolute("/villages/" + v.ID)})
	}
	return send(c, drawn)
}

func send(c *fiber.Ctx, what any) error {
	text, err := xml.Marshal(what)
	if err != nil {
		return err
	}
	c.Type("xml", "utf-8")
	return c.Send(append([]byte(xml.Header), text...))
}
