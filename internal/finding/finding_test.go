package finding_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
)

func TestASearchIsReadAsPeopleTypeIt(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		" \u3000 ":                 "",
		"％（）":                      "",
		"鱼塘":                       "鱼塘",
		"东村 鱼塘":                    "东村|鱼塘",
		"东村\u3000鱼塘":               "东村|鱼塘",
		"东村、鱼塘，旱地":                 "东村|鱼塘|旱地",
		"鱼塘 鱼塘":                    "鱼塘",
		"ＨＴ２０２６":                   "ht2026",
		"HT20261130-ABCDEF12":      "ht20261130abcdef12",
		"鱼塘（12号）":                  "鱼塘12号",
		"鱼\u200b塘":                 "鱼塘",
		strings.Repeat("长", 60):    strings.Repeat("长", 60),
		"甲 乙 丙 丁 戊 己":              "甲|乙|丙|丁|戊|己",
		"\u0000" + "东村" + "\ufffd": "东村",
	} {
		got, err := finding.Words(in)
		if err != nil || strings.Join(got, "|") != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{strings.Repeat("长", 61), "甲 乙 丙 丁 戊 己 庚"} {
		got, err := finding.Words(in)
		if fault.CodeOf(err) != fault.Invalid || len(fault.FieldsOf(err)) != 1 || got != nil {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
}

// TestWhatIsProbedIsIndexed: each probe of a word that a text has finds the text.
func TestWhatIsProbedIsIndexed(t *testing.T) {
	title := "青塘村（3号）鱼塘 HT20261130-ab12cd34出租"
	tokens := finding.Tokens(title, finding.Fold(title)+"\n"+finding.Fold("云溪镇 X"))
	for _, word := range []string{"青塘", "青塘村3号鱼塘", "鱼塘", "鱼", "号", "3", "ht2026", "ab12cd34", "cd34", "2cd34",
		"云溪镇", "x",
		"出租云", "34出租"} {
		has := strings.Contains(finding.Fold(title)+"\n"+finding.Fold("云溪镇 X"), word)
		for _, p := range finding.Probes([]string{word}) {
			found := slices.ContainsFunc(tokens, func(token string) bool {
				return token == p.Token || p.Begins && strings.HasPrefix(token, p.Token)
			})
			if has && !found {
				t.Errorf("%q has no token for %+v of %q", tokens, p, word)
			}
		}
	}
	if long := finding.Tokens("", strings.Repeat("7", 1000)); len(long) != finding.MostTokenSize-1 {
		t.Errorf("a long number has %d tokens", len(long))
	}
	if slices.Contains(tokens, "租云") {
		t.Error("two lines are one")
	}
}

func TestOneSignIsLookedUpOnlyAlone(t *testing.T) {
	for text, want := range map[string]string{
		"塘":      "塘",
		"塘 鱼":    "塘 鱼",
		"塘 鱼塘":   "鱼塘",
		"鱼塘12":   "鱼塘 12",
		"鱼塘123号": "鱼塘 123…",
		"7":      "7",
		"abc":    "abc…",
	} {
		words, err := finding.Words(text)
		var all []string
		for _, p := range finding.Probes(words) {
			if p.Begins {
				p.Token += "…"
			}
			all = append(all, p.Token)
		}
		if got := strings.Join(all, " "); err != nil || got != want {
			t.Errorf("%q is looked up by %q, %v; want %q", text, got, err, want)
		}
	}
}

// TestNothingIsLookedForWithoutWords: the store is not asked.
func TestNothingIsLookedForWithoutWords(t *testing.T) {
	none := &finding.Service{} // whoever asked its store would fail
	for text, refused := range map[string]bool{"": false, "（）": false, strings.Repeat("长", 61): true} {
		found, err := none.Find(t.Context(), text, finding.Kinds, identity.Page{})
		if len(found) > 0 || (err != nil) != refused {
			t.Errorf("%q: %v, %v", text, found, err)
		}
	}
}
