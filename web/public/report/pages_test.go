package report_test

import (
	"bytes"
	"encoding/hex"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
)

// TestAReportComesToItsOfficeAlone: nobody opens what is reported about himself,
// and only the one office can.
func TestAReportComesToItsOfficeAlone(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		village, county, town := r.Org("青塘村村民委员会"), r.Offices[0], r.Offices[1]
		photo := housetest.JpegOf(t, 3)
		r.Reported(r.About("village", village), photo)
		letters := r.Waiting(town)
		if len(letters) != 1 || len(r.Waiting(county)) != 0 {
			t.Fatalf("a village's cadre: %d at the township, %d at the county", len(letters), len(r.Waiting(county)))
		}
		l := letters[0]
		if string(l.Text) != "鱼塘租金没有进集体的账，有人看见 village" || string(l.Contact) != "李某某 13900000000" ||
			l.PlaceName != "青塘村村民委员会" ||
			len(l.Photos) != 1 || !bytes.Equal(l.Photos[0], photo) || !l.At.Equal(l.At.Truncate(time.Hour)) {
			t.Errorf("the letter is %+v", l)
		}
		for _, who := range []string{"township", "bidder", "supervisor", "unsure"} {
			r.Reported(r.About(who, village))
		}
		r.Reported(r.About("village", ""))
		if len(r.Waiting(town)) != 1 || len(r.Waiting(county)) != 5 {
			t.Errorf("the others: %d at the township, %d at the county", len(r.Waiting(town)), len(r.Waiting(county)))
		}
		all, err := r.DB.Waiting(t.Context(), town.Key.Recipient().String(), "", 1)
		r.Ok(err)
		if _, err := mailbox.Open(all[0].Body, county.Key); err == nil {
			t.Error("the county opens what is sealed to the township")
		}
	})
}

