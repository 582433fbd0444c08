package privacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hint is what the words before a number say that it is.
type hint struct {
	phone, identity, card bool
	code                  bool // a thing's number, or a paper's
	bill                  bool // a bill's or a meter's, which may look like a phone's altogether
}

func hintOf(before string) hint {
	before = hidden.ReplaceAllString(before, "")
	says := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(before, w) })
	}
	return hint{
		phone: says("电话", "手机", "联系", "微信", "号码", "热线", "拨打", "致电", "来电", "tel", "mobile", "phone",
			"wechat", "vx", "wx", "电联", "机主"),
		identity: says("身份", "证件", "公民号", "证号"),
		card:     says("卡号", "银行卡", "储蓄卡", "借记卡", "社保卡", "存折", "一卡通", "账号", "帐号", "账户", "卡"),
		code:     coded(before),
		bill:     bill.MatchString(before),
	}
}

// hidden is what Mask has written, which tells nothing of the numbers after it.
var hidden = regexp.MustCompile(`^[^〔]*〕|〔[^〕]*〕`)

var bill = regexp.MustCompile(`([票据]号码?|[电水气]表号码?|户号)[:\s]*$`)

// coded says whether the word right before a number is that of a thing's or a
// paper's number: 房号 and "编码", but neither 手机号 nor 12号.
func coded(before string) bool {
	word := strings.TrimRight(before, ": \t\n")
	if strings.HasSuffix(word, "编码") || strings.HasSuffix(word, "代码") {
		return true
	}
	of, isNumber := strings.CutSuffix(word, "号")
	last, _ := utf8.DecodeLastRuneInString(of)
	return isNumber && unicode.Is(unicode.Han, last) && chineseDigit(last) == 0 && !strings.ContainsRune("机话信系同", last)
}
