package web

import (
	"strings"
	"testing"
)

// The switch stands only where the browser keeps it, the samples only in a
// demonstration.
func TestLayoutOffersWhatWorks(t *testing.T) {
	for _, c := range []struct {
		name string
		view View
		part string
		want bool
	}{
		{"no cookies", View{}, `action="/care"`, false},
		{"cookies", View{Keeps: true}, `name="large" value="yes"`, true},
		{"large type", View{Keeps: true, Care: true}, `name="large" value="no"`, true},
		{"large type", View{Keeps: true, Care: true}, `<html lang="zh-CN" class="care">`, true},
		{"the address", View{Keeps: true, Back: "/tenders?q=a"}, `name="back" value="/tenders?q=a"`, true},
		{"in earnest", View{Keeps: true}, `/styleguide`, false},
		{"a demonstration", View{Banner: &Banner{}}, `/styleguide`, false},
	} {
		if page := drawn(t, "", &c.view); strings.Contains(page, c.part) != c.want {
			t.Errorf("%s: %s is there: %t", c.name, c.part, !c.want)
		}
	}
}
