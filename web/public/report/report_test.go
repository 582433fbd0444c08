package report

import (
	"bytes"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/fault"
	"sunlot/web"
)

type clock struct{}

func (clock) Now() time.Time { return time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC) }

func open(t *testing.T) *web.Kit {
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
	(&Screens{Kit: k}).Register()
	return k
}

// TestTheBoxAsksNobody: every route is open to everybody, and none of them is
// elsewhere than below the box.
func TestTheBoxAsksNobody(t *testing.T) {
	routes := open(t).Routes()
	for _, r := range routes {
		box := strings.HasPrefix(r.Path, web.ReportPath)
		if box != (r.Policy.String() == web.Anonymous.String()) || !box && r.Path != "/static/*" {
			t.Errorf("%s %s is %s", r.Method, r.Path, r.Policy)
		}
	}
	if len(routes) < 8 {
		t.Errorf("only %v", routes)
	}
}

// TestASlipIsNoGuess: what can be no code is asked for again, and nobody is
// slowed down; no mailbox is looked into.
func TestASlipIsNoGuess(t *testing.T) {
	k := open(t)
	for range 30 {
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		if err := w.WriteField("code", "不是查询码<i>"); err != nil {
			t.Fatal(err)
		}
		w.Close()
		req := httptest.NewRequest("POST", "/report/follow", &form)
		req.Header.Set("Content-Type", w.FormDataContentType())
		resp, err := k.App.Test(req, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		page, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != 422 || !strings.Contains(string(page), "不是查询码&lt;i&gt;") || len(resp.Cookies()) > 0 {
			t.Fatalf("%d %v %.300s", resp.StatusCode, resp.Cookies(), page)
		}
	}
}

func TestAPageOfTheBoxLeavesNoTrace(t *testing.T) {
	resp, err := open(t).App.Test(httptest.NewRequest("GET", "/report/follow", nil), 10_000)
	if err != nil || resp.StatusCode != 200 || len(resp.Cookies()) > 0 ||
		!strings.Contains(resp.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("%+v %v", resp, err)
	}
}

// TestHowFarAReportIs: what is passed is done, what lies ahead is not said.
func TestHowFarAReportIs(t *testing.T) {
	for state, want := range map[mailbox.State]string{
		mailbox.Waiting:  "now,,,",
		mailbox.Received: "done,now,,",
		mailbox.InHand:   "done,done,now,",
		mailbox.Finished: "done,done,done,done",
	} {
		var got []string
		for _, step := range stepsOf(state) {
			got = append(got, step.State)
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s: %q, want %s", state, got, want)
		}
	}
}

// TestWhatMayBeSentAgain: a form is offered once more where that can help.
func TestWhatMayBeSentAgain(t *testing.T) {
	for code, want := range map[fault.Code]bool{fault.Invalid: true, fault.Conflict: true, fault.Unavailable: true,
		fault.NotFound: false, fault.Forbidden: false, fault.Internal: false, fault.TooMany: false} {
		if mayBeSentAgain(fault.New(code, "x")) != want {
			t.Errorf("%s: %v", code, !want)
		}
	}
	if mayBeSentAgain(nil) {
		t.Error("what went well is sent again")
	}
}
