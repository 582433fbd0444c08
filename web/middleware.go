package web

import (
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/event"
)

// The keys of what the middleware leaves for the handler.
const (
	localReference = "reference"
	localActor     = "actor"
	localBearer    = "bearer"
	localVisit     = "visit"
	localFiles     = "files" // whether the route takes files
	localArrived   = "arrived"
	localLapsed    = "lapsed" // cookies came, but their session is over
)

// tilesPerPage is how many tiles of the log an address may have for each page that
// it may have: they cost little, never change, and a log of millions has thousands.
const tilesPerPage = 10

// middleware is added in the order in which it runs. Static files come before
// everything that costs a look into the database.
func (k *Kit) middleware() {
	k.App.Use(k.arriving, k.forwarded, k.reference, k.recovered, k.compressed, k.headers, k.private, noEncoding)
	k.Get("/static/*", Public, k.static.serve)
	pages := &limit{most: k.cfg.PerMinute, now: time.Now}
	tiles := &limit{most: k.cfg.PerMinute * tilesPerPage, now: time.Now}
	k.App.Use(func(c *fiber.Ctx) error {
		if strings.HasPrefix(c.Path(), "/log/tile/") {
			return tiles.admit(c)
		}
		return pages.admit(c)
	}, k.sameOrigin, k.session)
}

// Reference is the request's number: in the log, in the answer's header and on
// the page of a failure.
func Reference(c *fiber.Ctx) string {
	id, ok := c.Locals(localReference).(string)
	if !ok {
		id = event.NewID()
		c.Locals(localReference, id)
	}
	return id
}

func (k *Kit) reference(c *fiber.Ctx) error {
	c.Set(fiber.HeaderXRequestID, Reference(c))
	begun := time.Now()
	err := c.Next()
	if !reads(c) && !isReport(c.Path()) {
		status := c.Response().StatusCode()
		if err != nil {
			status = Status(err)
		}
		// The route's pattern, never the address: it may carry codes and names.
		k.cfg.Log.Info("request", slog.String("reference", Reference(c)), slog.String("method", c.Method()),
			slog.String("route", c.Route().Path), slog.Int("status", status),
			slog.Int64("ms", time.Since(begun).Milliseconds()))
	}
	return err
}

// recovered turns a panic into an internal error with its stack in the log.
func (k *Kit) recovered(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return c.Next()
}

// Pictures may lie in the page itself: in a chat's window only those can be kept.
const contentPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

func (k *Kit) headers(c *fiber.Ctx) error {
	k.secure(c)
	return c.Next()
}

func (k *Kit) secure(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, contentPolicy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
	if c.GetRespHeader(fiber.HeaderCacheControl) != "no-store" { // an error drawn for one person stays his
		c.Set(fiber.HeaderCacheControl, "no-cache")
	}
	if isRaw(c.Path()) { // everybody may check the log, from his own page as well
		c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
		c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	if isReport(c.Path()) { // the page that follows, and whoever logs in between, is not told of the box
		c.Set(fiber.HeaderCacheControl, "no-store")
		c.Set(fiber.HeaderReferrerPolicy, "origin")
	}
	if k.url.Scheme == "https" {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age="+strconv.Itoa(365*24*60*60))
	}
}
