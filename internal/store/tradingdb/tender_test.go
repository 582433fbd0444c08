package tradingdb_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
)

func pond() trading.Asset {
	return trading.Asset{
		ID:           "a1",
		Path:         "/c/t1/v1/g1/",
		Version:      1,
		RegisteredBy: "clerk1",
		RegisteredAt: storetest.Minute,
		Document:     storetest.Hash('d'),
		Event:        event.Ref{Stream: "asset:a1", Seq: 1},
		AssetForm: trading.AssetForm{
			Owner:    "g1",
			Acting:   "k1",
			Assembly: "group",
			Name:     "门前塘",
			Kind:     trading.WaterLand,
			Location: "东村一组",
			Area:     3860,
			Plots: []trading.Plot{{
				Name:  "塘",
				Area:  3860,
				East:  "路",
				South: "渠",
				West:  "山",
				North: "田",
			}},
			Use:        "养殖",
			Title:      "组集体所有",
			LastRent:   35000,
			LastEnds:   "2026-12-31",
			LastTenant: "某某",
			Photos:     []string{storetest.Hash('p')},
		},
	}
}

func vote() trading.Resolution {
	r := trading.Resolution{
		ID: "r1", Path: "/c/t1/v1/g1/", Assembly: "group", State: trading.Recorded, Version: 1, RecordedBy: "clerk1",
		ResolutionForm: trading.ResolutionForm{Asset: "a1", Years: 5, FloorPrice: 40000, Outsiders: true,
			Priorities: []trading.Priority{trading.MemberFirst}, Steps: []trading.StepDone{{
				Key: "decide",
				On:  "2026-11-20",
			}},
			Votes: []trading.Vote{{
				Name:   "甲",
				Person: "rep1",
				Choice: trading.For,
			}, {Name: "乙", Choice: trading.Absent}},
			SignIn: []string{storetest.Hash('s')}, Minutes: []string{storetest.Hash('m')}},
	}
	r.Count = trading.Count{Due: 2, Present: 1, For: 1}
	return r
}

func letting() trading.Tender {
	return trading.Tender{
		ID:      "n1",
		Path:    "/c/t1/v1/g1/",
		State:   trading.Drafted,
		Version: 1,
		Area:    3860,
		Steps:   trading.Steps{DraftedBy: "clerk1"},
		TenderForm: trading.TenderForm{
			Asset:            "a1",
			Resolution:       "r1",
			Title:            "门前塘出租",
			StartPrice:       40000,
			Step:             1000,
			DepositPercent:   10,
			Years:            5,
			StartsOn:         "2027-01-01",
			RentDue:          "03-01",
			NoticeDays:       10,
			InspectionOn:     "2026-11-30",
			InspectionPlace:  "塘边",
			Use:              "u",
			Conditions:       "c",
			Qualification:    "q",
			Material:         "m",
			Burdens:          "b",
			PricingBasis:     "p",
			PriorityNotified: "2026-11-22",
			DepositAccount:   "d",
			Fees:             "f",
			Contact:          "t",
			Supervision:      "s",
			Warnings:         "w",
			Media:            "e",
		},
	}
}

// eachTrade runs on a county with the pond, its resolution and its tender.
func eachTrade(t *testing.T, run func(t *testing.T, db *storetest.DB, clock *storetest.HandClock)) {
	t.Helper()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return errors.Join(tx.SaveAsset(pond()), tx.SaveResolution(vote()), tx.SaveTender(letting()))
		}))
		run(t, db, clock)
	})
}

func TestNounsComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		a := pond()
		r := vote()
		n := letting()
		a.OwnerName, a.ActingName = "东村一组", "东村经济合作社"
		r.AssetName = "门前塘"
		n.AssetName, n.OwnerName = "门前塘", "东村一组"
		check := func() {
			t.Helper()
			gotA, err := db.Asset(t.Context(), "a1", storetest.East)
			storetest.Must(t, err)
			storetest.Same(t, "asset", gotA, a)
			gotR, err := db.Resolution(t.Context(), "r1", storetest.East)
			storetest.Must(t, err)
			storetest.Same(t, "resolution", gotR, r)
			gotN, err := db.Tender(t.Context(), "n1", storetest.East)
			storetest.Must(t, err)
			storetest.Same(t, "tender", gotN, n)
		}
		check()
		a.Version = 2
		a.LastTenant = ""
		a.Photos = nil
		a.Plots = []trading.Plot{}
		a.Event.Seq = 2
		r.Version = 2
		r.State = trading.Confirmed
		r.Votes = r.Votes[:1]
		r.Lawful = true
		r.Reasons = []string{"人数"}
		r.Mend = []fault.Field{{Name: "votes", Message: "漏了一人"}}
		r.ConfirmedBy = "rep2"
		r.ConfirmedAt = storetest.Minute
		r.Event = event.Ref{Stream: "resolution:r1", Seq: 1}
		n.Version = 2
		n.State = trading.Announced
		n.Firm = true
		n.Document = storetest.Hash('x')
		n.BoardPhoto = storetest.Hash('y')
		n.Mend = []fault.Field{{Name: "step"}}
		n.AnnouncedAt = storetest.Minute
		n.RegisterUntil = storetest.Minute.AddDate(0, 0,
			14)
		n.OpensAt = storetest.Minute.AddDate(0, 0, 15)
		n.PostedAt = storetest.Minute.Add(time.Hour)
		n.Steps = trading.Steps{DraftedBy: "a", SubmittedBy: "b", CheckedBy: "c", ApprovedBy: "d", AnnouncedBy: "e"}
		n.Event = event.Ref{Stream: "tender:n1", Seq: 7}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return errors.Join(tx.SaveAsset(a), tx.SaveResolution(r), tx.SaveTender(n))
		}))
		check()
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { // and the same inside a transaction
			gotA, errA := tx.Asset("a1", storetest.East)
			gotR, errR := tx.Resolution("r1", storetest.East)
			gotN, errN := tx.Tender("n1", storetest.East)
			storetest.Same(t, "asset", gotA, a)
			storetest.Same(t, "resolution", gotR, r)
			storetest.Same(t, "tender", gotN, n)
			return errors.Join(errA, errR, errN)
		}))
	})
}

func TestOutdatedCopyIsNotSaved(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		for name, save := range map[string]func(tx storetest.TradeTx) error{
			"asset":      func(tx storetest.TradeTx) error { a := pond(); a.Version = 3; return tx.SaveAsset(a) },
			"resolution": func(tx storetest.TradeTx) error { r := vote(); r.Version = 3; return tx.SaveResolution(r) },
			"tender":     func(tx storetest.TradeTx) error { n := letting(); n.Version = 3; return tx.SaveTender(n) },
		} {
			if err := storetest.Act(t, db, save); fault.CodeOf(err) != fault.Conflict {
				t.Errorf("%s: %v", name, err)
			}
		}
		if r, err := db.Resolution(t.Context(), "r1", storetest.East); err != nil || len(r.Votes) != 2 ||
			r.Version != 1 {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestAnotherVillageIsNotFound(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return tx.SaveSupplement(trading.Supplement{
				ID:      "s1",
				Tender:  "n1",
				Path:    "/c/t1/v1/g1/",
				Number:  1,
				State:   trading.Proposed,
				Version: 1,
			})
		}))
		ctx := t.Context()
		look := map[string]func(id string, in identity.Scope) error{
			"a1": func(id string, in identity.Scope) error { _, err := db.Asset(ctx, id, in); return err },
			"r1": func(id string, in identity.Scope) error { _, err := db.Resolution(ctx, id, in); return err },
			"n1": func(id string, in identity.Scope) error { _, err := db.Tender(ctx, id, in); return err },
			"s1": func(id string, in identity.Scope) error { _, err := db.Supplement(ctx, id, in); return err },
		}
		inside := map[string]func(tx storetest.TradeTx, id string, in identity.Scope) error{
			"a1": func(tx storetest.TradeTx, id string, in identity.Scope) error {
				_, err := tx.Asset(id, in)
				return err
			},
			"r1": func(tx storetest.TradeTx, id string, in identity.Scope) error {
				_, err := tx.Resolution(id, in)
				return err
			},
			"n1": func(tx storetest.TradeTx, id string, in identity.Scope) error {
				_, err := tx.Tender(id, in)
				return err
			},
			"s1": func(tx storetest.TradeTx, id string, in identity.Scope) error {
				_, err := tx.Supplement(id, in)
				return err
			},
		}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			for right := range look {
				for _, c := range []struct {
					id   string
					in   identity.Scope
					want fault.Code
				}{{right, storetest.East, ""}, {right, storetest.West, fault.NotFound},
					{right, nil, fault.NotFound}, {"none", storetest.East, fault.NotFound},
					{right + " ", storetest.East, fault.NotFound}, {"塘", storetest.East, fault.NotFound},
					{strings.ToUpper(right), storetest.East, fault.NotFound}} {
					if err := inside[right](tx, c.id, c.in); fault.CodeOf(err) != c.want {
						t.Errorf("%s in a transaction as %q in %v: %v", right, c.id, c.in, err)
					}
				}
			}
			return nil
		}))
		for right, find := range look {
			for _, c := range []struct {
				id   string
				in   identity.Scope
				want fault.Code
			}{{right, storetest.East, ""}, {right, storetest.West, fault.NotFound}, {right, nil, fault.NotFound},
				{"none", storetest.East, fault.NotFound},
				{right + " ", storetest.East, fault.NotFound}, {"塘", storetest.East, fault.NotFound}} {
				if err := find(c.id, c.in); fault.CodeOf(err) != c.want {
					t.Errorf("%s as %q in %v: %v", right, c.id, c.in, err)
				}
			}
		}
	})
}

