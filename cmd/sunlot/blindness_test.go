package main

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"sunlot/internal/identity"
)

// masks hide what differs between any two readings of a page.
var masks = regexp.MustCompile(`name="(csrf|request_id)" value="[^"]*"|(src|href)="/static/[^"]*"|"reference":"[a-z0-9]*"|编号 <code>[a-z0-9]*</code>`)

// TestBiddersCannotBeCounted reads everything that the public, the village and
// the approving leader can reach, with no registration and again with five,
// paid and qualified: not one byte may differ.
func TestBiddersCannotBeCounted(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		r.keepLog()
		lot := r.neighbour().ID
		eyes := map[string]*client{"public": r.nobody(), "clerk": r.browser("clerk2"), "supervision": r.browser("supervision2"), "leader": r.browser("leader")}
		apis := map[string]*client{"clerk": r.program("clerk2"), "leader": r.program("leader"), "public": r.nobody()}
		read := func() map[string]string {
			all := map[string]string{}
			for name, c := range eyes {
				for path, body := range c.crawl("/", "/office", "/tenders", "/log", "/lots/"+lot, "/results") {
					all[name+" "+path] = masks.ReplaceAllString(body, "")
				}
			}
			for name, c := range apis {
				for _, path := range []string{"/lots", "/lots?state=listed", "/lots/" + lot, "/lots/" + lot + "/award", "/lots/" + lot + "/objections",
					"/lots/" + lot + "/contract", "/registrations", "/deposits", "/streams/lot:" + lot + "/events", "/tenders/" + lot} {
					all[name+" api "+path] = masks.ReplaceAllString(c.get("/api/v1"+path).body, "")
				}
			}
			return all
		}
		before := read()
		r.fiveBidders(lot)
		after := read()
		if len(before) != len(after) {
			t.Errorf("%d addresses before, %d after", len(before), len(after))
		}
		for path, body := range before {
			if after[path] != body {
				t.Errorf("%s tells that somebody has registered:\n%s", path, firstDifference(body, after[path]))
			}
		}
		if strings.Contains(strings.Join(values(after), ""), "竞买人0") {
			t.Error("a bidder's name can be read")
		}
	})
}

func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("before …%s\nafter  …%s", cutAt(a, i), cutAt(b, i))
}

func cutAt(s string, i int) string { return s[max(0, i-60):min(len(s), i+120)] }

func values(m map[string]string) []string {
	var all []string
	for _, v := range m {
		all = append(all, v)
	}
	return all
}

func (r *running) fiveBidders(lot string) []string { return r.admitted(lot, 5) }

// admitted registers so many bidders, imports their deposits and qualifies them,
// over the API.
func (r *running) admitted(lot string, n int) (logins []string) {
	r.t.Helper()
	l, err := r.db.Lot(r.t.Context(), lot, identity.Everywhere)
	r.ok(err)
	rows := "流水号,交易时间,对方户名,对方账号,收入金额,附言\n"
	var entries []string
	for i := range n {
		name, login := fmt.Sprintf("竞买人%d", i), fmt.Sprintf("jingmai%d", i)
		r.nobody().must("/api/v1/accounts", object{"name": name, "login": login, "password": demoPassword})
		bidder := r.program(login)
		account := fmt.Sprintf("62220000%08d", i)
		entries = append(entries, bidder.must("/api/v1/registrations", object{"lot": lot, "phone": "13800000000", "account": account,
			"claim": "", "proof": []string{}, "agreed": true}))
		logins = append(logins, login)
		rows += fmt.Sprintf("S%d,%s,%s,%s,%s,%s\n", i, r.clock.Now().Format("2006-01-02 15:04:05"), name, account,
			strings.ReplaceAll(l.Deposit.Yuan(), ",", ""), l.Code)
	}
	station := r.program("station")
	if said := station.must("/api/v1/statements", object{"csv": base64.StdEncoding.EncodeToString([]byte(rows))}); said != fmt.Sprintf("%d/%d", n, n) {
		r.t.Fatalf("the statement matched %s", said)
	}
	for _, id := range entries {
		station.must("/api/v1/registrations/"+id+"/qualify", object{"version": 1, "seen": true, "grant": false, "reason": ""})
	}
	return logins
}
