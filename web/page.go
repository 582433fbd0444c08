package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// View is what every template is given; the screen's own part is Data.
type View struct {
	Data   any
	Actor  identity.Actor
	Path   string
	Back   string // where the page can be read again
	Care   bool   // in large type, 关怀版
	Keeps  bool   // the browser will keep a cookie
	Other  string // address of the same page in the other type, where nothing is kept; empty when there is none
	Flash  string // what the form before has done, said once
	Banner *Banner
	Menu   []MenuLink // of the visitor's own work, on its pages
	Site   string     // the platform's address, without a slash at its end
	Queue  *Queue     // in which the page's case waits for the visitor; nil when it waits in none
	Room   string     // name of a house without public pages
	Body   Body
	Now    time.Time     // the deciding clock
	Fault  string        // what is wrong with the form, in one sentence; empty when nothing is
	Fields []fault.Field // and where

	large    string // what the address says of the type, which the report box's own links say again
	token    func() string
	withheld func(sha256 []string) (map[string]string, error)
	actions  []*identity.Action // by which a template may ask what the visitor may do
}

// Body is the public body that runs the platform, as its county has settled it. What
// is empty reads as not settled: nobody makes it up.
type Body struct {
	Sponsor, Undertaker string // 主办单位，承办单位
	Hotline             string // 监督电话，an office's
	ICP, Police, Code   string // 备案号，公安备案，网站标识码
}

// Settled is what the county has settled, or that it has not yet.
func (Body) Settled(said string) string {
	if said == "" {
		return "待县核定"
	}
	return said
}

// Page draws a page.
func (k *Kit) Page(c *fiber.Ctx, page string, data any) error { return k.draw(c, page, data, nil) }

func (k *Kit) draw(c *fiber.Ctx, page string, data any, wrong error) error {
	v := &View{
		Data:     data,
		Path:     c.Path(),
		Care:     cares(c),
		Site:     k.Absolute(""),
		Room:     k.cfg.Room,
		Body:     k.cfg.Body,
		Now:      k.cfg.Clock.Now(),
		token:    func() string { return k.token(c) },
		withheld: func(sha256 []string) (map[string]string, error) { return k.cfg.Withheld(c.UserContext(), sha256) },
		actions:  k.cfg.Actions,
	}
	if !isReport(c.Path()) { // which sets no cookie, so none of what needs one
		v.Actor, v.Flash = Actor(c), flash(c)
		v.Back, v.Keeps = k.backTo(c), k.CanLogIn(c)
	}
	if isReport(c.Path()) {
		v.large, v.Other = saidLarge(c), otherType(c)
	}
	var own *fault.Error
	if errors.As(wrong, &own) {
		v.Fault, v.Fields = own.Message, own.Fields
	}
	if k.menu != nil && v.Actor.SignedIn() {
		v.Menu = menuAt(c.Path(), k.menu(v.Actor))
	}
	if k.queue != nil && v.Actor.SignedIn() {
		queue, err := k.queue(c)
		if err != nil {
			return err
		}
		v.Queue = queue
	}
	if k.cfg.Banner != nil {
		banner, err := k.cfg.Banner(c.UserContext())
		if err != nil {
			return err
		}
		if isReport(c.Path()) {
			banner.Next = ""
		}
		v.Banner = banner
	}
	if err := c.Render(page, v); err != nil || !v.reorder(c.Response().Body()) {
		return err
	}
	return c.Render(page, v)
}

// reorder puts the complaints into the order in which their fields stand on the
// page, and says whether that is another: the summary above them is read downwards.
func (v *View) reorder(drawn []byte) bool {
	place := func(f fault.Field) int {
		if at := bytes.Index(drawn, []byte(` id="`+fieldID(f.Name)+`"`)); at >= 0 {
			return at
		}
		return len(drawn)
	}
	above := func(a, b fault.Field) int { return cmp.Compare(place(a), place(b)) }
	if slices.IsSortedFunc(v.Fields, above) {
		return false
	}
	v.Fields = slices.SortedStableFunc(slices.Values(v.Fields), above)
	return true
}

