package verify

import (
	"slices"
	"strings"
	"testing"

	"sunlot/disclosure/words"
	"sunlot/internal/event"
)

// TestTheLogAloneTellsTheStory: a tender from what it rests on to the last rent,
// then the item and the work, each event with its place in the log.
func TestTheLogAloneTellsTheStory(t *testing.T) {
	lines := Stories(newCounty(t).report, says(t))
	story := strings.Join(lines, "\n")
	last := 0
	for _, line := range []string{
		"交易 a",
		"  [0] 2026-12-08 08:00:00 登记资产：面积 38.60 亩，上一期租金 350.00 元/亩·年",
		"核对应到人员名册：起用日期 2026年1月1日，应到 10 人",
		"  [1] 2026-12-08 08:00:01 决议公开：会议日期 2026年11月2日，名册起用日期 2026年1月1日，应到 10，到会 9，同意 8",
		"  [2] 2026-12-08 08:00:02 发布交易公告：面积 38.60 亩，租期 5 年，起始价 400.00 元/亩·年",
		"批准 乡镇分管领导，2026年11月23日 09:30:00.000",
		"  [3] 2026-12-08 08:00:03 发布补充公告：编号 第 1 号，原来的报名截止 2026年12月4日 17:00:00.000",
		"  [0] 2026-12-08 09:00:00 开始竞价：",
		"09:58:00 有人报价：竞买号 2000，单价 420.00 元/亩·年，行使优先权（同价） 是，截止时间顺延 是",
		"10:04:00 竞价结束，成交：成交的竞买号 2000，单价 420.00 元/亩·年，年租金 16,212.00 元",
		"  [4] 2026-12-08 08:00:04 签订合同：竞买号 2000",
		"  [6] 2026-12-08 08:00:06 收到租金、价款：第几期 1，这次到账 6,212.00 元，这一期应收 16,212.00 元，这一期已收 16,212.00 元",
		"小微权力事项 i",
		"  [7] 2026-12-08 08:00:07 公布小微权力事项：编号 GC-01，第几版 1，步骤 1 步，文件校验码 ",
		"工程项目 p",
		"  [8] 2026-12-08 08:00:08 工程项目公开：估算 130,000.00 元，这类工程的限额 150,000.00 元，按哪个事项 item:i/1，第 1 版",
		"工程完成一个环节：环节 预算，日期 2026年12月8日，金额 128,000.00 元，文件 1 份，照片 0 张",
		"工程一个环节未办理，已说明理由：环节 设计",
		"工程变更签证：环节 变更签证，日期 2026年12月8日，金额 -1,000.00 元",
		"工程付款：环节 付款，日期 2026年12月8日，金额 118,600.00 元，文件 1 份，照片 0 张，合同价（含变更） 118,600.00 元，已付 118,600.00 元",
	} {
		at := strings.Index(story[last:], line)
		if at < 0 {
			t.Fatalf("%q is not told, or not in its place:\n%s", line, story)
		}
		last += at
	}
	if strings.Contains(story, "工程验收：环节 验收，日期 2026年12月8日，金额") {
		t.Error("a stage without a sum is told with one")
	}
	if empty := slices.Index(lines, ""); empty != 0 {
		t.Errorf("the first story begins at line %d", empty)
	}
}

// TestWhatANoticeRestsOnIsMissed: an asset or a resolution that the log has not
// is named, also when a stranger's log names it in a way that steers terminals.
func TestWhatANoticeRestsOnIsMissed(t *testing.T) {
	c := newCounty(t)
	delete(c.report.Streams, "asset:a")
	c.relogs("tender:a", 1, "resolution", event.Ref{Stream: "resolution:\x1b[2J", Seq: 1})
	story := strings.Join(Stories(c.report, says(t)), "\n")
	for _, line := range []string{"日志中没有所引用的 asset:a/1", `日志中没有所引用的 "resolution:\x1b[2J"/1`} {
		if !strings.Contains(story, line) {
			t.Errorf("without %q:\n%s", line, story)
		}
	}
}

// TestAKindWithoutWordsIsTold: a log of a later version has kinds that this
// program does not know; they are told by their names.
func TestAKindWithoutWordsIsTold(t *testing.T) {
	c := newCounty(t)
	c.logs("lot:a", "lot.weighed", object{"weight": 1})
	c.logs("lot:a", "lot.\x1b[2J", object{})
	for name, registry := range map[string]words.Registry{"ours": says(t), "none": {}} {
		story := strings.Join(Stories(c.report, registry), "\n")
		if !strings.Contains(story, " lot.weighed") || strings.Contains(story, "\x1b") {
			t.Errorf("%s: %q", name, story)
		}
	}
	if story := strings.Join(Stories(c.report, words.Registry{}), "\n"); !strings.Contains(story,
		" tender.announced") {
		t.Error(story)
	}
}
