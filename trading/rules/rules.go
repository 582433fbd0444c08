// Package rules holds what a county's documents fix: days, shares, thresholds.
// Each value stands beside its source; a pack is data, one file a jurisdiction.
package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// SourceKind says what a rule is to what villages let.
type SourceKind string

const (
	// Applies 依据 is a law that binds the lease itself.
	Applies SourceKind = ""
	// Borrowed 参照 is a rule made for something else, or elsewhere, whose figure the
	// county took.
	Borrowed SourceKind = "borrowed"
	// Local 本县设定 is a figure that the county set for itself.
	Local SourceKind = "local"
)

// Source says where a value comes from, by the rule's title, edition and article.
type Source struct {
	Title   string `json:"title"`
	Article string `json:"article,omitempty"`
	// Edition is the text whose article it is, such as "2018修正", in force from a day to a
	// day; without a last day it still is. Empty where the title names one text alone.
	Edition string        `json:"edition,omitempty"`
	From    calendar.Date `json:"from,omitempty"`
	To      calendar.Date `json:"to,omitempty"`
	// Kind says what the source is to a lease: the page says it too.
	Kind SourceKind `json:"kind,omitempty"`

	book *Book // where what was found in the text that followed is looked up
}

// InForce says whether a text that was read is the one in force on that day: the
// pack's own, or the one that followed once it has been checked.
func (s Source) InForce(day calendar.Date) bool {
	if r, found := s.Reading(); found && r.From <= day {
		return true
	}
	return s.From <= day && (s.To == "" || day <= s.To)
}

// String writes the source as a page cites it. Of a text that has been amended since it
// was read it says until when it was in force, and which article of the one after it two
// administrators found, or that they have not: true on every day, whatever the case's is.
func (s Source) String() string {
	if s.Kind == Local {
		return s.Title + "（本县设定）"
	}
	cite := "《" + s.Title + "》"
	if s.Kind == Borrowed {
		cite = "参照" + cite
	}
	if s.Edition != "" {
		cite += "（" + s.Edition + "）"
	}
	cite += s.Article
	if r, found := s.Reading(); found {
		return cite + "（施行至" + string(s.To) + "；" + string(r.From) + "起为" + r.Edition + r.Article + "，数值核对一致）"
	}
	if s.To != "" {
		cite += "（施行至" + string(s.To) + "；现行条号待核）"
	}
	return cite
}

// Number is a value with its unit and source.
type Number struct {
	Value  int    `json:"value"`
	Unit   string `json:"unit"` // working_day, day, second, percent, multiple, hour, yuan
	Source Source `json:"source"`
}

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

// Pack is one jurisdiction's rules.
type Pack struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Version counts the pack's editions from 1. A figure is never changed in an edition
	// under which something was announced: the next one is another entry of the list.
	Version int `json:"version"`

	NoticeDays      Number `json:"notice_days"`     // shortest notice of a land lease
	SpringDays      Number `json:"spring_days"`     // shortest notice from 1 March to 1 May
	NoticeMaxDays   Number `json:"notice_max_days"` // longest notice, in working days
	DeadlineHour    Number `json:"deadline_hour"`   // hour of the last day at which registration ends
	OpeningHour     Number `json:"opening_hour"`    // hour at which bidding opens, the working day after
	SupplementDays  Number `json:"supplement_days"` // what a supplement adds to the term
	DepositPercent  Number `json:"deposit_percent"` // of the first year's rent at the start price
	DepositMin      Number `json:"deposit_min"`
	DepositMax      Number `json:"deposit_max"`
	FreeSeconds     Number `json:"free_seconds"`
	ExtendWindow    Number `json:"extend_window"`
	ExtendSeconds   Number `json:"extend_seconds"`
	StepMaxMultiple Number `json:"step_max_multiple"`
	LeaseMaxYears   Number `json:"lease_max_years"`
	ResultDays      Number `json:"result_days"`     // publicity of a result
	AnswerDays      Number `json:"answer_days"`     // within which an objection is answered
	RefundDays      Number `json:"refund_days"`     // within which a deposit goes back
	SignDays        Number `json:"sign_days"`       // from the end of publicity to the contract
	FirstRentDays   Number `json:"first_rent_days"` // from the contract to the first year's rent

	PriorityDays  Number `json:"priority_days"`  // from telling the holders of priority rights to the notice
	UnreachedDays Number `json:"unreached_days"` // the same where they cannot be reached and it was made public

	RollDays Number `json:"roll_days"` // within which the roll of a body is checked

	WorksLimit Number `json:"works_limit"` // estimate up to which a work is a small one

	Procedure       []Step `json:"procedure"`
	ProcedureSource Source `json:"procedure_source"`
	// MembersFirst is the statute by which members of the collective stand before others
	// where land is open to outsiders; without a title there is none.
	MembersFirst Source              `json:"members_first"`
	Assemblies   map[string]Assembly `json:"assemblies"`
	NoticeFields Source              `json:"notice_fields"`

	book *Book
}

