package statement_test

import (
	"testing"

	"sunlot/trading/statement"
)

// TestSameName: what people and banks write differently and mean alike, and what stays apart.
func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"王芳", "王\u3000芳", true},
		{"王芳", " 王 芳\u200b", true},
		{"阿依古丽\u00b7买买提", "阿依古丽\u2022买买提", true},
		{"阿依古丽\u00b7买买提", "阿依古丽\u30fb买买提", true},
		{"阿依古丽\u00b7买买提", "阿依古丽\u2027买买提", true},
		{"阿依古丽\u00b7买买提", "阿依古丽.买买提", true},
		{"阿依古丽\u00b7买买提", "阿依古丽\uff0e买买提", true},
		{"阿依古丽\u00b7买买提", "阿依古丽\uff65买买提", true},
		{"云溪(集团)公司", "云溪\uff08集团\uff09公司", true},
		{"云溪(集团)公司", "云溪\u3014集团\u3015公司", true},
		{"ABC 公司", "\uff41\uff42\uff43公司", true},
		{"马长青", "\u2ee2\u2ed3\u2ed8", true}, // radicals' supplement
		{"高山", "\u2fbc\u2f2d", true},        // Kangxi radicals
		{"侮", "\ufa30", true},               // a compatibility ideograph
		{"葛\U000e0100", "葛", true},
		{"王芳", "王方", false},
		{"买买提\u00b7阿依古丽", "阿依古丽\u00b7买买提", false},
		{"", "", false},
		{" ", "\u3000", false},
	} {
		if got := statement.SameName(c.a, c.b); got != c.same || statement.SameName(c.b, c.a) != c.same {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

// TestFoldSerial: one slip has one serial, however it is typed; what only looks like
// a bank's letter is none.
func TestFoldSerial(t *testing.T) {
	for _, same := range []string{
		"PAY-2026001", "PAY2026001", " pay 2026001 ", "PAY\u20142026001", "PAY\u20132026001", "PAY\u20102026001",
		"PAY-2026001.", "PAY-2026001\u2800", "PAY\u3164-2026001", "PAY-2026001\ufe0f", "PAY-2026001\u200b",
		"PAY-\u2461026001", "PAY-\u0662\u0660\u0662\u0666\u0660\u0660\u0661", "\uff30\uff21\uff39-2026001",
		"PAY-202600\U0001d7cf", "PAY-\U0001e9520\U0001e952\u0666001",
	} {
		if got, ok := statement.FoldSerial(same); !ok || got != "PAY2026001" {
			t.Errorf("%q: %q, %v", same, got, ok)
		}
	}
	for _, refused := range []string{"", "--", "\u2800", "P\u0410Y-2026001", "流水号PAY-2026001", "PAY-202600\u2776",
		"PAY-二"} {
		if got, ok := statement.FoldSerial(refused); ok {
			t.Errorf("%q is taken for %q", refused, got)
		}
	}
}

// TestSameAccount: a masked account is the one with which all agrees that is shown.
func TestSameAccount(t *testing.T) {
	const account = "6217000012345678"
	for shown, want := range map[string]bool{
		account:               true,
		"6217 0000 1234 5678": true,
		"6217****5678":        true,
		"6217********5678":    true,
		"****5678":            true,
		"\uff16217xxxx5678":   true,
		"6217****5679":        false,
		"6227****5678":        false,
		"****678":             false, // too little to tell by
		"6217****":            false, // all cards of a bank begin so
		"****":                false,
		"":                    false,
		"621700001234567":     false,
		"6217000012345678*1":  false,
	} {
		if got := statement.SameAccount(account, shown); got != want {
			t.Errorf("%q: %v", shown, got)
		}
	}
}
