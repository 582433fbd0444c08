// Package api is the JSON API under /api/v1, over the same use-cases as the
// pages: one resource per file, with its routes and its part of the description.
// A test holds the two together.
package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
	"sunlot/web"
)

// Screens is the resources of the API.
type Screens struct {
	Kit       *web.Kit
	Pack      func() rules.Pack
	Days      casework.Schedules
	Library   *casework.Library
	Directory *identity.Directory
	Assets    *register.Service
	Resolving *resolving.Service
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Works     *works.Service
	Items     *power.Service
	Admin     *identity.Admin
	Sessions  *identity.Sessions
	Log       *ledger.Log
	Standings disclosure.Standings
	Finding   *finding.Service
}

const root = "/api/v1"

// Register declares the routes.
func (s *Screens) Register() {
	s.Kit.Get("/api/openapi.yaml", web.Public, func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "application/yaml; charset=utf-8")
		return c.SendString(Description())
	})
	for _, r := range resources {
		r.routes(s)
	}
}

// done is the answer to an act: the noun's id.
type done struct {
	ID string `json:"id"`
}

// write makes a handler of a use-case that takes a JSON body: the header
// Idempotency-Key is the request id.
func write[T any](act func(c *fiber.Ctx, who identity.Actor, key string, body T) (string, error)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var body T
		if err := decode(c.Body(), &body); err != nil {
			return err
		}
		id, err := act(c, web.Actor(c), c.Get("Idempotency-Key"), body)
		if err != nil {
			return err
		}
		return c.JSON(done{id})
	}
}

// version is the body of an act that takes a noun to its next state.
type version struct {
	Version int `json:"version"`
}

// step makes a handler of a use-case that takes the noun's id and version.
func step(
	act func(ctx context.Context, who identity.Actor, key, id string, version int) (string, error),
) fiber.Handler {
	return write(func(c *fiber.Ctx, who identity.Actor, key string, body version) (string, error) {
		return act(c.UserContext(), who, key, c.Params("id"), body.Version)
	})
}

// revision is a form together with the version that it changes.
type revision[T any] struct {
	Version int `json:"version"`
	Form    T   `json:"form"`
}

// decode reads one JSON object strictly: an unknown or mistyped field is named.
func decode(body []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = errors.New("more than one value")
		}
	}
	if err == nil {
		return nil
	}
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) && mistyped.Field != "" {
		return fault.New(fault.Invalid, "字段%s的类型不对，应为%s", mistyped.Field, mistyped.Type).On(mistyped.Field)
	}
	if name, ok := strings.CutPrefix(err.Error(), `json: unknown field "`); ok {
		name = strings.TrimSuffix(name, `"`)
		return fault.New(fault.Invalid, "没有字段%s", name).On(name)
	}
	return fault.New(fault.Invalid, "请求正文应是一个JSON对象")
}

// list is a page of rows.
type list[T any] struct {
	Items []T `json:"items"`
	Total int `json:"total"`
	Page  int `json:"page"`
	Size  int `json:"size"`
}

func page[T, R any](at identity.Page, rows []T, total int, draw func(T) R) list[R] {
	items := []R{}
	for _, row := range rows {
		items = append(items, draw(row))
	}
	return list[R]{Items: items, Total: total, Page: at.Number, Size: at.Size}
}

// query reads a list's q, sort, asset and page.
func query(c *fiber.Ctx) casework.Query {
	text := []rune(c.Query("q"))
	return casework.Query{Scope: identity.Everywhere, Text: string(text[:min(len(text), 60)]), Sort: c.Query("sort"),
		Parent: c.Query("asset"), Page: web.PageOf(c)}
}

// ofOffice narrows a list to the caller's office with ?office=true: their own
// places, and the states that the public does not see yet.
func ofOffice(c *fiber.Ctx, q casework.Query) (casework.Query, error) {
	if !c.QueryBool("office") {
		return q, nil
	}
	scope, err := web.Actor(c).Can(identity.OfficeRead)
	q.Scope = scope
	return q, err
}
