package admin_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestADeskSaysWhatIsToBeDone: what is late first, counted by kind, and narrowed
// to a kind; an empty desk says what comes next.
func TestADeskSaysWhatIsToBeDone(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	housetest.Says(t, r.Browser("leader").Get("/office"), "待办事项 0 件", "暂无待办事项", "经管站审核通过的公告", "下一场竞价：", "松坪一组茶园")
	housetest.Says(t, r.Browser("clerk").Get("/office"), "下一步可以 登记资产")
	id := r.Neighbour().Lot
	_, entry := r.Paid(id)
	late := d.Tender(1)
	b, _ := r.Entered(id)
	row, _ := b.Line(id)
	d.Station.Must("/api/v1/statements", housetest.InBase64(strings.Replace(row, r.Lot(id).Code, "保证金", 1)))
	desk := r.Browser("station").Get("/office")
	housetest.Says(t, desk, "待办事项 4 件", "全部 4", "审核公告 1", "审核报名 2", "核对到账 1", "审核报名", "最晚 2026年12月8日", "审核报名",
		"审核公告", "待审核")
	housetest.Silent(t, desk, "已逾期")
	narrowed := r.Browser("station").Get("/office?kind=check")
	housetest.Says(t, narrowed, "待办事项 4 件", "第三组鱼塘及旱地经营权出租公告", "审核公告")
	if strings.Contains(narrowed.Body, "/office/registrations/"+entry) ||
		!strings.Contains(narrowed.Body, "/office/tenders/"+late) {
		t.Error("the desk is not narrowed to its tenders")
	}
	housetest.Says(t, r.Browser("station").Get("/office?kind=nonsense"), "全部 4")
	housetest.Says(t, r.Browser("station").Get("/office?kind=refund"), "该类暂无待办事项")
	housetest.Says(t, r.Browser("station").Get("/office?page=9"), "待办事项 4 件")
}
