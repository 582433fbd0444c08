package mode_test

import (
	"encoding/json"
	"testing"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading/mode"
)

// TestSecondsInADocument: whole where they are, exact to the thousandth, never a float.
func TestSecondsInADocument(t *testing.T) {
	for text, d := range map[string]time.Duration{
		"0": 0, "300": 5 * time.Minute, "0.001": time.Millisecond, "3.250": 3250 * time.Millisecond,
	} {
		got, err := json.Marshal(mode.Seconds(d))
		var back mode.Seconds
		if err != nil || string(got) != text || json.Unmarshal(got, &back) != nil || back != mode.Seconds(d) {
			t.Errorf("%v is %s, %v, and back %v", d, got, err, time.Duration(back))
		}
	}
	for _, text := range []string{`"300"`, "-1", "1e3", "[]", "true"} {
		var s mode.Seconds
		if err := json.Unmarshal([]byte(text), &s); err == nil {
			t.Errorf("%s is %v", text, time.Duration(s))
		}
	}
	if _, err := json.Marshal(mode.Seconds(-time.Millisecond)); err == nil {
		t.Error("a time below zero is written")
	}
}

// TestTermsAreADocument: what is frozen is read back, by the name with a version as by that
// of before; what nobody could bid under is refused when it is frozen and when it is read.
func TestTermsAreADocument(t *testing.T) {
	d := mode.Draft{
		Start:     40000,
		Step:      1000,
		MostSteps: 10,
		Free:      time.Hour,
		Window:    5 * time.Minute,
		Extend:    5 * time.Minute,
	}
	m, err := mode.Find(mode.Usual)
	if err != nil {
		t.Fatal(err)
	}
	frozen, err := m.Freeze(d)
	if err != nil || frozen != terms.Terms() ||
		frozen.Own != `{"step":1000,"most_steps":10,"free_seconds":3600,"window_seconds":300,"extend_seconds":300}` {
		t.Errorf("%+v, %v", frozen, err)
	}
	for _, name := range []string{"ascending", "ascending/1"} {
		by, err := mode.Of(name, frozen)
		if err != nil || by.Terms() != frozen {
			t.Errorf("%s: %v", name, err)
		}
	}
	for field, change := range map[string]func(*mode.Draft){
		"start_price": func(d *mode.Draft) { d.Start = 0 },
		"step":        func(d *mode.Draft) { d.Step = -1 },
		"":            func(d *mode.Draft) { d.MostSteps = 0 },
	} {
		bad := d
		change(&bad)
		wrong, err := m.Freeze(bad)
		fields := fault.FieldsOf(err)
		if fault.CodeOf(err) != fault.Invalid || field != "" && (len(fields) != 1 || fields[0].Name != field) {
			t.Errorf("%q: %v", field, err)
		}
		if _, err := m.Under(wrong); err == nil {
			t.Errorf("%q is read all the same", field)
		}
	}
	if _, err := mode.Of(mode.Usual, mode.Terms{Start: money.Fen(1), Own: `[]`}); fault.CodeOf(err) != fault.Internal {
		t.Errorf("what is no document of the mode: %v", err)
	}
	if by, err := mode.Of(mode.Usual, frozen); err != nil || len(by.Told()) != 1 || by.Told()[0].Price != 1000 {
		t.Errorf("%v", err)
	}
}
