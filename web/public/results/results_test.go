package results

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/web/webtest"
)

func award(state string) *trading.Award {
	a := trading.Award{Lot: "l1", Name: "王老三", Number: "8002", Price: 43000, Yearly: 924500}
	a.State = trading.Publicised
	if state == "settled" {
		a.State = trading.Settled
	}
	return &a
}

// TestALotThatFoundNobody says why, and takes no objection.
func TestALotThatFoundNobody(t *testing.T) {
	page := resultPage{Tender: trading.Tender{ID: "l1"}, Lot: trading.Lot{ID: "l1", State: trading.Failed}}
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "未成交（流标）", "没有人取得竞买资格", "not", "我要提异议", "/replay", "成交人")
	page.Lot.Bidders = 2
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "取得竞买资格的只有 2 人，少于规则要求的人数", "not",
		"没有人取得竞买资格", "没有人报价")
	page.Lot.Board.EndsAt = page.Lot.Board.OpensAt.Add(time.Hour) // it was opened
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "竞价期间没有人报价", "not", "没有人取得竞买资格")
}

// TestObjectionsAreTakenInTime: the form stands on the page while it is open.
func TestObjectionsAreTakenInTime(t *testing.T) {
	page := resultPage{Lot: trading.Lot{ID: "l1", State: trading.Awarded}, Award: award(""), Open: true}
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "王老三", "430.00", "我要提异议", `action="/lots/l1/objections"`,
		`name="phone"`)
	page.Award, page.Open = award("settled"), false
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "公示期内没有人提出异议", "not", "我要提异议", `name="phone"`)
}

// TestAResultTellsWhyItIsPublicForLonger: by a schedule, by an outage, or not at all.
func TestAResultTellsWhyItIsPublicForLonger(t *testing.T) {
	page := resultPage{Lot: trading.Lot{ID: "l1", State: trading.Awarded}, Award: award(""), Open: true}
	page.Award.PublicUntil = calendar.Date("2026-12-15").At(0, 0)
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "至 2026年12月14日 24:00", "not", "顺延")
	page.Award.ResumedUntil = calendar.Date("2026-12-12").At(0, 0)
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "最后一天服务中断，由 2026年12月11日 24:00 顺延", "not", "节假日安排公布")
}

// TestAnObjectionIsReadWithItsAnswer, and before it is answered nobody reads it.
func TestAnObjectionIsReadWithItsAnswer(t *testing.T) {
	o := trading.Objection{ID: "o1", State: trading.Raised, Public: "程序不对"}
	page := resultPage{Lot: trading.Lot{ID: "l1", State: trading.Awarded}, Award: award(""),
		Objections: []trading.Objection{o}}
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "答复时公开内容", "not", "程序不对")
	page.Objections[0].State, page.Objections[0].Answer = trading.Answered, "已核对"
	page.Objections[0].Outcome = trading.Not
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "程序不对", "异议不成立", "已核对", "not", "答复时公开内容")
	page.Objections[0].Withheld, page.Objections[0].Public = "有个人信息", ""
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "原文不公开：有个人信息", "not", "程序不对")
	page.Objections[0].State = trading.Upheld
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "决定前不签合同", "not", "撤销成交结果")
	page.Objections[0].State, page.Objections[0].Ruling = trading.Decided, trading.Void
	page.Award = award("")
	page.Award.State, page.Lot.State = trading.Voided, trading.Failed
	page.Lot.Board.Leading.Bidder = "8002"
	webtest.Says(t, webtest.Drawn(t, "results/result", page), "成交结果已撤销", "纠正：撤销成交结果", "not",
		"决定前不签合同", "成交价", "/replay", "王老三")
}

// TestAContractIsSignedByItsLessee, once it lies there for them.
func TestAContractIsSignedByItsLessee(t *testing.T) {
	page := contractPage{Mine: true}
	page.Contract = contracts.Contract{
		Lot:     "l1",
		State:   contracts.Offered,
		Version: 3,
		Lessee:  "王老三",
		Yearly:  924500,
		Whole:   4622500,
	}
	webtest.Says(t, webtest.Drawn(t, "results/contract", page), "/lots/l1/contract/sign",
		`name="version" value="3"`, "签订期限",
		"not", "租金收缴情况")
	page.Mine = false
	webtest.Says(t, webtest.Drawn(t, "results/contract", page), "王老三", "not", "/contract/sign")
	page.Mine, page.Contract.State = true, contracts.Signed
	page.Accounts = contracts.Accounts{Due: 924500, Received: 900000, Arrears: 24500}
	webtest.Says(t, webtest.Drawn(t, "results/contract", page), "租金收缴情况", "245.00", "签订时间", "not", "/contract/sign",
		"签订期限")
}

// TestEachPageHasItsPolicy: what came of a lot is everybody's; a contract is
// signed by who may.
func TestEachPageHasItsPolicy(t *testing.T) {
	k := webtest.Kit(t)
	(&Screens{Kit: k}).Register()
	for _, r := range k.Routes() {
		own := r.Path == "/contracts" || strings.HasSuffix(r.Path, "/sign")
		if own != (r.Policy.String() == "needs contract.sign") || !own && r.Policy.String() != "public" {
			t.Errorf("%s %s: %s", r.Method, r.Path, r.Policy)
		}
	}
}
