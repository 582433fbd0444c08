package rules

import (
	"encoding/json"
	"testing"

	"sunlot/internal/fault"
)

// TestNumbersForOtherPrograms: one that is not set is null and never 0, and what was
// written is read as it was.
func TestNumbersForOtherPrograms(t *testing.T) {
	for want, n := range map[string]Number{
		`{"value":0,"unit":"percent","source":{"title":"参数表","kind":"local"}}`: Of(0, "percent",
			Source{Title: "参数表", Kind: Local}),
		`{"value":null,"unit":"yuan","source":null}`: {Unit: "yuan"},
	} {
		body, err := json.Marshal(n)
		if err != nil || string(body) != want {
			t.Errorf("%s, want %s (%v)", body, want, err)
		}
		var back Number
		if err := json.Unmarshal(body, &back); err != nil || back != n {
			t.Errorf("%s is read as %+v: %v", body, back, err)
		}
	}
	if err := json.Unmarshal([]byte(`{"value":"5"}`), new(Number)); err == nil {
		t.Error("a text is read as a number")
	}
	if err := (Number{}).Missing(); fault.CodeOf(err) != fault.Internal {
		t.Errorf("a number of no pack: %v", err)
	}
}

// TestWhatAFigureMayBe: its limits count, both of them.
func TestWhatAFigureMayBe(t *testing.T) {
	f, known := FigureOf("relist.price_cut_max")
	if !known {
		t.Fatal("no such figure")
	}
	for v, good := range map[int]bool{-1: false, 0: true, 20: true, 21: false} {
		if err := f.Within(v); (err == nil) != good {
			t.Errorf("%d: %v", v, err)
		}
	}
	for _, key := range []string{"", "relist", "relist.price_cut_max "} {
		if _, known := FigureOf(key); known {
			t.Errorf("%q is a figure", key)
		}
	}
}

// TestHowManyBiddersANoticeNeeds depends on which attempt it is.
func TestHowManyBiddersANoticeNeeds(t *testing.T) {
	p, err := Find("shili")
	if err != nil {
		t.Fatal(err)
	}
	for attempt, want := range map[int]int{1: 3, 2: 2, 5: 2} {
		if got := p.LeastBidders(attempt).Value(); got != want {
			t.Errorf("attempt %d needs %d", attempt, got)
		}
	}
}
