package privacy

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestNoNumberOfAPersonIsMissed reads texts as people write them, a line each.
func TestNoNumberOfAPersonIsMissed(t *testing.T) {
	texts := corpus(withNumbers, withMoreNumbers)
	for _, text := range texts {
		if len(Find(text)) == 0 {
			t.Errorf("missed: %q", text)
		}
	}
	t.Logf("%d texts", len(texts))
}

// TestHarmlessNumbersPass: of what looks alike at most one in a hundred is taken
// for a person's.
func TestHarmlessNumbersPass(t *testing.T) {
	texts, alarms := corpus(withoutNumbers, withMoreHarmless), 0
	for _, text := range texts {
		if hits := Find(text); len(hits) > 0 {
			alarms++
			t.Logf("false alarm: %q %v", text, hits)
		}
	}
	if alarms*100 > len(texts) {
		t.Errorf("%d false alarms in %d texts", alarms, len(texts))
	}
	t.Logf("%d false alarms in %d texts", alarms, len(texts))
}

// corpus is the texts of constants, a line each.
func corpus(parts ...string) []string {
	var texts []string
	for _, lines := range parts {
		texts = append(texts, strings.Split(strings.TrimSpace(lines), "\n")...)
	}
	for i, text := range texts {
		texts[i] = escaped.ReplaceAllStringFunc(text, func(s string) string {
			sign, _, _, _ := strconv.UnquoteChar(s, 0)
			return string(sign)
		})
	}
	return texts
}

// escaped is a sign that a file of Go cannot show.
var escaped = regexp.MustCompile(`\\(u[0-9a-f]{4}|n|t|r)`)

// TestAMaskLeavesTheRest: each number is replaced by what it was, also two that
// stand without anything between them.
func TestAMaskLeavesTheRest(t *testing.T) {
	for text, want := range map[string]string{
		"": "",
		"张三，１３９-００００-００１２，住三组":            "张三，〔手机号已隐去〕，住三组",
		"张三13900000012李四":                 "张三〔手机号已隐去〕李四",
		"1390000001213900000013":          "〔手机号已隐去〕〔手机号已隐去〕",
		"证37010219530412002X或3701****02X": "证〔身份证号已隐去〕或3701****02X",
		"每亩 397.00 元":                     "每亩 397.00 元",
	} {
		if got := Mask(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestHitsAreTold: which number, of which kind, and where.
func TestHitsAreTold(t *testing.T) {
	text := "卡６２２２０２１６００００１２３４５６２，电话+86 139 0000 0012"
	hits := Find(text)
	if len(hits) != 2 || hits[0].Kind != Card || hits[0].Number != "6222021600001234562" || hits[1].Kind != Mobile ||
		hits[1].Number != "13900000012" || hits[1].Shown() != "139…12" {
		t.Fatalf("%+v", hits)
	}
	if text[hits[0].From:hits[0].To] != "６２２２０２１６００００１２３４５６２" || text[hits[1].To:] != "" {
		t.Errorf("%q, %q", text[hits[0].From:hits[0].To], text[hits[1].From:hits[1].To])
	}
	two := Find("1390000001213900000013")
	if len(two) != 2 || two[0].Number == two[1].Number || two[0].To != two[1].From {
		t.Errorf("written into one: %+v", two)
	}
}

// TestAMaskedTextHasNoNumber: what is masked may stand among the public texts.
func TestAMaskedTextHasNoNumber(t *testing.T) {
	for _, text := range corpus(withNumbers, withMoreNumbers, withoutNumbers, withMoreHarmless) {
		if hits := Find(Mask(text)); len(hits) > 0 {
			t.Errorf("%q: %q still has %v", text, Mask(text), hits)
		}
	}
}

// TestEveryNumberIsTold: a number that was cleared carries no other one with it.
func TestEveryNumberIsTold(t *testing.T) {
	for text, want := range map[string]string{
		"值班13927416035一三八八八八六六六六六":                "13927416035 13888866666",
		"值班41122119900307451x13927416035":         "41122119900307451X 13927416035",
		"值班13927416035，王三三一三八八八八六六六六六":            "13927416035 13888866666",
		"13900000012 13900000013、13900000014":     "13900000012 13900000013 13900000014",
		"139一2741一6035":                           "13927416035",
		"刘五13927416035转三":                         "13927416035",
		"一组张三一三九二七四一六零三五二狗，卡6222021600001234562X": "13927416035 6222021600001234562",
	} {
		var got []string
		for _, hit := range Find(text) {
			got = append(got, hit.Number)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
