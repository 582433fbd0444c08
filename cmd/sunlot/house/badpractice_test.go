package house_test

import (
	"net/url"
	"strings"

	"sunlot/cmd/sunlot/housetest"
)

// badPractices plays the practice lot as nobody should be able to. It is kept
// nowhere: the valid steps write nothing either.
func badPractices(b *bench) {
	c := b.asBrowser("")
	b.settle()
	valid := url.Values{"act": {"check"}, "choice": {"typed"}, "price": {"320"}, "past": {"300"}}
	send := func(form url.Values) housetest.Answer { return b.visitor(c).Submit("/practice", form) }
	for _, price := range []string{"", "x", "-5", "319.99", "410.01", "1e3", "99999999999999999999", housetest.Long, housetest.Hidden} {
		b.refused("the price "+price, send(housetest.SheetWith(valid, "price", price)), 422, "price")
		b.refused("confirming "+price, send(housetest.SheetWith(housetest.SheetWith(valid, "price", price), "act", "confirm")), 422, "price")
	}
	for _, choice := range []string{"", "x", "3", "-1", housetest.Long, housetest.Hidden} {
		b.refused("the choice "+choice, send(housetest.SheetWith(valid, "choice", choice)), 422, "choice")
	}
	b.refused("a priority that nobody has", send(housetest.SheetWith(valid, "choice", "match")), 422, "price")
	b.refused("a lot that is over", send(housetest.SheetWith(valid, "past", "300 320 350 370 410 430 440")), 409, "")
	b.refused("no token", send(housetest.SheetWith(valid, "csrf", "")), 403, "")
	b.refused("another visit's token", b.Nobody().Submit("/practice", housetest.SheetWith(valid, "csrf", c.Token)), 403, "")
	b.refused("another site", c.With("Origin", "https://evil.example").Submit("/practice", valid), 403, "")
	b.refused("too large", tooLarge(b, "/practice", ""), 413, "")
	for _, past := range []string{"300", "300 ", "300 1", "300 x 350", "300 9999999"} {
		a := send(housetest.SheetWith(valid, "past", past))
		b.refused("a past of "+past, a, 200, "")
		for _, words := range []string{"模拟,不产生任何效力", "320.00", "叁佰贰拾元整", "叁万贰仟元整", "不能撤回", `name="past" value="300.00"`} {
			if !strings.Contains(a.Body, words) {
				b.t.Errorf("a past of %q: the sums do not say %q: %s", past, words, housetest.Brief(a.Body))
			}
		}
	}
	for _, past := range []string{"", "x", "299.99", "-300", strings.Repeat("3", 300), housetest.Long, housetest.Hidden} {
		b.refused("a past of "+past, send(housetest.SheetWith(housetest.SheetWith(valid, "past", past), "price", "300")), 200, "")
		b.refused("a price after a past of "+past, send(housetest.SheetWith(housetest.SheetWith(valid, "past", past), "price", "401")), 422, "price")
	}
}
