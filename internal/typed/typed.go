// Package typed reads numbers as people type them: in full width, with blanks,
// with marks that nobody sees. What banks write trading/statement reads, and what
// may hide a person's number disclosure/privacy: they must know more spellings.
package typed

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Plain is s with full-width signs and blanks in their plain form, without blanks at
// the ends and without what can't be seen. Digits of another kind, as raised or
// circled ones, stay what they are: they may mean something else.
func Plain(s string) string {
	return strings.TrimSpace(without(width.Narrow.String(strings.Map(blankOf, s)), Unseen))
}

// blankOf is a blank for each of its kinds within a line.
func blankOf(r rune) rune {
	if unicode.Is(unicode.Zs, r) {
		return ' '
	}
	return r
}

// Number is Plain without blanks, but for one that stands between two digits: whoever
// types that may mean two numbers.
func Number(s string) string { return parted.ReplaceAllString(Plain(s), "$1$2") }

// parted are blanks at which no two digits meet.
var parted = regexp.MustCompile(`(\D|^) +| +(\D|$)`)

// solid is Plain without any blank: of numbers that are counted by their digits.
func solid(s string) string { return strings.ReplaceAll(Plain(s), " ", "") }

// Account is a bank's number without the dashes between its groups.
func Account(s string) string { return strings.Map(dashless, solid(s)) }

// Phone is a telephone's number without dashes and without the country's, +86.
func Phone(s string) string {
	s = Account(s)
	for _, country := range []string{"+86", "0086"} {
		s = strings.TrimPrefix(s, country)
	}
	return s
}

func dashless(r rune) rune {
	if unicode.Is(unicode.Pd, r) || r == '\u2212' {
		return -1
	}
	return r
}

// day is a date with its parts in the order of the calendar: 2026-2-9, 2026/02/09,
// 2026.2.9, 2026年2月9日.
var day = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)

// Day is a date as 2006-01-02, or s without blanks when it is none.
func Day(s string) string {
	s = Number(s)
	parts := day.FindStringSubmatch(s)
	if parts == nil {
		return s
	}
	two := func(n string) string { return ("0" + n)[len(n)-1:] }
	return parts[1] + "-" + two(parts[2]) + "-" + two(parts[3])
}

// Text is a free text as typed, less what came with it unseen when it was pasted.
// Marks that reorder what is read stay, to be refused: without them it may say
// something else than was meant.
func Text(s string) string {
	return without(s, func(r rune) bool { return Unseen(r) && !unicode.Is(unicode.Bidi_Control, r) })
}

func without(s string, out func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if out(r) {
			return -1
		}
		return r
	}, s)
}

// Empty reports whether a text has nothing that is seen.
func Empty(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !Unseen(r) && !blank(r) })
}

// Unseen reports whether nobody sees r: marks of format, among them those that
// reorder what is read. What joins the parts of one emoji is kept.
func Unseen(r rune) bool { return unicode.Is(unicode.Cf, r) && r != '\u200d' }

// blank reports whether a letter is drawn as nothing: the fillers of Hangul, and
// the empty pattern of Braille.
func blank(r rune) bool {
	return r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0' || r == '\u2800' || r == '\u200d'
}
