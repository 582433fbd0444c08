package village

import (
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/mode"
	"sunlot/trading/works"
	"sunlot/web"
	"sunlot/web/public/parts"
	"sunlot/web/webtest"
)

// whole is the paging of a list that fits on one page.
var whole = web.Paging{Page: identity.Page{Number: 1, Size: 20}}

var qingtang = identity.Org{ID: "v1", Kind: identity.Village, Name: "青塘村", Path: "/c/t/v1/"}

// TestAVillageThatHasNothingYet says so, part by part.
func TestAVillageThatHasNothingYet(t *testing.T) {
	webtest.Says(t, webtest.Drawn(t, "village/show", villagePage{Paging: whole, Village: qingtang}), "青塘村",
		"目前没有正在公告、竞价的资产",
		"还没有签订的合同", "还没有成交",
		"没有公开的工程项目", "还没有登记资产", "还没有公开的决议", "还没有人提出异议", `href="/report?place=v1"`,
		"not", "下一场竞价", "dist/home.js", `class="card`)
}

// TestWhatAVillageOwns: each asset with what it is doing now.
func TestWhatAVillageOwns(t *testing.T) {
	page := villagePage{Paging: whole, Village: qingtang, Holdings: map[string]contracts.Holding{
		"a1": {},
		"a2": {LetUntil: "2031-11-30"},
		"a3": {Lot: "l3", State: trading.Bidding},
	}}
	for _, id := range []string{"a1", "a2", "a3"} {
		page.Assets = append(page.Assets, trading.Asset{ID: id, AssetForm: trading.AssetForm{Name: "资产" + id}})
	}
	webtest.Says(t, webtest.Drawn(t, "village/show", page), "资产a1", "闲置", "2031年11月30日", `href="/lots/l3"`, "正在竞价")
}

// TestWhatIsLiveMoves: a card of a lot that is bid for has what the island needs
// to follow it.
func TestWhatIsLiveMoves(t *testing.T) {
	page := villagePage{Paging: whole, Village: qingtang, Epoch: "e1",
		Live: []trading.Lot{{ID: "l1", State: trading.Bidding, Event: event.Ref{Seq: 5},
			Board: mode.Board{Bids: 2, Leading: mode.Offer{Bidder: "8002", Price: 43000}}}}}
	webtest.Says(t, webtest.Drawn(t, "village/show", page), `data-channel="lot:l1" data-offset="7" data-epoch="e1"`,
		"430.00", "8002",
		"not", "目前没有正在公告、竞价的资产")
}

// TestALongListHasAPageOfItsOwn: the village's page shows some, and how many there are.
func TestALongListHasAPageOfItsOwn(t *testing.T) {
	page := villagePage{
		Paging:      whole,
		Village:     qingtang,
		AllResults:  9,
		AllProjects: 1,
		AllDecided:  8,
		AllAnswered: 7,
		Results:     make([]trading.Award, shown),
		Projects:    make([]works.Project, 1),
		Resolutions: make([]trading.Resolution, shown),
		Answered:    make([]trading.Objection, shown),
	}
	webtest.Says(t, webtest.Drawn(t, "village/show", page), `href="/results?village=v1"`, "全部 9 个成交结果",
		`href="/villages/v1/resolutions"`,
		"全部 8 份决议", `href="/villages/v1/objections"`, "not", `href="/projects?village=v1"`)
}

// TestAQuestionWaitsUnread: what was asked is read with its answer, and by when
// that is due stands there before.
func TestAQuestionWaitsUnread(t *testing.T) {
	waiting := trading.Objection{ID: "o1", State: trading.Raised, Public: "没有公示", AnswerBy: "2026-12-14"}
	webtest.Says(t, webtest.Drawn(t, "village/show",
		villagePage{Paging: whole, Village: qingtang, Waiting: []trading.Objection{waiting}}),
		"2026年12月14日", "答复时公开内容", "not", "没有公示")
}

func TestTheCountysVillages(t *testing.T) {
	type list struct {
		Townships []parts.Township
		Text      string
		Paging    web.Paging
	}
	v := identity.ListedVillage{Township: "南镇"}
	v.Name, v.ID = "青塘村", "v1"
	full := list{Townships: []parts.Township{{Name: "南镇", Villages: []identity.ListedVillage{v}}}, Paging: whole}
	webtest.Says(t, webtest.Drawn(t, "village/list", full), "南镇", `href="/villages/v1"`, "not", "暂无已开通的村")
	webtest.Says(t, webtest.Drawn(t, "village/list", list{Paging: whole}), "暂无已开通的村")
	webtest.Says(t, webtest.Drawn(t, "village/list", list{
		Paging: whole,
		Text:   "<x>",
	}), "没有找到", "&lt;x&gt;", "not", "暂无已开通的村", "<x>")
}
