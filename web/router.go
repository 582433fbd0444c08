package web

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Policy says who may use a route. The zero policy is refused at registration,
// so nobody forgets to declare one.
type Policy struct {
	kind    string
	actions []*identity.Action
}

var (
	Public   = Policy{kind: "public"}    // everybody, without an account
	SignedIn = Policy{kind: "signed in"} // anybody with an account
	// Anonymous is the report box's: who comes there is neither asked nor found out.
	Anonymous = Policy{kind: "anonymous"}
)

// Needs admits whoever may do at least one of the actions somewhere. Where
// exactly is the use-case's question.
func Needs(actions ...*identity.Action) Policy {
	if len(actions) == 0 {
		return Policy{}
	}
	return Policy{kind: "needs", actions: actions}
}

// String names the policy in the route table.
func (p Policy) String() string {
	names := []string{p.kind}
	for _, a := range p.actions {
		names = append(names, a.Name())
	}
	return strings.Join(names, " ")
}

// Where a visitor is sent to log in and to replace a one-time password, and
// where the report box is.
const (
	LoginPath    = "/login"
	PasswordPath = "/password"
	ReportPath   = "/report"
)

// Actions lists the actions of which one is needed.
func (p Policy) Actions() []*identity.Action { return slices.Clone(p.actions) }

// Route is one declared route.
type Route struct {
	Method, Path string
	Policy       Policy
	Files        bool // it takes photos and files
}

// Get declares a page or a reading operation; HEAD comes with it.
func (k *Kit) Get(path string, p Policy, h fiber.Handler) { k.Handle(fiber.MethodGet, path, p, h) }

// Post declares a form's target or a mutating operation.
func (k *Kit) Post(path string, p Policy, h fiber.Handler) { k.Handle(fiber.MethodPost, path, p, h) }

// Upload declares a form's target that takes files as well.
func (k *Kit) Upload(path string, p Policy, h fiber.Handler) {
	k.add(Route{Method: fiber.MethodPost, Path: path, Policy: p, Files: true}, h)
}

// Handle declares a route. It panics on a missing policy, which stops the boot.
func (k *Kit) Handle(method, path string, p Policy, h fiber.Handler) {
	k.add(Route{Method: method, Path: path, Policy: p}, h)
}

func (k *Kit) add(r Route, h fiber.Handler) {
	if r.Policy.kind == "" {
		panic("route without a policy: " + r.Method + " " + r.Path)
	}
	if (r.Policy.kind == Anonymous.kind) != isReport(r.Path) {
		panic("anonymous routes, and no others, lie under " + ReportPath + ": " + r.Path)
	}
	k.declared = append(k.declared, r)
	k.App.Add(r.Method, r.Path, k.guard(r), h)
	if r.Method == fiber.MethodGet {
		r.Method = fiber.MethodHead
		k.declared = append(k.declared, r)
		k.App.Add(r.Method, r.Path, k.guard(r), h)
	}
}

// Routes lists what was declared.
func (k *Kit) Routes() []Route { return slices.Clone(k.declared) }

// Undeclared lists routes that were added behind the kit's back.
func (k *Kit) Undeclared() []string {
	var found []string
	for _, r := range k.App.GetRoutes(true) {
		if !slices.ContainsFunc(k.declared, func(d Route) bool { return d.Method == r.Method && d.Path == r.Path }) {
			found = append(found, r.Method+" "+r.Path)
		}
	}
	return found
}

// guard reads what was sent, since whose login has lapsed gets back what he typed,
// waits for the address's turn and then asks whether he may. Turn and time are
// those of what is carried out: a slow line is not held against whoever sends, nor
// against those behind the same address.
func (k *Kit) guard(r Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Locals(localFiles, r.Files)
		most := formLimit
		if r.Files && len(c.Request().Header.MultipartFormBoundary()) > 0 {
			most = uploadLimit
		}
		done, err := k.arrive(c, most)
		if err != nil {
			return err
		}
		defer done()
		leave, err := k.turns.enter(networkOf(c.IP()))
		if err != nil {
			return err
		}
		defer leave()
		ctx, cancel := context.WithTimeout(c.UserContext(), handlerTime)
		defer cancel()
		c.SetUserContext(ctx)
		err = k.admit(c, r.Policy)
		if Status(err) == fiber.StatusTooManyRequests || c.Response().StatusCode() == fiber.StatusTooManyRequests {
			time.Sleep(unhurried)
		}
		return err
	}
}

// unhurried is how long somebody who is too quick waits for being told so, in the
// turn of his address: told at once, he would be back at once.
const unhurried = time.Second

// admit asks for the login, then for the form's token, then for the right. The
// login comes first: a token belongs to a session, and whose session has lapsed
// should read that rather than a refusal.
func (k *Kit) admit(c *fiber.Ctx, p Policy) error {
	if p.kind == Anonymous.kind {
		return c.Next() // it acts by nothing that a foreign page could borrow
	}
	actor := Actor(c)
	if p.kind != Public.kind && !actor.SignedIn() {
		if reads(c) && !isAPI(c) {
			return c.Redirect(LoginPath+"?next="+queryEscape(c.OriginalURL()), fiber.StatusSeeOther)
		}
		return errLapsed
	}
	if err := k.checkToken(c); err != nil {
		return err
	}
	return k.checkRight(c, p, actor)
}

func (k *Kit) checkRight(c *fiber.Ctx, p Policy, actor identity.Actor) error {
	if len(p.actions) == 0 {
		return c.Next()
	}
	if actor.MustChange && reads(c) && !isAPI(c) {
		return c.Redirect(PasswordPath, fiber.StatusSeeOther)
	}
	var err error
	for _, act := range p.actions {
		_, err = actor.Can(act)
		if err == nil {
			return c.Next()
		}
	}
	return err
}

var errLapsed = fault.New(fault.Unauthenticated, "登录已失效，请重新登录")

// reads says whether the request only asks.
func reads(c *fiber.Ctx) bool {
	return c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead || c.Method() == fiber.MethodOptions
}

// isReport says whether an address is the report box's, however it is written: in
// any case, with slashes doubled or letters escaped.
func isReport(address string) bool {
	address = plainly(address)
	return address == ReportPath || strings.HasPrefix(address, ReportPath+"/")
}

// isRaw says whether an address is one at which programs and other sites' pages read the
// log: its signature, key, tiles and proofs, however it is written.
func isRaw(address string) bool {
	address = plainly(address)
	switch {
	case address == "/log/checkpoint", address == "/log/key", address == "/log/tile":
		return true
	case strings.HasPrefix(address, "/log/leaves/"):
		return strings.HasSuffix(address, "/receipt")
	}
	return strings.HasPrefix(address, "/log/tile/")
}

func plainly(address string) string {
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	return strings.ToLower(path.Clean("/" + address))
}

// isAPI says whether the caller is a program that reads JSON.
func isAPI(c *fiber.Ctx) bool {
	return c.Path() == "/api" || strings.HasPrefix(c.Path(), "/api/")
}
