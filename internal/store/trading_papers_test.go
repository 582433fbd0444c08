package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
)

func TestOwnVotes(t *testing.T) {
	eachTrade(t, func(t *testing.T, db *storetest.DB, clock *handClock) {
		more(t, db, clock) // r2 and r3 are confirmed, r1 is still being recorded
		own, total, err := db.VotesOf(t.Context(), "rep1", identity.Page{})
		if err != nil || total != 2 || len(own) != 2 || own[0].ID != "r2" || own[1].ID != "r3" {
			t.Fatalf("%d of %d: %+v, %v", len(own), total, own, err)
		}
		same(t, "votes shown", own[0].Votes, []trading.Vote{{Name: "甲", Person: "rep1", Choice: trading.For}})
		r := vote()
		r.Version, r.State = 2, trading.ResolutionSubmitted
		must(t, act(t, db, func(tx tradeTx) error { return tx.SaveResolution(r) }))
		if _, total, err := db.VotesOf(t.Context(), "rep1", identity.Page{Number: 2, Size: 2}); err != nil || total != 3 {
			t.Errorf("with the submitted one %d, %v", total, err)
		}
		if own, total, err := db.VotesOf(t.Context(), "rep2", identity.Page{}); err != nil || total != 0 || len(own) != 0 {
			t.Errorf("somebody else's votes: %+v, %v", own, err)
		}
	})
}

func TestRepresentativesOfAPlace(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, clock *handClock) {
		for place, want := range map[identity.Path]string{"/c/t1/v1/g1/": "rep1 rep2", "/c/t1/v1/": "rep2", "/c/t10/v2/": "", "/c/": "", "": ""} {
			people, err := db.Representatives(t.Context(), place)
			if got := ids(people, func(p identity.Person) string { return p.ID }); err != nil || got != want {
				t.Errorf("%s: %s, want %s; %v", place, got, want, err)
			}
		}
		clock.set(noon.Add(-90 * time.Minute)) // before their roles began
		must(t, act(t, db, func(tx tradeTx) error {
			people, err := tx.Representatives("/c/t1/v1/g1/")
			if len(people) != 0 {
				t.Errorf("%+v", people)
			}
			return err
		}))
	})
}

func TestTrailIsInOrderWithNames(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, _ *handClock) {
		want := []casework.Act{
			{Noun: "tender:n1", Kind: "tender.drafted", PersonID: "clerk1", Name: "示范clerk1", Role: identity.Clerk, At: minute},
			{Noun: "tender:n1", Kind: "tender.returned", PersonID: "gone", Role: identity.Station, At: minute, Reasons: []fault.Field{{Name: "起始价", Message: "低于底价"}}},
		}
		must(t, act(t, db, func(tx tradeTx) error {
			return errors.Join(tx.AddAct(want[0]), tx.AddAct(casework.Act{Noun: "tender:n10", Kind: "x", At: minute}), tx.AddAct(want[1]))
		}))
		got, err := db.Acts(t.Context(), "tender:n1")
		must(t, err)
		same(t, "trail", got, want)
		must(t, act(t, db, func(tx tradeTx) error {
			got, err := tx.Acts("tender:n1")
			same(t, "trail in a transaction", got, want)
			return err
		}))
	})
}

func TestDocumentsAreKeptUnderTheirHash(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, _ *handClock) {
		body := []byte(`{"公告":"门前塘"}`)
		for range 2 {
			must(t, act(t, db, func(tx tradeTx) error { return tx.SaveDocument(event.Hash(body), body) }))
		}
		got, err := db.Document(t.Context(), event.Hash(body))
		if err != nil || string(got) != string(body) {
			t.Errorf("%s, %v", got, err)
		}
		if err := act(t, db, func(tx tradeTx) error { return tx.SaveDocument(hash('0'), body) }); err == nil {
			t.Error("kept under a wrong hash")
		}
		for _, sha := range []string{hash('0'), "", "公告"} {
			if _, err := db.Document(t.Context(), sha); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", sha, err)
			}
		}
	})
}

func TestPhotos(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, _ *handClock) {
		p := casework.Photo{SHA256: hash('p'), Original: hash('o'), Width: 1600, Height: 1200, Bytes: 300_000, By: "clerk1", At: minute}
		again := p
		again.By, again.Original, again.At = "clerk2", hash('q'), minute.Add(time.Hour)
		for _, upload := range []casework.Photo{p, p, again} {
			must(t, db.AddPhoto(t.Context(), upload))
		}
		found, err := db.FindPhoto(t.Context(), p.SHA256)
		must(t, err)
		p.Uploaders = []string{"clerk1", "clerk2"}
		same(t, "photo", found, p)
		for _, sha := range []string{hash('0'), "照片"} {
			if _, err := db.FindPhoto(t.Context(), sha); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", sha, err)
			}
		}
		const here, there = identity.Path("/c/t1/v1/g1/"), identity.Path("/c/t10/v2/")
		usable := func(tx tradeTx, person string, place identity.Path) bool {
			_, err := tx.Photo(p.SHA256, person, place)
			if err != nil && fault.CodeOf(err) != fault.NotFound {
				t.Fatal(err)
			}
			return err == nil
		}
		must(t, act(t, db, func(tx tradeTx) error {
			if !usable(tx, "clerk1", here) || !usable(tx, "clerk2", there) || usable(tx, "rep1", here) {
				t.Error("before it is attached: only whoever uploaded it")
			}
			return tx.AttachPhoto(p.SHA256, here, false)
		}))
		must(t, act(t, db, func(tx tradeTx) error {
			if !usable(tx, "rep1", here) || !usable(tx, "rep1", "/c/t1/") || usable(tx, "rep1", there) {
				t.Error("attached: at its place only")
			}
			return nil
		}))
		for _, step := range []struct {
			public, want bool
		}{{false, false}, {true, true}, {false, true}} {
			must(t, act(t, db, func(tx tradeTx) error { return tx.AttachPhoto(p.SHA256, here, step.public) }))
			found, err := db.FindPhoto(t.Context(), p.SHA256)
			if err != nil || found.Public != step.want || fmt.Sprint(found.Places) != "[/c/t1/v1/g1/]" {
				t.Errorf("after %+v: %+v, %v", step, found, err)
			}
		}
		must(t, act(t, db, func(tx tradeTx) error { return tx.AttachPhoto(p.SHA256, there, false) }))
		if found, err := db.FindPhoto(t.Context(), p.SHA256); err != nil || !found.Public || len(found.Places) != 2 {
			t.Errorf("a private place hides a public one: %+v, %v", found, err)
		}
	})
}

