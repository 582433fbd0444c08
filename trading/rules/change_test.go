package rules

import (
	"strings"
	"testing"

	"sunlot/internal/calendar"
)

func sign(value int, from calendar.Date) Change {
	return Change{
		Key:    "contract.sign_days",
		Value:  value,
		Source: Source{Title: "示范县参数表", Article: "第三条", Kind: Local},
		From:   from,
	}
}

// TestAChangeIsAnotherEdition: from its day on and not before, whoever confirmed it
// when; what stood keeps its number and its figures.
func TestAChangeIsAnotherEdition(t *testing.T) {
	b, err := Open("shifan")
	if err != nil {
		t.Fatal(err)
	}
	roll := Change{Key: "decision.roll_days", Value: 9, Source: sign(0, "").Source, From: "2027-01-05"}
	change := func(all ...Change) {
		t.Helper()
		if err := b.Change(all); err != nil {
			t.Fatal(err)
		}
	}
	on := func(day calendar.Date, version, signs, rolls int) {
		t.Helper()
		p := b.On(day)
		if p.Version != version || p.SignDays.Value() != signs || p.RollDays.Value() != rolls {
			t.Errorf("on %s: edition %d, %s, %s", day, p.Version, p.SignDays, p.RollDays)
		}
		if same, there := b.At(p.Edition()); !there || same.SignDays != p.SignDays {
			t.Errorf("edition %d is not found", p.Version)
		}
	}
	change(sign(7, "2027-01-10"), roll)
	on("2027-01-04", 1, 5, 5)
	on("2027-01-05", 2, 5, 9)
	on("2027-01-09", 2, 5, 9)
	on("2027-01-10", 3, 7, 9)
	today := b.On("2027-01-10")
	if got := today.SignDays.Source.String(); got != "《示范县参数表》第三条（本县设定）" {
		t.Error("its source is", got)
	}
	if old, err := At(Edition{ID: "shifan", Version: 1}, today); err != nil || old.SignDays.Value() != 5 {
		t.Errorf("a case of the first edition signs within %s: %v", old.SignDays, err)
	}
	// Taken back before it began: the rest keeps its number.
	change(roll)
	on("2027-01-05", 2, 5, 9)
	on("2027-01-10", 2, 5, 9)
	// Two of one day are two editions, and the later stands.
	change(roll, sign(7, "2027-01-10"), sign(6, "2027-01-10"))
	on("2027-01-10", 4, 6, 9)
	if p, there := b.At(Edition{ID: "shifan", Version: 3}); !there || p.SignDays.Value() != 7 {
		t.Errorf("the edition between: %s", p.SignDays)
	}
	if err := b.Change([]Change{{Key: "contract.colour"}}); err == nil {
		t.Error("a change of what is no figure is taken")
	}
	on("2027-01-10", 4, 6, 9)
}

// TestAFileEndsTheChangesBeforeIt, and has a number of its own.
func TestAFileEndsTheChangesBeforeIt(t *testing.T) {
	b := example(t)
	err := b.Change([]Change{sign(12, "2026-12-01")})
	if err == nil || !strings.Contains(err.Error(), "give its file 3") {
		t.Errorf("two editions have one number: %v", err)
	}
	if err := b.Change([]Change{sign(12, "2027-02-01")}); err != nil {
		t.Fatal(err)
	}
	for day, want := range map[calendar.Date][2]int{
		"2026-12-31": {1, 8}, "2027-01-01": {2, 6}, "2027-02-01": {3, 12},
	} {
		if p := b.On(day); p.Version != want[0] || p.SignDays.Value() != want[1] {
			t.Errorf("on %s edition %d signs within %s", day, p.Version, p.SignDays)
		}
	}
}
