package trading

import (
	"encoding/json"
	"slices"
	"testing"

	"sunlot/disclosure/words"
	"sunlot/internal/event"
)

// told is an event's facts in words, one a line.
func told(t *testing.T, kind, facts string) (lines []string) {
	t.Helper()
	all, err := words.New(Wordings)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all.Tell(event.Event{Kind: kind, Facts: json.RawMessage(facts)}).Facts {
		lines = append(lines, f.Label+"："+f.Value)
	}
	return lines
}

// TestEventsInWords: what a leaf of each kind says, from its bytes. The names in
// the bytes are for ever: what is written once is read by everybody's program.
func TestEventsInWords(t *testing.T) {
	for kind, c := range map[string]struct {
		facts string
		says  []string
	}{
		"asset.registered": {
			`{"document":"d1","owner":"o","acting":"a","assembly":"g","kind":"water_land","area":3860,"last_rent":35000,"photos":["p"]}`,
			[]string{"面积：38.60 亩", "上一期租金：350.00 元/亩·年", "文件校验码：d1"},
		},
		"resolution.confirmed": {
			`{"asset":{"stream":"asset:1","seq":1},"assembly":"g","roll":{"stream":"roll:l","seq":1},"roll_from":"2026-01-01","held_on":"2026-11-10","steps":[],` +
				`"count":{"due":26,"present":24,"for":12,"against":11,"abstain":1},"years":5,"floor_price":40000,` +
				`"outsiders":true,"priorities":["member"],"lawful":false,"reasons":["一","二"]}`,
			[]string{
				"会议日期：2026年11月10日", "名册起用日期：2026年1月1日", "应到：26", "到会：24", "同意：12", "反对：11", "弃权：1",
				"是否符合规定要求：否", "原因：一；二",
				"决议定的底价：400.00 元/亩·年", "租期：5 年",
			},
		},
		"tender.announced": {
			`{"asset":{"stream":"asset:1","seq":1},"resolution":{"stream":"resolution:1","seq":1},"document":"d1",` +
				`"mode":"ascending","area":3860,"start_price":40000,"step":1000,"deposit":154400,"yearly_rent":1544000,` +
				`"last_rent":35000,"years":5,"starts_on":"2027-01-15","rent_due":"03-01","notice_days":10,` +
				`"register_until":"2026-12-07T08:00:00.000Z","opens_at":"2026-12-08T01:00:00.000Z","rule_pack":"shifan",` +
				`"steps":[{"step":"tender.drafted","role":"clerk","at":"2026-11-23T01:00:00.000Z"},` +
				`{"step":"tender.unheard","role":"leader","at":"2026-11-23T02:00:00.000Z"}]}`,
			[]string{
				"面积：38.60 亩", "租期：5 年", "起始价：400.00 元/亩·年", "上一期租金：350.00 元/亩·年", "加价幅度：10.00 元/亩·年",
				"年租金：15,440.00 元", "保证金：1,544.00 元", "公告期：10 个工作日", "报名截止：2026年12月7日 16:00:00.000",
				"竞价开始：2026年12月8日 09:00:00.000", "租期开始：2027年1月15日", "文件校验码：d1",
				"起草：村集体经办人，2026年11月23日 09:00:00.000", "tender.unheard：乡镇分管领导，2026年11月23日 10:00:00.000",
			},
		},
		"tender.supplemented": {
			`{"number":2,"document":"d2","register_until_before":"2026-12-07T08:00:00.000Z",` +
				`"register_until":"2026-12-14T08:00:00.000Z","opens_at":"2026-12-15T01:00:00.000Z"}`,
			[]string{
				"编号：第 2 号", "原来的报名截止：2026年12月7日 16:00:00.000", "报名截止：2026年12月14日 16:00:00.000",
				"竞价开始：2026年12月15日 09:00:00.000", "文件校验码：d2",
			},
		},
		"tender.posted": {`{"photo":"p1"}`, nil},
		"lot.opened": {
			`{"opens_at":"2026-12-08T01:00:00.000Z","ends_at":"2026-12-08T02:00:00.000Z","start_price":40000,"step":1000,` +
				`"most_steps":10,"free_seconds":3600,"window_seconds":300,"extend_seconds":300,"bidders":3,` +
				`"holders":[{"bidder":"1042","rank":1}],"registrations":["c1"],"undecided":2}`,
			[]string{
				"起始价：400.00 元/亩·年", "加价幅度：10.00 元/亩·年", "竞买人：3 位",
				"竞价开始：2026年12月8日 09:00:00.000", "竞价截止：2026年12月8日 10:00:00.000",
				"到竞价开始时没有审核完的报名：2 份",
			},
		},
		"bid.placed": {
			`{"bidder":"1042","price":47000,"match":true,"received":"2026-12-08T02:02:00.000Z","ends_at":"2026-12-08T02:07:00.000Z","extended":true}`,
			[]string{
				"竞买号：1042", "单价：470.00 元/亩·年", "行使优先权（同价）：是", "截止时间顺延：是",
				"服务器收到：2026年12月8日 10:02:00.000",
				"竞价截止：2026年12月8日 10:07:00.000",
			},
		},
		"lot.closed": {
			`{"winner":"1042","price":47000,"yearly_rent":1814200,"whole_rent":9071000,"bids":5,"ended_at":"2026-12-08T02:07:00.000Z"}`,
			[]string{
				"成交的竞买号：1042", "单价：470.00 元/亩·年", "年租金：18,142.00 元", "租金总额：90,710.00 元", "报价：5 次",
				"结束时间：2026年12月8日 10:07:00.000",
			},
		},
		"lot.failed": {`{"reason":"no_bid","undecided":0}`, []string{"原因：竞价期间没有人报价"}},
		"tender.rescheduled": {`{"register_until_before":"2027-01-04T09:00:00.000Z","opens_at_before":"2027-01-05T01:00:00.000Z",` +
			`"register_until":"2027-01-06T09:00:00.000Z","opens_at":"2027-01-07T01:00:00.000Z","firm":true}`,
			[]string{"原来的报名截止：2027年1月4日 17:00:00.000", "原来的竞价开始：2027年1月5日 09:00:00.000",
				"报名截止：2027年1月6日 17:00:00.000", "竞价开始：2027年1月7日 09:00:00.000", "日期已确定：是"}},
		"award.rescheduled": {`{"public_until_before":"2027-01-06T16:00:00.000Z","public_until":"2027-01-08T16:00:00.000Z","firm":true}`,
			[]string{"原来的公示期至：2027年1月7日 00:00:00.000", "公示期至：2027年1月9日 00:00:00.000", "日期已确定：是"}},
		"lot.resumed": {`{"from":"2026-12-08T01:50:00.000Z","until":"2026-12-08T02:50:00.000Z","ends_at":"2026-12-08T03:00:00.000Z"}`,
			[]string{"中断开始：2026年12月8日 09:50:00.000", "恢复：2026年12月8日 10:50:00.000",
				"竞价截止：2026年12月8日 11:00:00.000"}},
		"objection.raised": {`{"objection":"o1","target":"station","answer_by":"2026-12-11"}`,
			[]string{"针对：乡镇经管站", "最晚答复：2026年12月11日"}},
		"objection.answered": {`{"objection":"o1","outcome":"partly","document":"d3"}`,
			[]string{"结论：异议部分成立", "文件校验码：d3"}},
		"objection.decided": {`{"objection":"o1","ruling":"void","document":"d4","seconded":true,"stood_in":false}`,
			[]string{"决定：纠正：撤销成交结果", "第二人：村务监督委员会已复核", "文件校验码：d4"}},
		"award.voided":  {`{"objection":"o1","refund_by":"2026-12-18"}`, []string{"最晚退保证金：2026年12月18日"}},
		"award.settled": {`{"objections":1,"refund_by":"2026-12-18"}`, []string{"异议：1 件", "最晚退保证金：2026年12月18日"}},
	} {
		if got := told(t, kind, c.facts); !slices.Equal(got, c.says) {
			t.Errorf("%s says\n%q, want\n%q", kind, got, c.says)
		}
	}
	stood := told(t, "objection.decided",
		`{"objection":"o1","ruling":"void","document":"d4","seconded":false,"stood_in":true}`)
	if want := "第二人：村务监督委员会没有按期复核，由乡镇另一位分管领导复核"; !slices.Contains(stood, want) {
		t.Errorf("a decision in the committee's place says %q", stood)
	}
	got := told(t, "lot.failed", `{"reason":"no_bidder","undecided":0}`)
	if !slices.Equal(got, []string{"原因：没有人取得竞买资格"}) {
		t.Errorf("%q", got)
	}
}

// TestStepsHaveNames: the trail of a tender is told in words.
func TestStepsHaveNames(t *testing.T) {
	all, err := words.New(Wordings)
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]string{
		"tender.drafted": "起草", "tender.submitted": "提交审核", "tender.checked": "审核通过", "tender.approved": "批准",
		"tender.returned": "退回修改", "tender.withdrawn": "撤回", "tender.announced": "发布公告",
		"resolution.confirmed": "核实决议", "asset.corrected": "核实资产更正", "tender.posted": "张贴公告栏",
	} {
		if got := all.Act(kind); got != want {
			t.Errorf("%s is called %q, want %q", kind, got, want)
		}
	}
}
