package bidding_test

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: entries, Opened: bids})
}

// entries are the forms from a bidder's registration to his leaving, and the practice lot.
func entries(b *badinput.Bench) []badinput.Trial {
	registration := func() badinput.Sheet {
		who := b.Bidder()
		form := url.Values{
			"phone":   {"13800000000"},
			"account": {"6222 " + who.Account[4:]},
			"as":      {"member"},
			"claim":   {"member"},
			"proof":   {who.Photo(72)},
			"agreed":  {"yes"},
		}
		path := "/lots/" + b.OpenLot + "/registrations"
		return badinput.Sheet{
			Who:    who.Login,
			Wrong:  "clerk",
			Path:   path,
			Form:   form,
			May:    []string{"claim"},
			Photos: "proof",
			Other:  housetest.SheetWith(form, "phone", "13900000000"),
			Late:   409,
			Also: func(c *housetest.Client) {
				for field, value := range map[string]string{
					"phone":   "1380000000",
					"account": "12345",
					"as":      "mayor",
					"claim":   "everybody",
					"agreed":  "on",
				} {
					b.Refused(field+" of "+value,
						c.Submit(path, housetest.Once(housetest.SheetWith(form, field, value))), 422, field)
				}
			},
		}
	}
	pull := func() badinput.Sheet {
		who, id := b.Paid(b.OpenLot)
		_, theirs := b.Entered(b.OpenLot)
		return badinput.Sheet{
			Who:     who.Login,
			Wrong:   "station",
			Path:    "/registrations/" + id + "/pull",
			Foreign: "/registrations/" + theirs + "/pull",
			Form:    url.Values{"version": {"1"}},
			Other:   url.Values{"version": {"9"}},
			Late:    409,
		}
	}
	return append(badinput.Sheets("POST ", map[string]func() badinput.Sheet{
		"/lots/:id/registrations": registration,
		"/registrations/:id/pull": pull,
	}),
		badinput.Trial{Route: "POST /practice", Run: badPractices})
}

// bids are those by the form.
func bids(b *badinput.Bench) []badinput.Trial {
	page := func() badinput.Sheet {
		lot := b.Lots[1]
		path, form := "/lots/"+lot.Lot+"/bids", url.Values{"price": {"400.00"}}
		return badinput.Sheet{
			Who:     lot.Winner.Login,
			Wrong:   "station",
			Asks:    "/lots/" + lot.Lot + "/bid/confirm",
			Path:    path,
			Form:    form,
			Numbers: []string{"price"},
			Other:   housetest.SheetWith(form, "price", "410"),
			Late:    409,
			Also: func(who *housetest.Client) {
				for _, price := range []string{"399.99", "500.01", "400.001", "4，00", "400块", "0"} {
					b.Refused("a price of "+price,
						who.Submit(path, housetest.Once(housetest.SheetWith(form, "price", price))), 422, "price")
				}
				b.Refused("a right that he has not",
					who.Submit(path, housetest.Once(housetest.SheetWith(form, "match", "yes"))), 403, "")
				stranger := b.Bidder()
				b.Settle()
				b.Refused("without a registration", b.AsBrowser(stranger.Login).Submit(path, housetest.Once(form)),
					403, "")
			},
		}
	}
	return badinput.Sheets("POST ", map[string]func() badinput.Sheet{"/lots/:id/bids": page})
}

// badPractices plays the practice lot as nobody should be able to. It is kept
// nowhere: the valid steps write nothing either.
func badPractices(b *badinput.Bench) {
	c := b.AsBrowser("")
	b.Settle()
	valid := url.Values{"act": {"check"}, "choice": {"typed"}, "price": {"320"}, "past": {"300"}}
	send := func(form url.Values) housetest.Answer { return b.Visitor(c).Submit("/practice", form) }
	for _, price := range []string{"", "x", "-5", "319.99", "410.01", "1e3", "99999999999999999999", housetest.Long,
		housetest.Hidden} {
		b.Refused("the price "+price, send(housetest.SheetWith(valid, "price", price)), 422, "price")
		b.Refused("confirming "+price,
			send(housetest.SheetWith(housetest.SheetWith(valid, "price", price), "act", "confirm")), 422, "price")
	}
	for _, choice := range []string{"", "x", "3", "-1", housetest.Long, housetest.Hidden} {
		b.Refused("the choice "+choice, send(housetest.SheetWith(valid, "choice", choice)), 422, "choice")
	}
	b.Refused("a priority that nobody has", send(housetest.SheetWith(valid, "choice", "match")), 422, "choice")
	b.Refused("a lot that is over", send(housetest.SheetWith(valid, "past", "300 320 350 370 410 430 440")), 409, "")
	b.Refused("no token", send(housetest.SheetWith(valid, "csrf", "")), 403, "")
	b.Refused("another visit's token", b.Nobody().Submit("/practice", housetest.SheetWith(valid, "csrf", c.Token)),
		403, "")
	b.Refused("another site", c.With("Origin", "https://evil.example").Submit("/practice", valid), 403, "")
	b.Refused("too large", b.TooLarge("/practice", ""), 413, "")
	for _, past := range []string{"300", "300 ", "300 1", "300 x 350", "300 9999999"} {
		a := send(housetest.SheetWith(valid, "past", past))
		b.Refused("a past of "+past, a, 200, "")
		for _, words := range []string{"模拟练习，不产生法律效力", "320.00", "叁佰贰拾元整", "叁万贰仟元整", "不能撤回",
			`name="past" value="300.00"`} {
			if !strings.Contains(a.Body, words) {
				b.T.Errorf("a past of %q: the sums do not say %q: %s", past, words, housetest.Brief(a.Body))
			}
		}
	}
	for _, past := range []string{"", "x", "299.99", "-300", strings.Repeat("3", 300), housetest.Long,
		housetest.Hidden} {
		b.Refused("a past of "+past,
			send(housetest.SheetWith(housetest.SheetWith(valid, "past", past), "price", "300")), 200, "")
		b.Refused("a price after a past of "+past,
			send(housetest.SheetWith(housetest.SheetWith(valid, "past", past), "price", "401")), 422, "price")
	}
}
