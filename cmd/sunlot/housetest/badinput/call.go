package badinput

import (
	"encoding/json"
	"strings"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// Call is a valid request of the API from which bad ones are made.
type Call struct {
	Who, Wrong string // logins: who may, and somebody who may not; no who is a route for everybody
	Path       string
	Body       housetest.Object
	May        []string          // members that may be missing
	Named      map[string]string // members that the error names otherwise; "" is not at all
	IDs        []string          // members that name another object: an unknown one is refused on that member
	Theirs     map[string]string // by member: the object of the other village
	Absent     int               // the status for such a member, when it is not 422
	Foreign    string            // the same path with the other village's object
	// login of somebody with the right in another place, who does not find the object
	Afar  string
	Other housetest.Object            // other content for the same key
	Late  int                         // the status of the same act again in the new state; 0 when it may be done again
	Also  func(who *housetest.Client) // what more is to be refused
}

// Try sends the call with everything that can be wrong with it, and at last as it is.
func (c Call) Try(b *Bench) {
	b.Settle()
	who := b.AsProgram(c.Who)
	c.broken(b, who)
	for _, m := range mutations(c) {
		b.Refused(m.what, who.Act(c.Path, m.body), m.status, m.field)
	}
	c.elsewhere(b, who)
	if c.Who != "" {
		c.strangers(b)
	}
	if c.Also != nil {
		c.Also(who)
	}
	c.twice(b, who)
}

// broken is what is no request at all.
func (c Call) broken(b *Bench, who *housetest.Client) {
	keyed := who.With("Idempotency-Key", event.NewID())
	for what, body := range map[string]string{
		"no JSON":    `{"version":`,
		"a list":     `[]`,
		"nothing":    ``,
		"two values": `{} {}`,
		"a text":     `"x"`,
	} {
		b.Refused(what, keyed.Do("POST", c.Path, "application/json", []byte(body)), 422, "")
	}
	b.Refused("an unknown member", keyed.Send("POST", c.Path, housetest.With(c.Body, "colour", "red")), 422, "colour")
	b.Refused("no key", who.Send("POST", c.Path, c.Body), 422, "request_id")
	for _, key := range []string{"short", "has a space in it", strings.Repeat("x", 65), "键键键键键键键键"} {
		b.Refused("the key "+key, who.With("Idempotency-Key", key).Send("POST", c.Path, c.Body), 422, "request_id")
	}
	b.Refused("too large", b.TooLarge(c.Path, who.Bearer), 413, "")
}

// elsewhere is the act on an object that there is not, or not here.
func (c Call) elsewhere(b *Bench, who *housetest.Client) {
	parts := strings.Split(c.Path, "/") // "", api, v1, noun, id, ...
	if len(parts) > 4 {
		for _, id := range []string{housetest.UnknownID(), "0", "%2e%2e%2f", strings.Repeat("x", 300),
			"ABCDEFGHIJKLMNOP"} {
			parts[4] = id
			b.Refused("the id "+id, who.Act(strings.Join(parts, "/"), c.Body), 404, "")
		}
	}
	if c.Foreign != "" {
		b.Refused("the other village's", who.Act(c.Foreign, c.Body), 404, "")
	}
	if c.Afar != "" {
		b.Refused("from another place", b.AsProgram(c.Afar).Act(c.Path, c.Body), 404, "")
	}
	b.Refused("another site", who.With("Origin", "https://evil.example").Act(c.Path, c.Body), 403, "")
}

// strangers is the valid request from somebody who may not send it.
func (c Call) strangers(b *Bench) {
	b.Refused("nobody", b.Nobody().Act(c.Path, c.Body), 401, "")
	lapsed := b.Nobody()
	lapsed.Bearer = b.Lapsed(c.Who)
	b.Refused("a lapsed login", lapsed.Act(c.Path, c.Body), 401, "")
	b.Refused("a role without the right", b.AsProgram(c.Wrong).Act(c.Path, c.Body), 403, "")
	page := b.AsBrowser(c.Who)
	b.Refused("cookies without a token", page.Act(c.Path, c.Body), 403, "")
	b.Refused("cookies and a foreign token", page.With("X-CSRF-Token", b.AsBrowser(c.Wrong).Token).
		Act(c.Path, c.Body), 403, "")
}

// twice is the valid request, sent again with the same and with other content.
func (c Call) twice(b *Bench, who *housetest.Client) {
	keyed := who.With("Idempotency-Key", event.NewID())
	first := keyed.Send("POST", c.Path, c.Body)
	b.Wrote("the valid request", first, 200)
	second := keyed.Send("POST", c.Path, c.Body)
	if second.StatusCode != 200 || idOf(second) != idOf(first) || idOf(first) == "" && second.Body != first.Body {
		b.T.Errorf("the same again: %d %s, want %s", second.StatusCode, second.Body, first.Body)
	}
	b.Unchanged("the same again")
	if c.Other != nil {
		b.Refused("the same key for something else", keyed.Send("POST", c.Path, c.Other), 409, "")
	}
	if c.Late == 0 {
		return
	}
	again := c.Body
	if v, ok := again["version"].(int); ok {
		b.Refused("an outdated version", who.Act(c.Path, again), 409, "")
		again = housetest.With(again, "version", v+1)
	}
	b.Refused("in the wrong state", who.Act(c.Path, again), c.Late, "")
}

func idOf(a housetest.Answer) string {
	var got struct{ ID string }
	json.Unmarshal([]byte(a.Body), &got)
	return got.ID
}