func TestUseIsSeenUntilWithdrawn(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		uses := func(exceptTender string) (asset, resolution bool) {
			storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
				var errA, errR error
				asset, errA = tx.AssetInUse("a1")
				resolution, errR = rests(tx, exceptTender)
				return errors.Join(errA, errR)
			}))
			return asset, resolution
		}
		if a, r := uses("n2"); !a || !r {
			t.Errorf("draft: %v, %v", a, r)
		}
		if a, r := uses("n1"); !a || r {
			t.Errorf("seen from itself: %v, %v", a, r)
		}
		n := letting()
		n.Version, n.State = 2, trading.Withdrawn
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.SaveTender(n) }))
		if a, r := uses("n2"); a || r {
			t.Errorf("withdrawn: %v, %v", a, r)
		}
	})
}

// more adds three further cases: another pond in the east, one in the west, each with resolution and tender.
func more(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
	t.Helper()
	for i, c := range []struct {
		n            string
		path         identity.Path
		owner, act   string
		name         string
		area         money.Area
		price        money.Fen
		state        casework.State
		until        time.Time
		held, asset  string
		registeredAt time.Time
	}{
		{
			n:     "2",
			path:  "/c/t1/v1/",
			owner: "v1",
			act:   "k1",
			name:  "晒谷场ABC",
			area:  100,
			price: 90000,
			state: trading.Announced,
			until: storetest.Minute.AddDate(0, 0, 9),
			held:  "2026-11-21",
		},
		{
			n:     "3",
			path:  "/c/t10/v2/",
			owner: "v2",
			act:   "k2",
			name:  "果园50%",
			area:  9999,
			price: 10000,
			state: trading.Announced,
			until: storetest.Minute.AddDate(0, 0, 5),
			held:  "2026-11-19",
		},
	} {
		clock.Set(storetest.Noon.Add(time.Duration(i+1) * time.Hour))
		a := pond()
		r := vote()
		n := letting()
		a.ID = "a" +
			c.n
		a.Path = c.path
		a.Owner = c.owner
		a.Acting = c.act
		a.Name = c.name
		a.Area = c.area
		a.RegisteredAt = clock.Now()
		r.ID = "r" + c.n
		r.Path = c.path
		r.Asset = a.ID
		r.State = trading.Confirmed
		r.Steps = []trading.StepDone{{
			Key: "decide",
			On:  calendar.Date(c.held),
		}}
		n.ID = "n" +
			c.n
		n.Path = c.path
		n.Asset = a.ID
		n.Resolution = r.ID
		n.Title = c.name + "出租"
		n.StartPrice = c.price
		n.State = c.state
		n.RegisterUntil = c.until
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return errors.Join(tx.SaveAsset(a), tx.SaveResolution(r), tx.SaveTender(n))
		}))
	}
}

