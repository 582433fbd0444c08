package leaddb_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sunlot/admin/lead"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// act runs fn as one act of an officer.
func act(t *testing.T, db *storetest.DB, fn func(lead.Tx) error) error {
	t.Helper()
	once := event.Request{Actor: "officer", Kind: "lead.act", ID: event.NewID(), Digest: storetest.Hash('0')}
	_, err := db.WriteLead(t.Context(), once, func(tx lead.Tx) (string, error) { return "", fn(tx) })
	return err
}

func office(org string, path identity.Path) lead.Office {
	return lead.Office{OrgID: org, Path: path, Recipient: "age1" + org, MadeAt: storetest.Minute}
}

// eachHouse runs on the house's own database with the county and the offices of
// the county and of the eastern township.
func eachHouse(t *testing.T, run func(t *testing.T, db *storetest.DB)) {
	t.Helper()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		c.Set = store.Lead
		db := storetest.Open(t, c)
		storetest.Must(t, storetest.Admin(t, db, func(tx identity.AdminTx) error {
			var errs []error
			for _, o := range storetest.County {
				errs = append(errs, tx.AddOrg(o))
			}
			return errors.Join(errs...)
		}))
		storetest.Must(t, act(t, db, func(tx lead.Tx) error {
			return errors.Join(tx.AddLeadOffice(office("c", "/c/")), tx.AddLeadOffice(office("t1", "/c/t1/")))
		}))
		run(t, db)
	})
}

// report is one that the office has taken, so many hours after noon.
func report(id, office, place string, hours int) lead.Report {
	at := storetest.Minute.Add(time.Duration(hours) * time.Hour)
	return lead.Report{
		ID:         id,
		Office:     office,
		State:      mailbox.Received,
		Version:    1,
		About:      mailbox.VillageCadre,
		Category:   "assets",
		Place:      place,
		Named:      true,
		Reporter:   "age1reporter",
		ReceivedAt: at,
		AnswerBy:   "2027-01-23",
		ChangedAt:  at,
	}
}

func save(t *testing.T, db *storetest.DB, reports ...lead.Report) {
	t.Helper()
	storetest.Must(t, act(t, db, func(tx lead.Tx) error {
		var errs []error
		for _, r := range reports {
			errs = append(errs, tx.SaveReport(r))
		}
		return errors.Join(errs...)
	}))
}

func reportID(r lead.Report) string { return r.ID }

func TestAReportComesBackAsItWent(t *testing.T) {
	t.Parallel()
	eachHouse(t, func(t *testing.T, db *storetest.DB) {
		r := report("r1", "t1", "东村", 0)
		save(t, db, r)
		check := func() {
			t.Helper()
			got, err := db.FindLeadReport(t.Context(), "r1")
			storetest.Must(t, err)
			storetest.Same(t, "report", got, r)
		}
		check()
		if err := act(t, db, func(tx lead.Tx) error { return tx.SaveReport(r) }); err == nil {
			t.Error("the same report twice")
		}
		r.Version, r.State, r.Named, r.ChangedAt = 2, mailbox.InHand, false, r.ChangedAt.Add(time.Hour)
		save(t, db, r)
		check()
		if err := act(t, db, func(tx lead.Tx) error { return tx.SaveReport(r) }); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("an outdated copy: %v", err)
		}
		storetest.Must(t, act(t, db, func(tx lead.Tx) error {
			got, err := tx.LeadReport("r1")
			storetest.Same(t, "report in a transaction", got, r)
			for _, id := range []string{"", "none", "r1 ", "R1", "村", "r1' --"} {
				_, inside := tx.LeadReport(id)
				_, outside := db.FindLeadReport(t.Context(), id)
				if fault.CodeOf(inside) != fault.NotFound || fault.CodeOf(outside) != fault.NotFound {
					t.Errorf("%q: %v, %v", id, inside, outside)
				}
			}
			return err
		}))
		if err := act(t, db, func(tx lead.Tx) error {
			return tx.SaveReport(report("r2", "t10", "西村", 0))
		}); err == nil {
			t.Error("a report of an office without a key")
		}
	})
}

