package verify_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/trading/works"
)

// TestChangedWorksAreNamed: who changes a work's sums, days, papers or entries
// behind the log's back is named by a stranger's verify, which tells the work's
// story from the log alone.
func TestChangedWorksAreNamed(t *testing.T) {
	r := housetest.OnSQLite(t)
	id, today := r.OurWork(true), r.Days.Today()
	day := today.At(0, 0).In(calendar.Beijing).Format("2006年1月2日")
	file, err := r.Works.AddFile(t.Context(), r.Actor("clerk"), demo.Paper("contract"))
	r.Ok(err)
	r.Confirmed(id, works.EntryForm{
		Stage: works.ContractStage,
		On:    today,
		Sum:   11_960_000,
		Party: "惠民建筑公司",
		Note:  "工期30天",
		Files: []string{file.SHA256},
	})
	r.Confirmed(id, works.EntryForm{Stage: works.VariationStage, On: today, Sum: 100_000, Less: true, Note: "少做栏杆"})
	r.Confirmed(id, works.EntryForm{Stage: works.DesignStage, Skipped: true, Note: "用乡镇的标准图"})
	_, entries, err := r.Works.SeeProject(t.Context(), r.Actor("clerk"), id)
	r.Ok(err)
	r.Confirmed(id, works.EntryForm{Stage: works.VariationStage, On: today, Sum: 200_000, Less: true, Note: "少做两处",
		Corrects: entries[1].ID})
	r.KeepLog()
	said, err := r.Outside(ledger.Target{})
	for _, words := range []string{"核验通过", "工程项目 " + id, "工程项目公开：估算 130,000.00 元，这类工程的限额 150,000.00 元",
		"环节 合同，日期 " + day + "，金额 119,600.00 元，文件 1 份", "工程变更签证：环节 变更签证，日期 " + day + "，金额 -1,000.00 元",
		"合同价（含变更） 118,600.00 元", "更正 第 3 项", "合同价（含变更） 117,600.00 元", "工程一个环节未办理，已说明理由：环节 设计",
		"公布小微权力事项：编号 GC-01，第几版 1，步骤 10 步"} {
		if err != nil || !strings.Contains(said, words) {
			t.Errorf("verify: %v, without %q\n%s", err, words, said)
		}
	}
	if strings.Contains(said, "惠民建筑公司") || strings.Contains(said, "工期30天") {
		t.Errorf("the log tells what was written about the stage: %s", said)
	}
	for name, c := range map[string]struct{ change, back, says string }{
		"the contract's sum": {"UPDATE projects SET contract = 1 WHERE id = ?",
			"UPDATE projects SET contract = 11960000 WHERE id = ?", "日志中为 119,600.00"},
		"an entry's sum": {"UPDATE project_entries SET amount = 1 WHERE stage = 'contract' AND project_id = ?",
			"UPDATE project_entries SET amount = 11960000 WHERE stage = 'contract' AND project_id = ?",
			"“合同”的日期、金额或文件与日志不符"},
		"an entry's papers": {"UPDATE project_entries SET files = '[]' WHERE stage = 'contract' AND project_id = ?",
			`UPDATE project_entries SET files = '["` + file.SHA256 +
				`"]' WHERE stage = 'contract' AND project_id = ?`, "“合同”的日期、金额或文件与日志不符"},
		"an entry hidden": {"UPDATE project_entries SET state = 'returned' WHERE stage = 'design' AND project_id = ?",
			"UPDATE project_entries SET state = 'confirmed' WHERE stage = 'design' AND project_id = ?",
			"“设计”的日期、金额或文件与日志不符"},
		"a stage left out is shown as done": {"UPDATE project_entries SET skipped = 0 WHERE stage = 'design' " +
			"AND project_id = ?",
			"UPDATE project_entries SET skipped = 1 WHERE stage = 'design' AND project_id = ?", "“设计”的日期、金额或文件与日志不符"},
		"what is built": {"UPDATE projects SET scope = '长8米' WHERE id = ?",
			"UPDATE projects SET scope = '长18米、宽2.2米' WHERE id = ?", "与公布的文件不符"},
		"the plan": {"UPDATE projects SET plan = '[]' WHERE id = ?",
			`UPDATE projects SET plan = '[{"stage":"budget","on":"2026-12-01","sum":12800000}]' WHERE id = ?`,
			"与公布的文件不符"},
		"a correction that names nothing": {"UPDATE project_entries SET corrects = '' WHERE corrects <> '' " +
			"AND project_id = ?",
			"UPDATE project_entries SET corrects = '" + entries[1].ID + "' WHERE amount = 200000 AND project_id = ?",
			"“变更签证”的日期、金额或文件与日志不符"},
		"the end": {"UPDATE projects SET state = 'finished' WHERE id = ?",
			"UPDATE projects SET state = 'underway' WHERE id = ?", "页面上为“已完成”，日志中不是"},
		"the work hidden": {"UPDATE projects SET state = 'proposed' WHERE id = ?",
			"UPDATE projects SET state = 'underway' WHERE id = ?", "日志中有项目，页面上却没有"},
	} {
		r.Tamper("", c.change, id)
		if said, err := r.Outside(ledger.Target{}); err == nil || !strings.Contains(said, c.says) ||
			!strings.Contains(said, "项目 "+id) {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
		r.Tamper("", c.back, id)
	}
	changedItems(r)
	if said, err := r.Outside(ledger.Target{}); err != nil {
		t.Errorf("put back: %v\n%s", err, said)
	}
}

// changedItems changes what the public reads of a power behind the log's back.
func changedItems(r *housetest.House) {
	r.T.Helper()
	id := r.ItemID()
	for name, c := range map[string]struct{ change, back, says string }{
		"the words": {"UPDATE items SET body = REPLACE(body, '15万元', '50万元') WHERE id = ?",
			"UPDATE items SET body = REPLACE(body, '50万元', '15万元') WHERE id = ?",
			"页面上的内容与公布的文件不符"},
		"the edition": {"UPDATE items SET edition = 7 WHERE id = ?", "UPDATE items SET edition = 1 WHERE id = ?",
			"页面上是第 7 版，日志中是第 1 版"},
		"hidden": {"UPDATE items SET edition = 0 WHERE id = ?", "UPDATE items SET edition = 1 WHERE id = ?",
			"日志中有事项，页面上却没有"},
	} {
		r.Tamper("", c.change, id)
		if said, err := r.Outside(ledger.Target{}); err == nil || !strings.Contains(said, c.says) ||
			!strings.Contains(said, "事项 "+id) {
			r.T.Errorf("%s: %v\n%s", name, err, said)
		}
		r.Tamper("", c.back, id)
	}
}
