package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// answer is what a request was told.
type answer struct {
	*http.Response
	body string
}

// location is where a redirection leads.
func (a answer) location() string { return a.Header.Get("Location") }

// fields are the names that an error points at: in the API's JSON, or as the
// links of a page's error summary.
func (a answer) fields() []string {
	var names []string
	if strings.HasPrefix(a.Header.Get("Content-Type"), "application/json") {
		var said struct {
			Error struct{ Fields []struct{ Name string } }
		}
		json.Unmarshal([]byte(a.body), &said)
		for _, f := range said.Error.Fields {
			names = append(names, f.Name)
		}
		return names
	}
	for _, m := range summaryLink.FindAllStringSubmatch(a.body, -1) {
		names = append(names, m[1])
	}
	return names
}

var (
	summaryLink = regexp.MustCompile(`href="#f-([a-z_]+)"`)
	tokenInput  = regexp.MustCompile(`name="csrf" value="([^"]+)"`)
)

// client is somebody at a browser or a program with a bearer token. The cookies
// are kept by hand: they are for secure addresses, which a test has none of.
type client struct {
	r       *running
	bearer  string
	cookies map[string]string
	token   string            // of the forms
	headers map[string]string // more, such as Idempotency-Key
}

// nobody is a client without a login.
func (r *running) nobody() *client { return &client{r: r, cookies: map[string]string{}} }

// program logs somebody of the demonstration in by the API.
func (r *running) program(login string) *client {
	r.t.Helper()
	c := r.nobody()
	var got struct {
		Access string `json:"access_token"`
	}
	c.send("POST", "/api/v1/sessions", map[string]any{"login": login, "password": demoPassword}).into(r.t, &got)
	c.bearer = got.Access
	return c
}

// browser logs somebody of the demonstration in by the form.
func (r *running) browser(login string) *client {
	r.t.Helper()
	c := r.nobody()
	c.readToken("/login")
	if a := c.submit("/login", url.Values{"login": {login}, "password": {demoPassword}}); a.StatusCode != 303 {
		r.t.Fatalf("login of %s: %d %s", login, a.StatusCode, a.body)
	}
	c.readToken("/password")
	return c
}

// readToken takes the forms' token from a page that has a form.
func (c *client) readToken(page string) {
	c.r.t.Helper()
	m := tokenInput.FindStringSubmatch(c.get(page).body)
	if m == nil {
		c.r.t.Fatalf("%s has no form", page)
	}
	c.token = m[1]
}

// with is the same client sending one more header, or with "" without it.
func (c *client) with(header, value string) *client {
	other := *c
	other.headers = map[string]string{header: value}
	for k, v := range c.headers {
		if k != header {
			other.headers[k] = v
		}
	}
	return &other
}

func (c *client) get(path string) answer { return c.do("GET", path, "", nil) }

// send sends a value as JSON.
func (c *client) send(method, path string, body any) answer {
	c.r.t.Helper()
	plain, err := json.Marshal(body)
	c.r.ok(err)
	return c.do(method, path, "application/json", plain)
}

// submit sends a form, with the client's token unless the form has one.
func (c *client) submit(path string, form url.Values) answer {
	return c.do("POST", path, "application/x-www-form-urlencoded", []byte(c.tokened(form).Encode()))
}

func (c *client) tokened(form url.Values) url.Values {
	all := url.Values{"csrf": {c.token}}
	for k, v := range form {
		all[k] = v
	}
	return all
}

// upload sends a form together with one file.
func (c *client) upload(path string, form url.Values, field string, file []byte) answer {
	c.r.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range c.tokened(form) {
		for _, v := range values {
			c.r.ok(w.WriteField(name, v))
		}
	}
	part, err := w.CreateFormFile(field, "photo.jpg")
	c.r.ok(err)
	part.Write(file)
	c.r.ok(w.Close())
	return c.do("POST", path, w.FormDataContentType(), body.Bytes())
}

var transport = &http.Transport{MaxIdleConnsPerHost: 4}

func (c *client) do(method, path, kind string, body []byte) answer {
	t := c.r.t
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, c.r.url+path, bytes.NewReader(body))
	c.r.ok(err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if c.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	for name, value := range c.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for name, value := range c.headers {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	res, err := transport.RoundTrip(req)
	c.r.ok(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	c.r.ok(err)
	for _, cookie := range res.Cookies() {
		if c.cookies[cookie.Name] = cookie.Value; cookie.MaxAge < 0 {
			delete(c.cookies, cookie.Name)
		}
	}
	a := answer{res, string(text)}
	if strings.HasPrefix(path, "/api/v1/") && res.Request.Method != "HEAD" {
		c.r.holdTo(body, a)
	}
	return a
}

// into reads an answer's JSON; anything but 200 fails the test.
func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if a.StatusCode != 200 {
		t.Fatalf("%s %s: %d %s", a.Request.Method, a.Request.URL.Path, a.StatusCode, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		t.Fatal(err)
	}
}