// CSRF is the token of the visitor's session. Asking for it begins a visit, so
// pages without a form leave no cookie.
func (v *View) CSRF() string { return v.token() }

// Large is what the address says of the type.
func (v *View) Large() string { return v.large }

// Box is a path of the report box in the type of this page.
func (v *View) Box(path string) string {
	if v.large == "" {
		return path
	}
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	return path + mark + largeQuery + "=" + v.large
}

// Uploaded is photos or files of the library by their hashes. For each that is
// withheld there is what stands in its place, and no link may lead to it.
func (v *View) Uploaded(sha256 []string) ([]Uploaded, error) {
	if len(sha256) == 0 {
		return nil, nil
	}
	withheld, err := v.withheld(sha256)
	var all []Uploaded
	for _, sha := range sha256 {
		all = append(all, Uploaded{SHA256: sha, Withheld: withheld[sha]})
	}
	return all, err
}

// Unveil takes out of photos, SHA-256 by what they show, those that are withheld.
func (k *Kit) Unveil(ctx context.Context, photos map[string]string) error {
	if len(photos) == 0 {
		return nil
	}
	withheld, err := k.cfg.Withheld(ctx, slices.Collect(maps.Values(photos)))
	maps.DeleteFunc(photos, func(_, sha256 string) bool { return withheld[sha256] != "" })
	return err
}

// RequestID is a new number for one form: sent twice, it is carried out once.
func (v *View) RequestID() string { return event.NewID() }

// SignedIn says whether somebody is.
func (v *View) SignedIn() bool { return v.Actor.SignedIn() }

// May says whether the visitor may do it somewhere, to show or hide a link. The
// use-case decides. A name that no room has declared fails the page.
func (v *View) May(name string) (bool, error) {
	act, err := v.action(name)
	if err != nil {
		return false, err
	}
	_, refused := v.Actor.Can(act)
	return refused == nil, nil
}

// MayAt says whether the visitor may do it at the place.
func (v *View) MayAt(name string, place identity.Path) (bool, error) {
	act, err := v.action(name)
	return err == nil && v.Actor.May(act, place), err
}

// action finds what a template names.
func (v *View) action(name string) (*identity.Action, error) {
	for _, act := range v.actions {
		if act.Name() == name {
			return act, nil
		}
	}
	return nil, fmt.Errorf("no action %q", name)
}

// ErrorOf is what is wrong with a field.
func (v *View) ErrorOf(field string) string {
	for _, f := range v.Fields {
		if f.Name == field {
			return f.Message
		}
	}
	return ""
}

// MenuLink is one entry of what somebody works with.
type MenuLink struct {
	Label, Address string
	Current        bool // the page lies there
}

// Queue is where a page's case stands among those that wait for the visitor, or, once it
// is decided, which of them is next.
type Queue struct {
	What          string // is done with each of them
	At, Of        int    // At is the case's place, from 1; 0 when it is decided
	Before, After *QueueLink
	Then          string // sent by the page's forms, so that the page after them knows the next
}

// QueueLink leads to one of them.
type QueueLink struct{ Title, Address string }

// Queues has the page of each case say where it stands among those that wait.
func (k *Kit) Queues(of func(c *fiber.Ctx) (*Queue, error)) { k.queue = of }

// Menu has every page of somebody's own work show what of it there is for the person:
// the first link is where the work begins.
func (k *Kit) Menu(links func(who identity.Actor) []MenuLink) { k.menu = links }

// menuAt is the menu as it stands on a page; none where the page is none of its.
func menuAt(path string, all []MenuLink) []MenuLink {
	here, longest := -1, 0
	for i, link := range all {
		under := path == link.Address || strings.HasPrefix(path, link.Address+"/")
		if under && len(link.Address) > longest {
			here, longest = i, len(link.Address)
		}
	}
	if here < 0 {
		return nil
	}
	all[here].Current = true
	return all
}
