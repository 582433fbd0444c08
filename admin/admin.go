// Package admin is the kit of the officials' screens: the desk, the lists with
// their files, and the forms that can be kept unfinished. It knows no noun; each
// room of screens tells it at wiring what the room has.
package admin

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web"
)

// Kit is what the rooms of the offices draw with, and where they leave what the
// desk needs: their links, the pages of their duties, their forms.
type Kit struct {
	*web.Kit
	Days    casework.Schedules
	Library *casework.Library
	Drafts  *identity.Drafts
	Duties  *casework.Desk

	links     []Link
	dutyPages map[string]string
	forms     []DraftForm
}

// Link leads from the desk to a page, for whoever may do one of the acts.
type Link struct {
	Label, Address string
	Acts           []*identity.Action
}

// Links puts links on the desk, in the order of the calls.
func (k *Kit) Links(links ...Link) { k.links = append(k.links, links...) }

// DutyPages says for each kind of duty where it is done; :id in the address stands
// for the id of the duty's case.
func (k *Kit) DutyPages(pages map[string]string) {
	if k.dutyPages == nil {
		k.dutyPages = map[string]string{}
	}
	for kind, address := range pages {
		k.dutyPages[kind] = address
	}
}

// Gallery is photos of the library, each with the caption, or what is said in
// their place.
func (k *Kit) Gallery(c *fiber.Ctx, photos []string, caption string) ([]web.Photo, error) {
	return web.Gallery(c.UserContext(), k.Library, photos, func(_ int, sha string) web.Photo {
		return web.Photo{Src: "/photos/" + sha + ".jpg", Caption: caption}
	})
}

// NotHere is the answer when the office has no such noun; what is its name with
// its measure word.
func NotHere(what string) error { return fault.New(fault.NotFound, "没有找到这%s", what) }
