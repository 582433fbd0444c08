package log_test

import (
	"encoding/hex"
	"fmt"
	"html"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
)

// announced is the event of the notice that the seed brings, and its leaf's hash.
func announced(r *housetest.House) (event.Event, string) {
	r.T.Helper()
	all, err := r.DB.Events(r.T.Context(), r.Neighbour().Stream(), 0, 100)
	r.Ok(err)
	for _, e := range all {
		if e.Kind == "tender.announced" {
			raw, err := e.Leaf()
			r.Ok(err)
			hash := ledger.LeafHash(raw)
			return e, hex.EncodeToString(hash[:])
		}
	}
	r.T.Fatal("the notice was not announced")
	return event.Event{}, ""
}

// verifier is the log's key as a stranger reads it.
func verifier(r *housetest.House) note.Verifier {
	r.T.Helper()
	v, err := note.NewVerifier(strings.TrimSpace(r.Nobody().Get("/log/key").Body))
	r.Ok(err)
	return v
}

// TestTheLogExplainsItself: how many records it has, the newest signature and the
// key, which are those that programs read, and the key's fingerprint.
func TestTheLogExplainsItself(t *testing.T) {
	r := housetest.OnSQLite(t)
	r.KeepLog()
	signed, key := r.Nobody().Get("/log/checkpoint"), r.Nobody().Get("/log/key")
	for _, a := range []housetest.Answer{signed, key} {
		if a.StatusCode != 200 || a.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s: %d %v", a.Request.URL, a.StatusCode, a.Header)
		}
	}
	head, err := ledger.OpenCheckpoint(signed.Body, verifier(r))
	r.Ok(err)
	var events int64
	r.Ok(r.Inspect().QueryRow("SELECT COUNT(*) FROM events").Scan(&events))
	if head.Size < events || head.Origin != "sunlot.test/log" {
		t.Errorf("%d events, %+v", events, head)
	}
	page := r.Nobody().Get("/log")
	housetest.Says(t, page, "公开日志", fmt.Sprint(head.Size), "外部见证方", "sunlot verify "+r.URL, "最新签名", "核验用公钥")
	print := event.Hash([]byte(key.Body))
	for _, words := range []string{signed.Body, key.Body, print[:4] + " " + print[4:8], print[60:]} {
		if !strings.Contains(html.UnescapeString(page.Body), words) {
			t.Errorf("the page lacks %q", words)
		}
	}
}

// TestTilesNeverChange: whoever has one may keep it for good; what is no tile, or
// is not full yet, is not found.
func TestTilesNeverChange(t *testing.T) {
	r := housetest.OnSQLite(t)
	r.KeepLog()
	head, err := ledger.OpenCheckpoint(r.Nobody().Get("/log/checkpoint").Body, verifier(r))
	r.Ok(err)
	tile := r.Nobody().Get(fmt.Sprintf("/log/tile/0/000.p/%d", head.Size))
	if tile.StatusCode != 200 || int64(len(tile.Body)) != 32*head.Size {
		t.Fatalf("%d leaves, the tile of their hashes: %d, %d bytes", head.Size, tile.StatusCode, len(tile.Body))
	}
	if kept := tile.Header.Get("Cache-Control"); kept != "public, max-age=31536000, immutable" {
		t.Error(kept)
	}
	_, hash := announced(r)
	leaf, err := hex.DecodeString(hash)
	r.Ok(err)
	if !strings.Contains(tile.Body, string(leaf)) {
		t.Error("the notice's hash is in no tile")
	}
	entries := r.Nobody().Get(fmt.Sprintf("/log/tile/entries/000.p/%d", head.Size))
	e, _ := announced(r)
	raw, err := e.Leaf()
	r.Ok(err)
	if entries.StatusCode != 200 || !strings.Contains(entries.Body, string(raw)) {
		t.Errorf("the notice is not among the entries: %d", entries.StatusCode)
	}
	for _, path := range []string{"", "x", "0", "0/000", "0/001", "0/000.p/0", "0/000.p/257", "0/000.p/x", "9/000",
		"-1/000",
		"entries", "entries/000", "0/0", "0/000.p/" + fmt.Sprint(head.Size+1)} {
		if a := r.Nobody().Get("/log/tile/" + path); a.StatusCode != 404 {
			t.Errorf("the tile %q: %d", path, a.StatusCode)
		}
	}
}

