package api

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"

	"sunlot/disclosure/power"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/works"
)

func drawn(t *testing.T, out any) string {
	t.Helper()
	raw, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestWhatHasNoValueYetIsAbsent: the description promises that a list is [] and
// never null, and that an instant that has not come is not written.
func TestWhatHasNoValueYetIsAbsent(t *testing.T) {
	for name, out := range map[string]any{
		"lot":          drawLot(trading.Lot{}),
		"bid":          drawBid(trading.Bid{}),
		"registration": drawRegistration(trading.Registration{}),
		"project":      drawProject(works.Project{}),
		"sums":         drawSums(works.Sums{}),
	} {
		if text := drawn(t, out); strings.Contains(text, "null") {
			t.Errorf("%s: %s", name, text)
		}
	}
	for _, absent := range []string{"announced_at", "register_until", "opens_at", "posted_at", "board_photo",
		"event", "mend"} {
		if text := drawn(t, drawTender(trading.Tender{})); strings.Contains(text, `"`+absent+`":`) {
			t.Errorf("a draft notice has %s: %s", absent, text)
		}
	}
	r := drawn(t, drawResolution(trading.Resolution{}))
	for _, empty := range []string{`"reasons":[]`, `"votes":[]`} {
		if !strings.Contains(r, empty) {
			t.Errorf("no %s in %s", empty, r)
		}
	}
	if p := drawn(t, drawProject(works.Project{})); !strings.Contains(p, `"plan":[]`) ||
		strings.Contains(p, `"entries"`) {
		t.Error(p)
	}
}

// TestALotsPrice is the start price until somebody has bid, and its rents are of
// that price.
func TestALotsPrice(t *testing.T) {
	l := trading.Lot{
		ID:    "l1",
		State: trading.Bidding,
		Basis: trading.Basis{Size: 2150, Years: 5},
		Terms: mode.Ascending{Start: 30000, Step: 1000, MostSteps: 10}.Terms(),
	}
	if out := drawLot(l); out.Price != 30000 || out.Leader != "" || out.YearlyRent != 645000 ||
		out.WholeRent != 3225000 || out.StartPrice != 30000 {
		t.Errorf("%+v", out)
	}
	l.Board = mode.Board{Bids: 3, Leading: mode.Offer{Bidder: "8002", Price: 43000}}
	if out := drawLot(l); out.Price != 43000 || out.Leader != "8002" || out.YearlyRent != 924500 || out.Bids != 3 ||
		out.StartPrice != 30000 {
		t.Errorf("%+v", out)
	}
}

func TestATendersSums(t *testing.T) {
	n := trading.Tender{ID: "t1", Version: 2, Area: 3860,
		TenderForm: trading.TenderForm{Title: "鱼塘", StartPrice: 40000, Years: 5, DepositPercent: 10}}
	out := drawTender(n)
	if out.YearlyRent != n.Yearly() || out.WholeRent != 5*n.Yearly() || out.Deposit != n.Deposit() ||
		out.Deposit == 0 || out.Form.Title != "鱼塘" || out.Version != 2 {
		t.Errorf("%+v", out)
	}
}

func TestAnItemsEdition(t *testing.T) {
	out := drawItem(power.Item{ID: "i1", Edition: 3, Document: strings.Repeat("a", 64),
		ItemForm: power.ItemForm{Name: "工程发包"}})
	if out.ID != "i1" || out.Edition != 3 || out.Form.Name != "工程发包" || out.Document == "" {
		t.Errorf("%+v", out)
	}
}

// TestAProjectsSums: what is still owed is of what was agreed.
func TestAProjectsSums(t *testing.T) {
	s := works.Sums{Budget: 900, Contract: 1000, Varied: 100, Final: 1080, Paid: 600}
	if out := drawSums(s); out.Outstanding != s.Outstanding() || out.Varied != 100 || out.Paid != money.Fen(600) {
		t.Errorf("%+v", out)
	}
}

// TestATokenIsAskedFor: a request without the token names the field; nothing is
// looked up.
func TestATokenIsAskedFor(t *testing.T) {
	k := open(t)
	(&Screens{Kit: k}).Register()
	for _, path := range []string{"/sessions/renew", "/sessions/end"} {
		for body, field := range map[string]string{`{}`: "refresh_token", `{"refresh_token":""}`: "refresh_token",
			`{"token":"x"}`: "token"} {
			if a := ask(t, k, "POST", root+path, "", body); a.status != 422 ||
				!strings.Contains(a.body, `"name":"`+field+`"`) {
				t.Errorf("%s %s: %d %s", path, body, a.status, a.body)
			}
		}
	}
}

// TestMe tells the roles of today and is never a list of null.
func TestMe(t *testing.T) {
	k := open(t)
	(&Screens{Kit: k}).Register()
	a := ask(t, k, "GET", root+"/me", string(identity.Clerk), "")
	var me struct {
		Person, Name string
		Roles        []struct {
			OrgName string `json:"org_name"`
			Role    identity.Role
		}
	}
	if err := json.Unmarshal([]byte(a.body), &me); err != nil || a.status != 200 ||
		me.Person != string(identity.Clerk) ||
		len(me.Roles) != 1 || me.Roles[0].Role != identity.Clerk || me.Roles[0].OrgName != "样例村" {
		t.Errorf("%+v %v", a, err)
	}
	if a := ask(t, k, "GET", root+"/me", "", ""); a.status != 401 {
		t.Errorf("of nobody: %+v", a)
	}
}

// TestAStatementIsBase64: a bank's file may be in GB18030, so it does not travel as text.
func TestAStatementIsBase64(t *testing.T) {
	_, err := (&Screens{}).importStatement(nil, identity.Actor{}, "key", statement{CSV: "日期,金额"})
	if fields := fault.FieldsOf(err); fault.CodeOf(err) != fault.Invalid || len(fields) != 1 ||
		fields[0].Name != "csv" {
		t.Errorf("%v", err)
	}
}

// TestOnePhotoIsSent: none, or two, are refused before anything is kept.
func TestOnePhotoIsSent(t *testing.T) {
	k := open(t)
	(&Screens{Kit: k}).Register()
	for _, count := range []int{0, 2} {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for range count {
			part, err := w.CreateFormFile("photo", "a.jpg")
			if err != nil {
				t.Fatal(err)
			}
			part.Write([]byte("no photo"))
		}
		w.WriteField("other", "x")
		w.Close()
		req := httptest.NewRequest("POST", root+"/photos", &body)
		req.Header.Set("Content-Type", w.FormDataContentType())
		req.Header.Set("Authorization", "Bearer "+string(identity.Clerk))
		resp, err := k.App.Test(req, 10_000)
		if err != nil || resp.StatusCode != 422 {
			t.Errorf("%d photos: %v %v", count, resp, err)
		}
	}
}

// TestAPhotosComplaintIsOfTheField, unless it is about something else already.
func TestAPhotosComplaintIsOfTheField(t *testing.T) {
	for _, c := range []struct {
		err   error
		field string
	}{
		{fault.New(fault.Invalid, "照片太大"), "photo"},
		{fault.New(fault.Invalid, "不对").On("other"), "other"},
		{fault.New(fault.Unavailable, "系统繁忙"), ""},
	} {
		got := onPhoto(c.err)
		fields := fault.FieldsOf(got)
		if fault.CodeOf(got) != fault.CodeOf(c.err) || c.field == "" && len(fields) > 0 || c.field != "" &&
			(len(fields) != 1 || fields[0].Name != c.field) {
			t.Errorf("%v became %v on %v", c.err, got, fields)
		}
	}
}
