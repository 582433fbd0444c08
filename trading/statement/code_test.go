package statement_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/trading/statement"
)

// TestNewCodes: each is found in a memo as it stands, has no sign that is
// mistaken for another, and every letter comes up.
func TestNewCodes(t *testing.T) {
	seen, letters := map[string]bool{}, map[rune]int{}
	for range 2000 {
		code := statement.NewCode()
		if seen[code] || !slices.Equal(statement.MemoCode("保证金"+strings.ToLower(code)), []string{code}) {
			t.Fatalf("%q", code)
		}
		seen[code] = true
		for _, r := range strings.TrimPrefix(code, statement.CodePrefix) {
			letters[r]++
		}
	}
	for _, mistaken := range "01IO" {
		if letters[mistaken] > 0 {
			t.Errorf("a code has %q", mistaken)
		}
	}
	for r, n := range letters { // 16,000 draws of 32: 500 each, give or take 110 at five sigma
		if n < 390 || n > 610 {
			t.Errorf("%q came up %d times", r, n)
		}
	}
	if len(letters) != 32 {
		t.Errorf("codes use %d letters", len(letters))
	}
}
