package home_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/trading/amending"
	"sunlot/trading/mode"
)

// TestARuleChangesInPublic: everybody reads what will change, when and why, before it
// does; the notice of before keeps its page, and a stranger's check agrees with both.
func TestARuleChangesInPublic(t *testing.T) {
	r := housetest.OnSQLite(t)
	nobody := r.Nobody()
	housetest.Says(t, nobody.Get("/rules"), "第 1 版", "工程质量保证金，合同价的 待本县设定", "还没有改动过")
	from := r.Amending.Earliest()
	id, err := r.Amending.ProposeAmendment(t.Context(), r.Actor("admin"), event.NewID(), amending.Form{
		Key:     "bidding.step_max_multiple",
		Value:   20,
		From:    from,
		Title:   "示范县农村产权流转交易管理办法",
		Article: "第八条",
		Reason:  "竞价时间太长",
	})
	r.Ok(err)
	housetest.Says(t, nobody.Get("/rules"), "还没有改动过")
	_, err = r.Amending.DecideAmendment(t.Context(), r.Actor("admin2"), event.NewID(), id,
		amending.DecideForm{Version: 1, Agree: true, Read: true})
	r.Ok(err)
	housetest.Says(t, nobody.Get("/rules"), "第 1 版", "加价幅度的 10 倍", "10 倍改为20 倍", "竞价时间太长")
	r.Jump(from.At(9, 0).Add(time.Minute))
	page := nobody.Get("/rules")
	housetest.Says(t, page, "第 2 版，"+string(from)+" 起施行", "20 倍 《示范县农村产权流转交易管理办法》第八条（本县设定）")
	housetest.Says(t, nobody.Get("/rules?version=1"), "这不是现行的版本", "加价幅度的 10 倍")
	lot := r.Lot(r.Auction(r.Desks(), r.Bidder(), r.Bidder()).Lot)
	terms, err := mode.AscendingOf(lot.Terms)
	if err != nil || lot.Rules.Version != 2 || terms.MostSteps != 20 {
		t.Errorf("it is listed under %+v", lot.Rules)
	}
	r.KeepLog()
	said, err := r.Outside(ledger.Target{})
	if err != nil || !strings.Contains(said, "核验通过") || !strings.Contains(said, "改动规则参数") {
		t.Errorf("verify: %v\n%s", err, said)
	}
}
