package money_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"sunlot/internal/money"
)

func TestCapital(t *testing.T) {
	for f, want := range map[money.Fen]string{
		0:                        "零元整",
		1:                        "壹分",
		10:                       "壹角",
		11:                       "壹角壹分",
		100:                      "壹元整",
		104:                      "壹元零肆分",
		140:                      "壹元肆角",
		1000:                     "壹拾元整",
		1001:                     "壹拾元零壹分",
		154400:                   "壹仟伍佰肆拾肆元整",
		1544000:                  "壹万伍仟肆佰肆拾元整",
		140950:                   "壹仟肆佰零玖元伍角",
		600714:                   "陆仟零柒元壹角肆分",
		168032:                   "壹仟陆佰捌拾元叁角贰分",
		10700053:                 "壹拾万柒仟元伍角叁分",
		1640902:                  "壹万陆仟肆佰零玖元零贰分",
		32504:                    "叁佰贰拾伍元零肆分",
		100100:                   "壹仟零壹元整",
		101000:                   "壹仟零壹拾元整",
		110000:                   "壹仟壹佰元整",
		1000100:                  "壹万零壹元整",
		1010000:                  "壹万零壹佰元整",
		1100000:                  "壹万壹仟元整",
		10000000:                 "壹拾万元整",
		100000000:                "壹佰万元整",
		100001000:                "壹佰万零壹拾元整",
		100_0000_0000:            "壹亿元整",
		100_0000_0100:            "壹亿零壹元整",
		100_0050_0000:            "壹亿零伍仟元整",
		100_1000_0000:            "壹亿零壹拾万元整",
		101_0001_0000:            "壹亿零壹佰万零壹佰元整",
		110_0000_0000:            "壹亿壹仟万元整",
		10_0000_0000_0000:        "壹仟亿元整",
		10_0000_0000_0001:        "壹仟亿元零壹分",
		100_0000_0000_0000:       "壹万亿元整",
		-40000:                   "负肆佰元整",
		money.Fen(math.MinInt64): "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分",
	} {
		if got := f.Capital(); got != want {
			t.Errorf("%d: got %s, want %s", int64(f), got, want)
		}
	}
}

// TestCapitalReadsBack writes a million sums and reads them.
func TestCapitalReadsBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1544))
	for range 1_000_000 {
		n := r.Int64() >> r.IntN(63)
		for range r.IntN(4) { // zeros in the middle
			place := int64(math.Pow10(r.IntN(18)))
			n -= n / place % 10 * place
		}
		readsBack(t, money.Fen(n))
	}
}

func FuzzCapital(f *testing.F) {
	for _, n := range []int64{0, 1, -1, 154400, math.MaxInt64, math.MinInt64} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) { readsBack(t, money.Fen(n)) })
}

func readsBack(t *testing.T, f money.Fen) {
	t.Helper()
	s := f.Capital()
	if got := readCapital(s); got != f {
		t.Fatalf("%d was written %s, which reads %d", int64(f), s, int64(got))
	}
	for _, bad := range []string{"零零", "零拾", "零佰", "零仟", "零万", "零亿", "零角", "零分", "亿万"} {
		if strings.Contains(s, bad) {
			t.Fatalf("%d was written %s, with %s", int64(f), s, bad)
		}
	}
	if strings.Contains(s, "零元") && f != 0 || strings.HasSuffix(s, "整") != (f%100 == 0) {
		t.Fatalf("%d was written %s", int64(f), s)
	}
	if strings.ContainsRune(s, '元') && f%100/10 == 0 && f%10 != 0 && !strings.Contains(s, "元零") {
		t.Fatalf("%d was written %s: 元 without 角 before 分 wants a 零", int64(f), s)
	}
}

// readCapital reads from left to right: 亿 multiplies all that came before it,
// 万 what came since the last 亿 or "万", and the lesser ranks the numeral before.
func readCapital(s string) money.Fen {
	units := map[rune]int64{'拾': 10, '佰': 100, '仟': 1000}
	var total, section, digit int64
	var fen money.Fen
	minus := strings.HasPrefix(s, "负")
	for _, r := range strings.TrimPrefix(s, "负") {
		switch {
		case strings.ContainsRune("零壹贰叁肆伍陆柒捌玖", r):
			digit = int64(strings.Index("零壹贰叁肆伍陆柒捌玖", string(r)) / len("零"))
		case units[r] > 0:
			section, digit = section+digit*units[r], 0
		case r == '万':
			total, section, digit = total+(section+digit)*10_000, 0, 0
		case r == '亿':
			total, section, digit = (total+section+digit)*100_000_000, 0, 0
		case r == '元':
			fen, digit = money.Fen(total+section+digit)*100, 0
		case r == '角':
			fen, digit = fen+money.Fen(digit)*10, 0
		case r == '分':
			fen, digit = fen+money.Fen(digit), 0
		}
	}
	if minus {
		return -fen
	}
	return fen
}
