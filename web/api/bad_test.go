package api_test

import (
	"slices"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each operation with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{
		Listed: func(b *badinput.Bench) []badinput.Trial {
			return slices.Concat(tooEarly(b), owned(b), tenders(b), county(b), unkeyed(b), entries(b), deposits(b))
		},
		Opened:  func(b *badinput.Bench) []badinput.Trial { return append(tooLate(b), bids(b)...) },
		Closed:  func(b *badinput.Bench) []badinput.Trial { return append(betweenResultAndLease(b), objections(b)...) },
		Settled: func(b *badinput.Bench) []badinput.Trial { return append(disputed(b), leases(b)...) },
	})
}

// tooEarly is what may be done with a lot only once it is open, or has a result.
func tooEarly(*badinput.Bench) []badinput.Trial {
	return []badinput.Trial{{Route: "POST /api/v1/lots/:id/bids", Run: func(b *badinput.Bench) {
		b.Settle()
		lot := b.Lots[0]
		path := "/api/v1/lots/" + lot.Lot
		b.Refused("a bid before the opening", lot.Winner.Act(path+"/bids", housetest.Object{"price": 40000}), 409, "")
		b.Refused("an objection before a result", b.Nobody().Act(path+"/objections", housetest.Objection), 404, "")
		b.Refused("a contract before a result", b.Desks.Clerk.Act(path+"/contract", housetest.Object{}), 404, "")
	}}}
}

// tooLate is what may be done with a lot only before it opens.
func tooLate(*badinput.Bench) []badinput.Trial {
	return []badinput.Trial{{Route: "POST /api/v1/registrations", Run: func(b *badinput.Bench) {
		late := b.Bidder()
		b.Settle()
		b.Refused("a registration after the deadline", late.Act("/api/v1/registrations", late.Form(b.OpenLot)), 409, "")
		path, decision := "/api/v1/registrations/"+b.Waiting+"/qualify", housetest.Object{"version": 1, "seen": true}
		b.Refused("a bidder admitted after the opening", b.Desks.Station.Act(path, decision), 409, "")
	}}}
}

// betweenResultAndLease is what may no longer be done with a lot that has a
// result, or not yet.
func betweenResultAndLease(*badinput.Bench) []badinput.Trial {
	return []badinput.Trial{{Route: "POST /api/v1/lots/:id/contract", Run: func(b *badinput.Bench) {
		b.Settle()
		lot := b.Lots[0]
		path := "/api/v1/lots/" + lot.Lot
		b.Refused("a bid after the end", lot.Member.Act(path+"/bids", housetest.Object{"price": 41000}), 409, "")
		b.Refused("a contract before the publicity has passed",
			b.Desks.Clerk.Act(path+"/contract", housetest.Object{}), 409, "")
	}}}
}

// disputed is what may not be done with a result to which somebody objected, and
// what comes after the publicity.
func disputed(*badinput.Bench) []badinput.Trial {
	return []badinput.Trial{{Route: "POST /api/v1/lots/:id/rents", Run: func(b *badinput.Bench) {
		b.Settle()
		last, disputed := "/api/v1/lots/"+b.Lots[6].Lot, "/api/v1/lots/"+b.Lots[1].Lot
		b.Refused("an objection after the publicity", b.Nobody().Act(last+"/objections", housetest.Objection), 409, "")
		b.Refused("a contract over an objection", b.Desks.Clerk.Act(disputed+"/contract", housetest.Object{}), 409, "")
		b.Refused("rent before a contract", b.Desks.Station.Act(disputed+"/rents", b.Rent()), 404, "")
	}}}
}
