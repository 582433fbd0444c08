package internal

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// fullWidth are the marks of GB/T 15834 for those that a keyboard for English
// writes; by code point, since editors fold them without a word.
var fullWidth = map[rune]rune{
	',': '\uff0c', ':': '\uff1a', ';': '\uff1b', '?': '\uff1f', '!': '\uff01', '(': '\uff08', ')': '\uff09',
}

// written are the files in which people wrote Chinese.
var written = []string{"*.go", "*.html", "*.ts", "*.mjs", "*.md", "*.yaml", "*.css", "*.sql", "*.txt", "*.json"}

// others is what stands as others write it, or as a syntax wants it: by file, the
// pieces of a line that has it; of a file without pieces the whole.
var others = map[string][]string{
	"admin/bidding/bidding_test.go":                   {`"标的,竞买人`, "业务编码,", ",路人,"},
	"admin/lead/case_test.go":                         {"已公开,in_hand"},
	"admin/contracts/contracts_test.go":               {`"成交价（元）,计价单位`, `,元/亩·年,`},
	"admin/register/register_test.go":                 {`"名称,类别`, `上一期租金（元）,上一期`},
	"web/form_test.go":                                {`"一,二"`},
	"cmd/sunlot/demo/lots.go":                         {bank},
	"cmd/sunlot/housetest/badinput/deposits.go":       {bank, "甲列,"},
	"cmd/sunlot/housetest/bidders.go":                 {bank},
	"disclosure/privacy/corpus_harmless_more_test.go": nil, // as people write
	"disclosure/privacy/corpus_harmless_test.go":      nil,
	"disclosure/privacy/corpus_personal_more_test.go": nil,
	"disclosure/privacy/corpus_personal_test.go":      nil,
	"internal/punctuation_test.go":                    nil,
	"trading/bidding/import_test.go":                  {bank, `"账号,`},
	"trading/bidding/random_test.go":                  {bank},
	"trading/citing/service.go":                       {"(第["},
	"trading/rolls/enter.go":                          {`"（`},
	"trading/rolls/read.go":                           {`"（(`, "\"\uff09)"},
	"trading/rolls/read_test.go":                      nil, // as people paste
	"trading/statement/fold_test.go":                  nil, // as banks write
	"trading/statement/header_test.go":                nil,
	"trading/statement/statement.go":                  {"账号,6222"},
	"trading/statement/statement_test.go":             nil,
	"trading/tradingtest/bidding.go":                  {bank},
	"web/api/resources_test.go":                       {"日期,金额"},
	"web/e2e/bidding.test.mjs":                        {bank, ",,退保证金"},
	"web/e2e/live.test.mjs":                           {"hasText: /"},
}

// bank is how the header of a bank's file begins in our tests.
const bank = "流水号,"

// syntax are pieces of lines, in whichever file, whose marks belong to a regular
// expression or to a table in CSV.
var syntax = []string{"regexp.MustCompile(", "?as=csv"}

// TestChineseHasMarksOfItsOwn fails on a Han character, or a mark of Chinese, next
// to a mark of English: GB/T 15834-2011 has full-width marks in Chinese text.
// PUNCTUATION=write turns what was typed.
func TestChineseHasMarksOfItsOwn(t *testing.T) {
	for _, pattern := range written {
		for _, name := range tracked(t, pattern) {
			lines, known := others[name]
			if known && lines == nil {
				continue
			}
			whole, err := os.ReadFile("../" + name)
			if err != nil {
				t.Fatal(err)
			}
			turned := turnLines(string(whole), append(lines, syntax...), !strings.HasSuffix(name, ".html"))
			if turned == string(whole) {
				continue
			}
			if os.Getenv("PUNCTUATION") != "write" {
				was, is := firstOther(string(whole), turned)
				t.Errorf("%s: %s, want %s (make punctuation)", name, was, is)
				continue
			}
			if err := os.WriteFile("../"+name, []byte(turned), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// turnLines turns each line but those that hold one of the pieces. In code a pair
// of brackets stands within one literal.
func turnLines(text string, pieces []string, code bool) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		exempt := false
		for _, piece := range pieces {
			exempt = exempt || strings.Contains(line, piece)
		}
		if !exempt {
			lines[i] = turnMarks(line, code)
		}
	}
	return strings.Join(lines, "\n")
}

// firstOther is the first line in which two texts of as many lines differ.
func firstOther(was, is string) (string, string) {
	other := strings.Split(is, "\n")
	for i, line := range strings.Split(was, "\n") {
		if line != other[i] {
			return line, other[i]
		}
	}
	return "", ""
}

// turnMarks writes the marks beside Chinese in their full width, and both of a
// pair of brackets when one of them is. The blank that follows a mark of English
// goes.
func turnMarks(line string, code bool) string {
	text := []rune(line)
	mate := brackets(text, code)
	for again := true; again; {
		again = false
		for i, r := range text {
			full, mark := fullWidth[r]
			if !mark || address(text, mate, i) || entity(text, i) || !besideChinese(text, i) {
				continue
			}
			text[i], again = full, true
			if i+1 < len(text) && text[i+1] == ' ' && full != '\uff09' {
				text[i+1] = gone
			}
			if other, paired := mate[i]; paired {
				text[other] = fullWidth[text[other]]
			}
		}
	}
	return strings.ReplaceAll(string(text), string(gone), "")
}

// gone stands where a blank goes.
const gone = '\x00'

func besideChinese(text []rune, i int) bool {
	return i > 0 && chinese(text[i-1]) || i+1 < len(text) && chinese(text[i+1])
}

// address reports whether a bracket at i is that of a link's address, [text](address).
func address(text []rune, mate map[int]int, i int) bool {
	first, paired := mate[i]
	first = min(first, i)
	return paired && first > 0 && text[first-1] == ']'
}

// entity reports whether a semicolon at i ends a name of HTML, as &lt; does.
func entity(text []rune, i int) bool {
	return text[i] == ';' && named.MatchString(string(text[:i+1]))
}

var named = regexp.MustCompile(`&#?[a-z0-9]+;$`)

// brackets are the places of brackets that belong together, each to each.
func brackets(text []rune, code bool) map[int]int {
	mate := map[int]int{}
	var open []int
	for i, r := range text {
		switch {
		case code && strings.ContainsRune("\"`'", r):
			open = nil
		case r == '(':
			open = append(open, i)
		case r == ')' && len(open) > 0:
			mate[i] = open[len(open)-1]
			mate[mate[i]] = i
			open = open[:len(open)-1]
		}
	}
	return mate
}

// chinese reports whether marks beside r are of Chinese.
func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3001 && r <= 0x301f || r >= 0xff01 && r <= 0xff1f ||
		r == '“' || r == '”'
}
