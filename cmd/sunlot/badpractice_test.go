package main

import (
	"net/url"
	"strings"
)

// badPractices plays the practice lot as nobody should be able to. It is kept
// nowhere: the valid steps write nothing either.
func badPractices(b *bench) {
	c := b.asBrowser("")
	b.settle()
	valid := url.Values{"act": {"check"}, "choice": {"typed"}, "price": {"320"}, "past": {"300"}}
	send := func(form url.Values) answer { return b.visitor(c).submit("/practice", form) }
	for _, price := range []string{"", "x", "-5", "319.99", "410.01", "1e3", "99999999999999999999", long, hidden} {
		b.refused("the price "+price, send(sheetWith(valid, "price", price)), 422, "price")
		b.refused("confirming "+price, send(sheetWith(sheetWith(valid, "price", price), "act", "confirm")), 422, "price")
	}
	for _, choice := range []string{"", "x", "3", "-1", long, hidden} {
		b.refused("the choice "+choice, send(sheetWith(valid, "choice", choice)), 422, "choice")
	}
	b.refused("a priority that nobody has", send(sheetWith(valid, "choice", "match")), 422, "price")
	b.refused("a lot that is over", send(sheetWith(valid, "past", "300 320 350 370 410 430 440")), 409, "")
	b.refused("no token", send(sheetWith(valid, "csrf", "")), 403, "")
	b.refused("another visit's token", b.nobody().submit("/practice", sheetWith(valid, "csrf", c.token)), 403, "")
	b.refused("another site", c.with("Origin", "https://evil.example").submit("/practice", valid), 403, "")
	b.refused("too large", tooLarge(b, "/practice", ""), 413, "")
	for _, past := range []string{"300", "300 ", "300 1", "300 x 350", "300 9999999"} {
		a := send(sheetWith(valid, "past", past))
		b.refused("a past of "+past, a, 200, "")
		for _, words := range []string{"模拟,不产生任何效力", "320.00", "叁佰贰拾元整", "叁万贰仟元整", "不能撤回", `name="past" value="300.00"`} {
			if !strings.Contains(a.body, words) {
				b.t.Errorf("a past of %q: the sums do not say %q: %s", past, words, brief(a.body))
			}
		}
	}
	for _, past := range []string{"", "x", "299.99", "-300", strings.Repeat("3", 300), long, hidden} {
		b.refused("a past of "+past, send(sheetWith(sheetWith(valid, "past", past), "price", "300")), 200, "")
		b.refused("a price after a past of "+past, send(sheetWith(sheetWith(valid, "past", past), "price", "401")), 422, "price")
	}
}
