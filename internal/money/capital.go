package money

import "strings"

// Capital writes the sum in the numerals that cannot be altered by a stroke,
// 中文大写金额：壹仟伍佰肆拾肆元整. By 《支付结算办法》附一《正确填写票据和结算凭证的
// "基本规定》": 整 follows a sum that ends at "元"; zeros in the middle are one "零", which
// also follows 元 when there are 分 but no 角. Where the rule leaves a 零 to the
// writer's choice it is left out. A negative sum begins with 负.
func (f Fen) Capital() string {
	sign, n := "", uint64(f)
	if f < 0 {
		sign, n = "负", -n
	}
	yuan := n / 100
	jiao := n / 10 % 10
	fen := n % 10
	var b strings.Builder
	b.WriteString(sign)
	switch {
	case yuan > 0:
		b.WriteString(numeral(yuan) + "元")
	case jiao == 0 && fen == 0:
		b.WriteString("零元")
	}
	switch {
	case jiao > 0:
		b.WriteString(numeral(jiao) + "角")
	case fen > 0 && yuan > 0:
		b.WriteString("零")
	}
	if fen > 0 {
		b.WriteString(numeral(fen) + "分")
	}
	if jiao == 0 && fen == 0 {
		b.WriteString("整")
	}
	return b.String()
}

// ranks are the places of a number, the highest first.
var ranks = []struct {
	size uint64
	name string
}{{1_0000_0000, "亿"}, {1_0000, "万"}, {1000, "仟"}, {100, "佰"}, {10, "拾"}}

// numeral writes a number above zero.
func numeral(n uint64) string {
	for _, r := range ranks {
		if n < r.size {
			continue
		}
		head, rest := numeral(n/r.size)+r.name, n%r.size
		switch {
		case rest == 0:
			return head
		case rest < r.size/10:
			return head + "零" + numeral(rest)
		}
		return head + numeral(rest)
	}
	return string([]rune("零壹贰叁肆伍陆柒捌玖")[n])
}
