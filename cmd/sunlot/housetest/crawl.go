package housetest

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

var link = regexp.MustCompile(`(?:href|src|data-poll)="(/[^"#]*)`)

// Crawl reads every page that links lead to, and the API's lists and nouns
// behind them; it returns the texts by address.
func (c *Client) Crawl(from ...string) map[string]string {
	c.R.T.Helper()
	texts, waiting := map[string]string{}, slices.Clone(from)
	for len(waiting) > 0 {
		path := html.UnescapeString(waiting[0])
		waiting = waiting[1:]
		if _, done := texts[path]; done || strings.HasPrefix(path, "/static/") {
			continue
		}
		a := c.Get(path)
		texts[path] = a.Body
		switch {
		case a.StatusCode == 303:
			waiting = append(waiting, a.Location())
		case a.StatusCode != 200 && a.StatusCode != 404:
			c.R.T.Errorf("a link leads to %s: %d", path, a.StatusCode)
		case a.StatusCode == 404 && !strings.Contains(path, "/receipt"): // a receipt comes with the sequencer
			c.R.T.Errorf("a link leads nowhere: %s", path)
		}
		for _, m := range link.FindAllStringSubmatch(a.Body, -1) {
			waiting = append(waiting, m[1])
		}
	}
	return texts
}

// Reads is what somebody reads who follows every link and tries guessed addresses.
func (r *House) Reads(login string, from, guessed []string) map[string]string {
	r.T.Helper()
	read := map[string]string{}
	for _, c := range r.Faces(login) {
		var open []string
		for _, path := range from {
			if a := c.Get(path); a.StatusCode == 200 {
				open = append(open, path)
			}
		}
		for at, text := range c.Crawl(open...) {
			read[at] += text
		}
		for _, path := range guessed {
			read[path] += c.Get(path).Body
		}
	}
	if len(read) < 20 {
		r.T.Errorf("the walk reached only %d addresses", len(read))
	}
	return read
}

// Judge asks that each word was read by those who may, and by nobody else.
func (r *House) Judge(login string, read map[string]string, words map[string][]string) {
	r.T.Helper()
	for word, may := range words {
		at := slices.IndexFunc(sorted(read), func(path string) bool { return strings.Contains(read[path], word) })
		switch {
		case at < 0 && slices.Contains(may, login):
			r.T.Errorf("does not find %s", word)
		case at >= 0 && !slices.Contains(may, login):
			r.T.Errorf("reads %s at %s", word, sorted(read)[at])
		}
	}
}

// Faces is a person at the browser and by the API.
func (r *House) Faces(login string) []*Client {
	if login == "" {
		return []*Client{r.Nobody()}
	}
	return []*Client{r.Browser(login), r.Program(login)}
}

func sorted(read map[string]string) []string {
	var paths []string
	for path := range read {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}
