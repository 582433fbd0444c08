package rules

import (
	"encoding/json"
	"fmt"
	"strings"

	"sunlot/internal/fault"
)

// Number is a value with its unit and source, or one that the county has not set yet.
// The zero Number is unset.
type Number struct {
	value  int
	set    bool
	Unit   string // one of units
	Source Source

	figure *Figure // of a pack's number: what it is called
}

// Of is a number outside any pack.
func Of(value int, unit string, source Source) Number {
	return Number{
		value:  value,
		set:    true,
		Unit:   unit,
		Source: source,
	}
}

// Set says whether the county has one.
func (n Number) Set() bool { return n.set }

// Value is the number of a figure that was asked for before: by Need, or by
// Pack.Ready for all that a case will read. Of one that is not set it panics: no
// figure at all is better than a zero that nobody set.
func (n Number) Value() int {
	if !n.set {
		panic(n.Missing())
	}
	return n.value
}

// Need is the number, or fault.Conflict in words that name what is missing and who
// can set it.
func (n Number) Need() (int, error) {
	if !n.set {
		return 0, n.Missing()
	}
	return n.value, nil
}

// Yes is Need of a figure that is answered by yes or no.
func (n Number) Yes() (bool, error) {
	v, err := n.Need()
	return v == 1, err
}

// Missing says that the county has not set the figure.
func (n Number) Missing() error {
	if n.figure == nil {
		return fault.New(fault.Internal, "rules: a number of no pack is read")
	}
	return missing(n.figure)
}

func missing(all ...*Figure) error {
	var names []string
	for _, f := range all {
		names = append(names, "“"+f.Label+"”（"+f.Key+"）")
	}
	return fault.New(fault.Conflict, "本县还没有设定%s，请县里的管理员在“规则参数”里设定", strings.Join(names, "、"))
}

// numberJSON is a number as other programs read it; of one that is not set value and
// source are null.
type numberJSON struct {
	Value  *int    `json:"value"`
	Unit   string  `json:"unit"`
	Source *Source `json:"source"`
}

// MarshalJSON implements json.Marshaler.
func (n Number) MarshalJSON() ([]byte, error) {
	out := numberJSON{Unit: n.Unit}
	if n.set {
		out.Value, out.Source = &n.value, &n.Source
	}
	return json.Marshal(out)
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *Number) UnmarshalJSON(body []byte) error {
	var in numberJSON
	if err := json.Unmarshal(body, &in); err != nil {
		return err
	}
	*n = Number{Unit: in.Unit}
	if in.Value != nil {
		n.value, n.set = *in.Value, true
	}
	if in.Source != nil {
		n.Source = *in.Source
	}
	return nil
}

var units = map[string]string{
	"working_day": "个工作日",
	"day":         "天",
	"second":      "秒",
	"percent":     "%",
	"multiple":    "倍",
	"hour":        "时",
	"month":       "个月",
	"year":        "年",
	"yuan":        "元",
	"bidder":      "位",
	yesNo:         "（1为是，0为否）",
}

// yesNo is the unit of a figure that is a question.
const yesNo = "yes_no"

// UnitLabel is the unit's name on the screen.
func (n Number) UnitLabel() string { return units[n.Unit] }

// String writes the number as a page says it: 60 分钟 and 15 "万元", not
// 3600 秒 and 150000 元.
func (n Number) String() string {
	switch {
	case !n.set:
		return "待本县设定"
	case n.Unit == yesNo && n.value == 1:
		return "是"
	case n.Unit == yesNo:
		return "否"
	case n.Unit == "second" && n.value > 3600 && n.value%3600 == 0:
		return fmt.Sprintf("%d 小时", n.value/3600)
	case n.Unit == "second" && n.value%60 == 0:
		return fmt.Sprintf("%d 分钟", n.value/60)
	case n.Unit == "yuan" && n.value%10000 == 0:
		return fmt.Sprintf("%d 万元", n.value/10000)
	}
	return fmt.Sprintf("%d %s", n.value, n.UnitLabel())
}

// Joined is String without the blank, as it stands within a sentence.
func (n Number) Joined() string { return strings.ReplaceAll(n.String(), " ", "") }
