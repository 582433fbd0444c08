package about_test

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestTheBodySaysWhoItIs: the texts are written out, lead from the foot of every
// page, and say of what the county has not settled that it has not.
func TestTheBodySaysWhoItIs(t *testing.T) {
	r := housetest.OnSQLite(t)
	nobody := r.Nobody()
	for path, want := range map[string][]string{
		"/help":          {"竞买人须知", "怎样提异议", "举报须知", "怎样核验记录", "待县核定"},
		"/about":         {"主办单位", "待县核定", "示范县交易规则和依据", "还没有外部见证方"},
		"/privacy":       {"收集什么", "《中华人民共和国个人信息保护法》第十三条", "Cookie", "您的权利"},
		"/accessibility": {"GB/T 37668-2019", "还没有做到的"},
	} {
		housetest.Says(t, nobody.Get(path), want...)
		if !strings.Contains(nobody.Get("/").Body, `href="`+path+`"`) {
			t.Errorf("the foot of the first page does not lead to %s", path)
		}
	}
	housetest.Silent(t, nobody.Get("/"), "页面样式")
	housetest.Says(t, nobody.Get("/"), "主办单位：待县核定", "监督电话：待县核定", "备案号：待县核定")
}

// TestSearchEnginesFindEveryVillage follows the map of the site as they do.
func TestSearchEnginesFindEveryVillage(t *testing.T) {
	r := housetest.OnSQLite(t)
	nobody := r.Nobody()
	robots := nobody.Get("/robots.txt").Body
	for _, line := range []string{"Disallow: /office", "Sitemap: " + r.URL + "/sitemap.xml"} {
		if !strings.Contains(robots, line) {
			t.Errorf("robots.txt does not say %s: %s", line, robots)
		}
	}
	var index struct {
		Parts []string `xml:"sitemap>loc"`
	}
	if err := xml.Unmarshal([]byte(nobody.Get("/sitemap.xml").Body), &index); err != nil || len(index.Parts) != 1 {
		t.Fatalf("%v, %v", index.Parts, err)
	}
	var part struct {
		Places []string `xml:"url>loc"`
	}
	at, err := url.Parse(index.Parts[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal([]byte(nobody.Get(at.RequestURI()).Body), &part); err != nil {
		t.Fatal(err)
	}
	village := false
	for _, place := range part.Places {
		path := strings.TrimPrefix(place, r.URL)
		village = village || path == "/villages/"+r.Org("青塘村村民委员会")
		if path == "/log" {
			continue // has no page before its first signature
		}
		if a := nobody.Get(path); a.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", path, a.StatusCode)
		}
	}
	if !village {
		t.Errorf("no village in %v", part.Places)
	}
	for _, page := range []string{"-1", "2"} {
		if a := nobody.Get("/sitemap.xml?page=" + page); a.StatusCode != http.StatusNotFound {
			t.Errorf("page %s answers %d", page, a.StatusCode)
		}
	}
}

// TestAPreviewHasAPicture: a chat's preview and a browser's tab find the seal.
func TestAPreviewHasAPicture(t *testing.T) {
	r := housetest.OnSQLite(t)
	nobody := r.Nobody()
	said := regexp.MustCompile(`property="og:image" content="([^"]+)"`).FindStringSubmatch(nobody.Get("/").Body)
	if said == nil || !strings.HasPrefix(said[1], r.URL+"/static/") {
		t.Fatalf("the first page names %v", said)
	}
	icon := nobody.Get("/favicon.ico")
	if icon.StatusCode != 302 || r.URL+icon.Header.Get("Location") != said[1] {
		t.Errorf("/favicon.ico leads to %d %s, not to %s", icon.StatusCode, icon.Header.Get("Location"), said[1])
	}
	picture := nobody.Get(strings.TrimPrefix(said[1], r.URL))
	if picture.StatusCode != 200 || picture.Header.Get("Content-Type") != "image/png" {
		t.Errorf("%s: %d %s", said[1], picture.StatusCode, picture.Header.Get("Content-Type"))
	}
}
