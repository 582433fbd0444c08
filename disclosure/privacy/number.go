package privacy

import (
	"slices"
	"strings"
	"time"
)

// kindOf says what a run of groups is, and its number as it is told; or nothing.
func kindOf(run []group, hint hint) (Kind, string) {
	number := joined(run)
	digits := strings.TrimSuffix(number, "X") // an X after other numbers is a mark or a word
	word := len(run) == 1 && run[0].inWord
	switch {
	case strings.Contains(digits, "X"):
		return "", ""
	case isIdentity(number, run, hint) && (!word || len(number) == 18 && checked(number)):
		return Identity, number
	case isCard(digits, run, hint):
		return Card, digits
	case isMobile(bare(digits), run, hint) && (!word || hint.phone):
		return Mobile, bare(digits)
	}
	return "", ""
}

func joined(run []group) string {
	var b strings.Builder
	for _, g := range run {
		b.WriteString(g.digits)
	}
	return b.String()
}

// grownUp is the year of birth up to which a birthday alone tells an identity
// number: numbers of files and contracts have days of these years.
const grownUp = 2010

func isIdentity(number string, run []group, hint hint) bool {
	switch len(number) {
	case 18:
		born, err := time.Parse("20060102", number[6:14])
		if err != nil || born.Year() < 1890 || !region(number) {
			return false
		}
		if hint.code && !hint.identity {
			return checked(number)
		}
		grouped := len(run) <= 2 || alike(run) || len(run[0].digits) == 6
		return hint.identity || checked(number) || grouped && born.Year() <= grownUp
	case 15:
		_, err := time.Parse("060102", number[6:12])
		first := len(run[0].digits)
		grouped := len(run) == 1 || hint.identity || first == 6 || first == 3 && zeroLed(run) || fours(run)
		return err == nil && grouped && region(number) && !strings.HasSuffix(number, "X")
	}
	return false
}

// region says whether a number begins with a province's code (GB/T 2260).
func region(number string) bool {
	const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 " +
		"71 81 82 83"
	return slices.Contains(strings.Fields(provinces), number[:2])
}

// checked is the check digit of GB 11643 (ISO 7064, MOD 11-2).
func checked(number string) bool {
	sum := 0
	for i, weight := 0, 1; i < 17; i++ {
		weight = 1 << (17 - i) % 11
		sum += int(number[i]-'0') * weight
	}
	return "10X98765432"[sum%11] == number[17]
}

func isCard(number string, run []group, hint hint) bool {
	if len(number) < 16 {
		return false
	}
	grouped := hint.card || len(run) <= 3 || fours(run) || alike(run) && (zeroLed(run) || len(run) == len(number))
	if strings.HasPrefix(number, "62") {
		return grouped && (hint.card || luhn(number))
	}
	return grouped && issued(number) && luhn(number)
}

// issued says whether a number that is not China UnionPay's begins and is as long
// as one of the other cards that banks have issued here.
func issued(number string) bool {
	begins := func(with ...string) bool {
		return slices.ContainsFunc(with, func(w string) bool { return strings.HasPrefix(number, w) })
	}
	switch len(number) {
	case 16:
		return begins("4", "51", "52", "53", "54", "55", "35", "60")
	case 19:
		return begins("4", "60", "9558", "9559", "103")
	}
	return begins("60", "9558")
}

func fours(run []group) bool {
	for i, g := range run {
		if n := len(g.digits); n > 4 || n < 4 && i < len(run)-1 {
			return false
		}
	}
	return true
}

// luhn is the check digit of ISO/IEC 7812-1.
func luhn(number string) bool {
	sum := 0
	for i := range number {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}
