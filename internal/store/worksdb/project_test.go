package worksdb_test

import (
	"errors"
	"testing"
	"time"

	"gorm.io/gorm"

	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading/works"
)

func once(kind string) event.Request {
	return event.Request{Actor: "clerk1", Kind: kind, ID: event.NewID(), Digest: storetest.Hash('0')}
}

// build runs fn as one act of clerk1.
func build(t *testing.T, db *storetest.DB, fn func(works.Tx) error) error {
	t.Helper()
	_, err := db.WriteProject(t.Context(), once("project.act"), func(tx works.Tx) (string, error) { return "", fn(tx) })
	return err
}

// eachWorks runs on a county with an item in force, i1, and one that was never published, i2.
func eachWorks(t *testing.T, run func(t *testing.T, db *storetest.DB)) {
	t.Helper()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		_, err := db.WriteItem(t.Context(), once("item.act"), func(tx power.Tx) (string, error) {
			draft := power.Item{ID: "i2", Path: "/c/t1/", State: power.Drafted, Version: 1}
			draft.Number = "GC-02"
			force := power.Item{ID: "i1", Path: "/c/t1/", State: power.Published, Version: 1, Edition: 3}
			force.Number, force.Name, force.Event = "GC-01", "小型工程", event.Ref{Stream: "item:i1", Seq: 3}
			return "", errors.Join(tx.SaveItem(draft), tx.SaveItem(force))
		})
		storetest.Must(t, err)
		run(t, db)
	})
}

// bridge is a project as it is proposed, so many hours after noon.
func bridge(id string, hours int) works.Project {
	return works.Project{
		ID:      id,
		Path:    "/c/t1/v1/",
		State:   works.ProjectProposed,
		Version: 1,
		ProjectForm: works.ProjectForm{
			Village:    "v1",
			Item:       "i1",
			Resolution: "r1",
			Name:       "门前桥",
			Place:      "东村一组",
			Scope:      "修桥",
			Estimate:   12_345_600,
			Plan: []works.Planned{{
				Stage: works.BudgetStage,
				On:    "2026-12-01",
				Sum:   12_000_000,
			}, {Stage: works.BuildStage}},
		},
		Next:       works.BudgetStage,
		NextDue:    "2026-12-01",
		ProposedBy: "clerk1",
		ProposedAt: storetest.Minute.Add(time.Duration(hours) * time.Hour),
	}
}

// opened is a project that the committee has confirmed, so many hours after noon.
func opened(p works.Project, hours int) works.Project {
	p.State = works.Underway
	p.ConfirmedBy = "rep2"
	p.ConfirmedAt = storetest.Minute.Add(time.Duration(hours) * time.Hour)
	p.Document = storetest.Hash('d')
	p.Event = event.Ref{Stream: p.Stream(), Seq: 1}
	return p
}

func saveProjects(t *testing.T, db *storetest.DB, all ...works.Project) {
	t.Helper()
	storetest.Must(t, build(t, db, func(tx works.Tx) error {
		var errs []error
		for _, p := range all {
			errs = append(errs, tx.SaveProject(p))
		}
		return errors.Join(errs...)
	}))
}

func TestAProjectComesBackAsItWent(t *testing.T) {
	t.Parallel()
	eachWorks(t, func(t *testing.T, db *storetest.DB) {
		proposed := bridge("j1", 0)
		returned := proposed
		returned.Version, returned.State = 2, works.ProjectReturned
		returned.Mend, returned.Plan = []fault.Field{{Name: "plan", Message: "缺预算日"}}, nil
		underway := opened(returned, 2)
		underway.Version, underway.Mend, underway.Reached = 3, nil, works.BudgetStage
		underway.Sums = works.Sums{Budget: 1, Contract: 2, Varied: -3, Final: 4, Paid: 5}
		for _, p := range []works.Project{proposed, returned, underway} {
			saveProjects(t, db, p)
			p.VillageName, p.ItemName = "东村", "小型工程"
			got, err := db.Project(t.Context(), "j1", storetest.East)
			storetest.Must(t, err)
			storetest.Same(t, "project", got, p)
			storetest.Must(t, build(t, db, func(tx works.Tx) error {
				got, err := tx.Project("j1", storetest.East)
				storetest.Same(t, "project in a transaction", got, p)
				return err
			}))
		}
		if err := build(t, db, func(tx works.Tx) error {
			return tx.SaveProject(underway)
		}); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("an outdated copy: %v", err)
		}
		lost := bridge("j2", 0)
		lost.Item = "none"
		if err := build(t, db, func(tx works.Tx) error { return tx.SaveProject(lost) }); err == nil {
			t.Error("a project of no item")
		}
	})
}

// A project exercises an item that is in force: one that was published.
func TestItemInForce(t *testing.T) {
	t.Parallel()
	eachWorks(t, func(t *testing.T, db *storetest.DB) {
		storetest.Must(t, build(t, db, func(tx works.Tx) error {
			got, err := tx.ItemInForce("i1")
			want := works.ItemInForce{Path: "/c/t1/", Edition: 3, Event: event.Ref{Stream: "item:i1", Seq: 3}}
			storetest.Same(t, "item", got, want)
			for _, id := range []string{"i2", "none", "i1 ", "", "事项"} {
				if _, err := tx.ItemInForce(id); fault.CodeOf(err) != fault.NotFound {
					t.Errorf("%q: %v", id, err)
				}
			}
			return err
		}))
	})
}

