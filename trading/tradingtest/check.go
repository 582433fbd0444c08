package tradingtest

import (
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// Must ends the test at an error.
func Must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Each runs a test in a fresh village on each database, on both at once.
func Each(t *testing.T, run func(t *testing.T, v *Village)) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		clock := &Clock{}
		clock.Set(Monday)
		c.Clock = clock
		v := New(t, storetest.Open(t, c), clock)
		run(t, v)
	})
}

// Want ends the test unless the error has that code, and names the field if one is given.
func Want(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got %v, want %q", err, code)
	}
	if field == "" {
		return
	}
	for _, f := range fault.FieldsOf(err) {
		if f.Name == field {
			return
		}
	}
	t.Fatalf("field %q is not named: %v", field, err)
}

// Kinds lists what a stream's events are, and checks that each follows the one before it.
func Kinds(t *testing.T, v *Village, s event.Stream) []string {
	t.Helper()
	list, err := v.Library.Events(t.Context(), s, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	prev := ""
	for i, e := range list {
		leaf, err := e.Leaf()
		if err != nil {
			t.Fatal(err)
		}
		if e.Seq != int64(i+1) || e.Prev != prev {
			t.Errorf("%s/%d does not follow the one before it", e.Stream, e.Seq)
		}
		prev = event.Hash(leaf)
		all = append(all, e.Kind)
	}
	return all
}
