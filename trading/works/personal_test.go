package works

import (
	"testing"

	"sunlot/internal/fault"
)

// TestNumbersOfPersons: also as people write them, in groups; days and sums are none.
func TestNumbersOfPersons(t *testing.T) {
	for text, is := range map[string]bool{
		"电话13800000000":           true,
		"138 0000 0000":           true,
		"138-0000-0000":           true,
		"卡号 6222 0200 1234 5678":  true,
		"6222-0200-1234-5678-901": true,
		"6222020012345678901":     true,
		"110101199001011234":      true,
		"11010119900101123x":      true,
		"2026-11-20至2026-12-01":   false,
		"长18米、宽2.2米":              false,
		"128,000.00元":             false,
		"2026 1120 1201":          false,
		"合同HT20261123":            false,
	} {
		var f fault.Form
		if noPersonal(&f, "note", text); (f.Err() != nil) != is {
			t.Errorf("%q: %v, want %v", text, f.Err(), is)
		}
	}
}
