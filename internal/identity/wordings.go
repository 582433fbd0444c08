package identity

import (
	"strings"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
)

// Wordings is how the events of this room are told.
var Wordings = []words.Wording{
	words.Of("org.registered", "登记单位", OrgFacts.told).
		Omits("the name says it", "kind").
		Omits("an id that no page shows", "parent"),
	accountWording("account.proposed", "提出账号变更"),
	accountWording("account.confirmed", "账号变更经另一人确认，已办理"),
	accountWording("account.refused", "账号变更被驳回"),
	accountWording("account.withdrawn", "账号变更被撤回"),
	accountWording("account.left", "账号停用或岗位取消"),
	words.Of("calendar.year_added", "公布一年的节假日安排", tellYear),
	words.Of("calendar.year_amended", "修改一年的节假日安排", tellYear),
}

// OrgFacts is what the public log says of an organisation.
type OrgFacts struct {
	Kind   OrgKind `json:"kind"`
	Name   string  `json:"name"`
	Parent string  `json:"parent"`
}

func (f OrgFacts) told() []words.Fact { return []words.Fact{words.Text("名称", f.Name)} }

// tellYear tells the schedule from which every term of working days is counted.
func tellYear(year calendar.Year) []words.Fact {
	var free, worked []string
	for _, span := range year.Holidays {
		from, to := words.Day("", span.From).Value, words.Day("", span.To).Value
		if from != to {
			from += "至" + to
		}
		free = append(free, from)
	}
	for _, day := range year.Worked {
		worked = append(worked, words.Day("", day).Value)
	}
	return []words.Fact{
		words.Count("年份", year.Year, ""),
		words.Text("来源文件", year.Source),
		words.Text("放假", strings.Join(free, "、")),
		words.Text("调休上班", strings.Join(worked, "、")),
	}
}

func accountWording(kind, title string) words.Wording {
	return words.Of(kind, title, AccountFacts.told)
}
