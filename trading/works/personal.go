package works

import (
	"regexp"

	"sunlot/internal/fault"
)

// personal finds what looks like a mobile phone, an identity card or a bank
// card, also in groups of four. It keeps the careless mistake out; what stands in a picture or a PDF a
// person has to look for.
var personal = regexp.MustCompile(`(^|\D)` +
	`(1[3-9]\d([ -]?\d{4}){2}|\d{17}[\dXx]|\d{15,19}|\d{4}([ -]\d{4}){3}([ -]?\d{1,3})?)` +
	`(\D|$)`)

func noPersonal(f *fault.Form, field, text string) {
	if personal.MatchString(text) {
		f.Add(field, "这里像是有手机号、身份证号或银行卡号,公开前请去掉")
	}
}
