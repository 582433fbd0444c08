// Package money counts sums in fen and land in hundredths of a mu. Nothing
// here is a float.
package money

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"sunlot/internal/fault"
	"sunlot/internal/typed"
)

// Fen is a sum of money, or a price per unit, in hundredths of a yuan.
type Fen int64

// Limit is the largest sum that may be typed in: a hundred billion yuan.
const Limit Fen = 10_000_000_000_000

// PriceLimit is the highest price of a mu for a year that may be typed in or bid:
// ten million yuan. At AreaLimit even a whole term's rent can still be counted.
const PriceLimit Fen = 1_000_000_000

// Yuan writes the sum with two decimals and thousands marks: 1,544.00.
func (f Fen) Yuan() string { return grouped(int64(f), 2) }

// ParseYuan reads a sum as people type it: "400", "400.5", "1,544.00", "¥397元", in
// full width too. A comma that may have been meant for a point is refused.
func ParseYuan(s string) (Fen, error) {
	n, err := hundredths(strings.TrimPrefix(strings.TrimSuffix(typed.Plain(s), "元"), "\u00a5"))
	if errors.Is(err, errComma) {
		return 0, fault.New(fault.Invalid, "逗号和空格只能用来每三位分一节，如 1,544.00；小数点请写“.”，如 400.50")
	}
	if err != nil || Fen(n) > Limit {
		return 0, fault.New(fault.Invalid, "请填写金额，单位为元，最多两位小数，例如 400 或 400.50")
	}
	return Fen(n), nil
}

// Between checks a sum against its lowest and highest, named in yuan.
func Between(f *fault.Form, field, label string, value, low, high Fen) {
	if value < low || value > high {
		f.Add(field, "%s应在%s元至%s元之间", label, low.Yuan(), high.Yuan())
	}
}

// Area is land in hundredths of a mu ("亩").
type Area int64

// AreaLimit is the largest area that may be typed in: a million mu.
const AreaLimit Area = 100_000_000

// BetweenAreas checks an area against its lowest and highest, named in mu.
func BetweenAreas(f *fault.Form, field, label string, value, low, high Area) {
	if value < low || value > high {
		f.Add(field, "%s应在%s亩至%s亩之间", label, low.Mu(), high.Mu())
	}
}

// Mu writes the area with two decimals: 38.60.
func (a Area) Mu() string { return grouped(int64(a), 2) }

// ParseMu reads an area as people type it: "38.6", "38.60", "38.6亩".
func ParseMu(s string) (Area, error) {
	n, err := hundredths(strings.TrimSuffix(typed.Plain(s), "亩"))
	if errors.Is(err, errComma) {
		return 0, fault.New(fault.Invalid, "逗号和空格只能用来每三位分一节，如 1,200；小数点请写“.”，如 38.60")
	}
	if err != nil || Area(n) > AreaLimit {
		return 0, fault.New(fault.Invalid, "请填写面积，单位为亩，最多两位小数，例如 38.60")
	}
	return Area(n), nil
}

// Yearly is the rent of a year for an area at a price in fen per mu and year,
// rounded half up to a fen.
func Yearly(price Fen, area Area) Fen {
	return Fen((int64(price)*int64(area) + 50) / 100)
}

// Percent is p per cent of the sum, rounded half up to a fen.
func (f Fen) Percent(p int) Fen { return Fen((int64(f)*int64(p) + 50) / 100) }

// groups are thousands parted by commas or blanks. One anywhere else may have been
// meant for a point: "400,50" is nobody's 40,050.00.
var groups = regexp.MustCompile(`^[1-9]\d{0,2}(,\d{3})+(\.|$)`)

var errComma = errors.New("a comma or blank that does not part thousands")

// hundredths reads a plain decimal without a sign as an integer of hundredths.
func hundredths(s string) (int64, error) {
	s = strings.ReplaceAll(strings.TrimSpace(s), " ", ",")
	if groups.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	if strings.Contains(s, ",") {
		return 0, errComma
	}
	whole, part, dot := strings.Cut(s, ".")
	if whole == "" || len(whole) > 13 || len(part) > 2 || dot && part == "" || !digits(whole) || !digits(part) {
		return 0, fmt.Errorf("not a decimal: %q", s)
	}
	return strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
}

func digits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// grouped writes n as a decimal with the given places and thousands marks.
func grouped(n int64, places int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%0*d", places+1, n)
	whole, part := s[:len(s)-places], s[len(s)-places:]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return sign + whole + "." + part
}
