package web

import (
	"bytes"
	"crypto/rand"
	"net"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
)

// What somebody reports is sealed as soon as it has arrived, and nothing of it
// may stay in this program's memory afterwards. Freed memory is not cleared by
// Go, so a private request is read without copies, and every buffer that it went
// through is wiped: the one that the connection reads through, the request's
// body, and the answer, which may repeat what was typed. The connection ends
// with the answer, so that its buffers hold nothing of another request. That
// holds for a report that is refused or breaks off as well.

// Serve serves on the listener until the app is shut down.
func (k *Kit) Serve(l net.Listener) error {
	return k.App.Listener(wipingListener{l, &crowd{most: connections, proxies: k.proxies}})
}

// private clears everything that was sent to the report box once it is answered,
// whoever answers it.
func (k *Kit) private(c *fiber.Ctx) error {
	if reads(c) || !isReport(c.Path()) {
		return c.Next()
	}
	c.Context().SetConnectionClose()
	if conn, ok := c.Context().Conn().(*wipingConn); ok {
		conn.private = true
		defer func() { clear(conn.reader) }()
	}
	defer wipeBody(c)
	return c.Next()
}

// wipeRefused clears what has come of a request that is refused while it is
// read; its address may be unknown by then.
func wipeRefused(c *fiber.Ctx) {
	if conn, ok := c.Context().Conn().(*wipingConn); ok {
		clear(conn.unread)
		conn.unread = nil
	}
	wipeBody(c)
}

// wipeBody clears the whole buffer: of a broken off body the server has forgotten the length.
func wipeBody(c *fiber.Ctx) { dropStream(c) }

// PrivateForm is a form whose texts are never copied.
type PrivateForm struct{ fields map[string][][]byte }

// ReadPrivate reads a multipart form in place. Every value lies in the request's
// body, which is cleared once it is answered.
func ReadPrivate(c *fiber.Ctx) (*PrivateForm, error) {
	boundary := c.Request().Header.MultipartFormBoundary()
	if len(boundary) == 0 || c.Request().Header.ContentLength() < 0 {
		return nil, fault.New(fault.Invalid, "请用本页的表单提交")
	}
	fields, ok := splitForm(c.Request().Body(), boundary)
	if !ok {
		return nil, fault.New(fault.Invalid, "表单没有传完整，请重新提交")
	}
	return &PrivateForm{fields}, nil
}

// Text is a field with its ends trimmed; empty when there is none.
func (f *PrivateForm) Text(name string) []byte {
	if all := f.fields[name]; len(all) > 0 {
		return bytes.TrimSpace(all[0])
	}
	return nil
}

// Word is a field that is nobody's secret, such as a choice; longer than a
// choice can be it is empty.
func (f *PrivateForm) Word(name string) string {
	const longest = 100
	if t := f.Text(name); len(t) <= longest {
		return string(t)
	}
	return ""
}

// Files lists what was chosen in a file field; one left empty is none.
func (f *PrivateForm) Files(name string) [][]byte {
	var all [][]byte
	for _, body := range f.fields[name] {
		if len(body) > 0 {
			all = append(all, body)
		}
	}
	return all
}

// most parts that a form of ours has, photos included.
const mostParts = 60

// splitForm finds the parts of a multipart body (RFC 7578) without copying them.
func splitForm(body, boundary []byte) (map[string][][]byte, bool) {
	mark := append([]byte("\r\n--"), boundary...)
	if !bytes.HasPrefix(body, mark[2:]) {
		return nil, false
	}
	rest := body[len(mark)-2:]
	fields := map[string][][]byte{}
	for range mostParts {
		if bytes.HasPrefix(rest, []byte("--")) {
			return fields, true
		}
		part, after, whole := bytes.Cut(rest, mark)
		head, value, ok := bytes.Cut(part, []byte("\r\n\r\n"))
		if !whole || !ok {
			return nil, false
		}
		if name, ok := partName(head); ok {
			fields[name] = append(fields[name], value)
		}
		rest = after
	}
	return nil, false
}

// partName reads a part's name. The name of a file is passed over: it may tell who sent it.
func partName(head []byte) (string, bool) {
	_, after, ok := bytes.Cut(head, []byte(` name="`))
	name, _, closed := bytes.Cut(after, []byte(`"`))
	return string(name), ok && closed && len(name) < 100
}

// Hidden is texts that a page shows and this program must not keep: they are put
// into the drawn page last, in place of marks that nobody can guess.
type Hidden struct {
	mark  string
	texts [][]byte
}

// NewHidden begins a page's hidden texts.
func NewHidden() *Hidden { return &Hidden{mark: "hidden-" + rand.Text() + "-"} }

// Put returns the mark to be drawn where the text belongs.
func (h *Hidden) Put(text []byte) string {
	h.texts = append(h.texts, text)
	return h.mark + strconv.Itoa(len(h.texts)-1) + "."
}

// fill writes the page with the texts, each escaped, and clears them.
func (h *Hidden) fill(page []byte) []byte {
	size := len(page)
	for _, t := range h.texts {
		size += 6 * len(t)
	}
	out := make([]byte, 0, size) // never grown: what is left behind could not be wiped
	for {
		before, after, found := bytes.Cut(page, []byte(h.mark))
		if !found {
			break
		}
		number, rest, _ := bytes.Cut(after, []byte("."))
		n, err := strconv.Atoi(string(number))
		out = append(out, before...)
		if err == nil && n < len(h.texts) && len(out)+6*len(h.texts[n])+len(rest) <= cap(out) {
			out = appendEscaped(out, h.texts[n])
		}
		page = rest
	}
	out = append(out, page...)
	for _, t := range h.texts {
		clear(t)
	}
	return out
}

func appendEscaped(out, text []byte) []byte {
	for _, b := range text {
		switch b {
		case '<':
			out = append(out, "&lt;"...)
		case '>':
			out = append(out, "&gt;"...)
		case '&':
			out = append(out, "&amp;"...)
		case '"':
			out = append(out, "&#34;"...)
		case '\'':
			out = append(out, "&#39;"...)
		case 0:
		default:
			out = append(out, b)
		}
	}
	return out
}

// PrivatePage draws a page of somebody who is not to be known: with no cookie,
// kept by no cache, wiped after it was sent. err, if any, is the form's.
func (k *Kit) PrivatePage(c *fiber.Ctx, page string, data any, h *Hidden, err error) error {
	if err != nil {
		c.Status(Status(err))
	}
	if err := k.draw(c, page, data, err); err != nil {
		return err
	}
	body := c.Response().Body()
	out := h.fill(body)
	clear(body)
	c.Response().SetBodyRaw(out)
	if conn, ok := c.Context().Conn().(*wipingConn); ok && conn.private {
		conn.own = out
	}
	return nil
}