func TestAProjectOfAnotherPlaceIsNotFound(t *testing.T) {
	t.Parallel()
	eachWorks(t, func(t *testing.T, db *storetest.DB) {
		saveProjects(t, db, bridge("j1", 0))
		e := step("e1", "j1", 0)
		storetest.Must(t, build(t, db, func(tx works.Tx) error { return tx.SaveEntry(e) }))
		storetest.Must(t, build(t, db, func(tx works.Tx) error {
			for _, c := range []struct {
				mark string
				in   identity.Scope
				want fault.Code
			}{
				{"", storetest.East, ""}, {"", identity.Everywhere, ""}, {"", storetest.West, fault.NotFound},
				{"", nil, fault.NotFound}, {"", identity.Scope{"/c/t1/v1/g1/"}, fault.NotFound},
				{" ", storetest.East, fault.NotFound}, {"桥", storetest.East, fault.NotFound},
				{"0", storetest.East, fault.NotFound},
			} {
				_, project := db.Project(t.Context(), "j1"+c.mark, c.in)
				_, projectIn := tx.Project("j1"+c.mark, c.in)
				_, entry := db.Entry(t.Context(), "e1"+c.mark, c.in)
				_, entryIn := tx.Entry("e1"+c.mark, c.in)
				for i, err := range []error{project, projectIn, entry, entryIn} {
					if fault.CodeOf(err) != c.want {
						t.Errorf("%q in %v: look-up %d: %v", c.mark, c.in, i, err)
					}
				}
			}
			return nil
		}))
	})
}

// The public's list is by the day of becoming public, an office's by that of typing in.
func TestListsOfProjects(t *testing.T) {
	t.Parallel()
	eachWorks(t, func(t *testing.T, db *storetest.DB) {
		done, west := opened(bridge("j3", 2), 3), opened(bridge("j4", 3), 4)
		done.State, done.Name = works.Finished, "水渠100%Abc"
		west.Path, west.Village = "/c/t10/v2/", "v2"
		saveProjects(t, db, bridge("j1", 0), opened(bridge("j2", 1), 9), done, west, bridge("j5", 0))
		all, public, proposed := identity.Everywhere, works.PublicStates(), []casework.State{works.ProjectProposed}
		for _, c := range []struct {
			q     casework.Query
			want  string
			total int
		}{
			{casework.Query{Scope: all, States: public}, "j2 j4 j3", 3},
			{casework.Query{Scope: storetest.East, States: public}, "j2 j3", 2},
			{casework.Query{Scope: storetest.East}, "j3 j2 j5 j1", 4},
			{casework.Query{Scope: storetest.East, States: proposed}, "j5 j1", 2},
			{casework.Query{Scope: all, States: []casework.State{works.Finished}}, "j3", 1},
			{casework.Query{States: public}, "", 0},
			{casework.Query{Scope: all, States: public, Parent: "i1"}, "j2 j4 j3", 3},
			{casework.Query{Scope: all, States: public, Parent: "i2"}, "", 0},
			{casework.Query{Scope: all, States: public, Text: "门前"}, "j2 j4", 2},
			{casework.Query{Scope: all, States: public, Text: "0%a"}, "j3", 1},
			{casework.Query{Scope: all, States: public, Text: "东村"}, "j2 j3", 2}, // the village's name
			{casework.Query{Scope: all, States: public, Page: identity.Page{Number: 2, Size: 2}}, "j3", 3},
			{casework.Query{Scope: all, States: public, Page: identity.Page{Number: 3, Size: 2}}, "", 3},
		} {
			got, total, err := db.Projects(t.Context(), c.q)
			ids := storetest.IDs(got, func(p works.Project) string { return p.ID })
			if err != nil || ids != c.want || total != c.total {
				t.Errorf("%+v: %s (%d), want %s (%d); %v", c.q, ids, total, c.want, c.total, err)
			}
		}
	})
}

// TestAProjectsCardShowsTheNewestPhotoThatIsPublic: not one that waits for its second person, nor
// one that is withheld.
func TestAProjectsCardShowsTheNewestPhotoThatIsPublic(t *testing.T) {
	t.Parallel()
	eachWorks(t, func(t *testing.T, db *storetest.DB) {
		saveProjects(t, db, bridge("j1", 0), bridge("j2", 1))
		shown := func() string {
			t.Helper()
			all, _, err := db.Projects(t.Context(), casework.Query{Scope: storetest.East})
			storetest.Must(t, err)
			return storetest.IDs(all, func(p works.Project) string { return p.ID + ":" + p.Photo })
		}
		record := func(id string, hours int, state casework.State, photos ...string) {
			t.Helper()
			e := step(id, "j1", hours)
			e.State, e.Photos = state, photos
			storetest.Must(t, build(t, db, func(tx works.Tx) error { return tx.SaveEntry(e) }))
		}
		p, q, r := storetest.Hash('p'), storetest.Hash('q'), storetest.Hash('r')
		record("e1", 1, works.EntryConfirmed, p)
		record("e2", 2, works.EntryConfirmed, q)
		record("e3", 3, works.EntryConfirmed)
		record("e4", 4, works.Recorded, r)
		if got, want := shown(), "j2: j1:"+q; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		storetest.Must(t, db.Write(t.Context(), func(session *gorm.DB) error {
			return session.Exec("INSERT INTO withholdings (id, path, sha256, subject, state, version, standing,"+
				" ground, reason, answer, office, asked_by, asked_at, decided_by)"+
				" VALUES ('w1', '/c/t1/v1/', ?, 'photo', ?, 2, 1, '', '有人脸', '', '', 'clerk1', 1, 'clerk2')",
				q, string(privacy.Withheld)).Error
		}))
		if got, want := shown(), "j2: j1:"+p; got != want {
			t.Errorf("with a photo withheld %s, want %s", got, want)
		}
	})
}
