// Package privacy keeps personal data out of what everybody reads: one detector
// for every text before it becomes public, numbers that two persons have cleared,
// and documents that two persons took out of sight.
package privacy

import (
	"slices"
	"strings"
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
	From, To int    // bytes of the text
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
	hits := slices.Clone(plain)
	for _, h := range chinese {
		known := func(p Hit) bool {
			inside := p.From <= h.From && h.To <= p.To
			return inside || p.Number == h.Number && p.From < h.To && h.From < p.To
		}
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

// Mask is the text with each number of a person replaced by what it was. What it
// returns has none: where the rest reads as one, that is replaced too.
func Mask(text string) string {
	for hits := Find(text); len(hits) > 0; hits = Find(text) {
		text = masked(text, hits)
	}
	return text
}

func masked(text string, hits []Hit) string {
	var b strings.Builder
	at := 0
	for _, h := range hits {
		if h.From >= at {
			b.WriteString(text[at:h.From])
			b.WriteString("〔" + string(h.Kind) + "已隐去〕")
		}
		at = max(at, h.To)
	}
	return b.String() + text[at:]
}
