package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"regexp"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
)

// The token's name in a form and, for islands, in a header.
const (
	csrfField  = "csrf"
	csrfHeader = "X-CSRF-Token"
)

var (
	errForeign = fault.New(fault.Forbidden, "请从本平台页面重新操作，本次没有办理")
	errToken   = fault.New(fault.Forbidden, "页面已经过期，请返回上一页刷新后重新提交；如仍不行，请在浏览器设置中允许保存网站数据（Cookie）")
)

// sameOrigin refuses what another site's page sends in a visitor's name. Old
// browsers send neither header; for them the form's token decides alone.
func (k *Kit) sameOrigin(c *fiber.Ctx) error {
	if reads(c) {
		return c.Next()
	}
	if origin := c.Get(fiber.HeaderOrigin); origin != "" {
		if !k.origins[origin] {
			return errForeign
		}
		return c.Next()
	}
	switch c.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return c.Next()
	}
	return errForeign
}

// checkToken compares a mutating request's token with its session's. A program
// that shows a bearer token, or no cookie at all, acts by nothing that a foreign
// page could borrow.
func (k *Kit) checkToken(c *fiber.Ctx) error {
	if reads(c) || c.Locals(localBearer) == true || isAPI(c) && !hasCookies(c) {
		return nil
	}
	visit := cookie(c, visitCookie)
	token := c.Get(csrfHeader)
	if token == "" {
		token = c.FormValue(csrfField)
	}
	if !visitForm.MatchString(visit) ||
		subtle.ConstantTimeCompare(unmasked(token), k.tokenOf(visit, Actor(c).PersonID)) != 1 {
		if c.Locals(localLapsed) == true {
			return errLapsed
		}
		return errToken
	}
	return nil
}

var visitForm = regexp.MustCompile(`^[A-Za-z0-9_-]{22}$`)

// token is the visit's token, masked; a browser without a visit is given one.
func (k *Kit) token(c *fiber.Ctx) string {
	visit, ok := c.Locals(localVisit).(string)
	if !ok {
		visit = cookie(c, visitCookie)
		if !visitForm.MatchString(visit) {
			visit = k.newVisit(c)
		}
	}
	return masked(k.tokenOf(visit, Actor(c).PersonID))
}

// newVisit begins a visit, so that tokens given before are worth nothing.
func (k *Kit) newVisit(c *fiber.Ctx) string {
	secret := make([]byte, 16)
	rand.Read(secret)
	visit := base64.RawURLEncoding.EncodeToString(secret)
	c.Locals(localVisit, visit)
	setCookie(c, visitCookie, visit, 0)
	return visit
}

func (k *Kit) tokenOf(visit, personID string) []byte {
	m := hmac.New(sha256.New, k.csrfKey)
	m.Write([]byte(visit + "|" + personID))
	return m.Sum(nil)
}

// masked writes a token behind a mask that is drawn anew each time, so that no
// two answers share its text: else their packed lengths would tell it (BREACH).
func masked(token []byte) string {
	both := make([]byte, 2*len(token))
	rand.Read(both[:len(token)])
	subtle.XORBytes(both[len(token):], token, both[:len(token)])
	return base64.RawURLEncoding.EncodeToString(both)
}

// unmasked is the token; of what is malformed, nothing.
func unmasked(text string) []byte {
	both, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(both) != 2*sha256.Size {
		return nil
	}
	token := make([]byte, sha256.Size)
	subtle.XORBytes(token, both[sha256.Size:], both[:sha256.Size])
	return token
}
