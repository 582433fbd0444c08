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

// TestARecordLeadsToItsNoun: to the page of what it is about, when there is one.
func TestARecordLeadsToItsNoun(t *testing.T) {
	for stream, page := range map[event.Stream]string{
		event.Of("tender", "a"): "/tenders/a", event.Of("lot", "a"): "/lots/a", event.Of("asset", "a"): "/assets/a",
		event.Of("resolution", "a"): "/resolutions/a", event.Of("project", "a"): "/projects/a",
		event.Of("item", "a"): "/items/a", event.Of("contract", "a"): "/lots/a/contract", event.Of("person", "a"): "",
	} {
		if got := pageOf(stream); got != page {
			t.Errorf("%s leads to %q, want %q", stream, got, page)
		}
	}
}