func TestSupplements(t *testing.T) {
	eachTrade(t, func(t *testing.T, db *storetest.DB, clock *handClock) {
		first := trading.Supplement{ID: "s1", Tender: "n1", Path: "/c/t1/v1/g1/", Number: 1, State: trading.Proposed, Version: 1, Text: "更正看样日", ProposedBy: "clerk1"}
		second := first
		second.ID, second.Number = "s0", 2
		must(t, act(t, db, func(tx tradeTx) error { return tx.SaveSupplement(first) }))
		clock.set(noon.Add(time.Hour))
		must(t, act(t, db, func(tx tradeTx) error { return tx.SaveSupplement(second) }))
		if err := act(t, db, func(tx tradeTx) error { s := second; s.ID = "s9"; return tx.SaveSupplement(s) }); err == nil {
			t.Error("two supplements with one number")
		}
		supplementID := func(s trading.Supplement) string { return s.ID }
		pending := func(in identity.Scope) string {
			l, total, err := db.PendingSupplements(t.Context(), in, identity.Page{})
			must(t, err)
			return fmt.Sprint(ids(l, supplementID), " ", total)
		}
		if got := pending(east); got != "s1 s0 2" {
			t.Errorf("pending %s", got)
		}
		if got := pending(west); got != " 0" {
			t.Errorf("pending elsewhere %s", got)
		}
		clock.set(noon.Add(2 * time.Hour))
		first.Version, first.Text = 2, "更正看样日期"
		must(t, act(t, db, func(tx tradeTx) error { return tx.SaveSupplement(first) }))
		if got := pending(east); got != "s1 s0 2" {
			t.Errorf("a change moved it in the list by age: %s", got)
		}
		first.Mend = []fault.Field{{Name: "text", Message: "说明原因"}}
		first.Version, first.State, first.ReleasedBy, first.ReleasedAt, first.Firm, first.Document = 3, trading.Released, "st", minute, true, hash('d')
		first.RegisterUntil, first.OpensAt, first.Event = minute.AddDate(0, 0, 5), minute.AddDate(0, 0, 6), event.Ref{Stream: "tender:n1", Seq: 2}
		must(t, act(t, db, func(tx tradeTx) error { return tx.SaveSupplement(first) }))
		first.TenderTitle = "门前塘出租"
		got, err := db.Supplement(t.Context(), "s1", east)
		must(t, err)
		same(t, "supplement", got, first)
		if got := pending(east); got != "s0 1" {
			t.Errorf("pending after the release %s", got)
		}
		list := func(l []trading.Supplement, err error) string { must(t, err); return ids(l, supplementID) }
		if got := list(db.Supplements(t.Context(), "n1")); got != "s1 s0" {
			t.Errorf("by number: %s", got)
		}
		if got := list(db.Supplements(t.Context(), "塘")); got != "" {
			t.Errorf("of nothing: %s", got)
		}
		must(t, act(t, db, func(tx tradeTx) error {
			l, err := tx.Supplements("n1")
			if got := ids(l, supplementID); got != "s1 s0" {
				t.Errorf("in a transaction: %s", got)
			}
			return err
		}))
	})
}

// Each of the three ways to write answers the same request once.
func TestTradeActsHappenOnce(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, _ *handClock) {
		r := event.Request{Actor: "clerk1", Kind: "asset.register", ID: "request-1", Digest: hash('1')}
		ran := 0
		for range 2 {
			answer, err := db.WriteAsset(t.Context(), r, func(tx register.Tx) (string, error) { ran++; return "a1", tx.SaveAsset(pond()) })
			if err != nil || answer != "a1" {
				t.Fatalf("%q, %v", answer, err)
			}
		}
		r.Kind = "resolution.record"
		for range 2 {
			answer, err := db.WriteResolution(t.Context(), r, func(tx resolving.Tx) (string, error) { ran++; return "r1", tx.SaveResolution(vote()) })
			if err != nil || answer != "r1" {
				t.Fatalf("%q, %v", answer, err)
			}
		}
		if ran != 2 {
			t.Errorf("ran %d times", ran)
		}
	})
}
