package privacy

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

const mobileDigits = 11

// bare is a mobile number without what is dialled before it.
func bare(number string) string {
	for _, prefix := range []string{"0086", "086", "86", "0", "17951", "17911", "12593"} {
		rest, cut := strings.CutPrefix(number, prefix)
		if cut && len(rest) == mobileDigits {
			return rest
		}
	}
	return number
}

func isMobile(number string, run []group, hint hint) bool {
	if len(number) != mobileDigits || number[0] != '1' || number[1] < '3' || hint.bill {
		return false
	}
	for len(run) > 1 && len(joined(run[1:])) >= mobileDigits { // dialled before it
		run = run[1:]
	}
	shape := shapeOf(run)
	switch {
	case len(run) == 1:
		return true
	case shape == "3-4-4":
		return !hint.code || plainLeads(run)
	case amount(run) || dated(run) || decimal(run):
		return false
	case len(run) == mobileDigits:
		return alike(run) && !strings.HasPrefix(number, "13579") // odd numbers are counted
	case hint.code || round(run) || !plainLeads(run):
		return false
	case hint.phone:
		return len(run) <= 3 || alike(run)
	}
	return phoneShape(shape, run)
}

// phoneShape says whether the groups are as people group a mobile number, and
// not as they write measures: those are apart by blanks and never begin with 0.
func phoneShape(shape string, run []group) bool {
	dashed := strings.Trim(run[1].lead, "-\u2010\u2013\u2014\u4e00\u30fc\u4e28_~|\u00b7") == ""
	zero := zeroLed(run)
	switch shape {
	case "7-4", "4-7":
		return alike(run)
	case "3-8":
		return run[1].lead != "."
	case "5-6", "6-5", "3-3-5", "3-5-3", "4-3-4", "2-2-2-2-2-1":
		return alike(run) && (dashed || zero)
	case "1-3-3-4":
		return alike(run) && dashed
	}
	even := !slices.ContainsFunc(run[1:], func(g group) bool { return len(g.digits)%2 != 0 })
	return alike(run) && (len(run) <= 3 && zero || len(run[0].digits) == 3 && even)
}

// zeroLed says whether a group after the first begins with 0.
func zeroLed(run []group) bool {
	return slices.ContainsFunc(run[1:], func(g group) bool { return g.digits[0] == '0' })
}

// shapeOf is how many digits the groups have.
func shapeOf(run []group) string {
	sizes := make([]string, len(run))
	for i, g := range run {
		sizes[i] = strconv.Itoa(len(strings.TrimSuffix(g.digits, "X")))
	}
	return strings.Join(sizes, "-")
}

// alike says whether the same stands between all groups.
func alike(run []group) bool {
	return !slices.ContainsFunc(run[1:], func(g group) bool { return g.lead != run[1].lead })
}

// plainLeads says whether nothing stands between the groups that makes a list of
// them, a term or a sum.
func plainLeads(run []group) bool {
	return !slices.ContainsFunc(run[1:], func(g group) bool { return strings.ContainsAny(g.lead, ",;:/+(=\u3001") })
}

// decimal says whether some of the groups are the places after a point.
func decimal(run []group) bool {
	points := 0
	for _, g := range run[1:] {
		if g.lead == "." {
			points++
		}
	}
	return points > 0 && points < len(run)-1
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
		return g.digits[0] == '0' || !strings.HasSuffix(g.digits, "00") && !strings.HasSuffix(g.digits, "50")
	})
}