// An officer sees the reports of the named offices and of no others.
func TestReportsOfTheOfficesAskedFor(t *testing.T) {
	t.Parallel()
	eachHouse(t, func(t *testing.T, db *storetest.DB) {
		finished := report("r3", "t1", "东乡Abc", 2)
		finished.State = mailbox.Finished
		save(t, db, report("r1", "t1", "东村100%", 1), report("r2", "t1", "东村", 1), finished, report("r4", "c", "东村", 3))
		both, east := []string{"c", "t1"}, []string{"t1"}
		for _, c := range []struct {
			q     lead.Query
			want  string
			total int
		}{
			{lead.Query{Offices: both}, "r4 r3 r2 r1", 4},
			{lead.Query{Offices: east}, "r3 r2 r1", 3},
			{lead.Query{Offices: []string{"none"}}, "", 0},
			{lead.Query{}, "", 0},
			{lead.Query{Offices: east, States: []mailbox.State{mailbox.Received}}, "r2 r1", 2},
			{lead.Query{Offices: east, States: []mailbox.State{mailbox.Received, mailbox.Finished}}, "r3 r2 r1", 3},
			{lead.Query{Offices: east, States: []mailbox.State{mailbox.InHand}}, "", 0},
			{lead.Query{Offices: both, Text: "东村"}, "r4 r2 r1", 3},
			{lead.Query{Offices: both, Text: "0%"}, "r1", 1},
			{lead.Query{Offices: both, Text: "_"}, "", 0},
			{lead.Query{Offices: both, Text: "aBC"}, "r3", 1},
			{lead.Query{Offices: both, Page: identity.Page{Number: 2, Size: 3}}, "r1", 4},
			{lead.Query{Offices: both, Page: identity.Page{Number: 3, Size: 3}}, "", 4},
		} {
			got, total, err := db.LeadReports(t.Context(), c.q)
			if ids := storetest.IDs(got, reportID); err != nil || ids != c.want || total != c.total {
				t.Errorf("%+v: %s (%d), want %s (%d); %v", c.q, ids, total, c.want, c.total, err)
			}
		}
	})
}

// A list of what is in a report has no bodies, each of which may have 12 MB.
func TestEntriesOfAReport(t *testing.T) {
	t.Parallel()
	eachHouse(t, func(t *testing.T, db *storetest.DB) {
		save(t, db, report("r1", "t1", "东村", 0), report("r2", "t1", "东村", 0))
		entry := func(id, of string, kind lead.Kind, hours int) lead.Entry {
			at := storetest.Minute.Add(time.Duration(hours) * time.Hour)
			return lead.Entry{ID: id, Report: of, Kind: kind, At: at, Body: []byte("sealed " + id)}
		}
		answer := entry("e3", "r1", lead.Answered, 2)
		storetest.Must(t, act(t, db, func(tx lead.Tx) error {
			return errors.Join(tx.AddLeadEntry(answer), tx.AddLeadEntry(entry("e2", "r1", lead.Added, 1)),
				tx.AddLeadEntry(entry("e1", "r1", lead.Written, 1)),
				tx.AddLeadEntry(entry("f1", "r2", lead.Written, 0)))
		}))
		got, _, err := db.LeadEntries(t.Context(), "r1", identity.Page{Number: 1, Size: 200})
		ids := storetest.IDs(got, func(e lead.Entry) string { return fmt.Sprint(e.ID, "=", e.Kind, len(e.Body)) })
		if err != nil || ids != "e1=report0 e2=added0 e3=answer0" {
			t.Errorf("%s, %v", ids, err)
		}
		whole, err := db.LeadEntry(t.Context(), "r1", "e3")
		storetest.Must(t, err)
		storetest.Same(t, "entry", whole, answer)
		for _, id := range []string{"f1", "none", "", "e3 ", "内容"} { // f1 is another report's
			if _, err := db.LeadEntry(t.Context(), "r1", id); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", id, err)
			}
		}
		if err := act(t, db, func(tx lead.Tx) error {
			return tx.AddLeadEntry(entry("e9", "none", lead.Added, 1))
		}); err == nil {
			t.Error("an entry of no report")
		}
		storetest.Must(t, act(t, db, func(tx lead.Tx) error {
			var errs []error
			for i := range 205 {
				errs = append(errs, tx.AddLeadEntry(entry(fmt.Sprintf("m%03d", i), "r2", lead.Added, 1)))
			}
			return errors.Join(errs...)
		}))
		many, total, err := db.LeadEntries(t.Context(), "r2", identity.Page{Number: 1, Size: 200})
		if err != nil || len(many) != 200 || total != 206 || many[0].ID != "f1" || many[199].ID != "m198" {
			t.Errorf("%d of %d at once, %v", len(many), total, err)
		}
		rest, _, err := db.LeadEntries(t.Context(), "r2", identity.Page{Number: 2, Size: 200})
		if err != nil || len(rest) != 6 || rest[5].ID != "m204" {
			t.Errorf("the later ones: %d, %v", len(rest), err)
		}
	})
}

