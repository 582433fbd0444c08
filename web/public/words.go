package public

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/web"
)

// words is an event as a villager would say it.
type words struct {
	Title string
	Facts []fact
}

type fact struct{ Label, Value string }

// saying is how one kind of event is told: its title and which of its facts, in
// this order. A kind that is not listed is told by its name.
type saying struct {
	title string
	facts []string
}

var sayings = map[string]saying{
	"org.registered":       {"登记单位", []string{"name"}},
	"asset.registered":     {"登记资产", []string{"area", "last_rent"}},
	"asset.corrected":      {"更正资产登记", []string{"area", "last_rent"}},
	"resolution.confirmed": {"村民决议公开", []string{"held_on", "lawful", "floor_price", "years"}},
	"tender.announced":     {"发布出租公告", []string{"area", "start_price", "step", "deposit", "notice_days", "register_until", "opens_at", "starts_on"}},
	"tender.supplemented":  {"发布补充公告", []string{"register_until", "opens_at"}},
	"tender.posted":        {"公告贴上了村公告栏", nil},
	"tender.withdrawn":     {"撤回公告", []string{"reason"}},
	"lot.opened":           {"开始竞价", []string{"start_price", "step", "bidders", "opens_at", "ends_at"}},
	"bid.placed":           {"有人报价", []string{"bidder", "price", "match", "extended", "ends_at"}},
	"lot.closed":           {"竞价结束,成交", []string{"winner", "price", "yearly_rent", "whole_rent", "bids", "ended_at"}},
	"lot.failed":           {"竞价结束,没有成交", []string{"bids", "ended_at"}},
	"objection.raised":     {"有人提出异议", []string{"answer_by"}},
	"objection.answered":   {"异议有了答复", nil},
	"award.settled":        {"成交公示期满", []string{"objections", "refund_by"}},
	"contract.signed":      {"签订合同", []string{"bidder", "price", "yearly_rent", "whole_rent", "payments", "starts_on", "ends_on"}},
	"rent.received":        {"收到租金", []string{"payment", "amount", "due", "received", "received_on", "serial"}},
	"item.published":       {"公布小微权力事项", []string{"number", "edition", "steps"}},
	"project.opened":       {"公开一个工程项目", []string{"estimate", "limit"}},
	"project.staged":       {"工程走完一个环节", []string{"on", "sum"}},
	"project.skipped":      {"工程跳过一个环节,写明了理由", nil},
	"project.varied":       {"工程变更签证", []string{"on", "sum"}},
	"project.accepted":     {"工程验收", []string{"on"}},
	"project.settled":      {"工程决算", []string{"on", "sum"}},
	"project.paid":         {"工程付款", []string{"on", "sum"}},
	"office.keyed":         {"登记反映受理单位的公钥", []string{"name", "recipient"}},
	"blind.tick":           {"盲心跳:每分钟一次,没有人报名也照样有", []string{"tick"}},
}

// A fact's label and how its value is written.
var labels = map[string]struct {
	label string
	write func(any) (string, bool)
}{
	"name": {"名称", plainly}, "reason": {"理由", plainly}, "serial": {"银行流水号", plainly},
	"bidder": {"竞买号", plainly}, "winner": {"成交的竞买号", plainly},
	"area":  {"面积", number(func(n int64) string { return money.Area(n).Mu() + " 亩" })},
	"price": {"单价", number(perMu)}, "start_price": {"起始价", number(perMu)}, "step": {"加价幅度", number(perMu)},
	"last_rent": {"上一期租金", number(perMu)}, "floor_price": {"决议定的底价", number(perMu)},
	"deposit": {"保证金", number(yuan)}, "yearly_rent": {"一年租金", number(yuan)}, "whole_rent": {"全期租金", number(yuan)},
	"amount": {"这次到账", number(yuan)}, "due": {"这一期应收", number(yuan)}, "received": {"这一期已收", number(yuan)},
	"bidders": {"竞买人", counting("位")}, "bids": {"报价", counting("次")}, "payments": {"分期", counting("期")}, "payment": {"第几期", counting("")},
	"objections": {"异议", counting("件")}, "years": {"租期", counting("年")}, "notice_days": {"公告期", counting("个工作日")}, "tick": {"第几次", counting("")},
	"lawful": {"程序合规", yesOrNo}, "match": {"行使优先权跟价", yesOrNo}, "extended": {"截止时间顺延", yesOrNo},
	"opens_at": {"竞价开始", instantly}, "ends_at": {"竞价截止", instantly}, "ended_at": {"结束时间", instantly}, "register_until": {"报名截止", instantly},
	"held_on": {"会议日期", daily}, "starts_on": {"租期开始", daily}, "ends_on": {"租期结束", daily}, "received_on": {"到账日期", daily},
	"number": {"编号", plainly}, "recipient": {"公钥", plainly}, "edition": {"第几版", counting("")}, "steps": {"步骤", counting("步")},
	"estimate": {"估算", number(yuan)}, "limit": {"这类工程的限额", number(yuan)}, "sum": {"金额", number(yuan)}, "on": {"日期", daily},
	"refund_by": {"最晚退保证金", daily}, "answer_by": {"最晚答复", daily},
}

// wordsOf tells an event. A fact that is not what its kind promises is left to
// the raw text below it.
func wordsOf(e event.Event) words {
	said, ok := sayings[e.Kind]
	if !ok {
		return words{Title: e.Kind}
	}
	told := words{Title: said.title}
	d := json.NewDecoder(bytes.NewReader(e.Facts))
	d.UseNumber()
	var facts map[string]any
	if d.Decode(&facts) != nil {
		return told
	}
	for _, name := range said.facts {
		if text, ok := labels[name].write(facts[name]); ok {
			told.Facts = append(told.Facts, fact{labels[name].label, text})
		}
	}
	return told
}

// pageOf is where the noun of a stream is shown; empty when it has no page.
func pageOf(s event.Stream) string {
	folders := map[string]string{"tender": "/tenders/", "lot": "/lots/", "asset": "/assets/", "resolution": "/resolutions/", "project": "/projects/", "item": "/items/"}
	if folder := folders[s.Noun()]; folder != "" {
		return folder + s.ID()
	}
	if s.Noun() == "contract" {
		return "/lots/" + s.ID() + "/contract"
	}
	return ""
}

func plainly(v any) (string, bool) { s, ok := v.(string); return s, ok && s != "" }

func number(write func(int64) string) func(any) (string, bool) {
	return func(v any) (string, bool) {
		n, ok := v.(json.Number)
		whole, err := n.Int64()
		if !ok || err != nil {
			return "", false
		}
		return write(whole), true
	}
}

func counting(unit string) func(any) (string, bool) {
	return number(func(n int64) string { return strings.TrimSpace(fmt.Sprintf("%d %s", n, unit)) })
}

func yuan(n int64) string  { return money.Fen(n).Yuan() + " 元" }
func perMu(n int64) string { return money.Fen(n).Yuan() + " 元/亩·年" }

func yesOrNo(v any) (string, bool) {
	yes, ok := v.(bool)
	return map[bool]string{true: "是", false: "否"}[yes], ok
}

func instantly(v any) (string, bool) {
	text, _ := v.(string)
	at, err := time.Parse(event.TimeFormat, text)
	return web.Exactly(at), err == nil
}

func daily(v any) (string, bool) {
	text, _ := v.(string)
	on, err := time.Parse(time.DateOnly, text)
	return on.Format("2006年1月2日"), err == nil
}

// grouped is a key's fingerprint in groups that two people can read to each other.
func grouped(hash string) string {
	var groups []string
	for group := range slices.Chunk([]byte(hash), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, " ")
}
