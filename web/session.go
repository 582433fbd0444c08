package web

import (
	"context"
	"encoding/base64"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Cookies carry the __Host- prefix: browsers take them only when secure, for
// this host and the whole of it. Chromium counts http://127.0.0.1 and
// http://localhost as secure, so a demonstration on the same machine can log in.
const (
	hostPrefix    = "__Host-"
	accessCookie  = hostPrefix + "access"
	refreshCookie = hostPrefix + "refresh"
	visitCookie   = hostPrefix + "visit"
	flashCookie   = hostPrefix + "flash"
	deviceCookie  = hostPrefix + "device"
)

// Actor is who is acting; nobody when no one is signed in.
func Actor(c *fiber.Ctx) identity.Actor {
	actor, _ := c.Locals(localActor).(identity.Actor)
	return actor
}

// session says who is acting: by bearer token under /api, else by cookies. A
// lapsed access cookie is renewed before the handler runs, so that nobody loses
// a form that took longer to fill in than the token lives.
func (k *Kit) session(c *fiber.Ctx) error {
	if isReport(c.Path()) || isRaw(c.Path()) {
		return c.Next() // an official who reports is not to be known either; the log is the same for all
	}
	whole := c.UserContext()
	ctx, cancel := context.WithTimeout(whole, handlerTime)
	c.SetUserContext(ctx)
	err := k.identify(c)
	cancel()
	c.SetUserContext(whole) // what is sent has a time of its own
	if err != nil {
		return err
	}
	return c.Next()
}

// identify leaves who is acting for the handler.
func (k *Kit) identify(c *fiber.Ctx) error {
	if token, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer "); ok && isAPI(c) {
		actor, err := k.cfg.Sessions.Authenticate(c.UserContext(), token)
		if err != nil {
			return err
		}
		c.Locals(localActor, actor)
		c.Locals(localBearer, true)
		c.Set(fiber.HeaderCacheControl, "no-store") // what one person may see is kept nowhere
		return nil
	}
	if !hasCookies(c) {
		return nil
	}
	actor, err := k.byCookies(c)
	switch {
	case fault.CodeOf(err) == fault.Unauthenticated:
		dropTokens(c)
		c.Locals(localLapsed, true)
	case err != nil:
		return err
	default:
		c.Locals(localActor, actor)
		c.Set(fiber.HeaderCacheControl, "no-store") // the next person at this machine presses Back
	}
	return nil
}

func (k *Kit) byCookies(c *fiber.Ctx) (identity.Actor, error) {
	if access := cookie(c, accessCookie); access != "" {
		actor, err := k.cfg.Sessions.Authenticate(c.UserContext(), access)
		if fault.CodeOf(err) != fault.Unauthenticated {
			return actor, err
		}
	}
	refresh := cookie(c, refreshCookie)
	if refresh == "" {
		return identity.Actor{}, errLapsed
	}
	tokens, err := k.cfg.Sessions.Renew(c.UserContext(), refresh)
	if err != nil {
		return identity.Actor{}, err
	}
	setTokens(c, tokens)
	return k.cfg.Sessions.Authenticate(c.UserContext(), tokens.Access)
}

func hasCookies(c *fiber.Ctx) bool {
	return cookie(c, accessCookie) != "" || cookie(c, refreshCookie) != ""
}

// From is where a login comes from: the address, and what this browser was given
// when its owner logged in before.
func From(c *fiber.Ctx) identity.From {
	return identity.From{Network: networkOf(c.IP()), Device: cookie(c, deviceCookie)}
}

// SetSession gives the browser a new login's tokens and begins a new visit.
func (k *Kit) SetSession(c *fiber.Ctx, tokens identity.Tokens) {
	setTokens(c, tokens)
	if tokens.Device != "" {
		setCookie(c, deviceCookie, tokens.Device, 365*24*60*60)
	}
	k.newVisit(c)
}

// ClearSession takes the login's cookies back and returns the refresh token, if
// there was one, for Sessions.Logout.
func (k *Kit) ClearSession(c *fiber.Ctx) (refresh string) {
	refresh = cookie(c, refreshCookie)
	dropTokens(c)
	k.newVisit(c)
	return refresh
}

// CanLogIn says whether the browser will keep our cookies, the login's among
// them: over https, or on the machine itself.
func (k *Kit) CanLogIn(c *fiber.Ctx) bool {
	return k.url.Scheme == "https" || loopback(strings.Trim(hostOf(c), "[]"))
}

func hostOf(c *fiber.Ctx) string {
	at, err := url.Parse("http://" + string(c.Context().Host()))
	if err != nil {
		return ""
	}
	return at.Hostname()
}

// Next is a local address to go on to after the login; anything else becomes "/".
func Next(raw string) string {
	at, err := url.Parse(raw)
	if err != nil || at.IsAbs() || at.Host != "" || !strings.HasPrefix(raw, "/") || strings.HasPrefix(raw, "//") ||
		strings.ContainsAny(raw, "\\\r\n\t") {
		return "/"
	}
	return raw
}

// Done answers a form that has been carried out: the next page says so once.
func (k *Kit) Done(c *fiber.Ctx, path, message string) error {
	if message != "" {
		setCookie(c, flashCookie, base64.RawURLEncoding.EncodeToString([]byte(message)), 60)
	}
	return c.Redirect(path, fiber.StatusSeeOther)
}

// flash reads the message that Done left and forgets it.
func flash(c *fiber.Ctx) string {
	kept := cookie(c, flashCookie)
	if kept == "" {
		return ""
	}
	setCookie(c, flashCookie, "", -1)
	message, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil || len(message) > 600 {
		return ""
	}
	return string(message)
}

func setTokens(c *fiber.Ctx, t identity.Tokens) {
	setCookie(c, accessCookie, t.Access, int(time.Until(t.AccessUntil).Seconds()))
	setCookie(c, refreshCookie, t.Refresh, int(time.Until(t.RefreshUntil).Seconds()))
}

func dropTokens(c *fiber.Ctx) {
	setCookie(c, accessCookie, "", -1)
	setCookie(c, refreshCookie, "", -1)
}

// setCookie keeps a value for so many seconds; 0 is until the browser closes, -1 forgets it.
func setCookie(c *fiber.Ctx, name, value string, seconds int) {
	c.Cookie(&fiber.Cookie{
		Name:     own(c, name),
		Value:    value,
		Path:     "/",
		MaxAge:   seconds,
		Secure:   true,
		HTTPOnly: true,
		SameSite: fiber.CookieSameSiteLaxMode,
	})
}

func cookie(c *fiber.Ctx, name string) string { return c.Cookies(own(c, name)) }

// own is the name of a house's own cookie: two houses on one host and different
// ports share the browser's cookies.
func own(c *fiber.Ctx, name string) string {
	if c.App().Config().AppName == "" {
		return name
	}
	return hostPrefix + "room-" + strings.TrimPrefix(name, hostPrefix)
}

func queryEscape(s string) string { return url.QueryEscape(s) }
