package badinput

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sunlot/cmd/sunlot/housetest"
)

// mutation is one way in which a body can be wrong.
type mutation struct {
	what   string
	body   housetest.Object
	status int
	field  string
}

// mutations makes bad bodies of a good one: each member mistyped, missing, too
// long, unreadable, negative, too large or unknown.
func mutations(c Call) []mutation {
	var all []mutation
	plain, err := json.Marshal(c.Body)
	if err != nil {
		panic(err)
	}
	add := func(what, at string, to func(housetest.Object), status int, field string) {
		var body housetest.Object
		json.Unmarshal(plain, &body)
		to(body)
		all = append(all, mutation{what: at + " " + what, body: body, status: status, field: field})
	}
	for _, m := range members(c.Body, nil) {
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
		if slices.Contains(c.IDs, at) && c.Absent != 0 {
			status, field = c.Absent, ""
		}
		if !slices.Contains(c.May, at) {
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
		if slices.Contains(c.IDs, at) {
			add("unknown", at, set(housetest.UnknownID()), status, field)
		}
		if id := c.Theirs[at]; id != "" {
			add("of the other village", at, set(id), status, field)
		}
	}
	return all
}

// fieldOf is the name that an error gives to a member: that of the form's field.
func (c Call) fieldOf(path []string) string {
	if path[0] == "form" {
		path = path[1:]
		if len(path) == 0 {
			return "" // without a form each of its fields is missing
		}
	}
	if name, ok := c.Named[path[0]]; ok {
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
		here[last] = v
		if v == nil {
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
