// Package privacy keeps personal data out of what everybody reads: one detector
// for every text before it becomes public, numbers that two persons have cleared,
// and documents that two persons took out of sight.
package privacy

import (
	"slices"
	"strings"
	"unicode"
)

// Kind is what a number seems to be.
type Kind string

const (
	Mobile   Kind = "手机号"
	Identity Kind = "身份证号"
	Card     Kind = "银行卡号"
)

// Hit is a number of a person in a text.
type Hit struct {
	Kind     Kind
	Number   string // digits alone, an identity number's last sign as X
	From, To int    // bytes of the text; numbers written into one share them
}

// Shown is the number as it may be told: enough to find it again.
func (h Hit) Shown() string { return h.Number[:3] + "…" + h.Number[len(h.Number)-2:] }

// Find lists the mobile phones, identity cards and bank cards in a text, in
// whatever way they are written: full-width, in Chinese digits, in groups, with a
// country's prefix, letters for digits. An identity number has its check digit
// (GB 11643) or a plausible birthday, a card its check digit (ISO/IEC 7812). What
// stands in a picture or a PDF a person has to look for.
func Find(text string) []Hit {
	plain, chinese := hitsIn(fold(text, false)), hitsIn(fold(text, true))
	hits := plain
	for _, h := range chinese {
		known := func(p Hit) bool { return p.From < h.To && h.From < p.To }
		if !slices.ContainsFunc(plain, known) {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return a.From - b.From })
	return hits
}

func hitsIn(signs []sign) (hits []Hit) {
	for _, c := range chainsOf(signs) {
		hits = append(hits, c.hits()...)
	}
	return hits
}

// Mask is the text with each number of a person replaced by what it was.
func Mask(text string) string {
	var b strings.Builder
	at := 0
	for _, h := range Find(text) {
		if h.From < at { // written into one with the number before
			continue
		}
		b.WriteString(text[at:h.From])
		b.WriteString("〔" + string(h.Kind) + "已隐去〕")
		at = h.To
	}
	return b.String() + text[at:]
}

// group is digits that stand together; they may end with an identity number's X.
type group struct {
	digits   string
	han      [2]bool // whether the first and the last are written in Chinese
	lead     string  // what stands between it and the group before
	from, to int
	inWord   bool // letters on both sides
}

// chain is groups with little between them, and the words before them.
type chain struct {
	groups []group
	before string
}

const (
	widestGap = 3  // signs between the groups of one number
	hintReach = 14 // signs before a number in which its name is looked for
)

func chainsOf(signs []sign) []chain {
	var chains []chain
	end, gap := 0, 0 // of the last group
	for at := 0; at < len(signs); {
		if !startsGroup(signs, at) {
			at++
			continue
		}
		g, next := groupAt(signs, at)
		gap = at - end
		lead := written(signs[end:at])
		if len(chains) == 0 || gap > widestGap || !divides(lead) {
			chains = append(chains, chain{before: written(signs[max(0, at-hintReach):at])})
			lead = ""
		}
		g.lead = lead
		last := &chains[len(chains)-1]
		last.groups = append(last.groups, g)
		at, end = next, next
	}
	return chains
}

func written(signs []sign) string {
	var b strings.Builder
	for _, s := range signs {
		b.WriteRune(unicode.ToLower(s.r))
	}
	return b.String()
}

// divides says whether the signs may stand within one number. Signs of
// multiplication stand between measures, and stars for what is masked.
func divides(lead string) bool {
	for _, r := range lead {
		if strings.ContainsRune("*×x", r) || !unicode.IsSpace(r) && !unicode.IsPunct(r) && !unicode.IsSymbol(r) {
			return false
		}
	}
	return true
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
	alone := at == 0 || !letter(signs[at-1].r)
	return looksLike(signs[at].r) != 0 && alone && at+1 < len(signs) && digit(signs[at+1].r)
}

func groupAt(signs []sign, at int) (g group, next int) {
	g.from = signs[at].from
	first := at
	for ; at < len(signs); at++ {
		r := signs[at].r
		if !digit(r) && looksLike(r) == 0 {
			break
		}
		if digit(r) {
			g.digits += string(r)
		} else {
			g.digits += string(looksLike(r))
		}
		g.to = signs[at].to
	}
	g.han = [2]bool{signs[first].han, signs[at-1].han}
	after := func(i int) bool { return i < len(signs) && (letter(signs[i].r) || digit(signs[i].r)) }
	if at < len(signs) && strings.ContainsRune("Xx×", signs[at].r) && !after(at+1) {
		g.digits += "X"
		g.to = signs[at].to
		at++
	}
	g.inWord = first > 0 && letter(signs[first-1].r) && at < len(signs) && letter(signs[at].r)
	return g, at
}
