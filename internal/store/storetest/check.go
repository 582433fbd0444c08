package storetest

import (
	"reflect"
	"strings"
	"testing"
)

// Must ends the test on an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// IDs names nouns in their order, so that a list is compared in one word.
func IDs[N any](nouns []N, id func(N) string) string {
	var all []string
	for _, n := range nouns {
		all = append(all, id(n))
	}
	return strings.Join(all, " ")
}

// Hash is a text that can be a hash, other for each letter.
func Hash(b byte) string { return strings.Repeat(string(b), 64) }

// Same compares what was read with what was written, field by field.
func Same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}