func TestListsOfTheTrade(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		more(t, db, clock)
		lists := map[string]func(context.Context, casework.Query) (string, int, error){
			"a": func(ctx context.Context, q casework.Query) (string, int, error) {
				l, n, err := db.Assets(ctx, q)
				return storetest.IDs(l, func(a trading.Asset) string { return a.ID }), n, err
			},
			"r": func(ctx context.Context, q casework.Query) (string, int, error) {
				l, n, err := db.Resolutions(ctx, q)
				return storetest.IDs(l, func(r trading.Resolution) string { return r.ID }), n, err
			},
			"n": func(ctx context.Context, q casework.Query) (string, int, error) {
				l, n, err := db.Tenders(ctx, q)
				return storetest.IDs(l, func(n trading.Tender) string { return n.ID }), n, err
			},
		}
		all := identity.Everywhere
		for _, c := range []struct {
			list  string
			q     casework.Query
			want  string
			total int
		}{
			{"a", casework.Query{Scope: all}, "a2 a3 a1", 3}, // by code point: 晒 果 门
			{"a", casework.Query{Scope: all, Sort: "newest"}, "a3 a2 a1", 3},
			{"a", casework.Query{Scope: all, Sort: "area"}, "a3 a1 a2", 3},
			{"a", casework.Query{Scope: all, Sort: "name; DROP TABLE assets"}, "a2 a3 a1", 3},
			{"a", casework.Query{Scope: storetest.East}, "a2 a1", 2},
			{"a", casework.Query{Scope: storetest.West, Text: "塘"}, "", 0},
			{"a", casework.Query{Scope: all, Text: "塘"}, "a1", 1},
			{"a", casework.Query{Scope: all, Text: "abc"}, "a2", 1},
			{"a", casework.Query{Scope: all, Text: "50%"}, "a3", 1},
			{"a", casework.Query{Scope: all, Text: "5%%"}, "", 0},
			{"a", casework.Query{Scope: all, Parent: "a1"}, "a1", 1},
			{"a", casework.Query{Scope: all, Page: identity.Page{Number: 2, Size: 2}}, "a1", 3},
			{"r", casework.Query{Scope: all}, "r3 r2 r1", 3},
			{"r", casework.Query{Scope: all, Sort: "held"}, "r2 r1 r3", 3},
			{"r", casework.Query{Scope: all, States: []casework.State{trading.Recorded}}, "r1", 1},
			{"r", casework.Query{Scope: storetest.West, Text: "果园"}, "r3", 1},
			{"r", casework.Query{Scope: all, Parent: "a2"}, "r2", 1},
			{"r", casework.Query{}, "", 0},
			{"n", casework.Query{Scope: all}, "n3 n2 n1", 3},
			{"n", casework.Query{Scope: all, Sort: "deadline"}, "n3 n2 n1", 3},
			{"n", casework.Query{Scope: all, Sort: "price"}, "n3 n1 n2", 3},
			{"n", casework.Query{
				Scope:  all,
				States: []casework.State{trading.Announced, trading.Withdrawn},
			}, "n3 n2", 2},
			{"n", casework.Query{Scope: storetest.East, States: []casework.State{trading.Announced}}, "n2", 1},
			{"n", casework.Query{Scope: all, Parent: "a3"}, "n3", 1},
			{"n", casework.Query{Scope: all, Parent: "塘"}, "", 0},
			{"n", casework.Query{Scope: all, Text: "东村"}, "n2 n1", 2}, // the owner's name
			{"n", casework.Query{Scope: all, Page: identity.Page{Number: 1, Size: 1}}, "n3", 3},
		} {
			got, total, err := lists[c.list](t.Context(), c.q)
			if err != nil || got != c.want || total != c.total {
				t.Errorf("%s %+v: %s (%d), want %s (%d); %v", c.list, c.q, got, total, c.want, c.total, err)
			}
		}
	})
}

func TestAPageHasALimit(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			for i := range identity.MaxPage + 5 {
				a := pond()
				a.ID = fmt.Sprintf("x%d", i)
				if err := tx.SaveAsset(a); err != nil {
					return err
				}
			}
			return nil
		}))
		assets, total, err := db.Assets(t.Context(), casework.Query{
			Scope: storetest.East,
			Page:  identity.Page{Number: 1, Size: 100_000},
		})
		if err != nil || len(assets) != identity.MaxPage || total != identity.MaxPage+6 {
			t.Errorf("%d of %d, %v", len(assets), total, err)
		}
	})
}

// rests says whether another tender of a1 than the excepted rests on r1 and has not come to nothing.
func rests(tx storetest.TradeTx, exceptTender string) (bool, error) {
	all, err := tx.TendersOf("a1")
	return slices.ContainsFunc(all, func(t trading.Tender) bool {
		return t.Resolution == "r1" && t.ID != exceptTender && !t.CameToNothing()
	}), err
}
