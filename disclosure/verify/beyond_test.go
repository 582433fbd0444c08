package verify

import (
	"strings"
	"testing"
)

// TestANoticeBeyondItsRules: terms that no edition allows under which a notice may have been
// announced are named.
func TestANoticeBeyondItsRules(t *testing.T) {
	for field, c := range map[string]struct {
		value int
		says  string
	}{
		"years":       {30, "租期 30 年，按规则不超过"},
		"notice_days": {300, "公告期 300 个工作日，按规则不超过"},
		"deposit":     {308801, "保证金 3088.01 元，按规则不超过 20%"},
	} {
		of := newCounty(t)
		of.relogs("tender:a", 1, field, c.value)
		wrong, err := Compare(t.Context(), of.served()+"/", of.report)
		if err != nil || !strings.Contains(strings.ReplaceAll(strings.Join(wrong, "\n"), ",", ""), c.says) {
			t.Errorf("%s: %q %v, want %q", field, wrong, err, c.says)
		}
	}
}
