package housetest

import (
	"bytes"
	"database/sql"
	"image/jpeg"
	"mime/multipart"
	"net/url"
	"path/filepath"
	"regexp"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/trading"
)

// Fill puts as many commitments into the log's queue as it takes, from beside the program.
func (r *House) Fill() {
	Beside(r, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8192)
		INSERT INTO blind_commitments (commitment, committed_at, due_at) SELECT printf('%064x', i), 0, 0 FROM n`)
}

func Beside(r *House, statement string) {
	r.T.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.Store.Dir, "sunlot.db")+"?_pragma=busy_timeout(10000)")
	r.Ok(err)
	defer db.Close()
	_, err = db.Exec(statement)
	r.Ok(err)
}

// Sealed sends a form of the report box: multipart, without a token or cookie.
func (c *Client) Sealed(path string, form url.Values, photos ...[]byte) Answer {
	c.R.T.Helper()
	kind, body := MultipartOf(c.R.T, form, photos...)
	return c.Do("POST", path, kind, body)
}

func MultipartOf(t *testing.T, form url.Values, photos ...[]byte) (kind string, body []byte) {
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

// About is a report's form.
func (r *House) About(who, place string) url.Values {
	return url.Values{"request_id": {event.NewID()}, "place": {place}, "about": {who}, "category": {"money"},
		"text": {"鱼塘租金没有进集体的账，有人看见 " + who}, "contact": {"李某某 13900000000"}}
}

var CodeShown = regexp.MustCompile(`<code class="figure">([0-9]{4} [0-9]{4} [0-9]{4} [0-9]{4})</code>`)

// Reported sends a report and returns its code.
func (r *House) Reported(form url.Values, photos ...[]byte) string {
	r.T.Helper()
	a := r.Nobody().Sealed("/report", form, photos...)
	m := CodeShown.FindStringSubmatch(a.Body)
	if a.StatusCode != 200 || m == nil {
		r.T.Fatalf("report: %d %s", a.StatusCode, Brief(a.Body))
	}
	return m[1]
}

// Waiting opens what waits in the mailbox for an office.
func (r *House) Waiting(o receiver) []mailbox.Letter {
	r.T.Helper()
	all, err := r.DB.Waiting(r.T.Context(), o.Key.Recipient().String(), "", 100)
	r.Ok(err)
	var letters []mailbox.Letter
	for _, e := range all {
		l, err := mailbox.Open(e.Body, o.Key)
		r.Ok(err)
		letters = append(letters, l)
	}
	return letters
}

// JpegOf is a small photo.
func JpegOf(t *testing.T, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, demo.Scene(trading.FarmLand, n), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
