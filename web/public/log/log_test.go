package log

import (
	"regexp"
	"strings"
	"testing"

	"sunlot/internal/event"
)

func TestFingerprintsCanBeReadOut(t *testing.T) {
	hash, fours := event.Hash([]byte("key\n")), regexp.MustCompile(`^([0-9a-f]{4} ){15}[0-9a-f]{4}$`)
	if got := grouped(hash); strings.ReplaceAll(got, " ", "") != hash || !fours.MatchString(got) {
		t.Error(got)
	}
}
