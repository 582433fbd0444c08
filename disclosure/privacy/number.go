package privacy

import (
	"slices"
	"strings"
	"time"
)

// hits looks for a number in each run of neighbouring groups, the longest first.
func (c chain) hits() []Hit {
	var hits []Hit
	for i := 0; i < len(c.groups); {
		found, next := c.from(i)
		hits = append(hits, found...)
		i = next
	}
	return hits
}

// from looks at the runs that begin with a group.
func (c chain) from(i int) (hits []Hit, next int) {
	hint := hintOf(c.before)
	for j := min(len(c.groups), i+longest); j > i; j-- {
		run := c.groups[i:j]
		number := joined(run)
		if len(number) > longest {
			continue
		}
		if kind := kindOf(number, run, hint); kind != "" {
			hit := Hit{
				Kind:   kind,
				Number: bare(kind, number),
				From:   run[0].from,
				To:     run[len(run)-1].to,
			}
			return []Hit{hit}, j
		}
	}
	g := c.groups[i]
	for _, part := range apart(g) {
		part.From, part.To = g.from, g.to
		hits = append(hits, part)
	}
	return hits, i + 1
}

const longest = 19

func joined(run []group) string {
	var b strings.Builder
	for _, g := range run {
		b.WriteString(g.digits)
	}
	return b.String()
}

// hint is what the words before a number say that it is.
type hint struct{ phone, identity, card bool }

func hintOf(before string) hint {
	any := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(before, w) })
	}
	return hint{
		phone: any("电话", "手机", "联系", "微信", "号码", "热线", "拨打", "致电", "来电", "tel", "mobile", "phone",
			"wechat", "vx", "电联", "机主"),
		identity: any("身份", "证件", "公民号", "证号"),
		card:     any("卡号", "银行卡", "储蓄卡", "借记卡", "社保卡", "存折", "一卡通", "账号", "帐号", "账户", "卡"),
	}
}

// kindOf says what a run of groups is, or nothing.
func kindOf(number string, run []group, hint hint) Kind {
	word := len(run) == 1 && run[0].inWord
	switch {
	case word:
		return ""
	case isIdentity(number, run, hint.identity):
		return Identity
	case isCard(number, run, hint.card):
		return Card
	case isMobile(bare(Mobile, number), run, hint.phone):
		return Mobile
	}
	return ""
}

// bare is a mobile number without what is dialled before it.
func bare(kind Kind, number string) string {
	if kind != Mobile {
		return number
	}
	for _, prefix := range []string{"0086", "086", "86", "0"} {
		if rest, cut := strings.CutPrefix(number, prefix); cut && len(rest) == mobileDigits {
			return rest
		}
	}
	return number
}

const mobileDigits = 11

func isMobile(number string, run []group, hint bool) bool {
	if len(number) != mobileDigits || number[0] != '1' || number[1] < '3' || strings.HasSuffix(number, "X") {
		return false
	}
	return hint && !amount(run) || phoneShape(run)
}

// phoneShape says whether the groups are as people group a mobile number, and
// not as they write measures, days or sums.
func phoneShape(run []group) bool {
	if len(run) == 1 {
		return true
	}
	first := len(run[0].digits)
	rest := run[1:]
	switch {
	case amount(run) || dated(run):
		return false
	case first <= 4 && strings.Trim(run[0].digits, "086") == "" && first != 1: // dialled before it
		return phoneShape(rest)
	case len(run) == 2:
		return true
	case len(run) == 3:
		return !round(run)
	}
	if slices.ContainsFunc(rest, func(g group) bool { return !samePlainLead(g, rest[0]) }) {
		return false
	}
	ones := !slices.ContainsFunc(run, func(g group) bool { return len(g.digits) != 1 })
	return ones || first == 3 && !slices.ContainsFunc(rest, func(g group) bool { return len(g.digits)%2 != 0 })
}

func samePlainLead(g, other group) bool {
	return g.lead == other.lead && strings.Trim(g.lead, " -.·_\u2013\u2014\n\t") == ""
}

// amount says whether the groups are those of a sum of money: of three after the first.
func amount(run []group) bool {
	if len(run) < 2 || len(run[0].digits) > 3 {
		return false
	}
	return !slices.ContainsFunc(run[1:], func(g group) bool { return g.lead != "," || len(g.digits) != 3 })
}

// dated says whether the groups begin with a day.
func dated(run []group) bool {
	if len(run) < 3 || len(run[0].digits) != 4 || len(run[1].digits) > 2 || len(run[2].digits) > 2 {
		return false
	}
	_, err := time.Parse("2006-1-2", run[0].digits+"-"+run[1].digits+"-"+run[2].digits)
	return err == nil
}

// round says whether all groups are measures: hundreds and fifties.
func round(run []group) bool {
	return !slices.ContainsFunc(run, func(g group) bool {
		return !strings.HasSuffix(g.digits, "00") && !strings.HasSuffix(g.digits, "50")
	})
}

// grownUp is the year of birth up to which a birthday alone tells an identity
// number: numbers of files and contracts have days of these years.
const grownUp = 2010

func isIdentity(number string, run []group, hint bool) bool {
	switch len(number) {
	case 18:
		born, err := time.Parse("20060102", number[6:14])
		if err != nil || born.Year() < 1890 || !region(number) {
			return false
		}
		return hint || born.Year() <= grownUp || checked(number)
	case 15:
		_, err := time.Parse("060102", number[6:12])
		grouped := len(run) == 1 || hint || len(run[0].digits) == 6 || len(run[0].digits) == 3
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

func isCard(number string, run []group, hint bool) bool {
	if len(number) < 16 || strings.HasSuffix(number, "X") {
		return false
	}
	grouped := hint || len(run) <= 2 || fours(run)
	if strings.HasPrefix(number, "62") {
		return grouped && (hint || luhn(number))
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

// apart is a group that is several numbers without anything between them.
func apart(g group) []Hit {
	if g.digits == "" || g.inWord || len(g.digits) > 4*longest {
		return nil
	}
	whole := []group{g}
	if kind := kindOf(g.digits, whole, hint{}); kind != "" {
		return []Hit{{Kind: kind, Number: bare(kind, g.digits)}}
	}
	if g.han[0] && len(g.digits) > mobileDigits { // 张三 before a number in Chinese
		if rest := apart(group{digits: g.digits[1:], han: [2]bool{false, g.han[1]}}); rest != nil {
			return rest
		}
	}
	if g.han[1] && len(g.digits) > mobileDigits {
		if rest := apart(group{digits: g.digits[:len(g.digits)-1]}); rest != nil {
			return rest
		}
	}
	for _, n := range []int{18, mobileDigits, 19, 17, 16, 15} {
		if len(g.digits) <= n {
			continue
		}
		head := group{digits: g.digits[:n]}
		kind := kindOf(head.digits, []group{head}, hint{})
		if kind == "" {
			continue
		}
		if rest := apart(group{digits: g.digits[n:]}); rest != nil {
			return append([]Hit{{Kind: kind, Number: bare(kind, head.digits)}}, rest...)
		}
	}
	return nil
}
