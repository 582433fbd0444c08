package village

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/mode"
	"sunlot/trading/works"
	"sunlot/web"
	"sunlot/web/public/parts"
)

type clock struct{}

func (clock) Now() time.Time { return time.Date(2026, 12, 10, 1, 30, 0, 0, time.UTC) }

// drawn is a page of the room with the data, as nobody in particular sees it.
func drawn(t *testing.T, page string, data any) string {
	t.Helper()
	k, err := web.New(web.Config{
		URL:    "http://127.0.0.1:8080",
		Secret: []byte("a secret of the tests"),
		Clock:  clock{},
		Log:    slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	k.Get("/probe", web.Public, func(c *fiber.Ctx) error { return k.Page(c, page, data) })
	resp, err := k.App.Test(httptest.NewRequest("GET", "/probe", nil), 10_000)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		t.Fatalf("%d %v %.300s", resp.StatusCode, err, body)
	}
	return string(body)
}

// says asks that a page has all of the parts, and none of those after a "not".
func says(t *testing.T, page string, parts ...string) {
	t.Helper()
	want := true
	for _, part := range parts {
		if part == "not" {
			want = false
		} else if strings.Contains(page, part) != want {
			t.Errorf("%q: %v", part, !want)
		}
	}
}

// whole is the paging of a list that fits on one page.
var whole = web.Paging{Page: identity.Page{Number: 1, Size: 20}}

var qingtang = identity.Org{ID: "v1", Kind: identity.Village, Name: "青塘村", Path: "/c/t/v1/"}

// TestAVillageThatHasNothingYet says so, part by part.
func TestAVillageThatHasNothingYet(t *testing.T) {
	says(t, drawn(t, "village/show", villagePage{Paging: whole, Village: qingtang}), "青塘村", "现在没有出租的",
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
	says(t, drawn(t, "village/show", page), "资产a1", "闲置", "2031年11月30日", `href="/lots/l3"`, "正在竞价")
}

// TestWhatIsLiveMoves: a card of a lot that is bid for has what the island needs
// to follow it.
func TestWhatIsLiveMoves(t *testing.T) {
	page := villagePage{Paging: whole, Village: qingtang, Epoch: "e1",
		Live: []trading.Lot{{ID: "l1", State: trading.Bidding, Event: event.Ref{Seq: 5},
			Board: mode.Board{Bids: 2, Leading: mode.Offer{Bidder: "8002", Price: 43000}}}}}
	says(t, drawn(t, "village/show", page), `data-channel="lot:l1" data-offset="7" data-epoch="e1"`, "430.00", "8002",
		"not", "现在没有出租的")
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
	says(t, drawn(t, "village/show", page), `href="/results?village=v1"`, "全部 9 个成交结果",
		`href="/villages/v1/resolutions"`,
		"全部 8 份决议", `href="/villages/v1/objections"`, "not", `href="/projects?village=v1"`)
}

// TestAQuestionWaitsUnread: what was asked is read with its answer, and by when
// that is due stands there before.
func TestAQuestionWaitsUnread(t *testing.T) {
	waiting := trading.Objection{ID: "o1", State: trading.Raised, Public: "没有公示", AnswerBy: "2026-12-14"}
	says(t, drawn(t, "village/show",
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
	says(t, drawn(t, "village/list", full), "南镇", `href="/villages/v1"`, "not", "还没有登记村")
	says(t, drawn(t, "village/list", list{Paging: whole}), "还没有登记村")
	says(t, drawn(t, "village/list", list{Paging: whole, Text: "<x>"}), "没有找到", "&lt;x&gt;", "not", "还没有登记村", "<x>")
}
