package notice_test

import (
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestTheNoticeBeforeIsRead: what nobody wanted is announced anew; the draft says what it may cost,
// the notice which it is and what became of the one before, and an API reads the same.
func TestTheNoticeBeforeIsRead(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d := r.Desks()
		first := d.Tender(4)
		r.Opened(d.LotOf(first))
		var n struct {
			Asset string
			Form  struct{ Asset, Resolution string }
		}
		d.Clerk.Get("/api/v1/tenders/"+first).Into(t, &n)
		clerk := r.Browser("clerk")
		form := clerk.Get("/office/tenders/new?asset=" + n.Form.Asset + "&resolution=" + n.Form.Resolution +
			"&like=" + first)
		housetest.Says(t, form, "这是第 2 次公告", "未成交（流标）", "起始价不低于 400.00 元/亩·年", "不低于 320.00 元/亩·年")
		body := housetest.With(housetest.With(r.TenderBody(n.Form.Asset, n.Form.Resolution), "starts_on", "2027-03-01"),
			"inspection_on", "2026-12-15")
		second := d.Carry(d.Clerk.Must("/api/v1/tenders", body), 4)
		var out struct {
			Attempt int
			Before  string
		}
		d.Clerk.Get("/api/v1/tenders/"+second).Into(t, &out)
		if out.Attempt != 2 || out.Before != first {
			t.Errorf("an API reads %+v", out)
		}
		housetest.Says(t, r.Nobody().Get("/tenders/"+second), "第 2 次公告", "以前的公告", "第 1 次",
			"未成交（流标）")
		housetest.Says(t, r.Nobody().Get("/tenders"), "第 2 次公告")
	})
}
