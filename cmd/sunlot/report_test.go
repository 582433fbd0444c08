package main

import (
	"bytes"
	"encoding/hex"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
)

// sealed sends a form of the report box: multipart, without a token or cookie.
func (c *client) sealed(path string, form url.Values, photos ...[]byte) answer {
	c.r.t.Helper()
	kind, body := multipartOf(c.r.t, form, photos...)
	return c.do("POST", path, kind, body)
}

func multipartOf(t *testing.T, form url.Values, photos ...[]byte) (kind string, body []byte) {
	t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for name, values := range form {
		for _, v := range values {
			if err := w.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, p := range photos {
		part, err := w.CreateFormFile("photos", "张三拍的.jpg")
		if err != nil {
			t.Fatal(err)
		}
		part.Write(p)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), out.Bytes()
}

// about is a report's form.
func (r *running) about(who, place string) url.Values {
	return url.Values{"request_id": {event.NewID()}, "place": {place}, "about": {who}, "category": {"money"},
		"text": {"鱼塘租金没有进集体的账,有人看见 " + who}, "contact": {"李某某 13900000000"}}
}

var codeShown = regexp.MustCompile(`<code class="figure">([0-9]{4} [0-9]{4} [0-9]{4} [0-9]{4})</code>`)

// reported sends a report and returns its code.
func (r *running) reported(form url.Values, photos ...[]byte) string {
	r.t.Helper()
	a := r.nobody().sealed("/report", form, photos...)
	m := codeShown.FindStringSubmatch(a.body)
	if a.StatusCode != 200 || m == nil {
		r.t.Fatalf("report: %d %s", a.StatusCode, brief(a.body))
	}
	return m[1]
}

// waiting opens what waits in the mailbox for an office.
func (r *running) waiting(o receiver) []mailbox.Letter {
	r.t.Helper()
	all, err := r.db.Waiting(r.t.Context(), o.key.Recipient().String(), "", 100)
	r.ok(err)
	var letters []mailbox.Letter
	for _, e := range all {
		l, err := mailbox.Open(e.Body, o.key)
		r.ok(err)
		letters = append(letters, l)
	}
	return letters
}

// TestAReportComesToItsOfficeAlone: nobody opens what is reported about himself,
// and only the one office can.
func TestAReportComesToItsOfficeAlone(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		village, county, town := r.org("青塘村村民委员会"), r.offices[0], r.offices[1]
		photo := jpegOf(t, 3)
		r.reported(r.about("village", village), photo)
		letters := r.waiting(town)
		if len(letters) != 1 || len(r.waiting(county)) != 0 {
			t.Fatalf("a village's cadre: %d at the township, %d at the county", len(letters), len(r.waiting(county)))
		}
		l := letters[0]
		if string(l.Text) != "鱼塘租金没有进集体的账,有人看见 village" || string(l.Contact) != "李某某 13900000000" || l.PlaceName != "青塘村村民委员会" ||
			len(l.Photos) != 1 || !bytes.Equal(l.Photos[0], photo) || !l.At.Equal(l.At.Truncate(time.Hour)) {
			t.Errorf("the letter is %+v", l)
		}
		for _, who := range []string{"township", "bidder", "supervisor", "unsure"} {
			r.reported(r.about(who, village))
		}
		r.reported(r.about("village", ""))
		if len(r.waiting(town)) != 1 || len(r.waiting(county)) != 5 {
			t.Errorf("the others: %d at the township, %d at the county", len(r.waiting(town)), len(r.waiting(county)))
		}
		all, err := r.db.Waiting(t.Context(), town.key.Recipient().String(), "", 1)
		r.ok(err)
		if _, err := mailbox.Open(all[0].Body, county.key); err == nil {
			t.Error("the county opens what is sealed to the township")
		}
	})
}

// TestAReporterFollowsByCode: the code is shown once, opens the box and its
// proof; a wrong one opens nothing; the same request again shows the same code.
func TestAReporterFollowsByCode(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		form := r.about("village", r.org("青塘村村民委员会"))
		code := r.reported(form)
		if again := r.reported(form); again != code {
			t.Errorf("the same request again: %s, first %s", again, code)
		}
		if n := len(r.waiting(r.offices[1])); n != 1 {
			t.Fatalf("sent twice it is there %d times", n)
		}
		if a := r.nobody().sealed("/report", sheetWith(form, "text", "另外的事")); a.StatusCode != 409 {
			t.Errorf("the same number for something else: %d", a.StatusCode)
		}
		follow := func(code string) answer { return r.nobody().sealed("/report/follow", url.Values{"code": {code}}) }
		for _, typed := range []string{code, strings.ReplaceAll(code, " ", ""), strings.ReplaceAll(code, " ", "-"), wide(code)} {
			if a := follow(typed); a.StatusCode != 200 || !strings.Contains(a.body, "查询码正确") || strings.Contains(a.body, "鱼塘租金") {
				t.Errorf("%q: %d %s", typed, a.StatusCode, brief(a.body))
			}
		}
		wrong := "0000" + code[4:]
		if a := follow(wrong); a.StatusCode != 422 || !strings.Contains(a.body, "没有这个查询码") {
			t.Errorf("a wrong code: %d", a.StatusCode)
		}
		if a := r.nobody().sealed("/report/add", url.Values{"request_id": {event.NewID()}, "code": {code}, "text": {"还有一张收据"}}, jpegOf(t, 3)); a.StatusCode != 200 {
			t.Errorf("added: %d %s", a.StatusCode, brief(a.body))
		}
		if letters := r.waiting(r.offices[1]); len(letters) != 2 {
			t.Errorf("after adding %d letters wait", len(letters))
		}
		r.proves(code)
	})
}