// Edition names a pack as it stood: what was announced under it reads its figures there
// to the end.
type Edition struct {
	ID      string
	Version int
}

// Edition is the pack's name with its version.
func (p Pack) Edition() Edition { return Edition{ID: p.ID, Version: p.Version} }

// packs is the list of jurisdictions, with every edition that something was announced under.
// Adding one is one file and one line here.
var packs = []Pack{demonstration}

// Editions lists every edition of the jurisdiction's pack.
func Editions(id string) []Pack {
	return slices.DeleteFunc(slices.Clone(packs), func(p Pack) bool { return p.ID != id })
}

// Find returns the newest edition of the jurisdiction's pack, with a book of its own.
func Find(id string) (Pack, error) {
	var newest Pack
	for _, p := range packs {
		if p.ID == id && p.Version > newest.Version {
			newest = p
		}
	}
	if newest.Version == 0 {
		return Pack{}, fault.New(fault.NotFound, "没有编号为%s的规则", id)
	}
	return newBook(id).editions[newest.Edition()], nil
}

// At is the pack under which a case was announced, and today's for a case that is not
// announced, or was before packs had editions. An edition that the program does not have
// is fault.Internal: nothing is decided by other figures.
func At(e Edition, today Pack) (Pack, error) {
	if e == (Edition{}) {
		return today, nil
	}
	if today.book != nil {
		if p, there := today.book.editions[e]; there {
			return p, nil
		}
	}
	return Pack{}, fault.New(fault.Internal, "rules: edition %d of %q is not in this program", e.Version, e.ID)
}

// MinNotice is the shortest notice in working days for one published on that
// day of the year (month*100+day): in spring, land may not wait.
func (p Pack) MinNotice(monthDay int) Number {
	if monthDay >= 301 && monthDay <= 501 {
		return p.SpringDays
	}
	return p.NoticeDays
}

var units = map[string]string{
	"working_day": "个工作日",
	"day":         "天",
	"second":      "秒",
	"percent":     "%",
	"multiple":    "倍",
	"hour":        "时",
	"year":        "年",
	"yuan":        "元",
}

// UnitLabel is the unit's name on the screen.
func (n Number) UnitLabel() string { return units[n.Unit] }

// String writes the number as a page says it: 60 分钟 and 15 "万元", not
// 3600 秒 and 150000 元.
func (n Number) String() string {
	if n.Unit == "second" && n.Value%60 == 0 {
		return fmt.Sprintf("%d 分钟", n.Value/60)
	}
	if n.Unit == "yuan" && n.Value%10000 == 0 {
		return fmt.Sprintf("%d 万元", n.Value/10000)
	}
	return fmt.Sprintf("%d %s", n.Value, n.UnitLabel())
}

// Joined is String without the blank, as it stands within a sentence.
func (n Number) Joined() string { return strings.ReplaceAll(n.String(), " ", "") }

// Named is a number with its name on the screen.
type Named struct {
	Label string
	Number
}

// Numbers lists the pack's figures for people to read.
func (p Pack) Numbers() []Named {
	return []Named{
		{"土地出租公告期，不少于", p.NoticeDays},
		{"春耕期间（3月1日至5月1日）公告期，不少于", p.SpringDays},
		{"公告期，不超过", p.NoticeMaxDays},
		{"最后一个工作日的报名截止时刻", p.DeadlineHour},
		{"竞价开始时刻（报名截止后下一个工作日）", p.OpeningHour},
		{"补充公告延长", p.SupplementDays},
		{"保证金，按首年租金", p.DepositPercent},
		{"保证金，不少于", p.DepositMin},
		{"保证金，不超过", p.DepositMax},
		{"自由竞价时间", p.FreeSeconds},
		{"顺延时段（截止前多长时间内有人报价就顺延）", p.ExtendWindow},
		{"每次顺延", p.ExtendSeconds},
		{"单次加价，不超过加价幅度的", p.StepMaxMultiple},
		{"租期，不超过", p.LeaseMaxYears},
		{"成交结果公示期", p.ResultDays},
		{"异议答复，不超过", p.AnswerDays},
		{"公示期满后，未成交竞买人保证金的退还期限", p.RefundDays},
		{"公示期满后签订合同，不超过", p.SignDays},
		{"签订合同后交清首年租金，不超过", p.FirstRentDays},
		{"通知优先权人到发布公告，不少于", p.PriorityDays},
		{"优先权人无法通知的，公示到发布公告，不少于", p.UnreachedDays},
		{"核对应到人员名册，不超过", p.RollDays},
		{"村级小型工程（资格审查后随机抽取），估算不超过", p.WorksLimit},
	}
}
