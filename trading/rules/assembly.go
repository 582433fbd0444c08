package rules

import "strconv"

// Share is a part of a whole, such as two thirds.
type Share struct {
	Num    int    `json:"num"`
	Den    int    `json:"den"`
	Strict bool   `json:"strict"` // more than, not at least
	Source Source `json:"source"`
}

// Met says whether part of whole is enough.
func (s Share) Met(part, whole int) bool {
	if s.Strict {
		return part*s.Den > whole*s.Num
	}
	return part*s.Den >= whole*s.Num
}

// String writes the share as the statutes do, such as 三分之二以上.
// More than half is 过半数.
func (s Share) String() string {
	part := numeral(s.Den) + "分之" + numeral(s.Num)
	if !s.Strict {
		return part + "以上"
	}
	if s.Num == 1 && s.Den == 2 {
		return "过半数"
	}
	return "超过" + part
}

// numeral writes a small number in Chinese.
func numeral(n int) string {
	if digits := []rune("零一二三四五六七八九十"); n >= 0 && n < len(digits) {
		return string(digits[n])
	}
	return strconv.Itoa(n)
}

// Assembly is a body that decides: who must come and how many must agree.
type Assembly struct {
	Label  string `json:"label"`
	Member string `json:"member"` // what one of its members is called
	// Body is the kind of organisation whose body it is, and at which its roll is kept.
	Body   string `json:"body"`
	Quorum Share  `json:"quorum"` // of those due to attend
	Pass   Share  `json:"pass"`
	// PassOfAll counts the votes against all who are due, not those present.
	PassOfAll bool `json:"pass_of_all"`
	// Outsiders is what letting farm land to outsiders needs, of all who are due.
	Outsiders Share `json:"outsiders"`
}

// Step is one step of a decision's procedure.
type Step struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	// After marks a step that follows the vote; the notice does not wait for it.
	After bool `json:"after,omitempty"`
}
