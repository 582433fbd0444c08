package housetest

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

	"sunlot/cmd/sunlot/demo"
)

// Answer is what a request was told.
type Answer struct {
	*http.Response
	Body string
}

// Location is where a redirection leads.
func (a Answer) Location() string { return a.Header.Get("Location") }

// Fields are the names that an error points at: in the API's JSON, or as the
// links of a page's error summary.
func (a Answer) Fields() []string {
	var names []string
	if strings.HasPrefix(a.Header.Get("Content-Type"), "application/json") {
		var said struct {
			Error struct{ Fields []struct{ Name string } }
		}
		json.Unmarshal([]byte(a.Body), &said)
		for _, f := range said.Error.Fields {
			names = append(names, f.Name)
		}
		return names
	}
	for _, m := range SummaryLink.FindAllStringSubmatch(a.Body, -1) {
		names = append(names, m[1])
	}
	return names
}

var (
	SummaryLink = regexp.MustCompile(`href="#f-([a-z_]+)"`)
	tokenInput  = regexp.MustCompile(`name="csrf" value="([^"]+)"`)
)

// Client is somebody at a browser or a program with a bearer token. The cookies
// are kept by hand: they are for secure addresses, which a test has none of.
type Client struct {
	R       *House
	Bearer  string
	Cookies map[string]string
	Token   string            // of the forms
	headers map[string]string // more, such as Idempotency-Key
}

// Nobody is a client without a login.
func (r *House) Nobody() *Client { return &Client{R: r, Cookies: map[string]string{}} }

// Program logs somebody of the demonstration in by the API.
func (r *House) Program(login string) *Client {
	r.T.Helper()
	c := r.Nobody()
	var got struct {
		Access string `json:"access_token"`
	}
	c.Send("POST", "/api/v1/sessions", map[string]any{"login": login, "password": demo.Password}).Into(r.T, &got)
	c.Bearer = got.Access
	return c
}

// Browser logs somebody of the demonstration in by the form.
func (r *House) Browser(login string) *Client {
	r.T.Helper()
	c := r.Nobody()
	c.ReadToken("/login")
	if a := c.Submit("/login", url.Values{"login": {login}, "password": {demo.Password}}); a.StatusCode != 303 {
		r.T.Fatalf("login of %s: %d %s", login, a.StatusCode, a.Body)
	}
	c.ReadToken("/password")
	return c
}

// ReadToken takes the forms' token from a page that has a form.
func (c *Client) ReadToken(page string) {
	c.R.T.Helper()
	m := tokenInput.FindStringSubmatch(c.Get(page).Body)
	if m == nil {
		c.R.T.Fatalf("%s has no form", page)
	}
	c.Token = m[1]
}

// With is the same client sending one more header, or with "" without it.
func (c *Client) With(header, value string) *Client {
	other := *c
	other.headers = map[string]string{header: value}
	for k, v := range c.headers {
		if k != header {
			other.headers[k] = v
		}
	}
	return &other
}

func (c *Client) Get(path string) Answer { return c.Do("GET", path, "", nil) }

// Send sends a value as JSON.
func (c *Client) Send(method, path string, body any) Answer {
	c.R.T.Helper()
	plain, err := json.Marshal(body)
	c.R.Ok(err)
	return c.Do(method, path, "application/json", plain)
}

// Submit sends a form, with the client's token unless the form has one.
func (c *Client) Submit(path string, form url.Values) Answer {
	return c.Do("POST", path, "application/x-www-form-urlencoded", []byte(c.tokened(form).Encode()))
}

func (c *Client) tokened(form url.Values) url.Values {
	all := url.Values{"csrf": {c.Token}}
	for k, v := range form {
		all[k] = v
	}
	return all
}

// Upload sends a form together with one file.
func (c *Client) Upload(path string, form url.Values, field string, file []byte) Answer {
	c.R.T.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range c.tokened(form) {
		for _, v := range values {
			c.R.Ok(w.WriteField(name, v))
		}
	}
	part, err := w.CreateFormFile(field, "photo.jpg")
	c.R.Ok(err)
	part.Write(file)
	c.R.Ok(w.Close())
	return c.Do("POST", path, w.FormDataContentType(), body.Bytes())
}

var Transport = &http.Transport{MaxIdleConnsPerHost: 4}

func (c *Client) Do(method, path, kind string, body []byte) Answer {
	t := c.R.T
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, c.R.URL+path, bytes.NewReader(body))
	c.R.Ok(err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if c.Bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.Bearer)
	}
	for name, value := range c.Cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for name, value := range c.headers {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	res, err := Transport.RoundTrip(req)
	c.R.Ok(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	c.R.Ok(err)
	for _, cookie := range res.Cookies() {
		c.Cookies[cookie.Name] = cookie.Value
		if cookie.MaxAge < 0 {
			delete(c.Cookies, cookie.Name)
		}
	}
	a := Answer{res, string(text)}
	if strings.HasPrefix(path, "/api/v1/") && res.Request.Method != "HEAD" {
		c.R.HoldTo(body, a)
	}
	return a
}

// Into reads an answer's JSON; anything but 200 fails the test.
func (a Answer) Into(t *testing.T, v any) {
	t.Helper()
	if a.StatusCode != 200 {
		t.Fatalf("%s %s: %d %s", a.Request.Method, a.Request.URL.Path, a.StatusCode, a.Body)
	}
	if err := json.Unmarshal([]byte(a.Body), v); err != nil {
		t.Fatal(err)
	}
}

// Login opens a session by the API and answers its tokens.
func Login(t *testing.T, c *Client, name, password string) map[string]string {
	t.Helper()
	var tokens map[string]string
	c.Send("POST", "/api/v1/sessions", Object{"login": name, "password": password}).Into(t, &tokens)
	return tokens
}
