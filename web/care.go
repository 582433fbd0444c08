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
	careOff    = "no"
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

// cares says whether the page is in large type. The report box keeps no cookie, so
// there the address may say it.
func cares(c *fiber.Ctx) bool {
	if said := saidLarge(c); said != "" {
		return said == careOn
	}
	return cookie(c, careCookie) == careOn
}

// largeQuery is the part of an address of the report box that asks for large type, or
// for the other.
const largeQuery = "large"

// saidLarge is what the address of a page of the report box says of the type: yes, no
// or nothing.
func saidLarge(c *fiber.Ctx) string {
	said := c.Query(largeQuery)
	if !isReport(c.Path()) || said != careOn && said != careOff {
		return ""
	}
	return said
}

// otherType is the address of the same page of the report box in the other type; empty
// where it cannot be read again.
func otherType(c *fiber.Ctx) string {
	if !reads(c) {
		return ""
	}
	query := url.Values{}
	for name, value := range c.Queries() {
		query.Set(name, value)
	}
	query.Set(largeQuery, careOn)
	if cares(c) {
		query.Set(largeQuery, careOff)
	}
	return c.Path() + "?" + query.Encode()
}

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
