package tradingdb_test

import (
	"testing"

	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
)

func TestOwnVotes(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		more(t, db, clock) // r2 and r3 are confirmed, r1 is still being recorded
		own, total, err := db.VotesOf(t.Context(), "rep1", identity.Page{})
		if err != nil || total != 2 || len(own) != 2 || own[0].ID != "r2" || own[1].ID != "r3" {
			t.Fatalf("%d of %d: %+v, %v", len(own), total, own, err)
		}
		storetest.Same(t, "votes shown", own[0].Votes, []trading.Vote{{Name: "甲", Person: "rep1", Choice: trading.For}})
		r := vote()
		r.Version, r.State = 2, trading.ResolutionSubmitted
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.SaveResolution(r) }))
		if _, total, err := db.VotesOf(t.Context(), "rep1", identity.Page{
			Number: 2,
			Size:   2,
		}); err != nil || total != 3 {
			t.Errorf("with the submitted one %d, %v", total, err)
		}
		if own, total, err := db.VotesOf(t.Context(), "rep2", identity.Page{}); err != nil || total != 0 ||
			len(own) != 0 {
			t.Errorf("somebody else's votes: %+v, %v", own, err)
		}
	})
}