// TestAReporterFollowsByCode: the code is shown once, opens the box and its
// proof; a wrong one opens nothing; the same request again shows the same code.
func TestAReporterFollowsByCode(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		form := r.About("village", r.Org("青塘村村民委员会"))
		code := r.Reported(form)
		if again := r.Reported(form); again != code {
			t.Errorf("the same request again: %s, first %s", again, code)
		}
		if n := len(r.Waiting(r.Offices[1])); n != 1 {
			t.Fatalf("sent twice it is there %d times", n)
		}
		if a := r.Nobody().Sealed("/report", housetest.SheetWith(form, "text", "另外的事")); a.StatusCode != 409 {
			t.Errorf("the same number for something else: %d", a.StatusCode)
		}
		follow := func(code string) housetest.Answer {
			return r.Nobody().Sealed("/report/follow", url.Values{"code": {code}})
		}
		for _, typed := range []string{code, strings.ReplaceAll(code, " ", ""), strings.ReplaceAll(code, " ", "-"),
			wide(code)} {
			if a := follow(typed); a.StatusCode != 200 || !strings.Contains(a.Body, "查询码正确") ||
				strings.Contains(a.Body, "鱼塘租金") {
				t.Errorf("%q: %d %s", typed, a.StatusCode, housetest.Brief(a.Body))
			}
		}
		wrong := "0000" + code[4:]
		if a := follow(wrong); a.StatusCode != 422 || !strings.Contains(a.Body, "没有找到这个查询码") {
			t.Errorf("a wrong code: %d", a.StatusCode)
		}
		if a := r.Nobody().Sealed("/report/add", url.Values{
			"request_id": {event.NewID()},
			"code":       {code},
			"text":       {"还有一张收据"},
		}, housetest.JpegOf(t, 3)); a.StatusCode != 200 {
			t.Errorf("added: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
		if letters := r.Waiting(r.Offices[1]); len(letters) != 2 {
			t.Errorf("after adding %d letters wait", len(letters))
		}
		proves(r, code)
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
func proves(r *housetest.House, code string) {
	r.T.Helper()
	r.Jump(r.Clock.Now().Add(time.Minute))
	r.Ok(r.Blind.TickIfDue(r.T.Context()))
	r.KeepLog()
	f, err := r.Mailbox.Follow(r.T.Context(), "here", code)
	r.Ok(err)
	kept, err := mailbox.ProofOf(r.T.Context(), r.Blind, f.Box)
	r.Ok(err)
	salt, _ := hex.DecodeString(kept.Salt)
	envelope, _ := hex.DecodeString(kept.Envelope)
	want := mailbox.Commitment(salt, [32]byte(envelope))
	if kept.Proof == nil || hex.EncodeToString(want[:]) != kept.Commitment || kept.Proof.Commitment != kept.Commitment {
		r.T.Fatalf("the proof is %+v", kept)
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(r.Log.KeyText()))
	r.Ok(err)
	if promise, err := ledger.OpenPromise(kept.Promise, verifier); err != nil || promise.Commitment != want {
		r.T.Errorf("the promise: %v", err)
	}
	if _, err := kept.Proof.Verify(verifier); err != nil {
		r.T.Errorf("the path: %v", err)
	}
	page := r.Nobody().Sealed("/report/follow", url.Values{"code": {code}})
	if !strings.Contains(page.Body, "已写进公开日志") {
		r.T.Error("the page does not say that it is in the log")
	}
}

// TestTheReportBoxKnowsNobody: no cookie is set or read, nothing is cached, no
// line is logged.
func TestTheReportBoxKnowsNobody(t *testing.T) {
	r := housetest.OnSQLite(t)
	clerk := r.Browser("clerk")
	for _, c := range []*housetest.Client{clerk, r.Nobody()} {
		answers := []housetest.Answer{c.Get("/report"), c.Get("/report?place=" + r.Org("青塘村村民委员会")),
			c.Get("/report/where?q=青"), c.Get("/report/follow"),
			c.Sealed("/report", r.About("village", "")),
			c.Sealed("/report/follow", url.Values{"code": {"1234 5678 1234 5678"}}), c.Get("/Report")}
		for i, a := range answers {
			if len(a.Header.Values("Set-Cookie")) > 0 || a.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("answer %d: cookies %v, cache %s", i, a.Header.Values("Set-Cookie"),
					a.Header.Get("Cache-Control"))
			}
			if strings.Contains(a.Body, "青塘村经办人") || strings.Contains(a.Body, `name="csrf"`) {
				t.Errorf("answer %d knows who reads it", i)
			}
			if a.StatusCode >= 500 {
				t.Errorf("answer %d: %d", i, a.StatusCode)
			}
		}
	}
	if a := r.Nobody().With("Origin", "https://evil.example").
		Sealed("/report", r.About("village", "")); a.StatusCode != 403 {
		t.Errorf("from another site: %d", a.StatusCode)
	}
}

// TestThePlainCommandsOpenAnEnvelope: age and tar, of others.
func TestThePlainCommandsOpenAnEnvelope(t *testing.T) {
	r := housetest.OnSQLite(t)
	r.Reported(r.About("village", ""), housetest.JpegOf(t, 3))
	all, err := r.DB.Waiting(t.Context(), r.Offices[0].Key.Recipient().String(), "", 1)
	r.Ok(err)
	plain, err := age.Decrypt(bytes.NewReader(all[0].Body), r.Offices[0].Key)
	r.Ok(err)
	archive, err := io.ReadAll(plain)
	r.Ok(err)
	if len(archive) != 128<<10 {
		t.Errorf("a short report's archive has %d bytes", len(archive))
	}
	dir := t.TempDir()
	r.Ok(os.WriteFile(dir+"/report.tar", archive, 0o600))
	out, err := exec.Command("tar", "-xOf", dir+"/report.tar", "text.txt").Output()
	if err != nil || !strings.Contains(string(out), "鱼塘租金") {
		t.Errorf("tar: %v %s", err, out)
	}
}
