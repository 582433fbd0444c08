package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sign is one sign of a text in the form in which it is compared, and where it
// stands in the text as it was typed.
type sign struct {
	r        rune
	han      bool // a digit written in Chinese, which may be the end of a name: 张三
	from, to int  // bytes of the text
}

// fold is the text in the form in which it is compared: full-width and styled
// forms as plain ones, every script's digits as 0 to 9, the Chinese ones if so
// asked, and without what cannot be seen.
func fold(text string, chinese bool) []sign {
	var all []sign
	for at, r := range text {
		to := at + max(utf8.RuneLen(r), 1)
		if unseen(r) {
			continue
		}
		for _, plain := range plainOf(r) {
			if unseen(plain) {
				continue
			}
			s := sign{r: digitOf(plain), from: at, to: to}
			if d := chineseDigit(plain); d != 0 && chinese {
				s.r, s.han = d, true
			}
			all = append(all, s)
		}
	}
	return all
}

// plainOf is one sign by NFKC. A number in a circle or in brackets is its digits.
func plainOf(r rune) []rune {
	switch {
	case r < utf8.RuneSelf:
		return []rune{r}
	case r >= '\u2776' && r <= '\u277e': // negative circled 1 to 9, which NFKC leaves
		return []rune{'1' + r - '\u2776'}
	case r >= '\u2780' && r <= '\u2788': // the same without serifs
		return []rune{'1' + r - '\u2780'}
	case r >= '\u278a' && r <= '\u2792':
		return []rune{'1' + r - '\u278a'}
	case r == '\u24ff' || r == '\u24ea' || r == '\U0001f10b' || r == '\U0001f10c':
		return []rune{'0'}
	}
	plain := norm.NFKC.String(string(r))
	if unicode.Is(unicode.No, r) {
		plain = strings.Trim(plain, "().,")
	}
	return []rune(plain)
}

// unseen says whether the sign leaves no trace on the screen, or only decorates
// the one before it, as the keycaps of emoji do.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me, unicode.Variation_Selector) ||
		unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\u2800'
}

// digitOf is the sign, or the digit of another script that it is, or the Latin
// letter for which it is taken.
func digitOf(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case r >= '\u3021' && r <= '\u3029': // of Suzhou
		return '1' + r - '\u3021'
	case !unicode.Is(unicode.Nd, r):
		return lookAlike(r)
	}
	for d := rune(0); d < 10; d++ { // digits stand in runs of ten
		if !unicode.Is(unicode.Nd, r-d-1) {
			return '0' + d
		}
	}
	return r
}

// lookAlike is the Latin letter that a sign of another script looks like, of
// those that are typed for digits, or an identity number's last sign.
func lookAlike(r rune) rune {
	for latin, forms := range lookAlikes {
		if strings.ContainsRune(forms, r) {
			return latin
		}
	}
	return r
}

// lookAlikes are Cyrillic, Greek and drawn signs, and what is said for the X.
var lookAlikes = map[rune]string{
	'O': "\u041e\u043e\u039f\u03bf\u25ef",
	'I': "\u0406\u0399\u04c0\u01c0",
	'X': "\u0425\u0445\u03a7\u03c7\u2715\u2716\u2573\u53c9",
}

// chineseDigit is the digit that a Chinese sign stands for, or 0.
func chineseDigit(r rune) rune {
	for digit, forms := range chineseDigits {
		if strings.ContainsRune(forms, r) {
			return '0' + rune(digit)
		}
	}
	return 0
}

// chineseDigits are the signs of 0 to 9 in Chinese: plain, as on cheques, and
// what is said or written for them.
var chineseDigits = [...]string{
	"\u3007\u96f6\u25cb\u6d1e", "\u4e00\u58f9\u5e7a\u5f0c\u4e48", "\u4e8c\u8d30\u8cb3\u5f0d\u4e24",
	"\u4e09\u53c1\u53c4\u5f0e\u53c2\u53c3", "\u56db\u8086", "\u4e94\u4f0d", "\u516d\u9646\u9678",
	"\u4e03\u67d2\u62d0", "\u516b\u634c", "\u4e5d\u7396\u52fe",
}