// An answer waits until the mailbox has it, and is then forgotten here.
func TestAnswersWaitToBeDelivered(t *testing.T) {
	t.Parallel()
	eachHouse(t, func(t *testing.T, db *storetest.DB) {
		save(t, db, report("r1", "t1", "东村", 0))
		answer := func(id string, hours int) mailbox.Envelope {
			at := storetest.Minute.Add(time.Duration(hours) * time.Hour)
			return mailbox.Envelope{ID: id, Box: "r1", Recipient: "age1reporter", MadeAt: at, Body: []byte(id)}
		}
		storetest.Must(t, act(t, db, func(tx lead.Tx) error {
			return errors.Join(tx.AddOutgoing(answer("x3", 1)), tx.AddOutgoing(answer("x2", 1)),
				tx.AddOutgoing(answer("x1", 2)))
		}))
		waiting := func(limit int, want string) []mailbox.Envelope {
			t.Helper()
			got, err := db.Outgoing(t.Context(), limit)
			if ids := storetest.IDs(got, func(e mailbox.Envelope) string { return e.ID }); err != nil || ids != want {
				t.Errorf("%s, want %s, %v", ids, want, err)
			}
			return got
		}
		storetest.Same(t, "answer", waiting(10, "x2 x3 x1")[2], answer("x1", 2))
		waiting(2, "x2 x3")
		for range 2 { // the second time it is gone already
			storetest.Must(t, db.Delivered(t.Context(), "x2"))
			waiting(10, "x3 x1")
		}
		if err := act(t, db, func(tx lead.Tx) error { return tx.AddOutgoing(answer("x3", 5)) }); err == nil {
			t.Error("the same answer twice")
		}
		waiting(10, "x3 x1")
	})
}

func TestOfficesHaveOneKeyEach(t *testing.T) {
	t.Parallel()
	eachHouse(t, func(t *testing.T, db *storetest.DB) {
		storetest.Must(t, act(t, db, func(tx lead.Tx) error { return tx.AddLeadOffice(office("t10", "/c/t10/")) }))
		for _, c := range []struct {
			in   identity.Scope
			want string
		}{
			{identity.Everywhere, "c=示范县 t1=东乡 t10=西乡"},
			{storetest.East, "t1=东乡"},
			{identity.Scope{"/c/t10/v2/"}, ""},
			{nil, ""},
		} {
			got, err := db.LeadOffices(t.Context(), c.in)
			ids := storetest.IDs(got, func(o lead.Office) string { return o.OrgID + "=" + o.Name })
			if err != nil || ids != c.want {
				t.Errorf("%v: %s, want %s, %v", c.in, ids, c.want, err)
			}
		}
		got, err := db.LeadOffices(t.Context(), storetest.West)
		west := office("t10", "/c/t10/")
		west.Name = "西乡"
		storetest.Must(t, err)
		storetest.Same(t, "office", got, []lead.Office{west})
		err = act(t, db, func(tx lead.Tx) error {
			o := office("t1", "/c/t1/")
			o.Recipient = "age1new"
			return tx.AddLeadOffice(o)
		})
		if fields := fault.FieldsOf(err); fault.CodeOf(err) != fault.Conflict || len(fields) != 1 ||
			fields[0].Name != "org" {
			t.Errorf("a second key: %v", err)
		}
	})
}
