package house_test

import (
	"net/url"
	"slices"
	"strings"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// sheet is a valid form from which bad ones are made.
type sheet struct {
	who, wrong string // logins: who may, and somebody who may not; no who is a form for everybody
	path       string
	form       url.Values
	may        []string                    // fields that may be missing
	numbers    []string                    // fields that take a number
	days       []string                    // fields that take a day
	free       []string                    // fields that take anything
	named      map[string]string           // fields that the error names otherwise
	gone       []string                    // fields naming the object that the form is about: an unknown one is not found
	theirs     map[string]string           // by field: the object of the other village
	foreign    string                      // the same path with the other village's object
	afar       string                      // login of somebody with the right in another place, who does not find the object
	photos     string                      // the field to which photos are added, if any
	other      url.Values                  // other content for the same number
	late       int                         // the status of the same form again in the new state; 0 when it may be sent again
	told       int                         // the status of the valid form; 0 is a redirection
	also       func(who *housetest.Client) // what more is to be refused
}

func (s sheet) try(b *bench) {
	b.settle()
	who := b.asBrowser(s.who)
	if b.typing != nil {
		b.typing.fill(b, s, who)
		return
	}
	for name, values := range s.form {
		s.field(b, who, name, values[0])
	}
	for _, id := range []string{"", "short", "has a space in it", strings.Repeat("x", 65)} {
		b.refused("the number "+id, who.Submit(s.path, housetest.SheetWith(s.form, "request_id", id)), 422, "request_id")
	}
	b.refused("too large", tooLarge(b, s.path, ""), 413, "")
	if s.photos != "" {
		for what, data := range map[string][]byte{"a text as a photo": []byte("no photo"), "an empty photo": {}} {
			b.refused(what, who.Upload(s.path, housetest.Once(s.form), s.photos+"_new", data), 422, s.photos)
		}
	}
	s.forged(b, who)
	if s.who != "" {
		s.strangers(b, who)
	}
	s.elsewhere(b, who)
	if s.also != nil {
		s.also(who)
	}
	s.twice(b, who)
}

// field tries everything that can be wrong with one field.
func (s sheet) field(b *bench, who *housetest.Client, name, good string) {
	status, field := 422, name
	if other, ok := s.named[name]; ok {
		field = other
	}
	send := func(what string, values ...string) {
		b.refused(name+" "+what, who.Submit(s.path, housetest.Once(housetest.SheetWith(s.form, name, values...))), status, field)
	}
	switch {
	case slices.Contains(s.free, name):
		return
	case name == "version":
		status, field = 409, ""
		for _, v := range []string{"", "x", "-1", "0", "99", "99999999999999999999"} {
			send("of "+v, v)
		}
		return
	case slices.Contains(s.gone, name):
		status, field = 404, ""
	case slices.Contains(s.numbers, name):
		for _, v := range []string{"x", "-5", "1e3", "99999999999999999999", "4０"} {
			send("of "+v, v)
		}
	case slices.Contains(s.days, name):
		for _, v := range []string{"x", "2026-02-30", "23.11.2026", "0001-01-01"} {
			send("of "+v, v)
		}
	}
	if !slices.Contains(s.may, name) {
		send("missing")
		send("empty", "  ")
	}
	send("too long", housetest.Long)
	send("unreadable", housetest.Hidden)
	if id := s.theirs[name]; id != "" {
		send("of the other village", id)
	}
}

// forged is the valid form from a page that is not ours.
func (s sheet) forged(b *bench, who *housetest.Client) {
	form := housetest.Once(s.form)
	b.refused("no token", who.Submit(s.path, housetest.SheetWith(form, "csrf", "")), 403, "")
	b.refused("another site", who.With("Origin", "https://evil.example").Submit(s.path, form), 403, "")
	b.refused("another site, by Sec-Fetch-Site", who.With("Sec-Fetch-Site", "cross-site").Submit(s.path, form), 403, "")
}

// strangers is the valid form from somebody who may not send it.
func (s sheet) strangers(b *bench, who *housetest.Client) {
	form := housetest.Once(s.form)
	b.refused("nobody", b.Nobody().Submit(s.path, form), 401, "")
	b.refused("a role without the right", b.asBrowser(s.wrong).Submit(s.path, form), 403, "")
	b.refused("somebody else's token", who.Submit(s.path, housetest.SheetWith(form, "csrf", b.asBrowser(s.wrong).Token)), 403, "")
	lapsed := b.Nobody()
	lapsed.Cookies = map[string]string{"__Host-access": b.lapsed(s.who), "__Host-refresh": event.NewID(), "__Host-visit": who.Cookies["__Host-visit"]}
	lapsed.Token = who.Token
	a := lapsed.Submit(s.path, form)
	b.refused("a lapsed login", a, 401, "")
	if text := form.Get("location") + form.Get("conditions"); !strings.Contains(a.Body, text) {
		b.t.Errorf("a lapsed login loses what was typed")
	}
}

// elsewhere is the form on an object that there is not, or not here.
func (s sheet) elsewhere(b *bench, who *housetest.Client) {
	parts, at := strings.Split(s.path, "/"), 2 // "", noun, id, ... or "", office, noun, id, ...
	if parts[1] == "office" {
		at = 3
	}
	if len(parts) > at {
		for _, id := range []string{housetest.UnknownID(), "0", "%2e%2e%2f", strings.Repeat("x", 300)} {
			parts[at] = id
			b.refused("the id "+id, who.Submit(strings.Join(parts, "/"), housetest.Once(s.form)), 404, "")
		}
	}
	if s.foreign != "" {
		b.refused("the other village's", who.Submit(s.foreign, housetest.Once(s.form)), 404, "")
	}
	if s.afar != "" {
		b.refused("from another place", b.asBrowser(s.afar).Submit(s.path, housetest.Once(s.form)), 404, "")
	}
}

// twice is the valid form, sent again with the same and with other content.
func (s sheet) twice(b *bench, who *housetest.Client) {
	told := s.told
	if told == 0 {
		told = 303
	}
	form := housetest.Once(s.form)
	first := who.Submit(s.path, form)
	b.wrote("the valid form", first, told)
	second := who.Submit(s.path, form)
	if second.StatusCode != 303 || told == 303 && second.Location() != first.Location() {
		b.t.Errorf("the same again: %d to %s, want %s", second.StatusCode, second.Location(), first.Location())
	}
	b.unchanged("the same again")
	if s.other != nil {
		b.refused("the same number for something else", who.Submit(s.path, housetest.SheetWith(s.other, "request_id", form.Get("request_id"))), 409, "")
	}
	if s.late == 0 {
		return
	}
	again := housetest.Once(s.form)
	if v := again.Get("version"); v != "" {
		b.refused("an outdated version", who.Submit(s.path, again), 409, "")
		again = housetest.Once(housetest.SheetWith(s.form, "version", string(v[0]+1)))
	}
	b.refused("in the wrong state", who.Submit(s.path, again), s.late, "")
}
