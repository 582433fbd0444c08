package works

import (
	"slices"
	"testing"
	"time"
)

// TestOnePhotoOfTwoStages is told, once for each pair; the same photo in one stage,
// or in an entry that was returned, is nothing.
func TestOnePhotoOfTwoStages(t *testing.T) {
	with := func(id string, stage Stage, photos ...string) Entry {
		return Entry{ID: id, State: EntryConfirmed, EntryForm: EntryForm{Stage: stage, Photos: photos}}
	}
	returned := with("4", AcceptanceStage, "p")
	returned.State = EntryReturned
	for name, c := range map[string]struct {
		entries []Entry
		want    []string
	}{
		"two stages": {[]Entry{with("1", BuildStage, "p", "q"), with("2", VariationStage, "q"),
			with("3", BuildStage, "q")},
			[]string{"“施工”和“变更签证”用了同一张照片"}},
		"one stage":  {[]Entry{with("1", BuildStage, "p"), with("3", BuildStage, "p")}, nil},
		"other ones": {[]Entry{with("1", BuildStage, "p"), with("2", VariationStage, "q")}, nil},
		"one went":   {[]Entry{with("1", BuildStage, "p"), returned}, nil},
		"no photo":   {[]Entry{with("1", BuildStage), with("2", VariationStage)}, nil},
	} {
		if got := doubts(c.entries); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestAllOnOneDay: a work whose stages were all typed in on one day is told so.
func TestAllOnOneDay(t *testing.T) {
	all := whole()
	for i := range all {
		all[i].RecordedAt = time.Date(2026, 5, 30, 2, i, 0, 0, time.UTC)
	}
	if got := doubts(all); !slices.Equal(got, []string{"已登记的 10 个环节都是在同一天登记的"}) {
		t.Errorf("%q", got)
	}
	all[0].RecordedAt = all[0].RecordedAt.AddDate(0, 0, -1)
	if got := doubts(all); len(got) > 0 {
		t.Errorf("over two days: %q", got)
	}
	if got := doubts(all[1:4]); len(got) > 0 {
		t.Errorf("a few on one day: %q", got)
	}
}
