package results

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/web"
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
	says(t, drawn(t, "results/result", page), "流标", "没有取得资格的竞买人", "not", "我要提异议", "/replay", "成交人")
	page.Lot.Bidders = 2
	says(t, drawn(t, "results/result", page), "竞价期间没有人报价", "not", "没有取得资格的竞买人")
}

// TestObjectionsAreTakenInTime: the form stands on the page while it is open.
func TestObjectionsAreTakenInTime(t *testing.T) {
	page := resultPage{Lot: trading.Lot{ID: "l1", State: trading.Awarded}, Award: award(""), Open: true}
	says(t, drawn(t, "results/result", page), "王老三", "430.00", "我要提异议", `action="/lots/l1/objections"`,
		`name="phone"`)
	page.Award, page.Open = award("settled"), false
	says(t, drawn(t, "results/result", page), "公示期内没有人提出异议", "not", "我要提异议", `name="phone"`)
}

// TestAnObjectionIsReadWithItsAnswer, and before it is answered nobody reads it.
func TestAnObjectionIsReadWithItsAnswer(t *testing.T) {
	o := trading.Objection{ID: "o1", State: trading.Raised, Public: "程序不对"}
	page := resultPage{Lot: trading.Lot{ID: "l1", State: trading.Awarded}, Award: award(""),
		Objections: []trading.Objection{o}}
	says(t, drawn(t, "results/result", page), "答复时公开内容", "not", "程序不对")
	page.Objections[0].State, page.Objections[0].Answer = trading.Answered, "已核对"
	says(t, drawn(t, "results/result", page), "程序不对", "已核对", "not", "答复时公开内容")
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
	says(t, drawn(t, "results/contract", page), "/lots/l1/contract/sign", `name="version" value="3"`, "最晚签订",
		"not", "钱到了没有")
	page.Mine = false
	says(t, drawn(t, "results/contract", page), "王老三", "not", "/contract/sign")
	page.Mine, page.Contract.State = true, contracts.Signed
	page.Accounts = contracts.Accounts{Due: 924500, Received: 900000, Arrears: 24500}
	says(t, drawn(t, "results/contract", page), "钱到了没有", "245.00", "签订时间", "not", "/contract/sign", "最晚签订")
}

// TestEachPageHasItsPolicy: what came of a lot is everybody's; a contract is
// signed by who may.
func TestEachPageHasItsPolicy(t *testing.T) {
	k, err := web.New(web.Config{URL: "http://127.0.0.1:8080", Secret: []byte("a secret of the tests"),
		Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	(&Screens{Kit: k}).Register()
	for _, r := range k.Routes() {
		own := r.Path == "/contracts" || strings.HasSuffix(r.Path, "/sign")
		if own != (r.Policy.String() == "needs contract.sign") || !own && r.Policy.String() != "public" {
			t.Errorf("%s %s: %s", r.Method, r.Path, r.Policy)
		}
	}
}
