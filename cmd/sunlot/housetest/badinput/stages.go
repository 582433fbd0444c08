package badinput

import (
	"fmt"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// List announces a lot that stays open for registration, with an official of
// another township who has nothing to do with it.
func (b *Bench) List() {
	b.Elsewhere()
	b.OpenLot = b.Desks.Lot()
}

// lotsNeeded is how many lots the stages after the opening use up.
const lotsNeeded = 7

// ListAll announces the lots that are bid for in the stages to come, too.
func (b *Bench) ListAll() {
	b.List()
	winner, member := b.Bidder(), b.Bidder()
	for range lotsNeeded {
		b.Lots = append(b.Lots, b.Auction(b.Desks, winner, member))
	}
}

// OpenAll opens the lots, which are announced alike; one registration still waits.
func (b *Bench) OpenAll() {
	_, b.Waiting = b.Paid(b.OpenLot)
	b.Opened(b.Lots[0].Lot)
}

// CloseAll lets the winner lead in each lot and ends the bidding.
func (b *Bench) CloseAll() {
	for _, a := range b.Lots {
		if b.Lot(a.Lot).Board.Leading.Bidder == "" {
			a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 40000}).Into(b.T, &struct{}{})
		}
	}
	b.Closed(b.Lots[0].Lot)
}

// Raised objects to a result and is the objection's id. Each is somebody else's: one
// telephone has a share.
func (b *Bench) Raised() string {
	b.raised++
	theirs := housetest.With(housetest.Objection, "phone", fmt.Sprintf("1391000%04d", b.raised))
	return b.Nobody().Must("/api/v1/lots/"+b.Lots[0].Lot+"/objections", theirs)
}

// Upheld is one that was answered as right.
func (b *Bench) Upheld() string {
	id := b.Raised()
	b.Desks.Station.Must("/api/v1/objections/"+id+"/answer",
		housetest.Object{"version": 1, "outcome": "upheld", "answer": "看样日没有通知到。", "withheld": ""})
	return id
}

// Voiding is one for which the leader wants to take the result back.
func (b *Bench) Voiding() string {
	id := b.Upheld()
	b.Desks.Leader.Must("/api/v1/objections/"+id+"/decision",
		housetest.Object{"version": 2, "ruling": "void", "reason": "看样日没有通知到。"})
	return id
}

// SettleAll ends the publicity of the results; the contracts are drawn up for
// the lots whose signature or rent is tried, and signed for the last.
func (b *Bench) SettleAll() {
	disputed := "/api/v1/lots/" + b.Lots[1].Lot
	b.Nobody().Must(disputed+"/objections", housetest.Objection)
	b.Settled(b.Lots[2].Lot)
	for _, a := range b.Lots[4:] {
		b.Secure(a)
		b.Desks.Clerk.Must("/api/v1/lots/"+a.Lot+"/contract", housetest.Object{})
	}
	last := b.Lots[6]
	last.Winner.Must("/api/v1/lots/"+last.Lot+"/contract/sign", housetest.Object{"version": 1, "agreed": true})
	b.Desks.Station.Must("/api/v1/lots/"+last.Lot+"/rents", housetest.With(b.Rent(), "serial", "ZJ-0000"))
}

// Slip records a part of a rent under a number of its own, and is the entry's id.
func (b *Bench) Slip() string {
	return b.Desks.Station.Must("/api/v1/lots/"+b.Lots[6].Lot+"/rents",
		housetest.With(b.Rent(), "serial", "ZJ-"+event.NewID()))
}

// Rent is a part of the first year's.
func (b *Bench) Rent() housetest.Object {
	return housetest.Object{
		"number":      1,
		"amount":      100,
		"received_on": string(b.Days.Today()),
		"serial":      "ZJ-0001",
		"account":     "622200000001",
	}
}
