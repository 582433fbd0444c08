package worksdb_test

import (
	"context"
	"errors"
	"fmt"

	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading/works"
)

// items is how many micro-power items the city's townships have.
func (c city) items() int { return 50 * c.townships }

// works is what a city builds: one project for each asset, with three entries,
// and the townships' lists.
func (c city) works(path string) []storetest.Filling {
	return []storetest.Filling{
		{
			Table: "items",
			Rows:  c.items(),
			Columns: map[string]string{
				"id":       "'i' || (100000 + i)",
				"path":     fmt.Sprintf("'/c/t' || (100 + i %% %d) || '/'", c.townships),
				"state":    "CASE i % 43 WHEN 0 THEN 'drafted' WHEN 1 THEN 'revising' ELSE 'published' END",
				"public":   "CASE i % 43 WHEN 0 THEN 0 ELSE 1 END",
				"number":   "'GC-' || (1000 + i)",
				"name":     "'工程' || (i * 7 % 997)",
				"category": "CASE i % 6 WHEN 0 THEN 'works' ELSE 'affairs' END",
				"body":     "'{}'",
			},
		},
		{
			Table: "projects",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":         "'j' || (100000 + i)",
				"path":       path,
				"village_id": fmt.Sprintf("'v' || (10000 + i %% %d)", c.villages),
				"item_id":    fmt.Sprintf("'i' || (100001 + i %% %d)", c.items()),
				"state": "CASE i % 47 WHEN 0 THEN 'proposed' WHEN 1 THEN 'returned' WHEN 2 THEN " +
					"'underway' ELSE 'finished' END",
				"public_at":   "CASE WHEN i % 47 > 1 THEN 1700000000000 + i * 97 % 99991 ELSE 0 END",
				"name":        "'桥' || (i * 7 % 9973)",
				"proposed_at": "1700000000000 + i * 101 % 99991",
			},
		},
		{
			Table: "project_entries",
			Rows:  3 * c.assets,
			Columns: map[string]string{
				"id":          "'e' || (100000 + i)",
				"project_id":  fmt.Sprintf("'j' || (100001 + i %% %d)", c.assets),
				"path":        path,
				"state":       "CASE i % 53 WHEN 0 THEN 'recorded' WHEN 1 THEN 'returned' ELSE 'confirmed' END",
				"recorded_at": "i",
			},
		},
		{
			Table: "files",
			Rows:  c.assets,
			Columns: map[string]string{"sha256": "'ffffffffffffffffffffffffffffffffffffffffffffffffffffff' " +
				"|| (1000000000 + i)"},
		},
		{
			Table: "file_places",
			Rows:  c.assets,
			Columns: map[string]string{
				"sha256": "'ffffffffffffffffffffffffffffffffffffffffffffffffffffff' || (1000000000 + i)",
				"path":   path,
				"public": "1",
			},
		},
		{ // three duties for each asset, of which one in five still waits
			Table: "duties",
			Rows:  3 * c.assets,
			Columns: map[string]string{
				"id":       "'d' || (100000 + i)",
				"noun":     "'tender:n' || (100000 + i)",
				"kind":     "CASE i % 3 WHEN 0 THEN 'check' WHEN 1 THEN 'refund' ELSE 'paying' END",
				"person":   fmt.Sprintf("CASE i %% 3 WHEN 2 THEN 'p' || (10000 + i %% %d) ELSE '' END", c.villages),
				"standing": "CASE i % 5 WHEN 0 THEN 1 END",
				"case_id":  fmt.Sprintf("'n' || (100000 + i %% %d)", c.assets),
				"path":     path,
				"title":    "'塘' || i",
				"due_on":   "'2026-' || (10 + i % 3) || '-' || (10 + i % 17)",
				"from_on":  "''",
				"owed_at":  "i",
			},
		},
	}
}

// worksReadings are the pages and desks of items and projects.
func worksReadings(c city) []reading {
	all, whole := identity.Everywhere, c.whole()
	items := func(q power.Query) listed {
		return func(ctx context.Context, db *storetest.DB) error { return some(db.Items(ctx, q)) }
	}
	projects := func(q casework.Query) listed {
		return func(ctx context.Context, db *storetest.DB) error { return some(db.Projects(ctx, q)) }
	}
	list := []reading{
		{name: "items", run: items(power.Query{Scope: all, Public: true}), counts: c.items() + 1},
		{
			name:   "items of a category",
			run:    items(power.Query{Scope: all, Public: true, Category: "works"}),
			counts: c.items(),
		},
		{
			name:   "items, search",
			run:    items(power.Query{Scope: all, Public: true, Text: fmt.Sprint(c.items() - 1)}),
			most:   2 * small, // numbers of other kinds begin alike
			within: "id=?",
			walks:  "looked",
		},
		{
			name:   "items, search by what all have",
			run:    items(power.Query{Scope: all, Public: true, Text: "鱼塘"}),
			within: "kind=?",
			walks:  "looked",
			most:   newest + 6*c.items(),
		},
		{
			name:   "projects",
			run:    projects(casework.Query{Scope: all, States: works.PublicStates()}),
			counts: c.assets + 1,
		},
		{
			name:  "projects, search",
			run:   projects(casework.Query{Scope: all, States: works.PublicStates(), Text: "桥77"}),
			most:  whole,
			walks: "projects",
		},
		{
			name: "an item's projects",
			run:  projects(casework.Query{Scope: all, States: works.PublicStates(), Parent: "i100777"}),
		},
		{name: "a project and its entries", run: func(ctx context.Context, db *storetest.DB) error {
			return errors.Join(second(db.Project(ctx, "j100777", all)), second(db.Entry(ctx, "e100777", all)),
				second(db.Item(ctx, "i100777", all)))
		}},
		{
			name:   "a project's entries",
			within: "project_id=?",
			run:    func(ctx context.Context, db *storetest.DB) error { return second(db.Entries(ctx, "j100777")) },
		},
		{
			name:   "the entries of an item's projects",
			within: "project_id=?",
			run: func(ctx context.Context, db *storetest.DB) error {
				return second(db.Entries(ctx, "j100777", "j100778", "j100779"))
			},
		},
		{name: "a document", within: "sha256=?", run: func(ctx context.Context, db *storetest.DB) error {
			return second(db.FindFile(ctx, "ffffffffffffffffffffffffffffffffffffffffffffffffffffff1000000777"))
		}},
	}
	for _, state := range works.PublicStates() {
		list = append(list, reading{
			name:   "projects " + string(state),
			run:    projects(casework.Query{Scope: all, States: []casework.State{state}}),
			counts: c.assets,
		})
	}
	for name, scope := range map[string]identity.Scope{"a village": {"/c/t107/v10007/"}, "a township": {"/c/t107/"}} {
		most := max(small, 10*c.assets/c.townships)
		list = append(list,
			reading{
				name:   "what is built in " + name,
				run:    projects(casework.Query{Scope: scope, States: works.PublicStates()}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name:   "all projects of " + name,
				run:    projects(casework.Query{Scope: scope}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name: "projects proposed in " + name,
				run: perhapsNone(projects(casework.Query{
					Scope:  scope,
					States: []casework.State{works.ProjectProposed},
				})),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name: "items drafted in " + name,
				run: perhapsNone(items(power.Query{
					Scope:  scope,
					States: []casework.State{power.Drafted, power.Revising},
				})),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			})
	}
	return list
}
