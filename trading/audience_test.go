package trading

import (
	"testing"

	"sunlot/internal/casework"
)

func TestEveryFieldHasAnAudience(t *testing.T) {
	for field, stages := range audiences {
		if stages[Always] == "" {
			t.Errorf("%s has no audience by default", field)
		}
	}
	if AudienceOf("tender.unheard_of", Announced) != "nobody" {
		t.Error("a field without an entry must be seen by nobody")
	}
	for stage, want := range map[casework.State]string{Drafted: "handlers", Approved: "handlers", Announced: "public"} {
		if got := AudienceOf(TenderTerms, stage); string(got) != want {
			t.Errorf("terms when %s: %s, want %s", stage, got, want)
		}
	}
	if AudienceOf(ResolutionVotes, Confirmed) != "handlers" || AudienceOf(ResolutionResult, Confirmed) != "public" {
		t.Error("who voted how stays with the handlers; the result is public")
	}
}

// TestMasked: a bank's number may have signs of more than one byte.
func TestMasked(t *testing.T) {
	for whole, want := range map[string]string{
		"6222020000001234": "****1234",
		"转账20261123第七":     "****23第七",
		"流水第七号":            "****水第七号",
		"1234":             "****",
		"第七":               "****",
		"":                 "****",
	} {
		if got := Masked(whole); got != want {
			t.Errorf("%q is shown as %q, want %q", whole, got, want)
		}
	}
}
