package badinput

import (
	"net/url"
	"slices"
	"strings"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// Sheet is a valid form from which bad ones are made.
type Sheet struct {
	Who, Wrong string // logins: who may, and somebody who may not; no who is a form for everybody
	Path       string
	Asks       string // the form whose answer asks to confirm this one; none is confirmed at once
	Form       url.Values
	May        []string          // fields that may be missing
	Numbers    []string          // fields that take a number
	Days       []string          // fields that take a day
	Free       []string          // fields that take anything
	Named      map[string]string // fields that the error names otherwise
	// fields naming the object that the form is about: an unknown one is not found
	Gone    []string
	Theirs  map[string]string // by field: the object of the other village
	Foreign string            // the same path with the other village's object
	// login of somebody with the right in another place, who does not find the object
	Afar   string
	Photos string     // the field to which photos are added, if any
	Other  url.Values // other content for the same number
	// the status of the same form again in the new state; 0 when it may be sent again
	Late int
	Told int                         // the status of the valid form; 0 is a redirection
	Also func(who *housetest.Client) // what more is to be refused
}

// Try sends the form with everything that can be wrong with it, and at last as it is.
func (s Sheet) Try(b *Bench, route string) {
	s.listed(b, route)
	b.Settle()
	who := b.AsBrowser(s.Who)
	s.reached(b, who)
	for name, values := range s.Form {
		s.field(b, who, name, values[0])
	}
	for _, id := range []string{"", "short", "has a space in it", strings.Repeat("x", 65)} {
		b.Refused("the number "+id, who.Submit(s.Path, housetest.SheetWith(s.Form, "request_id", id)), 422,
			"request_id")
	}
	b.Refused("too large", b.TooLarge(s.Path, ""), 413, "")
	if s.Photos != "" {
		for what, data := range map[string][]byte{"a text as a photo": []byte("no photo"), "an empty photo": {}} {
			b.Refused(what, who.Upload(s.Path, housetest.Once(s.Form), s.Photos+"_new", data), 422, s.Photos)
		}
	}
	s.forged(b, who)
	if s.Who != "" {
		s.strangers(b, who)
	}
	s.elsewhere(b, who)
	if s.Also != nil {
		s.Also(who)
	}
	s.twice(b, who)
}

// field tries everything that can be wrong with one field.
func (s Sheet) field(b *Bench, who *housetest.Client, name, good string) {
	status, field := 422, name
	if other, ok := s.Named[name]; ok {
		field = other
	}
	send := func(what string, values ...string) {
		b.Refused(name+" "+what, who.Submit(s.Path, housetest.Once(housetest.SheetWith(s.Form, name, values...))),
			status, field)
	}
	switch {
	case slices.Contains(s.Free, name):
		return
	case name == "version":
		status, field = 409, ""
		for _, v := range []string{"", "x", "-1", "0", "99", "99999999999999999999"} {
			send("of "+v, v)
		}
		return
	case slices.Contains(s.Gone, name):
		status, field = 404, ""
	case slices.Contains(s.Numbers, name):
		for _, v := range []string{"x", "-5", "1e3", "99999999999999999999", "1,5"} {
			send("of "+v, v)
		}
	case slices.Contains(s.Days, name):
		for _, v := range []string{"x", "2026-02-30", "23.11.2026", "0001-01-01"} {
			send("of "+v, v)
		}
	}
	if !slices.Contains(s.May, name) {
		send("missing")
		send("empty", "  ")
	}
	send("too long", housetest.Long)
	send("unreadable", housetest.Hidden)
	if id := s.Theirs[name]; id != "" {
		send("of the other village", id)
	}
}

// forged is the valid form from a page that is not ours.
func (s Sheet) forged(b *Bench, who *housetest.Client) {
	form := housetest.Once(s.Form)
	b.Refused("no token", who.Submit(s.Path, housetest.SheetWith(form, "csrf", "")), 403, "")
	b.Refused("another site", who.With("Origin", "https://evil.example").Submit(s.Path, form), 403, "")
	b.Refused("another site, by Sec-Fetch-Site", who.With("Sec-Fetch-Site", "cross-site").Submit(s.Path, form), 403, "")
}

// strangers is the valid form from somebody who may not send it.
func (s Sheet) strangers(b *Bench, who *housetest.Client) {
	form := housetest.Once(s.Form)
	b.Refused("nobody", b.Nobody().Submit(s.Path, form), 401, "")
	b.Refused("a role without the right", b.AsBrowser(s.Wrong).Submit(s.Path, form), 403, "")
	b.Refused("somebody else's token",
		who.Submit(s.Path, housetest.SheetWith(form, "csrf", b.AsBrowser(s.Wrong).Token)), 403, "")
	lapsed := b.Nobody()
	lapsed.Cookies = map[string]string{
		"__Host-access":  b.Lapsed(s.Who),
		"__Host-refresh": event.NewID(),
		"__Host-visit":   who.Cookies["__Host-visit"],
	}
	lapsed.Token = who.Token
	a := lapsed.Submit(s.Path, form)
	b.Refused("a lapsed login", a, 401, "")
	if text := form.Get("location") + form.Get("conditions"); !strings.Contains(a.Body, text) {
		b.T.Errorf("a lapsed login loses what was typed")
	}
}

// elsewhere is the form on an object that there is not, or not here.
func (s Sheet) elsewhere(b *Bench, who *housetest.Client) {
	parts, at := strings.Split(s.Path, "/"), 2 // "", noun, id, ... or "", office, noun, id, ...
	if parts[1] == "office" {
		at = 3
	}
	if len(parts) > at {
		for _, id := range []string{housetest.UnknownID(), "0", "%2e%2e%2f", strings.Repeat("x", 300)} {
			parts[at] = id
			b.Refused("the id "+id, who.Submit(strings.Join(parts, "/"), housetest.Once(s.Form)), 404, "")
		}
	}
	if s.Foreign != "" {
		b.Refused("the other village's", who.Submit(s.Foreign, housetest.Once(s.Form)), 404, "")
	}
	if s.Afar != "" {
		b.Refused("from another place", b.AsBrowser(s.Afar).Submit(s.Path, housetest.Once(s.Form)), 404, "")
	}
}

// twice is the valid form, sent again with the same and with other content.
func (s Sheet) twice(b *Bench, who *housetest.Client) {
	told := s.Told
	if told == 0 {
		told = 303
	}
	form := housetest.Once(s.Form)
	first := who.Submit(s.Path, form)
	b.Wrote("the valid form", first, told)
	second := who.Submit(s.Path, form)
	if second.StatusCode != 303 || told == 303 && second.Location() != first.Location() {
		b.T.Errorf("the same again: %d to %s, want %s", second.StatusCode, second.Location(), first.Location())
	}
	b.Unchanged("the same again")
	if s.Other != nil {
		b.Refused("the same number for something else",
			who.Submit(s.Path, housetest.SheetWith(s.Other, "request_id", form.Get("request_id"))), 409, "")
	}
	if s.Late == 0 {
		return
	}
	again := housetest.Once(s.Form)
	if v := again.Get("version"); v != "" {
		b.Refused("an outdated version", who.Submit(s.Path, again), 409, "")
		again = housetest.Once(housetest.SheetWith(s.Form, "version", string(v[0]+1)))
	}
	b.Refused("in the wrong state", who.Submit(s.Path, again), s.Late, "")
}
