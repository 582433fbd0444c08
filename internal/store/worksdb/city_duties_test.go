package worksdb_test

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

// dutyReadings are the desks, the pipelines and the public counts.
func dutyReadings(c city, places map[string]identity.Scope) []reading {
	kinds := []string{"check", "refund"}
	desk := func(held ...casework.Holding) listed {
		return func(ctx context.Context, db *storetest.DB) error {
			return some(db.Duties(ctx, casework.DutyQuery{Held: held, On: "2026-12-01"}))
		}
	}
	count := func(held ...casework.Holding) listed {
		return func(ctx context.Context, db *storetest.DB) error {
			return second(db.CountDuties(ctx, casework.DutyQuery{Held: held, On: "2026-12-01"}))
		}
	}
	list := []reading{
		{
			name:   "a bidder's own duties",
			run:    desk(casework.Holding{Kinds: []string{"paying"}, Person: "p10005"}),
			within: "person=?",
		},
		{
			name: "what waits in the cases of a list",
			run: func(ctx context.Context, db *storetest.DB) error {
				return second(db.DutiesOf(ctx, []string{"n100005", "n100010", "n100015"}))
			},
			within: "case_id=?",
		},
	}
	for name, scope := range places {
		most := small
		if name == "a township" {
			most = 5 * c.assets / c.townships
		}
		list = append(list,
			reading{
				name:   "desk of " + name,
				run:    perhapsNone(desk(casework.Holding{Kinds: kinds, Scope: scope})),
				most:   most,
				counts: most,
				within: "path>?",
			},
			reading{
				name: "what has climbed in " + name,
				run: perhapsNone(desk(casework.Holding{Kinds: kinds[:1], Scope: scope, DueBy: "2026-11-20"},
					casework.Holding{Kinds: kinds[1:], Scope: scope, DueBy: "2026-11-27"})),
				most:   most,
				counts: most,
				within: "path>?",
			},
			reading{
				name:   "counts of " + name,
				run:    count(casework.Holding{Kinds: kinds, Scope: scope, DueBy: "2026-11-20"}),
				most:   most,
				counts: most,
				within: "path>?",
			})
	}
	return list
}
