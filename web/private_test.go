package web

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"strings"
	"testing"
)

// FuzzSplitForm holds the reading in place against the library's.
func FuzzSplitForm(f *testing.F) {
	f.Add("--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n你好\r\n--b--\r\n")
	f.Add("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\n" +
		"Content-Disposition: form-data; name=\"photos\"; filename=\"x.jpg\"\r\nContent-Type: " +
		"image/jpeg\r\n\r\n\xff\xd8\r\n--bb\r\n--b--")
	f.Add("--b\r\n\r\n\r\n--b--\r\n")
	f.Add("--b--\r\n")
	f.Add("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end")
	f.Fuzz(func(t *testing.T, body string) {
		got, ok := splitForm([]byte(body), []byte("b"))
		want, err := byLibrary(body)
		if err != nil || !ok {
			return // what either refuses is refused
		}
		for name, values := range want {
			for i, v := range values {
				if i >= len(got[name]) || string(got[name][i]) != v {
					t.Errorf("%s: %q, the library reads %q", name, got[name], values)
				}
			}
		}
	})
}

// byLibrary reads the same parts with mime/multipart; parts whose head has more
// than plain names are not ours.
func byLibrary(body string) (map[string][]string, error) {
	all := map[string][]string{}
	r := multipart.NewReader(strings.NewReader(body), "b")
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		value, err := io.ReadAll(p)
		if err != nil {
			return nil, err
		}
		head := p.Header.Get("Content-Disposition")
		kind, params, err := mime.ParseMediaType(head)
		if err != nil || kind != "form-data" || len(p.Header["Content-Disposition"]) != 1 ||
			head != `form-data; name="`+params["name"]+`"` || strings.ContainsAny(params["name"], "\\\"") ||
			params["name"] == "" {
			return nil, io.ErrUnexpectedEOF
		}
		for other := range p.Header {
			if other != "Content-Disposition" && other != "Content-Type" {
				return nil, io.ErrUnexpectedEOF
			}
		}
		all[params["name"]] = append(all[params["name"]], string(value))
	}
}

func TestSplitFormLeavesNothingOut(t *testing.T) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	w.WriteField("text", "一行\r\n--not the boundary\r\n二行")
	w.WriteField("empty", "")
	part, _ := w.CreateFormFile("photos", `张三 " name="x".jpg`)
	part.Write([]byte{0xff, 0xd8, '\r', '\n', '-', '-'})
	w.Close()
	got, ok := splitForm(body.Bytes(), []byte(w.Boundary()))
	if !ok || string(got["text"][0]) != "一行\r\n--not the boundary\r\n二行" || len(got["empty"]) != 1 ||
		!bytes.Equal(got["photos"][0], []byte{0xff, 0xd8, '\r', '\n', '-', '-'}) || len(got) != 3 {
		t.Errorf("%v %q", ok, got)
	}
	for _, cut := range []int{0, 1, len(w.Boundary()) + 2, body.Len() / 2, body.Len() - 8} {
		if _, ok := splitForm(body.Bytes()[:cut], []byte(w.Boundary())); ok {
			t.Errorf("the first %d bytes are taken for a whole form", cut)
		}
	}
	many := strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n", 100) + "--b--"
	if _, ok := splitForm([]byte(many), []byte("b")); ok {
		t.Error("a form of a hundred parts is taken")
	}
}

// A private connection wipes what it has written and the buffer it read through.
func TestAPrivateConnectionWipes(t *testing.T) {
	there, conn := pair(t)
	said, answer := []byte("一封信"), []byte("一封回信")
	if _, err := conn.Write(said); err != nil || string(said) != "一封信" {
		t.Errorf("an ordinary answer is wiped: %q %v", said, err)
	}
	conn.private, conn.own = true, answer
	if _, err := conn.Write(said); err != nil || !bytes.Equal(said, make([]byte, len(said))) {
		t.Errorf("what was written is still %q, %v", said, err)
	}
	conn.Close()
	if !bytes.Equal(answer, make([]byte, len(answer))) {
		t.Errorf("the answer is still %q", answer)
	}
	if got, _ := io.ReadAll(there); string(got) != "一封信一封信" {
		t.Errorf("there came %q", got)
	}
}

// The server's buffer, which goes on to other connections, is given a head
// without what came after it, however the bytes arrive.
func TestAHeadComesAlone(t *testing.T) {
	const head, body = "POST /report HTTP/1.1\r\nHost: x\r\n\r\n", "一封信\r\n\r\n的第二段"
	for cut := 0; cut <= len(head+body); cut++ {
		there, here := pair(t)
		buffer := make([]byte, 4096)
		there.Write([]byte((head + body)[:cut]))
		at := 0
		for at < min(cut, len(head)) {
			n, err := here.Read(buffer[at:])
			if at += n; err != nil {
				t.Fatal(err)
			}
		}
		there.Write([]byte((head + body)[cut:]))
		for at < len(head) {
			n, err := here.Read(buffer[at:])
			if at += n; err != nil {
				t.Fatal(err)
			}
		}
		if at != len(head) || string(bytes.TrimRight(buffer, "\x00")) != head {
			t.Fatalf("cut at %d the buffer has %q", cut, bytes.TrimRight(buffer, "\x00"))
		}
		rest := make([]byte, len(body))
		if _, err := io.ReadFull(here, rest); err != nil || string(rest) != body || len(here.unread) > 0 {
			t.Fatalf("cut at %d the body is %q, %d unread: %v", cut, rest, len(here.unread), err)
		}
		there.Close()
		if n, err := here.Read(buffer); n != 0 || err == nil || len(bytes.Trim(buffer, "\x00")) > 0 {
			t.Fatalf("broken off: %d %v, the buffer has %q", n, err, bytes.Trim(buffer, "\x00"))
		}
		here.Close()
	}
}

// pair is both ends of a connection that can wipe.
func pair(t *testing.T) (there net.Conn, here *wipingConn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	there, err = net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	accepted, err := wipingListener{l, &crowd{most: 9}}.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { there.Close(); accepted.Close() })
	return there, accepted.(*wipingConn)
}

func TestHiddenTextsAreEscapedAndCleared(t *testing.T) {
	h := NewHidden()
	text := []byte(`<script>alert("1")&'` + "\x00一")
	a, b := h.Put(text), h.Put(nil)
	page := []byte("<p>" + a + "</p><input value=\"" + b + "\"><i>" + strings.Replace(a, "0.", "7.", 1) + "</i>")
	out := string(h.fill(page))
	if out != "<p>&lt;script&gt;alert(&#34;1&#34;)&amp;&#39;一</p><input value=\"\"><i></i>" {
		t.Errorf("the page is %s", out)
	}
	if !bytes.Equal(text, make([]byte, len(text))) {
		t.Errorf("the text is still %q", text)
	}
}
