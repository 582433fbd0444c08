package house_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// call is a valid request of the API from which bad ones are made.
type call struct {
	who, wrong string // logins: who may, and somebody who may not; no who is a route for everybody
	path       string
	body       housetest.Object
	may        []string                    // members that may be missing
	named      map[string]string           // members that the error names otherwise; "" is not at all
	ids        []string                    // members that name another object: an unknown one is refused on that member
	theirs     map[string]string           // by member: the object of the other village
	absent     int                         // the status for such a member, when it is not 422
	foreign    string                      // the same path with the other village's object
	afar       string                      // login of somebody with the right in another place, who does not find the object
	other      housetest.Object            // other content for the same key
	late       int                         // the status of the same act again in the new state; 0 when it may be done again
	also       func(who *housetest.Client) // what more is to be refused
}

func (c call) try(b *bench) {
	b.settle()
	who := b.asProgram(c.who)
	c.broken(b, who)
	for _, m := range mutations(c) {
		b.refused(m.what, who.Act(c.path, m.body), m.status, m.field)
	}
	c.elsewhere(b, who)
	if c.who != "" {
		c.strangers(b)
	}
	if c.also != nil {
		c.also(who)
	}
	c.twice(b, who)
}

// broken is what is no request at all.
func (c call) broken(b *bench, who *housetest.Client) {
	keyed := who.With("Idempotency-Key", event.NewID())
	for what, body := range map[string]string{"no JSON": `{"version":`, "a list": `[]`, "nothing": ``, "two values": `{} {}`, "a text": `"x"`} {
		b.refused(what, keyed.Do("POST", c.path, "application/json", []byte(body)), 422, "")
	}
	b.refused("an unknown member", keyed.Send("POST", c.path, housetest.With(c.body, "colour", "red")), 422, "colour")
	b.refused("no key", who.Send("POST", c.path, c.body), 422, "request_id")
	for _, key := range []string{"short", "has a space in it", strings.Repeat("x", 65), "键键键键键键键键"} {
		b.refused("the key "+key, who.With("Idempotency-Key", key).Send("POST", c.path, c.body), 422, "request_id")
	}
	b.refused("too large", tooLarge(b, c.path, who.Bearer), 413, "")
}

// mutation is one way in which a body can be wrong.
type mutation struct {
	what   string
	body   housetest.Object
	status int
	field  string
}

// mutations makes bad bodies of a good one: each member mistyped, missing, too
// long, unreadable, negative, too large or unknown.
func mutations(c call) []mutation {
	var all []mutation
	plain, err := json.Marshal(c.body)
	if err != nil {
		panic(err)
	}
	add := func(what, at string, to func(housetest.Object), status int, field string) {
		var body housetest.Object
		json.Unmarshal(plain, &body)
		to(body)
		all = append(all, mutation{what: at + " " + what, body: body, status: status, field: field})
	}
	for _, m := range members(c.body, nil) {
		at := strings.Join(m.path, ".")
		field := c.fieldOf(m.path)
		set := func(v any) func(housetest.Object) { return func(o housetest.Object) { place(o, m.path, v) } }
		for _, wrong := range mistyped(m.value) {
			add(fmt.Sprintf("mistyped as %v", wrong), at, set(wrong), 422, strings.ReplaceAll(at, ".0", ""))
		}
		if at == "version" {
			for _, v := range []any{-1, 0, 99, 1 << 60} {
				add(fmt.Sprint("of ", v), at, set(v), 409, "")
			}
			add("missing", at, set(nil), 409, "")
			continue
		}
		status := 422
		if slices.Contains(c.ids, at) && c.absent != 0 {
			status, field = c.absent, ""
		}
		if !slices.Contains(c.may, at) {
			add("missing", at, set(nil), status, field)
		}
		switch m.value.(type) {
		case string:
			add("too long", at, set(housetest.Long), status, field)
			add("unreadable", at, set(housetest.Hidden), status, field)
		case float64:
			add("negative", at, set(-1), 422, field)
			add("too large", at, set(1<<60), 422, field)
		}
		if slices.Contains(c.ids, at) {
			add("unknown", at, set(housetest.UnknownID()), status, field)
		}
		if id := c.theirs[at]; id != "" {
			add("of the other village", at, set(id), status, field)
		}
	}
	return all
}

// fieldOf is the name that an error gives to a member: that of the form's field.
func (c call) fieldOf(path []string) string {
	if path[0] == "form" {
		if path = path[1:]; len(path) == 0 {
			return "" // without a form each of its fields is missing
		}
	}
	if name, ok := c.named[path[0]]; ok {
		return name
	}
	return path[0]
}

