package caseworkdb_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

func TestPhotos(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		p := casework.Photo{
			SHA256:   storetest.Hash('p'),
			Original: storetest.Hash('o'),
			Width:    1600,
			Height:   1200,
			Bytes:    300_000,
			By:       "clerk1",
			At:       storetest.Minute,
		}
		again := p
		again.By, again.Original, again.At = "clerk2", storetest.Hash('q'), storetest.Minute.Add(time.Hour)
		for _, upload := range []casework.Photo{p, p, again} {
			storetest.Must(t, db.AddPhoto(t.Context(), upload))
		}
		found, err := db.FindPhoto(t.Context(), p.SHA256)
		storetest.Must(t, err)
		p.Uploaders = []string{"clerk1", "clerk2"}
		storetest.Same(t, "photo", found, p)
		for _, sha := range []string{storetest.Hash('0'), "照片"} {
			if _, err := db.FindPhoto(t.Context(), sha); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", sha, err)
			}
		}
		const here, there = identity.Path("/c/t1/v1/g1/"), identity.Path("/c/t10/v2/")
		usable := func(tx storetest.TradeTx, person string, place identity.Path) bool {
			_, err := tx.Photo(p.SHA256, person, place)
			if err != nil && fault.CodeOf(err) != fault.NotFound {
				t.Fatal(err)
			}
			return err == nil
		}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			if !usable(tx, "clerk1", here) || !usable(tx, "clerk2", there) || usable(tx, "rep1", here) {
				t.Error("before it is attached: only whoever uploaded it")
			}
			return tx.AttachPhoto(p.SHA256, here, false)
		}))
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			if !usable(tx, "rep1", here) || !usable(tx, "rep1", "/c/t1/") || usable(tx, "rep1", there) {
				t.Error("attached: at its place only")
			}
			return nil
		}))
		for _, step := range []struct {
			public, want bool
		}{{false, false}, {true, true}, {false, true}} {
			storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
				return tx.AttachPhoto(p.SHA256, here, step.public)
			}))
			found, err := db.FindPhoto(t.Context(), p.SHA256)
			if err != nil || found.Public != step.want || fmt.Sprint(found.Places) != "[/c/t1/v1/g1/]" {
				t.Errorf("after %+v: %+v, %v", step, found, err)
			}
		}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return tx.AttachPhoto(p.SHA256, there, false)
		}))
		if found, err := db.FindPhoto(t.Context(), p.SHA256); err != nil || !found.Public || len(found.Places) != 2 {
			t.Errorf("a private place hides a public one: %+v, %v", found, err)
		}
	})
}

// A photo is whose who uploaded it first, by the time and not by the order of the
// requests; a second upload by the same person changes nothing.
func TestAPhotoIsWhoseUploadedItFirst(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		upload := func(by string, hours int, original byte) casework.Photo {
			at := storetest.Minute.Add(time.Duration(hours) * time.Hour)
			return casework.Photo{
				SHA256:   storetest.Hash('p'),
				Original: storetest.Hash(original),
				Width:    1600,
				Height:   1200,
				Bytes:    300,
				By:       by,
				At:       at,
			}
		}
		want := upload("rep1", 1, 'b')
		for _, p := range []casework.Photo{upload("rep2", 2, 'a'), want, upload("clerk1", 2, 'c'),
			upload("rep1", 0, 'd')} {
			storetest.Must(t, db.AddPhoto(t.Context(), p))
		}
		want.Uploaders = []string{"rep1", "clerk1", "rep2"}
		got, err := db.FindPhoto(t.Context(), want.SHA256)
		storetest.Must(t, err)
		storetest.Same(t, "photo", got, want)
		err = storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return tx.AttachPhoto(storetest.Hash('0'), "/c/t1/", true)
		})
		if err == nil {
			t.Error("a photo attached that nobody uploaded")
		}
	})
}

// What a person sends in a day is counted before it is kept, also when many
// photos come at once; another's and another day's is not touched.
func TestADaysPhotosHaveABudget(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		spend := func(who string, day calendar.Date, bytes int) error {
			return db.SpendPhotos(t.Context(), who, day, bytes, 100)
		}
		var taken atomic.Int32
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				switch err := spend("clerk1", "2026-11-23", 30); fault.CodeOf(err) {
				case "":
					taken.Add(1)
				case fault.TooMany:
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if taken.Load() != 3 {
			t.Errorf("%d times 30 bytes of 100", taken.Load())
		}
		storetest.Must(t, spend("clerk1", "2026-11-23", 10)) // what was refused has not been counted
		storetest.Must(t, spend("clerk1", "2026-11-24", 100))
		storetest.Must(t, spend("clerk2", "2026-11-23", 100))
		if err := spend("clerk2", "2026-11-23", 1); fault.CodeOf(err) != fault.TooMany {
			t.Errorf("a byte above: %v", err)
		}
	})
}
