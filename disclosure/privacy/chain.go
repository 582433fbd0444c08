package privacy

import (
	"strings"
	"unicode"
)

// group is digits that stand together; they may end with an identity number's X.
type group struct {
	digits string
	signs  []sign // those of the digits
	lead   string // what stands between it and the group before
	inWord bool   // letters on both sides that are no name of a number
}

func (g group) part(from, to int) group {
	return group{digits: g.digits[from:to], signs: g.signs[from:to]}
}

func (g group) from() int { return g.signs[0].from }

func (g group) to() int { return g.signs[len(g.signs)-1].to }

// chain is groups with little between them, and the words before them.
type chain struct {
	groups []group
	before string
}

const (
	widestGap  = 3  // different signs between the groups of one number
	longestGap = 24 // signs between them, blanks and repeated ones too
	hintReach  = 14 // signs before a number in which its name is looked for
)

func chainsOf(signs []sign) []chain {
	var chains []chain
	end := 0 // of the last group
	for at := 0; at < len(signs); {
		if !startsGroup(signs, at) {
			at++
			continue
		}
		g, next := groupAt(signs, at)
		lead := tagless.Replace(written(signs[end:at]))
		if len(chains) == 0 || !divides(lead) {
			chains = append(chains, chain{before: written(signs[max(0, at-hintReach):at])})
			lead = ""
		}
		g.lead = narrow(lead)
		last := &chains[len(chains)-1]
		last.groups = append(last.groups, g)
		at, end = next, next
	}
	return chains
}

// tagless takes a page's breaks and blanks for blanks.
var tagless = strings.NewReplacer("<br>", " ", "<br/>", " ", "<br />", " ", "&nbsp;", " ")

func written(signs []sign) string {
	var b strings.Builder
	for _, s := range signs {
		b.WriteRune(unicode.ToLower(s.r))
	}
	return b.String()
}

// narrow is what stands between two groups without blanks around it and with
// each sign once; a blank where there is nothing else.
func narrow(lead string) string {
	var signs []rune
	for _, r := range lead {
		if !unicode.IsSpace(r) && (len(signs) == 0 || signs[len(signs)-1] != r) {
			signs = append(signs, r)
		}
	}
	if len(signs) == 0 && lead != "" {
		return " "
	}
	return string(signs)
}

// divides says whether the signs may stand within one number. Signs of
// multiplication stand between measures, and stars for what is masked; some
// signs are typed for a dash.
func divides(lead string) bool {
	for _, r := range lead {
		dash := strings.ContainsRune("\u4e00\u30fc\u4e28", r)
		neutral := dash || unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
		if strings.ContainsRune("*×x", r) || !neutral {
			return false
		}
	}
	return len([]rune(lead)) <= longestGap && len([]rune(narrow(lead))) <= widestGap
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// looksLike is the digit for which a letter is typed, or 0.
func looksLike(r rune) byte {
	switch r {
	case 'O', 'o':
		return '0'
	case 'l', 'I':
		return '1'
	}
	return 0
}

func startsGroup(signs []sign, at int) bool {
	if digit(signs[at].r) {
		return true
	}
	if at > 0 && letter(signs[at-1].r) {
		return false
	}
	for at < len(signs) && looksLike(signs[at].r) != 0 {
		at++
	}
	return at < len(signs) && digit(signs[at].r)
}

func groupAt(signs []sign, at int) (g group, next int) {
	first := at
	for at < len(signs) && (digit(signs[at].r) || looksLike(signs[at].r) != 0) {
		at++
	}
	for at < len(signs) && letter(signs[at].r) && letter(signs[at-1].r) { // the beginning of a word
		at--
	}
	for _, s := range signs[first:at] {
		if digit(s.r) {
			g.digits += string(s.r)
		} else {
			g.digits += string(looksLike(s.r))
		}
	}
	g.signs = signs[first:at:at]
	after := at < len(signs) && letter(signs[at].r)
	if x := lastSign(signs, at, len(g.digits)); x >= 0 {
		g.digits += "X"
		g.signs = append(g.signs, signs[x])
		at = x + 1
	}
	before := signs[max(0, first-hintReach):first]
	g.inWord = after && first > 0 && letter(signs[first-1].r) && !named(written(before))
	return g, at
}

// named says whether the letters right before a number are its name.
func named(before string) bool {
	for _, name := range []string{"id", "wx", "vx", "tel"} {
		rest, cut := strings.CutSuffix(before, name)
		if cut && (rest == "" || !letter(rune(rest[len(rest)-1]))) {
			return true
		}
	}
	return false
}

// lastSign is where the X of an identity number stands whose digits end before a
// sign, or -1. After seventeen digits a star is a sign that is masked alone, and
// anything may follow; after fewer a digit or a letter makes it something else.
func lastSign(signs []sign, at, digits int) int {
	x := at
	for x < len(signs) && (unicode.IsSpace(signs[x].r) || strings.ContainsRune("-\u2010\u2013\u2014", signs[x].r)) {
		x++
	}
	whole := digits == 17
	if x == len(signs) || !strings.ContainsRune("Xx×", signs[x].r) && (!whole || signs[x].r != '*') {
		return -1
	}
	next := x + 1
	for next < len(signs) && x > at && unicode.IsSpace(signs[next].r) {
		next++
	}
	if whole || next == len(signs) || !letter(signs[next].r) && !digit(signs[next].r) && signs[next].r != '*' {
		return x
	}
	return -1
}
