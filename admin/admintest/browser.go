package admintest

import (
	"bytes"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"

	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// Browser is somebody at an office's pages. Each form that is sent has the
// token of a page read before and a number of its own.
type Browser struct {
	office  *Office
	cookies map[string]string
	token   string
}

// Page is an answer.
type Page struct {
	office   *Office
	where    string
	Status   int
	Location string // where a redirection leads
	Type     string
	Body     string
}

// As is a browser in which the person is logged in.
func (o *Office) As(who identity.Actor) *Browser {
	return &Browser{office: o, cookies: map[string]string{"__Host-access": who.PersonID}}
}

var tokenInput = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

// Get reads a page.
func (b *Browser) Get(path string) Page {
	b.office.T.Helper()
	p := b.do(httptest.NewRequest(http.MethodGet, path, nil))
	if m := tokenInput.FindStringSubmatch(p.Body); m != nil {
		b.token = html.UnescapeString(m[1])
	}
	return p
}

// Send sends a form; fields are names and values in turn.
func (b *Browser) Send(path string, fields ...string) Page {
	b.office.T.Helper()
	form := b.form(fields)
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

// Upload sends a form with a file.
func (b *Browser) Upload(path, field string, file []byte, fields ...string) Page {
	b.office.T.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range b.form(fields) {
		for _, value := range values {
			b.office.ok(w.WriteField(name, value))
		}
	}
	part, err := w.CreateFormFile(field, "file")
	b.office.ok(err)
	_, err = part.Write(file)
	b.office.ok(err)
	b.office.ok(w.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(r)
}

// form is the fields with the token and a request's number. A name that comes
// again has several values.
func (b *Browser) form(fields []string) url.Values {
	if b.token == "" {
		b.Get("/office")
	}
	form := url.Values{"csrf": {b.token}, "request_id": {event.NewID()}}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return form
}

func (b *Browser) do(r *http.Request) Page {
	t := b.office.T
	t.Helper()
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := b.office.Kit.App.Test(r, -1)
	b.office.ok(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	b.office.ok(err)
	for _, c := range answer.Cookies() {
		b.cookies[c.Name] = c.Value
	}
	return Page{
		office:   b.office,
		where:    r.Method + " " + r.URL.String(),
		Status:   answer.StatusCode,
		Location: answer.Header.Get("Location"),
		Type:     answer.Header.Get("Content-Type"),
		Body:     string(body),
	}
}

// Shows asks that the page was drawn and has the parts.
func (p Page) Shows(parts ...string) Page {
	p.office.T.Helper()
	if p.Status != http.StatusOK {
		p.office.T.Fatalf("%s: %d %s", p.where, p.Status, p.Said())
	}
	for _, part := range parts {
		if !strings.Contains(p.Body, part) {
			p.office.T.Errorf("%s: no %q in %s", p.where, part, p.text())
		}
	}
	return p
}

// Lacks asks that the page has none of the parts.
func (p Page) Lacks(parts ...string) Page {
	p.office.T.Helper()
	for _, part := range parts {
		if strings.Contains(p.Body, part) {
			p.office.T.Errorf("%s: has %q", p.where, part)
		}
	}
	return p
}

// LeadsTo asks that the form was taken and leads to an address that begins so,
// and answers the rest of the address.
func (p Page) LeadsTo(address string) (rest string) {
	p.office.T.Helper()
	rest, ok := strings.CutPrefix(p.Location, address)
	if p.Status != http.StatusSeeOther || !ok {
		p.office.T.Fatalf("%s: %d to %q, want %s: %s", p.where, p.Status, p.Location, address, p.Said())
	}
	return rest
}

// Refuses asks that the answer is a refusal with the status that says so, among
// others in these words.
func (p Page) Refuses(status int, words ...string) Page {
	p.office.T.Helper()
	if p.Status != status {
		p.office.T.Errorf("%s: %d, want %d: %s", p.where, p.Status, status, p.Said())
	}
	for _, word := range words {
		if !strings.Contains(p.Body, word) {
			p.office.T.Errorf("%s: does not say %q: %s", p.where, word, p.Said())
		}
	}
	return p
}

var (
	summary = regexp.MustCompile(`(?s)<[^>]*class="errors".*?</ul>`)
	tags    = regexp.MustCompile(`<[^>]*>|\s+`)
)

// Said is what the page complains of; all its text when it does not complain.
func (p Page) Said() string {
	if found := summary.FindString(p.Body); found != "" {
		return strings.TrimSpace(tags.ReplaceAllString(found, " "))
	}
	return p.text()
}

func (p Page) text() string {
	_, main, _ := strings.Cut(p.Body, "<main")
	return strings.TrimSpace(tags.ReplaceAllString(main, " "))
}
