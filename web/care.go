package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// CarePath is where the switch of the large type 关怀版 posts to.
const CarePath = "/care"

const (
	careCookie = hostPrefix + "care"
	careOn     = "yes"
	careTime   = 365 * 24 * 60 * 60 // seconds
)

// KeepCare keeps for a year whether the browser's pages are in large type.
func KeepCare(c *fiber.Ctx, on bool) {
	if on {
		setCookie(c, careCookie, careOn, careTime)
		return
	}
	setCookie(c, careCookie, "", -1)
}

func cares(c *fiber.Ctx) bool { return cookie(c, careCookie) == careOn }

// backTo is the address at which the page can be read again: its own, or of a
// form that came back with errors the page on which it was filled in.
func (k *Kit) backTo(c *fiber.Ctx) string {
	if reads(c) {
		return Next(c.OriginalURL())
	}
	from, err := url.Parse(c.Get(fiber.HeaderReferer))
	if err != nil || !k.OwnOrigin(from.Scheme+"://"+from.Host) {
		return "/"
	}
	return Next(from.RequestURI())
}
