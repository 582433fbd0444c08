package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunlot/internal/money"
)

// TestNoStyleSheetNamesAUnit: what a price is for differs by lot, and a stylesheet knows none.
func TestNoStyleSheetNamesAUnit(t *testing.T) {
	sheets, err := filepath.Glob("static/*.css")
	if err != nil || len(sheets) == 0 {
		t.Fatalf("%d stylesheets, %v", len(sheets), err)
	}
	for _, sheet := range sheets {
		body, err := os.ReadFile(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, unit := range money.Units() {
			if strings.Contains(string(body), unit.Label()) {
				t.Errorf("%s says %s", sheet, unit.Label())
			}
		}
	}
}
