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
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		want := []casework.Act{
			{
				Noun:     "tender:n1",
				Kind:     "tender.drafted",
				PersonID: "clerk1",
				Name:     "示范clerk1",
				Role:     identity.Clerk,
				At:       storetest.Minute,
			},
			{
				Noun:     "tender:n1",
				Kind:     "tender.returned",
				PersonID: "gone",
				Role:     identity.Station,
				At:       storetest.Minute,
				Reasons:  []fault.Field{{Name: "起始价", Message: "低于底价"}},
			},
		}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return errors.Join(tx.AddAct(want[0]), tx.AddAct(casework.Act{
				Noun: "tender:n10",
				Kind: "x",
				At:   storetest.Minute,
			}), tx.AddAct(want[1]))
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
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		body := []byte(`{"公告":"门前塘"}`)
		for range 2 {
			storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
				return tx.SaveDocument(event.Hash(body), body, "/c/")
			}))
		}
		got, err := db.Document(t.Context(), event.Hash(body))
		if err != nil || string(got) != string(body) {
			t.Errorf("%s, %v", got, err)
		}
		if err := storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return tx.SaveDocument(storetest.Hash('0'), body, "/c/")
		}); err == nil {
			t.Error("kept under a wrong hash")
		}
		for _, sha := range []string{storetest.Hash('0'), "", "公告"} {
			if _, err := db.Document(t.Context(), sha); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", sha, err)
			}
		}
	})
}

// What a refused act wrote of its papers is not kept.
func TestARefusedActLeavesNoPapers(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		body, photo := []byte("{}"), casework.Photo{SHA256: storetest.Hash('p'), By: "clerk1", At: storetest.Minute}
		storetest.Must(t, db.AddPhoto(t.Context(), photo))
		write := func(end error) error {
			return storetest.Act(t, db, func(tx storetest.TradeTx) error {
				act := casework.Act{Noun: "tender:n1", Kind: "tender.drafted", PersonID: "clerk1", At: storetest.Minute}
				return errors.Join(tx.AddAct(act), tx.SaveDocument(event.Hash(body), body, "/c/"),
					tx.AttachPhoto(photo.SHA256, "/c/t1/", true), end)
			})
		}
		for _, c := range []struct {
			end    error
			acts   int
			public bool
			want   fault.Code
		}{
			{end: fault.New(fault.Conflict, "不行"), want: fault.NotFound},
			{acts: 1, public: true},
		} {
			if err := write(c.end); !errors.Is(err, c.end) {
				t.Errorf("%v, want %v", err, c.end)
			}
			acts, err := db.Acts(t.Context(), "tender:n1")
			storetest.Must(t, err)
			found, err := db.FindPhoto(t.Context(), photo.SHA256)
			storetest.Must(t, err)
			if len(acts) != c.acts || found.Public != c.public {
				t.Errorf("after %v: %d acts, public %v", c.end, len(acts), found.Public)
			}
			if _, err := db.Document(t.Context(), event.Hash(body)); fault.CodeOf(err) != c.want {
				t.Errorf("after %v: the document: %v", c.end, err)
			}
		}
	})
}

// A noun that nobody has touched has an empty trail, whatever it is called.
func TestATrailOfNothingIsEmpty(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		act := casework.Act{Noun: "tender:n1", Kind: "tender.drafted", PersonID: "clerk1", At: storetest.Minute}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.AddAct(act) }))
		for _, noun := range []event.Stream{"tender:n10", "tender:N1", "tender:", "", "' OR ''='"} {
			if acts, err := db.Acts(t.Context(), noun); err != nil || acts == nil || len(acts) != 0 {
				t.Errorf("%q: %v, %v", noun, acts, err)
			}
		}
	})
}
