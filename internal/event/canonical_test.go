package event

import "testing"

func TestCanonicalTakesEveryJSON(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{"村民", `"村民"`}, {"", `""`}, {7, "7"}, {true, "true"}, {nil, "null"}, {[]int{2, 1}, "[2,1]"},
		{map[string]any{
			"b": 1,
			"a": []any{map[string]any{"d": "\u2028", "c": nil}},
		}, "{\"a\":[{\"c\":null,\"d\":\"\u2028\"}],\"b\":1}"},
	} {
		got, err := Canonical(c.value)
		if err != nil || string(got) != c.want {
			t.Errorf("%v: %s, want %s (%v)", c.value, got, c.want, err)
		}
	}
	for _, v := range []any{1.5, map[string]any{"n": 1e20}, 1 << 60, func() {}} {
		if got, err := Canonical(v); err == nil {
			t.Errorf("%v became %s", v, got)
		}
	}
}
