package web

import (
	"fmt"
	"testing"
)

// TestTheMenuIsOnItsOwnPages: it marks the nearest of its links, and stays away from
// what everybody reads.
func TestTheMenuIsOnItsOwnPages(t *testing.T) {
	for path, want := range map[string]int{
		"/office":               0,
		"/office/assets":        1,
		"/office/assets/a/edit": 1,
		"/office/asset-drafts":  2,
		"/office/assetsx":       0,
		"/votes":                3,
		"/tenders":              -1,
		"/":                     -1,
	} {
		all := []MenuLink{{Label: "工作台", Address: "/office"}, {Label: "资产", Address: "/office/assets"},
			{Label: "登记", Address: "/office/asset-drafts"}, {Label: "表决", Address: "/votes"}}
		got := -1
		for i, link := range menuAt(path, all) {
			if link.Current {
				got = i
			}
		}
		if got != want || len(menuAt(path, all)) != map[bool]int{true: len(all)}[want >= 0] {
			t.Error(fmt.Sprint(path, " marks ", got, ", want ", want))
		}
	}
}
