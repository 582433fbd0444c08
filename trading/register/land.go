package register

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"sunlot/trading"
	"sunlot/trading/statement"
)

// samePlot says whether two plots are one piece of land: by name, area and what lies
// on its four sides.
func samePlot(a, b trading.Plot) bool {
	return a.Area == b.Area && landName(a.Name) == landName(b.Name) && bound(a.East) == bound(b.East) &&
		bound(a.South) == bound(b.South) && bound(a.West) == bound(b.West) && bound(a.North) == bound(b.North)
}

// bound is what lies on a side in the form in which it is compared: the form's own 东至
// is often typed once more.
func bound(name string) string { return side.ReplaceAllString(landName(name), "") }

var (
	side = regexp.MustCompile("^[东南西北]至")
	gap  = regexp.MustCompile(`(\d)\s+(\d)`)
	// signs are what is written around a number, in many ways or not at all.
	signs    = regexp.MustCompile("(?:第|号|NO|[\\p{P}~\u2212\u2500\u30fc])+")
	numerals = regexp.MustCompile(`(第\p{P}*)?([〇零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]+)(\p{P}*[号组队社]|#)?`)
	zeros    = regexp.MustCompile(`\d+`)
)

// landName is the name of a piece of land in the form in which it is compared: as of
// people, with its numbers in digits and without their signs. Between two numbers one
// sign stays: 1-2 is not 12.
func landName(name string) string {
	parted := gap.ReplaceAllString(norm.NFKC.String(name), "$1-$2") // a blank parts them too
	folded := strings.NewReplacer("\u865f", "号", "地块", "地").Replace(statement.FoldName(parted))
	folded = inDigits(folded)
	var out strings.Builder
	last := 0
	for _, at := range signs.FindAllStringIndex(folded, -1) {
		out.WriteString(folded[last:at[0]])
		if at[0] > 0 && digit(folded[at[0]-1]) && at[1] < len(folded) && digit(folded[at[1]]) {
			out.WriteString("-")
		}
		last = at[1]
	}
	out.WriteString(folded[last:])
	plain := zeros.ReplaceAllStringFunc(out.String(), func(n string) string {
		return strings.TrimLeft(n[:len(n)-1], "0") + n[len(n)-1:]
	})
	if plain == "" { // nothing but signs
		return folded
	}
	return plain
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

// inDigits writes in digits the Chinese numbers that count something: those after 第 or
// before 号 and the like. One beside digits stays, where they would become another.
func inDigits(name string) string {
	var out strings.Builder
	last := 0
	for _, at := range numerals.FindAllStringSubmatchIndex(name, -1) {
		begin, end := at[4], at[5]
		beside := begin > 0 && digit(name[begin-1]) || end < len(name) && digit(name[end])
		n, ok := number(name[begin:end])
		if !ok || beside || at[2] < 0 && at[6] < 0 {
			continue
		}
		out.WriteString(name[last:begin] + strconv.Itoa(n))
		last = end
	}
	return out.String() + name[last:]
}

var values = map[rune]int{'〇': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8,
	'九': 9, '十': 10, '百': 100, '壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
	'拾': 10, '佰': 100}

// number reads a Chinese number under a thousand, with units or as a row of digits.
// One that can be read in two ways is none: a digit right after the hundreds.
func number(text string) (int, bool) {
	if !strings.ContainsAny(text, "十百拾佰") {
		n := 0
		for _, r := range text {
			n = 10*n + values[r]
		}
		return n, len(text) <= 6*len("一")
	}
	parts := written.FindStringSubmatch(strings.NewReplacer("拾", "十", "佰", "百", "零", "〇").Replace(text))
	if parts == nil {
		return 0, false
	}
	first := func(text string) int {
		for _, r := range text {
			return values[r]
		}
		return 0
	}
	n := 100*first(parts[1]) + first(parts[4]) + first(parts[5])
	if parts[3] != "" {
		n += 10 * max(1, first(parts[2]))
	}
	return n, true
}

const ones = "[一二三四五六七八九壹贰叁肆伍陆柒捌玖]"

var written = regexp.MustCompile("^(?:(" + ones + ")百)?(?:(" + ones + ")?(十)(" + ones + ")?|〇(" + ones + "))?$")