// TestARecordInWords: what happened, its exact bytes and its proof; until it is in
// the log the page says so and there is no proof.
func TestARecordInWords(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	fresh := d.Asset(1)
	all, err := r.DB.Events(t.Context(), event.Of("asset", fresh), 0, 10)
	r.Ok(err)
	raw, err := all[0].Leaf()
	r.Ok(err)
	sum := ledger.LeafHash(raw)
	at := "/log/leaves/" + hex.EncodeToString(sum[:])
	waiting := r.Nobody().Get(at)
	housetest.Says(t, waiting, "公开日志里的一条记录", "正在写入公开日志", "内容", `"area": 3860`)
	housetest.Silent(t, waiting, "记入日志的证明")
	housetest.Expect(t, r.Nobody().Get(at+"/receipt"), 404)

	r.KeepLog()
	page := r.Nobody().Get(at)
	housetest.Says(t, page, "公开日志里的一条记录", "查看对应页面", "公钥指纹", "内容", "记入日志的证明", "asset.registered")
	housetest.Silent(t, page, "正在写入公开日志")
	body := html.UnescapeString(page.Body)
	if !strings.Contains(body, string(raw)) || !strings.Contains(body, `href="/assets/`+fresh+`"`) {
		t.Error("the page has not the record's own bytes, or does not lead to its asset")
	}
	told := r.Nobody().Get(at + "/receipt")
	receipt, err := ledger.ParseReceipt(told.Body)
	r.Ok(err)
	if _, err := receipt.Verify(raw, verifier(r)); err != nil {
		t.Error(err)
	}
	if _, err := receipt.Verify(append(raw, ' '), verifier(r)); err == nil {
		t.Error("the proof holds for other bytes")
	}
	if !strings.Contains(body, told.Body) || told.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("the page has not the proof: %v", told.Header)
	}
	for _, hash := range []string{strings.Repeat("0", 64), "x", at[len("/log/leaves/"):][:63]} {
		housetest.Expect(t, r.Nobody().Get("/log/leaves/"+hash), 404)
		housetest.Expect(t, r.Nobody().Get("/log/leaves/"+hash+"/receipt"), 404)
	}
}

// TestAnySiteMayReadTheLog: its raw files and their errors, which know nobody; pages and
// the API are for their own site.
func TestAnySiteMayReadTheLog(t *testing.T) {
	r := housetest.OnSQLite(t)
	r.KeepLog()
	_, hash := announced(r)
	clerk, lapsed := r.Browser("clerk"), r.Nobody()
	for name := range clerk.Cookies {
		lapsed.Cookies[name] = "of a session that is over"
	}
	const own = "Cross-Origin-Resource-Policy"
	for path, status := range map[string]int{
		"/log/checkpoint": 200, "/log/key": 200, "/log/KEY/": 200, "/log/leaves/" + hash + "/receipt": 200,
		"/log/tile/entries/000": 404, "/log/tile/9/000": 404, "/log/tile/": 404, "/log/leaves/x/receipt": 404,
	} {
		for _, who := range []*housetest.Client{r.Nobody(), clerk, lapsed} {
			a := who.With("Origin", "https://elsewhere.example").Get(path)
			if a.StatusCode != status || a.Header.Get("Access-Control-Allow-Origin") != "*" ||
				a.Header.Get(own) != "cross-origin" || len(a.Header["Set-Cookie"]) != 0 ||
				!strings.HasPrefix(a.Header.Get("Content-Type"), "text/plain") || strings.Contains(a.Body, "<") {
				t.Errorf("%s: %d %v %.200s", path, a.StatusCode, a.Header, a.Body)
			}
		}
	}
	for _, path := range []string{"/", "/log", "/log/leaves/" + hash, "/log/leaves/x", "/log/x", "/api/v1/tenders",
		"/api/v1/x"} {
		a := clerk.With("Origin", "https://elsewhere.example").Get(path)
		if a.Header.Get("Access-Control-Allow-Origin") != "" || a.Header.Get(own) != "same-origin" {
			t.Errorf("%s: %d %v", path, a.StatusCode, a.Header)
		}
	}
}
