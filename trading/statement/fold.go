package statement

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SameName says whether two names are one as people and banks write it: blanks,
// full-width signs and brackets, the middle dots of minority names, Latin
// letters' case and the code points of radicals tell nobody apart.
func SameName(a, b string) bool {
	folded := FoldName(a)
	return folded != "" && folded == FoldName(b)
}

// FoldName is a name in the form in which it is compared.
func FoldName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
			return -1
		case strings.ContainsRune(middleDots, r):
			return '\u00b7'
		}
		if same, known := radicals[r]; known {
			return same
		}
		return unicode.ToUpper(r)
	}, norm.NFKC.String(strings.Map(nameSign, name)))
}

// nameSign is what NFKC would take apart or leave: a few dots, and brackets of another form.
func nameSign(r rune) rune {
	switch r {
	case '\u2024': // which NFKC takes for a full stop
		return '\u00b7'
	case '\u3014', '\u3010':
		return '('
	case '\u3015', '\u3011':
		return ')'
	}
	return r
}

// middleDots are the signs that people type between the parts of a minority name.
const middleDots = "\u00b7\u2022\u2027\u2219\u22c5\u30fb\u25cf\u0387\u16eb\u2e31\u2e33\ua78f."

// radicals are the ideographs of the code points of CJK Radicals Supplement, by
// EquivalentUnifiedIdeograph of Unicode; those of Kangxi are in NFKC.
var radicals = pairs("" +
	"\u2e81厂\u2e82乛\u2e83乚\u2e84乙\u2e85亻\u2e86冂\u2e88刀\u2e89刂\u2e8a卜\u2e8b㔾" +
	"\u2e8c小\u2e8d小\u2e8e兀\u2e8f尣\u2e90尢\u2e92巳\u2e93幺\u2e94彑\u2e95彐\u2e96忄" +
	"\u2e97心\u2e98扌\u2e99攵\u2e9b旡\u2e9c日\u2e9d月\u2e9e歺\u2e9f母\u2ea0民\u2ea1氵" +
	"\u2ea2氺\u2ea3灬\u2ea4爫\u2ea5爫\u2ea6丬\u2ea7牛\u2ea8犭\u2ea9王\u2eab目\u2eac示" +
	"\u2ead礻\u2eaf糹\u2eb0纟\u2eb1罓\u2eb2罒\u2eb3㓁\u2eb4冗\u2eb6羊\u2eb9耂\u2eba肀" +
	"\u2ebb聿\u2ebc肉\u2ebe艹\u2ebf艹\u2ec0艹\u2ec1虎\u2ec2衤\u2ec3覀\u2ec4西\u2ec5见" +
	"\u2ec6角\u2ec8讠\u2ec9贝\u2ecb车\u2ecc辶\u2ecd辶\u2ece辶\u2ecf邑\u2ed0钅\u2ed1長" +
	"\u2ed2镸\u2ed3长\u2ed4门\u2ed6阝\u2ed7雨\u2ed8青\u2ed9韦\u2eda页\u2edb风\u2edc飞" +
	"\u2edd食\u2edf飠\u2ee0饣\u2ee2马\u2ee3骨\u2ee4鬼\u2ee5鱼\u2ee6鸟\u2ee7卤\u2ee8麦" +
	"\u2ee9黄\u2eea黾\u2eeb斉\u2eec齐\u2eed歯\u2eee齿\u2eef竜\u2ef0龙\u2ef1龜\u2ef2亀" +
	"\u2ef3龟")

func pairs(s string) map[rune]rune {
	all := map[rune]rune{}
	signs := []rune(s)
	for i := 0; i+1 < len(signs); i += 2 {
		all[signs[i]] = signs[i+1]
	}
	return all
}

// FoldNumber is a bank's number in the form in which it is compared.
func FoldNumber(s string) string { return strings.ToUpper(solid(norm.NFKC.String(s))) }

// FoldSerial is a serial that somebody has typed from a slip, in the form in which it
// is compared: its letters and digits alone, without blanks, dashes and what cannot be
// seen. It is not ok where a letter or number is none that banks use, as one that only
// looks like theirs, or where nothing is left.
func FoldSerial(s string) (serial string, ok bool) {
	ok = true
	serial = strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
			return -1
		case unicode.IsDigit(r):
			return digit(r)
		case !unicode.IsLetter(r) && !unicode.IsNumber(r):
			return -1
		}
		ok = ok && r <= unicode.MaxASCII
		return r
	}, norm.NFKC.String(s)))
	return serial, ok && serial != ""
}

// digit is the digit of any script as 0 to 9; each script has its ten in a row.
func digit(r rune) rune {
	for _, ten := range unicode.Nd.R16 {
		if rune(ten.Lo) <= r && r <= rune(ten.Hi) {
			return '0' + (r-rune(ten.Lo))%10
		}
	}
	for _, ten := range unicode.Nd.R32 {
		if rune(ten.Lo) <= r && r <= rune(ten.Hi) {
			return '0' + (r-rune(ten.Lo))%10
		}
	}
	return r
}

// leastShown is how many digits of a masked account must be shown for it to be taken for one.
const leastShown = 4

// SameAccount says whether an account may be the one that a bank shows, of which
// it may have masked a part: all that is shown has to agree.
func SameAccount(account, shown string) bool {
	shown = FoldNumber(shown)
	first := strings.IndexFunc(shown, masks)
	if first < 0 {
		return shown != "" && account == shown
	}
	last := strings.LastIndexFunc(shown, masks)
	head, tail := shown[:first], strings.TrimLeftFunc(shown[last:], masks)
	return len(head)+len(tail) >= leastShown && len(head)+len(tail) < len(account) && tail != "" &&
		strings.HasPrefix(account, head) && strings.HasSuffix(account, tail)
}

// masks says whether the sign stands for what a bank does not show.
func masks(r rune) bool { return strings.ContainsRune("*X\u00d7\u2026\u25cf\u2022#?.", r) }
