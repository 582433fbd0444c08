package privacy

import (
	"slices"
	"strings"
	"time"
)

const longest = 19

// hits looks for a number in each run of neighbouring groups, the longest first.
func (c chain) hits() []Hit {
	var hits []Hit
	hint := hintOf(c.before)
	for i := 0; i < len(c.groups); {
		found, next := c.at(i, hint)
		hits = append(hits, found...)
		i = next
	}
	return hits
}

// at looks at the runs that begin with a group.
func (c chain) at(i int, hint hint) (hits []Hit, next int) {
	for j := min(len(c.groups), i+longest); j > i; j-- {
		run := c.groups[i:j]
		if len(joined(run)) > longest {
			continue
		}
		kind, number := kindOf(run, hint)
		if kind != "" && (kind != Mobile || !c.within(i, j)) {
			return []Hit{{Kind: kind, Number: number, From: run[0].from(), To: run[len(run)-1].to()}}, j
		}
	}
	s := splitter{hint: hint}
	if i > 0 {
		s.before = c.groups[i-1].digits
	}
	if i+1 < len(c.groups) {
		s.after = c.groups[i+1].digits
	}
	return s.apart(c.groups[i]), i + 1
}

// within says whether groups that look like a phone are the end of a longer
// number that is written in fours, an account's, or come to a result.
func (c chain) within(i, j int) bool {
	if j-i < 2 {
		return false
	}
	sum := j < len(c.groups) && strings.Contains(c.groups[j].lead, "=")
	fours := i > 0 && len(c.groups[i-1].digits) == 4 && len(c.groups[i].digits) == 4
	return sum || fours && c.groups[i].lead == c.groups[i+1].lead
}

// splitter takes a group apart that is several numbers without anything between.
type splitter struct {
	hint          hint
	before, after string // the groups beside it
}

// apart is the numbers in a group, with little before the first and behind the last.
func (s splitter) apart(g group) []Hit {
	if g.inWord || len(g.digits) > 4*longest {
		return nil
	}
	for extra := 0; extra <= min(2*longestExtra, len(g.digits)-mobileDigits); extra++ {
		for head := 0; head <= extra; head++ {
			end := len(g.digits) - (extra - head)
			if s.mayLead(g.part(0, head)) && s.mayFollow(g.part(end, len(g.digits))) {
				if hits := s.numbers(g.part(head, end)); hits != nil {
					return hits
				}
			}
		}
	}
	return nil
}

const longestExtra = 12 // digits of a landline

// numbers is the numbers of which the digits are made without a rest.
func (s splitter) numbers(g group) []Hit {
	for _, n := range []int{len(g.digits), 18, mobileDigits, 19, 17, 16, 15} {
		if n > len(g.digits) {
			continue
		}
		head := g.part(0, n)
		kind, number := kindOf([]group{head}, hint{code: s.hint.code, bill: s.hint.bill})
		if kind == "" {
			continue
		}
		hit := Hit{Kind: kind, Number: number, From: head.from(), To: head.to()}
		if n == len(g.digits) {
			return []Hit{hit}
		}
		if rest := s.numbers(g.part(n, len(g.digits))); rest != nil {
			return append([]Hit{hit}, rest...)
		}
	}
	return nil
}

// mayLead says whether digits may stand right before a number: a day, a landline
// or the end of one, or what may stand on either side.
func (s splitter) mayLead(g group) bool {
	_, err := time.Parse("20060102", g.digits)
	day := err == nil && (g.digits[:2] == "19" || g.digits[:2] == "20")
	return day || s.maySide(g) || local(g.digits) && area(s.before)
}

// mayFollow says whether digits may stand right behind a number.
func (s splitter) mayFollow(g group) bool { return s.maySide(g) || area(g.digits) && local(s.after) }

// maySide is digits of a name or a year in Chinese, a landline, or a few digits
// where the words before say that a phone's number stands there.
func (s splitter) maySide(g group) bool {
	n := len(g.digits)
	chinese := !slices.ContainsFunc(g.signs, func(s sign) bool { return !s.han })
	if n <= 4 && (chinese || s.hint.phone && !s.hint.card && !s.hint.code) {
		return true
	}
	return n >= 10 && (area(g.digits[:3]) && local(g.digits[3:]) || area(g.digits[:4]) && local(g.digits[4:]))
}

// area says whether the digits are those dialled for a city.
func area(digits string) bool {
	return (len(digits) == 3 || len(digits) == 4) && digits[0] == '0' && digits[1] != '0'
}

// local says whether the digits are a landline's.
func local(digits string) bool {
	return (len(digits) == 7 || len(digits) == 8) && strings.ContainsRune("2345678", rune(digits[0]))
}
