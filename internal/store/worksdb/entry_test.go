package worksdb_test

import (
	"errors"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading/works"
)

// step is an entry as it is recorded, so many hours after noon.
func step(id, project string, hours int) works.Entry {
	return works.Entry{
		ID:      id,
		Project: project,
		Path:    "/c/t1/v1/",
		State:   works.Recorded,
		Version: 1,
		EntryForm: works.EntryForm{
			Stage:  works.ContractStage,
			On:     "2026-11-20",
			Sum:    11_000_000,
			Party:  "示范建筑公司",
			Note:   "三家比价",
			Photos: []string{storetest.Hash('p')},
			Files:  []string{storetest.Hash('f')},

			Corrects: "e0",
		},
		RecordedBy: "clerk1",
		RecordedAt: storetest.Minute.Add(time.Duration(hours) * time.Hour),
	}
}

func entryID(e works.Entry) string { return e.ID }

func TestAnEntryComesBackAsItWent(t *testing.T) {
	t.Parallel()
	eachWorks(t, func(t *testing.T, db *storetest.DB) {
		saveProjects(t, db, bridge("j1", 0))
		recorded := step("e1", "j1", 0)
		returned := recorded
		returned.Version, returned.State, returned.Skipped, returned.Less = 2, works.EntryReturned, true, true
		returned.Mend, returned.Photos, returned.Files = []fault.Field{{Name: "note", Message: "说明原因"}}, nil, []string{}
		confirmed := recorded
		confirmed.Version, confirmed.State = 3, works.EntryConfirmed
		confirmed.ConfirmedBy, confirmed.ConfirmedAt = "rep2", storetest.Minute.Add(time.Hour)
		confirmed.Event = event.Ref{Stream: "project:j1", Seq: 2}
		for _, e := range []works.Entry{recorded, returned, confirmed} {
			storetest.Must(t, build(t, db, func(tx works.Tx) error { return tx.SaveEntry(e) }))
			e.ProjectName = "门前桥"
			got, err := db.Entry(t.Context(), "e1", storetest.East)
			storetest.Must(t, err)
			storetest.Same(t, "entry", got, e)
			storetest.Must(t, build(t, db, func(tx works.Tx) error {
				got, err1 := tx.Entry("e1", storetest.East)
				all, err2 := tx.Entries("j1")
				storetest.Same(t, "entry in a transaction", got, e)
				storetest.Same(t, "entries in a transaction", all, []works.Entry{e})
				return errors.Join(err1, err2)
			}))
		}
		if err := build(t, db, func(tx works.Tx) error {
			return tx.SaveEntry(confirmed)
		}); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("an outdated copy: %v", err)
		}
		if err := build(t, db, func(tx works.Tx) error { return tx.SaveEntry(step("e2", "none", 0)) }); err == nil {
			t.Error("an entry of no project")
		}
	})
}

func TestListsOfEntries(t *testing.T) {
	t.Parallel()
	eachWorks(t, func(t *testing.T, db *storetest.DB) {
		west := bridge("j2", 0)
		west.Path = "/c/t10/v2/"
		saveProjects(t, db, bridge("j1", 0), west)
		confirmed, elsewhere := step("e1", "j1", 0), step("w1", "j2", 1)
		confirmed.State, elsewhere.Path = works.EntryConfirmed, west.Path
		storetest.Must(t, build(t, db, func(tx works.Tx) error {
			return errors.Join(tx.SaveEntry(step("e4", "j1", 2)), tx.SaveEntry(step("e3", "j1", 3)),
				tx.SaveEntry(step("e2", "j1", 2)),
				tx.SaveEntry(elsewhere), tx.SaveEntry(confirmed))
		}))
		for want, of := range map[string][]string{
			"e1 e2 e4 e3":    {"j1"},
			"w1":             {"j2", "none", "j1 ", "桥"},
			"e1 w1 e2 e4 e3": {"j2", "j1"},
			"":               nil,
		} {
			got, err := db.Entries(t.Context(), of...)
			if ids := storetest.IDs(got, entryID); err != nil || ids != want {
				t.Errorf("of %q: %s, want %s, %v", of, ids, want, err)
			}
		}
	})
}

// A document is its uploaders' until it is attached, then of its places; once
// public it stays public.
func TestFilesOfAProject(t *testing.T) {
	t.Parallel()
	eachWorks(t, func(t *testing.T, db *storetest.DB) {
		f := works.File{SHA256: storetest.Hash('f'), Bytes: 4096, By: "rep1", At: storetest.Minute}
		again := f
		again.By, again.At = "clerk1", storetest.Minute.Add(time.Hour)
		for _, upload := range []works.File{again, f, f} { // who uploaded it first is told by the time
			storetest.Must(t, db.AddFile(t.Context(), upload))
		}
		f.Uploaders = []string{"rep1", "clerk1"}
		find := func() {
			t.Helper()
			got, err := db.FindFile(t.Context(), f.SHA256)
			storetest.Must(t, err)
			storetest.Same(t, "file", got, f)
		}
		find()
		for _, sha := range []string{storetest.Hash('0'), "", "文件", f.SHA256 + " "} {
			if _, err := db.FindFile(t.Context(), sha); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", sha, err)
			}
		}
		const here, there = identity.Path("/c/t1/v1/"), identity.Path("/c/t10/v2/")
		usable := func(person string, place identity.Path, want fault.Code) {
			t.Helper()
			storetest.Must(t, build(t, db, func(tx works.Tx) error {
				if _, err := tx.File(f.SHA256, person, place); fault.CodeOf(err) != want {
					t.Errorf("%s in %s: %v", person, place, err)
				}
				return nil
			}))
		}
		usable("clerk1", there, "")
		usable("rep2", here, fault.NotFound)
		f.Places = []identity.Path{here}
		for _, public := range []bool{false, true, false} {
			storetest.Must(t, build(t, db, func(tx works.Tx) error { return tx.AttachFile(f.SHA256, here, public) }))
			f.Public = f.Public || public
			find()
		}
		usable("rep2", here, "")
		usable("rep2", "/c/t1/", "")
		usable("rep2", "/c/t1/v1/g1/", fault.NotFound)
		usable("rep2", there, fault.NotFound)
		if err := build(t, db, func(tx works.Tx) error {
			return tx.AttachFile(storetest.Hash('0'), here, true)
		}); err == nil {
			t.Error("a document attached that nobody uploaded")
		}
	})
}
