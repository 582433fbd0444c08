package caseworkdb_test

import (
	"errors"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

func TestTrailIsInOrderWithNames(t *testing.T) {
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		want := []casework.Act{
			{Noun: "tender:n1", Kind: "tender.drafted", PersonID: "clerk1", Name: "示范clerk1", Role: identity.Clerk, At: storetest.Minute},
			{Noun: "tender:n1", Kind: "tender.returned", PersonID: "gone", Role: identity.Station, At: storetest.Minute, Reasons: []fault.Field{{Name: "起始价", Message: "低于底价"}}},
		}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return errors.Join(tx.AddAct(want[0]), tx.AddAct(casework.Act{Noun: "tender:n10", Kind: "x", At: storetest.Minute}), tx.AddAct(want[1]))
		}))
		got, err := db.Acts(t.Context(), "tender:n1")
		storetest.Must(t, err)
		storetest.Same(t, "trail", got, want)
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			got, err := tx.Acts("tender:n1")
			storetest.Same(t, "trail in a transaction", got, want)
			return err
		}))
	})
}

func TestDocumentsAreKeptUnderTheirHash(t *testing.T) {
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		body := []byte(`{"公告":"门前塘"}`)
		for range 2 {
			storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.SaveDocument(event.Hash(body), body) }))
		}
		got, err := db.Document(t.Context(), event.Hash(body))
		if err != nil || string(got) != string(body) {
			t.Errorf("%s, %v", got, err)
		}
		if err := storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.SaveDocument(storetest.Hash('0'), body) }); err == nil {
			t.Error("kept under a wrong hash")
		}
		for _, sha := range []string{storetest.Hash('0'), "", "公告"} {
			if _, err := db.Document(t.Context(), sha); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", sha, err)
			}
		}
	})
}
