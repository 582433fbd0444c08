package web

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

// Chip is a short mark for a state. Tone is "", busy, good, warn or bad.
type Chip struct{ Label, Tone string }

// Crumb is a step of the path to the page; the last has no address.
type Crumb struct{ Label, Path string }

// newCrumbs makes a path from labels and addresses in turn; a label that stands
// alone at the end is the page itself.
func newCrumbs(words ...string) []Crumb {
	var all []Crumb
	for i := 0; i < len(words); i += 2 {
		c := Crumb{Label: words[i]}
		if i+1 < len(words) {
			c.Path = words[i+1]
		}
		all = append(all, c)
	}
	return all
}

// Proof is an event's standing in the public log: its leaf's hash, and its index
// once the sequencer has given one.
type Proof struct {
	Leaf    string
	Index   int64
	InChain bool
	Page    string // where a person reads about it
	Poll    string // where the island asks; answers {"in_chain": bool, "index": n}
}

// Step is one stage of a procedure. State is done, now or "" for what is to come.
type Step struct{ Label, Note, State string }

// Moment is one line of a timeline, newest first or last as the caller likes.
type Moment struct {
	At    time.Time
	Title string
	Who   string
	Text  string
	Tone  string // as a Chip's
	Proof *Proof
}

// Photo is a picture in a gallery, or what is said in its place.
type Photo struct{ Src, Full, Caption, Withheld string }

// Uploaded is a photo or file by its hash; Withheld is what is said in its place.
type Uploaded struct{ SHA256, Withheld string }

// Gallery draws photos of the library, the first with the number 0. What is
// withheld has no picture, which nobody could see: its place says so.
func Gallery(ctx context.Context, from *casework.Library, photos []string,
	draw func(n int, sha string) Photo) ([]Photo, error) {
	withheld, err := from.Withheld(ctx, photos)
	if err != nil {
		return nil, err
	}
	var all []Photo
	for n, sha := range photos {
		p := draw(n, sha)
		if said := withheld[sha]; said != "" {
			p = Photo{Caption: p.Caption, Withheld: said}
		}
		all = append(all, p)
	}
	return all, nil
}

// Paging is a place in a long list.
type Paging struct {
	identity.Page
	Total int
	at    url.URL
}

// PageOf reads ?page= and ?size=, brought into their limits.
func PageOf(c *fiber.Ctx) identity.Page {
	return identity.Page{Number: c.QueryInt("page", 1), Size: c.QueryInt("size")}.Clip()
}

// textLimit is how much of a search is read.
const textLimit = 60

// SearchText reads ?q=, what a list is searched for.
func SearchText(c *fiber.Ctx) string {
	q := []rune(strings.TrimSpace(c.Query("q")))
	return string(q[:min(len(q), textLimit)])
}

// NewPaging draws the links of a list of so many rows, keeping the address's
// other parts.
func NewPaging(c *fiber.Ctx, page identity.Page, total int) Paging {
	p := Paging{Page: page, Total: total}
	if at, err := url.Parse(c.OriginalURL()); err == nil {
		p.at = url.URL{Path: at.Path, RawQuery: at.RawQuery}
	}
	return p
}

// ReadPage reads the part of a list that an address asks for. Past the end it is
// the last one: a list that has rows never says that it has none.
func ReadPage[N any](c *fiber.Ctx, at identity.Page,
	read func(at identity.Page) ([]N, int, error)) ([]N, Paging, error) {
	rows, total, err := read(at)
	p := NewPaging(c, at, total)
	if err == nil && p.Number > p.Last() {
		p.Number = p.Last()
		rows, _, err = read(p.Page)
	}
	return rows, p, err
}

// Last is the number of the last part, at least 1.
func (p Paging) Last() int { return max(1, (p.Total+p.Size-1)/p.Size) }

// Prev and Following are the neighbours' addresses; empty at the ends.
func (p Paging) Prev() string      { return p.link(p.Number - 1) }
func (p Paging) Following() string { return p.link(p.Number + 1) }

func (p Paging) link(number int) string {
	if number < 1 || number > p.Last() {
		return ""
	}
	query := p.at.Query()
	query.Set("page", strconv.Itoa(number))
	return fmt.Sprintf("%s?%s", p.at.EscapedPath(), query.Encode())
}
