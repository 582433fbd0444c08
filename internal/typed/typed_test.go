package typed_test

import (
	"testing"

	"sunlot/internal/typed"
)

func TestNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	for name, c := range map[string]struct {
		read     func(string) string
		in, want string
	}{
		"full width":              {typed.Number, "\uff14\uff10\uff10", "400"},
		"a full-width point":      {typed.Number, "397\uff0e50", "397.50"},
		"blanks around":           {typed.Number, " 12 \u3000", "12"},
		"a blank before a unit":   {typed.Number, "12 期", "12期"},
		"two numbers":             {typed.Number, "5 6", "5 6"},
		"two cells":               {typed.Number, "5\t6", "5\t6"},
		"a raised digit":          {typed.Number, "10\u00b2", "10\u00b2"},
		"a circled digit":         {typed.Number, "4\u2460", "4\u2460"},
		"an hour after a date":    {typed.Day, "2026-12-1 9", "2026-12-1 9"},
		"a raised digit of a day": {typed.Day, "2026-1-1\u2075", "2026-1-1\u2075"},
		"what nobody sees":        {typed.Number, "4\u200b00\u202e", "400"},
		"an account in groups":    {typed.Account, "6222-0212\u30000012\u20143456", "6222021200123456"},
		"a phone in groups":       {typed.Phone, "139 0000 0000", "13900000000"},
		"a phone of the country":  {typed.Phone, "+86-139\u20110000\u20110000", "13900000000"},
		"a phone from abroad":     {typed.Phone, "0086 13900000000", "13900000000"},
		"short parts of a date":   {typed.Day, "2026-2-9", "2026-02-09"},
		"a date in full width":    {typed.Day, "\uff12\uff10\uff12\uff17\uff0f1\uff0f15", "2027-01-15"},
		"a date in Chinese":       {typed.Day, "2026年12月 8日", "2026-12-08"},
		"no date":                 {typed.Day, "明天", "明天"},
		"a text":                  {typed.Text, "\ufeff张\u200b三\u2067", "张三\u2067"},
	} {
		if got := c.read(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What stays as it was typed is refused by whoever wants a number of it.
func TestWhatMayMeanAnotherNumberStays(t *testing.T) {
	for _, s := range []string{"10\u00b2", "4\u2460", "400\u2082", "5 6", "1,5", "Ⅳ", "四百", "½"} {
		if got := typed.Number(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestATextOfNothingIsEmpty(t *testing.T) {
	for _, s := range []string{"", " \n\t\u3000", "\u200b", "\u2800", "\u3164 \u1160", "\u202e\u202c", "\u200d"} {
		if !typed.Empty(s) {
			t.Errorf("%q is empty", s)
		}
	}
	if typed.Empty("\u200b塘") {
		t.Error("a sign is something")
	}
}