// member is one value of a body, of a list its first element.
type member struct {
	path  []string
	value any
}

func members(o any, at []string) []member {
	plain, _ := json.Marshal(o)
	var v any
	json.Unmarshal(plain, &v)
	var all []member
	if len(at) > 0 {
		all = append(all, member{slices.Clone(at), v})
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			all = append(all, members(v[name], append(slices.Clone(at), name))...)
		}
	case []any:
		if len(v) > 0 {
			all = append(all, members(v[0], append(slices.Clone(at), "0"))...)
		}
	}
	return all
}

// place puts a value at a path of a body; nil takes the member away.
func place(o housetest.Object, path []string, v any) {
	var at any = o
	for _, step := range path[:len(path)-1] {
		switch here := at.(type) {
		case map[string]any:
			at = here[step]
		case []any:
			at = here[0]
		}
	}
	last := path[len(path)-1]
	switch here := at.(type) {
	case map[string]any:
		if here[last] = v; v == nil {
			delete(here, last)
		}
	case []any:
		here[0] = v
	}
}

func mistyped(v any) []any {
	switch v.(type) {
	case string:
		return []any{123, []string{"x"}}
	case float64:
		return []any{"x", 1.5}
	case bool:
		return []any{"yes", 1}
	case []any:
		return []any{"x", 1}
	}
	return []any{"x", []int{1}}
}

// elsewhere is the act on an object that there is not, or not here.
func (c call) elsewhere(b *bench, who *housetest.Client) {
	parts := strings.Split(c.path, "/") // "", api, v1, noun, id, ...
	if len(parts) > 4 {
		for _, id := range []string{housetest.UnknownID(), "0", "%2e%2e%2f", strings.Repeat("x", 300), "ABCDEFGHIJKLMNOP"} {
			parts[4] = id
			b.refused("the id "+id, who.Act(strings.Join(parts, "/"), c.body), 404, "")
		}
	}
	if c.foreign != "" {
		b.refused("the other village's", who.Act(c.foreign, c.body), 404, "")
	}
	if c.afar != "" {
		b.refused("from another place", b.asProgram(c.afar).Act(c.path, c.body), 404, "")
	}
	b.refused("another site", who.With("Origin", "https://evil.example").Act(c.path, c.body), 403, "")
}

// strangers is the valid request from somebody who may not send it.
func (c call) strangers(b *bench) {
	b.refused("nobody", b.Nobody().Act(c.path, c.body), 401, "")
	lapsed := b.Nobody()
	lapsed.Bearer = b.lapsed(c.who)
	b.refused("a lapsed login", lapsed.Act(c.path, c.body), 401, "")
	b.refused("a role without the right", b.asProgram(c.wrong).Act(c.path, c.body), 403, "")
	page := b.asBrowser(c.who)
	b.refused("cookies without a token", page.Act(c.path, c.body), 403, "")
	b.refused("cookies and a foreign token", page.With("X-CSRF-Token", b.asBrowser(c.wrong).Token).Act(c.path, c.body), 403, "")
}

// twice is the valid request, sent again with the same and with other content.
func (c call) twice(b *bench, who *housetest.Client) {
	keyed := who.With("Idempotency-Key", event.NewID())
	first := keyed.Send("POST", c.path, c.body)
	b.wrote("the valid request", first, 200)
	second := keyed.Send("POST", c.path, c.body)
	if second.StatusCode != 200 || idOf(second) != idOf(first) || idOf(first) == "" && second.Body != first.Body {
		b.t.Errorf("the same again: %d %s, want %s", second.StatusCode, second.Body, first.Body)
	}
	b.unchanged("the same again")
	if c.other != nil {
		b.refused("the same key for something else", keyed.Send("POST", c.path, c.other), 409, "")
	}
	if c.late == 0 {
		return
	}
	again := c.body
	if v, ok := again["version"].(int); ok {
		b.refused("an outdated version", who.Act(c.path, again), 409, "")
		again = housetest.With(again, "version", v+1)
	}
	b.refused("in the wrong state", who.Act(c.path, again), c.late, "")
}

func idOf(a housetest.Answer) string {
	var got struct{ ID string }
	json.Unmarshal([]byte(a.Body), &got)
	return got.ID
}

// tooLarge announces a body over the limit and does not send it.
func tooLarge(b *bench, path, bearer string) housetest.Answer {
	b.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(b.URL, "http://"))
	b.Ok(err)
	defer conn.Close()
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n",
		path, strings.TrimPrefix(b.URL, "http://"), bearer, 1<<21)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	b.Ok(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	b.Ok(err)
	return housetest.Answer{Response: res, Body: string(text)}
}
