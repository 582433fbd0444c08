package worksdb_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
)

// reading is one thing that a page or a desk reads. A statement of it may walk
// an index in order and stop at the page's end, or read a range of an index. It
// may not scan a table, and it may not sort, except as said here.
type reading struct {
	name string
	run  func(context.Context, *storetest.DB) error
	// most is how many rows MariaDB may touch for one statement, joined ones
	// included; 0 is small.
	most int
	// counts is how many entries of an index it may touch to say how many rows
	// there are in all; 0 is most.
	counts int
	// within is the bound on an index, as SQLite writes it, that each statement
	// must have. Sorting is then accepted: what one place, asset or person has is few.
	within string
	// walks is a table that may be read in the order of its rows.
	walks string
}

// small is a page of 20 rows, each with the joined rows, and what lies around.
const small = 250

// whole is every row of a state, each with its joined rows. It is accepted for a
// search by a part of a word, which no ordinary index serves: it tries the texts
// of the one state's rows, found by the index. Where the state is most of the
// table MariaDB reads the table instead, which is as many rows.
func (c city) whole() int { return 5 * c.assets }

// newest is what a list touches that is narrowed by a piece which very many have: a
// thousand, each in the index and with the joined rows, counted and sorted.
const newest = 10 * 1000

func readings(c city) []reading {
	whole := c.whole()
	village := identity.Scope{"/c/t107/v10007/"}
	town := identity.Scope{"/c/t107/"}
	places := map[string]identity.Scope{
		"a village":    village,
		"a township":   town,
		"two villages": {"/c/t107/v10007/", "/c/t108/v10008/"},
	}
	tenders := func(q casework.Query) func(context.Context, *storetest.DB) error {
		return func(ctx context.Context, db *storetest.DB) error { return some(db.Tenders(ctx, q)) }
	}
	resolutions := func(q casework.Query) func(context.Context, *storetest.DB) error {
		return func(ctx context.Context, db *storetest.DB) error { return some(db.Resolutions(ctx, q)) }
	}
	assets := func(q casework.Query) func(context.Context, *storetest.DB) error {
		return func(ctx context.Context, db *storetest.DB) error { return some(db.Assets(ctx, q)) }
	}
	all := identity.Everywhere
	announced := []casework.State{trading.Announced}
	confirmed := []casework.State{trading.Confirmed}
	list := []reading{
		{
			name:   "asset page: its tenders",
			run:    tenders(casework.Query{Scope: all, Parent: "a100777", States: announced}),
			within: "asset_id=?",
		},
		{
			name:   "asset page: its resolutions",
			run:    resolutions(casework.Query{Scope: all, Parent: "a100777", States: confirmed}),
			within: "asset_id=?",
		},
		{
			name:   "notices, search",
			run:    tenders(casework.Query{Scope: all, Public: true, Text: "1700", States: announced}),
			within: "id=?",
			walks:  "looked",
		},
		{
			name: "resolutions, search",
			run:  resolutions(casework.Query{Scope: all, Text: "塘77", States: confirmed}),
			most: whole,
		},
		{
			name:   "assets, search",
			run:    assets(casework.Query{Scope: all, Text: "1700"}),
			within: "id=?",
			walks:  "looked",
		},
		{
			name:   "assets, search by what all have",
			run:    assets(casework.Query{Scope: all, Text: "鱼塘"}),
			within: "id=?",
			walks:  "looked",
			most:   newest,
		},
	}
	for name, text := range map[string]string{"by a word": "鱼塘", "by two": "鱼塘 山脚7", "by a number": "1700"} {
		list = append(list, reading{
			name: "search " + name,
			run: func(ctx context.Context, db *storetest.DB) error {
				found, err := (&finding.Service{Store: db}).Find(ctx, text, finding.Kinds, identity.Page{})
				if err == nil && !slices.ContainsFunc(found, func(f finding.Found) bool { return f.Total > 0 }) {
					err = fmt.Errorf("%w: %+v", errNone, found)
				}
				return err
			},
			most:  5 * 1500, // what is counted of each piece, and looked at of one kind
			walks: "looked",
		})
	}
	for _, sort := range []string{"newest", "deadline", "price"} {
		list = append(list, reading{
			name:   "tenders by " + sort,
			run:    tenders(casework.Query{Scope: all, Sort: sort, States: announced}),
			counts: c.assets,
		})
	}
	list = append(list, reading{name: "tenders, past the last page", counts: c.assets,
		run: tenders(casework.Query{Scope: all, States: announced, Page: identity.Page{Number: 100_000, Size: 100}})})
	for _, sort := range []string{"newest", "held"} {
		list = append(list, reading{
			name:   "resolutions by " + sort,
			run:    resolutions(casework.Query{Scope: all, Sort: sort, States: confirmed}),
			counts: c.assets,
		})
	}
	for _, sort := range []string{"name", "newest", "area"} {
		list = append(list, reading{
			name:   "assets by " + sort,
			run:    assets(casework.Query{Scope: all, Sort: sort}),
			counts: c.assets + 1,
		})
	}
	waiting := []casework.State{trading.Drafted, trading.Returned, trading.Approved}
	for name, scope := range places {
		most := small
		if name == "a township" {
			most = 5 * c.assets / c.townships
		}
		list = append(list,
			reading{
				name:   "assets of " + name,
				run:    assets(casework.Query{Scope: scope}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name:   "notices of " + name,
				run:    tenders(casework.Query{Scope: scope, States: announced}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name:   "decisions of " + name,
				run:    resolutions(casework.Query{Scope: scope, States: confirmed}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name:   "desk's tenders of " + name,
				run:    perhapsNone(tenders(casework.Query{Scope: scope, States: waiting})),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name: "desk's resolutions of " + name,
				run: perhapsNone(resolutions(casework.Query{
					Scope:  scope,
					States: []casework.State{trading.ResolutionSubmitted},
				})),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name:   "office list of " + name,
				run:    tenders(casework.Query{Scope: scope, Sort: "deadline"}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
		)
	}
	return slices.Concat(list, orgReadings(c, village), biddingReadings(c), worksReadings(c), logReadings(),
		dutyReadings(c, places))
}

func orgReadings(c city, village identity.Scope) []reading {
	return []reading{
		{name: "home's villages", run: func(ctx context.Context, db *storetest.DB) error {
			return some(db.Villages(ctx, "", identity.Page{Size: 12}))
		}, counts: 2 * c.villages},
		{name: "villages, search", run: func(ctx context.Context, db *storetest.DB) error {
			return some(db.Villages(ctx, fmt.Sprint(c.villages-1), identity.Page{}))
		}, within: "id=?", walks: "looked", most: 2 * small},
		{name: "villages, search by what all have", run: func(ctx context.Context, db *storetest.DB) error {
			_, total, err := db.Villages(ctx, "鱼塘", identity.Page{})
			if err == nil && total < c.villages-1 { // the index begins with the second
				err = fmt.Errorf("%d of %d villages", total, c.villages)
			}
			return err
		}, within: "kind=?", walks: "looked", most: newest + 6*c.villages}, // all of them are told, however many
		{name: "a village's groups", run: func(ctx context.Context, db *storetest.DB) error {
			_, err := db.OrgsIn(ctx, village, []identity.OrgKind{identity.Group})
			return err
		}},
		{name: "county's organisations", run: func(ctx context.Context, db *storetest.DB) error {
			return some(db.Orgs(ctx, identity.Scope{"/c/"}, "", identity.Page{}))
		}, counts: 5 * c.villages},
		{name: "county's people", run: func(ctx context.Context, db *storetest.DB) error {
			return some(db.People(ctx, identity.Scope{"/c/"}, "", "", identity.Page{}))
		}, most: 20 * c.villages, within: "person_id=?", walks: "memberships"}, // all roles of the county are asked for
		{name: "representatives", run: func(ctx context.Context, db *storetest.DB) error {
			_, err := db.Representatives(ctx, village[0])
			return err
		}, within: "path=?"},
		{name: "own votes", run: func(ctx context.Context, db *storetest.DB) error {
			return some(db.VotesOf(ctx, "p10007", identity.Page{}))
		}, within: "person_id=?"},
		{name: "own roles", run: func(ctx context.Context, db *storetest.DB) error {
			return second(db.Memberships(ctx, "p10007", storetest.Noon))
		}, within: "person_id=?"},
		{name: "single nouns", run: func(ctx context.Context, db *storetest.DB) error {
			return errors.Join(
				second(db.Asset(ctx, "a100777", identity.Everywhere)),
				second(db.Tender(ctx, "n100777", identity.Everywhere)),
				second(db.Resolution(ctx, "r100777", identity.Everywhere)), second(db.Supplements(ctx, "n100777")),
				second(db.Acts(ctx, "tender:n100777")), second(db.Org(ctx, "v10007")), second(db.Person(ctx, "p10007")),
				second(db.PersonByLogin(ctx, "login7")),
				second(db.Document(ctx, strings.Repeat("d", 54)+"1000000007")))
		}},
	}
}

var errNone = errors.New("the city has none")

// some refuses an empty list, whose plan would tell nothing.
func some[T any](_ []T, total int, err error) error {
	if err == nil && total == 0 {
		err = errNone
	}
	return err
}

// perhapsNone is for what waits, of which one village may have none.
func perhapsNone(run func(context.Context, *storetest.DB) error) func(context.Context, *storetest.DB) error {
	return func(ctx context.Context, db *storetest.DB) error {
		if err := run(ctx, db); err != errNone {
			return err
		}
		return nil
	}
}

func second[T any](_ T, err error) error { return err }

func logReadings() []reading {
	stream := event.Stream("tender:recorded")
	return []reading{
		{
			name: "events of a stream",
			run:  func(ctx context.Context, db *storetest.DB) error { return second(db.Events(ctx, stream, 0, 20)) },
		},
		{name: "an event by its leaf", run: func(ctx context.Context, db *storetest.DB) error {
			_, hash, err := db.Leaf(ctx, event.Ref{Stream: stream, Seq: 2})
			return errors.Join(err, second(db.EventByLeaf(ctx, hash)))
		}},
		{name: "a tile and a proof", run: func(ctx context.Context, db *storetest.DB) error {
			_, _, err := db.Index(ctx, tlog.Hash{1})
			return errors.Join(err, second(db.Head(ctx)), second(db.Tile(ctx, 0, 7)))
		}},
		{name: "an entry bundle", run: func(ctx context.Context, db *storetest.DB) error {
			return errors.Join(second(db.Leaves(ctx, 512, 768)), second(db.LeafHashes(ctx, 512, 768)))
		}, most: 3 * 256},
		{name: "sequencer", run: func(ctx context.Context, db *storetest.DB) error {
			return second(db.Sequence(ctx, 100))
		}, most: 4 * 100, walks: "outbox"}, // which is empty but for what waits; read from its head
	}
}

// BenchmarkCity is how long each reading of the city takes.
func BenchmarkCity(b *testing.B) {
	db, err := store.Open(b.Context(), store.Config{Dir: b.TempDir()})
	storetest.Must(b, err)
	defer db.Close()
	storetest.Must(b, db.Migrate(b.Context()))
	all := storetest.On(db)
	for _, r := range readings(fillCity(b, all)) {
		if r.name == "sequencer" || strings.HasPrefix(r.name, "event") || strings.HasPrefix(r.name, "an event") {
			continue // these are for events that a recorder has written
		}
		b.Run(r.name, func(b *testing.B) {
			for b.Loop() {
				storetest.Must(b, r.run(b.Context(), all))
			}
		})
	}
}