func wide(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '\uff10'
		}
		return r
	}, code)
}

// proves holds the box's proof against the log with the log's key alone.
func (r *running) proves(code string) {
	r.t.Helper()
	r.jump(r.clock.Now().Add(time.Minute))
	r.ok(r.blind.TickIfDue(r.t.Context()))
	r.keepLog()
	f, err := r.mailbox.Follow(r.t.Context(), code)
	r.ok(err)
	kept, err := mailbox.ProofOf(r.t.Context(), r.blind, f.Box)
	r.ok(err)
	salt, _ := hex.DecodeString(kept.Salt)
	envelope, _ := hex.DecodeString(kept.Envelope)
	want := mailbox.Commitment(salt, [32]byte(envelope))
	if kept.Proof == nil || hex.EncodeToString(want[:]) != kept.Commitment || kept.Proof.Commitment != kept.Commitment {
		r.t.Fatalf("the proof is %+v", kept)
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(r.log.KeyText()))
	r.ok(err)
	if promise, err := ledger.OpenPromise(kept.Promise, verifier); err != nil || promise.Commitment != want {
		r.t.Errorf("the promise: %v", err)
	}
	if _, err := kept.Proof.Verify(verifier); err != nil {
		r.t.Errorf("the path: %v", err)
	}
	page := r.nobody().sealed("/report/follow", url.Values{"code": {code}})
	if !strings.Contains(page.body, "已写进公开日志") {
		r.t.Error("the page does not say that it is in the log")
	}
}

// TestTheReportBoxKnowsNobody: no cookie is set or read, nothing is cached, no
// line is logged.
func TestTheReportBoxKnowsNobody(t *testing.T) {
	r := sqliteHouse(t)
	clerk := r.browser("clerk")
	for _, c := range []*client{clerk, r.nobody()} {
		answers := []answer{c.get("/report"), c.get("/report?place=" + r.org("青塘村村民委员会")), c.get("/report/where?q=青"), c.get("/report/follow"),
			c.sealed("/report", r.about("village", "")), c.sealed("/report/follow", url.Values{"code": {"1234 5678 1234 5678"}}), c.get("/Report")}
		for i, a := range answers {
			if len(a.Header.Values("Set-Cookie")) > 0 || a.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("answer %d: cookies %v, cache %s", i, a.Header.Values("Set-Cookie"), a.Header.Get("Cache-Control"))
			}
			if strings.Contains(a.body, "青塘村经办人") || strings.Contains(a.body, `name="csrf"`) {
				t.Errorf("answer %d knows who reads it", i)
			}
			if a.StatusCode >= 500 {
				t.Errorf("answer %d: %d", i, a.StatusCode)
			}
		}
	}
	if a := r.nobody().with("Origin", "https://evil.example").sealed("/report", r.about("village", "")); a.StatusCode != 403 {
		t.Errorf("from another site: %d", a.StatusCode)
	}
}

// TestThePlainCommandsOpenAnEnvelope: age and tar, of others.
func TestThePlainCommandsOpenAnEnvelope(t *testing.T) {
	r := sqliteHouse(t)
	r.reported(r.about("village", ""), jpegOf(t, 3))
	all, err := r.db.Waiting(t.Context(), r.offices[0].key.Recipient().String(), "", 1)
	r.ok(err)
	plain, err := age.Decrypt(bytes.NewReader(all[0].Body), r.offices[0].key)
	r.ok(err)
	archive, err := io.ReadAll(plain)
	r.ok(err)
	if len(archive) != 128<<10 {
		t.Errorf("a short report's archive has %d bytes", len(archive))
	}
	dir := t.TempDir()
	r.ok(os.WriteFile(dir+"/report.tar", archive, 0o600))
	out, err := exec.Command("tar", "-xOf", dir+"/report.tar", "text.txt").Output()
	if err != nil || !strings.Contains(string(out), "鱼塘租金") {
		t.Errorf("tar: %v %s", err, out)
	}
}

// jpegOf is a small photo.
func jpegOf(t *testing.T, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, hills(n), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
