package verify_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/privacy"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// TestWithheldTextsAreReadNowhere: what two persons took out of sight is at no
// address of the house, by page or program; who did it, when and why is, and
// strangers who verify are told so.
func TestWithheldTextsAreReadNowhere(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		r.KeepLog()
		n := r.Neighbour()
		a, err := r.Assets.SeeAsset(t.Context(), identity.Actor{}, n.Asset)
		r.Ok(err)
		words := []string{n.Title, n.Contact, n.Conditions, a.Title, a.Location}
		nobody := r.Nobody()
		from := []string{"/", "/tenders", "/tenders/" + n.ID, "/assets/" + n.Asset, "/lots/" + n.Lot,
			"/api/v1/tenders/" + n.ID, "/api/v1/assets/" + n.Asset, "/api/v1/tenders",
			"/documents/" + n.Document, "/documents/" + a.Document, "/api/v1/documents/" + n.Document}
		before := ""
		for _, path := range from {
			before += nobody.Get(path).Body
		}
		for _, word := range words {
			if !strings.Contains(before, word) {
				t.Errorf("nobody could read %q before", word)
			}
		}
		for _, sha := range []string{n.Document, a.Document} {
			withheld(r, sha)
		}
		for _, path := range from {
			a := nobody.Get(path)
			for _, word := range words {
				if strings.Contains(a.Body, word) {
					t.Errorf("%s is read at %s", word, path)
				}
			}
			document := strings.Contains(path, "/documents/")
			if document && (a.StatusCode != http.StatusGone || !strings.Contains(a.Body, "含有个人信息")) {
				t.Errorf("%s: %d %s", path, a.StatusCode, housetest.Brief(a.Body))
			}
			if path == "/tenders/"+n.ID && (strings.Contains(a.Body, "此前未出租") || strings.Contains(a.Body, "应到")) {
				t.Errorf("%s says what is withheld as if it were nothing: %s", path, housetest.Brief(a.Body))
			}
			if !document && a.StatusCode >= 400 {
				t.Errorf("%s: %d", path, a.StatusCode)
			}
		}
		for _, search := range []string{"/search?q=", "/tenders?q="} {
			if strings.Contains(nobody.Get(search+url.QueryEscape(n.Title)).Body, "/tenders/"+n.ID) {
				t.Errorf("%s finds it", search)
			}
		}
		r.KeepLog()
		said, err := r.Outside(ledger.Target{})
		if err != nil || !strings.Contains(said, "已隐去（withheld）：公开文本 "+n.Document) {
			t.Errorf("verify: %v\n%s", err, said)
		}
	})
}

// TestAWithheldTextHasItsRecord: a server that says withheld without a record of
// it, or serves what the record says is withheld, is named.
func TestAWithheldTextHasItsRecord(t *testing.T) {
	for name, c := range map[string]struct{ tamper, says string }{
		"no record": {"INSERT INTO withholdings SELECT 'a', '/', document, 'document', 'withheld', " +
			"2, 1, 'personal', '', '', 'x', 'a', 0, 'b', 0, NULL FROM tenders WHERE id = ?", "日志里却没有隐去的记录"},
		"still served": {"DELETE FROM withholdings WHERE sha256 = (SELECT document FROM tenders WHERE id = ?)",
			"服务器却还在公布"},
	} {
		t.Run(name, func(t *testing.T) {
			r := housetest.OnSQLite(t)
			r.KeepLog()
			n := r.Neighbour()
			if name == "still served" {
				withheld(r, n.Document)
				r.KeepLog()
			}
			r.Tamper("", c.tamper, n.ID)
			said, err := r.Outside(ledger.Target{})
			if err == nil || !strings.Contains(said, c.says) {
				t.Errorf("%v\n%s", err, said)
			}
		})
	}
}

func withheld(r *housetest.House, sha string) {
	r.T.Helper()
	ctx := r.T.Context()
	id, err := r.Privacy.AskWithholding(ctx, r.Actor("station"), event.NewID(), privacy.WithholdForm{
		Address: sha,
		Ground:  "personal",
		Reason:  "有村民的手机号",
	})
	r.Ok(err)
	_, err = r.Privacy.DecideWithholding(ctx, r.Actor("leader"), event.NewID(), id,
		privacy.DecideForm{Version: 1, Agree: true})
	r.Ok(err)
}
