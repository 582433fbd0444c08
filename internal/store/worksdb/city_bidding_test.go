package worksdb_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/contracts"
)

// bidding is what a city's lots have led to: two registrations in each, some
// bids, a result and a contract of nearly all.
func (c city) bidding(path string) []storetest.Filling {
	town := fmt.Sprintf("'/c/t' || (100 + i %% %d) || '/'", c.townships)
	person := fmt.Sprintf("'p' || (10001 + i %% %d)", 2*c.villages)
	lot := fmt.Sprintf("'l' || (100001 + i %% %d)", c.assets)
	registration := fmt.Sprintf("'q' || (100001 + i %% %d)", c.assets)
	hours := func(prime int) string { return fmt.Sprintf("1700000000000 + i * %d %% 99991", prime) }
	return []storetest.Filling{
		{
			Table: "lots",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":        "'l' || (100000 + i)",
				"tender_id": "'n' || (100000 + i)",
				"number":    "1",
				"path":      path,
				"code":      "'BD' || (10000000 + i)",
				"state": "CASE i % 23 WHEN 0 THEN 'listed' WHEN 1 THEN 'bidding' WHEN 2 THEN " +
					"'failed' ELSE 'awarded' END",
				"register_until": hours(53),
				"opens_at":       hours(61),
				"ends_at":        hours(61) + " + 3600000",
				"next_at":        hours(61) + " + 3600000",
				"terms":          "''",
				"board":          "''",
				"leading_at":     "1",
				"event_seq":      "1",
			},
		},
		{
			Table: "registrations",
			Rows:  2 * c.assets,
			Columns: map[string]string{
				"id":            "'q' || (100000 + i)",
				"lot_id":        lot,
				"person_id":     person,
				"path":          town,
				"standing":      "1",
				"number":        "'x' || i",
				"state":         "CASE i % 29 WHEN 0 THEN 'registered' WHEN 1 THEN 'refused' ELSE 'qualified' END",
				"registered_at": hours(67),
				"decided_at":    "1",
			},
		},
		{
			Table: "deposits",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":              "'d' || (100000 + i)",
				"path":            town,
				"lot_id":          lot,
				"registration_id": "'q' || (100000 + i)",
				"serial":          "'s' || i",
				"state": "CASE i % 31 WHEN 0 THEN 'received' WHEN 1 THEN 'matched' WHEN 2 THEN " +
					"'held' WHEN 3 THEN 'due' ELSE 'refunded' END",
				"paid_at": hours(71),
			},
		},
		{
			Table: "bids",
			Rows:  c.acts,
			Columns: map[string]string{
				"lot_id":          lot,
				"seq":             "i",
				"registration_id": registration,
				"person_id":       person,
				"placed_at":       hours(73),
			},
		},
		{
			Table: "awards",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":              "'l' || (100000 + i)",
				"path":            path,
				"registration_id": registration,
				"state":           "CASE i % 37 WHEN 0 THEN 'publicised' WHEN 1 THEN 'settled' ELSE 'contracted' END",
				"awarded_at":      hours(79),
				"public_until":    hours(79),
			},
		},
		{
			Table: "objections",
			Rows:  c.supplements,
			Columns: map[string]string{
				"id":          "'o' || (100000 + i)",
				"lot_id":      "'l' || (100000 + i)",
				"path":        path,
				"answered_at": "1",
				"state":       "CASE i % 11 WHEN 0 THEN 'raised' ELSE 'answered' END",
				"raised_at":   hours(83),
			},
		},
		{
			Table: "contracts",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":        "'l' || (100000 + i)",
				"path":      path,
				"person_id": person,
				"number":    "'c' || i",
				"state":     "CASE i % 41 WHEN 0 THEN 'offered' ELSE 'signed' END",
				"made_at":   hours(89),
			},
		},
		{
			Table: "payments",
			Rows:  c.assets,
			Columns: map[string]string{
				"lot_id":   "'l' || (100000 + i)",
				"number":   "1",
				"due_on":   "'2026-06-' || (10 + i % 13)",
				"due":      "i % 977",
				"received": "i % 971",
			},
		},
		{
			Table: "vouchers",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":         "'u' || (100000 + i)",
				"lot_id":     "'l' || (100000 + i)",
				"payment":    "1",
				"serial":     "'s' || i",
				"serial_key": "'s' || i",
				"reverses":   "NULL",
			},
		},
		{
			Table: "occupancies",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":        "'l' || (100000 + i)",
				"asset_id":  "'a' || (100000 + i)",
				"starts_on": "'2026-01-' || (10 + i % 13)",
				"ends_on":   "'2028-01-' || (10 + i % 13)",
				"leased":    "i % 3",
			},
		},
	}
}

type listed func(context.Context, *storetest.DB) error

// biddingReadings are the pages and desks of what follows a notice.
func biddingReadings(c city) []reading {
	all, whole := identity.Everywhere, c.whole()
	lots := func(q casework.Query) listed {
		return func(ctx context.Context, db *storetest.DB) error { return some(db.Lots(ctx, q)) }
	}
	awards := func(q casework.Query) listed {
		return func(ctx context.Context, db *storetest.DB) error { return some(db.Awards(ctx, q)) }
	}
	leases := func(q casework.Query) listed {
		return func(ctx context.Context, db *storetest.DB) error { return some(db.Contracts(ctx, q)) }
	}
	list := []reading{
		{
			name:   "lots to come",
			run:    lots(casework.Query{Scope: all, States: []casework.State{trading.Listed, trading.Bidding}}),
			counts: c.assets,
		},
		{name: "all lots, newest", run: lots(casework.Query{Scope: all, Sort: "newest"}), counts: c.assets + 1},
		{
			name:   "lots, search",
			run:    lots(casework.Query{Scope: all, Text: "鱼塘"}),
			within: "id=?",
			walks:  "looked",
			most:   newest,
		},
		{name: "an asset's lots", run: lots(casework.Query{Scope: all, Parent: "a100777"}), within: "asset_id=?"},
		{name: "results", run: awards(casework.Query{Scope: all}), counts: c.assets + 1},
		{
			name:   "results in publicity",
			run:    awards(casework.Query{Scope: all, States: []casework.State{trading.Publicised}}),
			counts: c.assets,
		},
		{name: "results, search", run: awards(casework.Query{Scope: all, Text: "塘77"}), most: whole, walks: "awards"},
		{name: "an asset's results", run: awards(casework.Query{Scope: all, Parent: "a100777"}), within: "asset_id=?"},
		{name: "contracts", run: leases(casework.Query{Scope: all}), counts: c.assets + 1},
		{
			name:   "signed contracts",
			run:    leases(casework.Query{Scope: all, States: []casework.State{contracts.Signed}}),
			counts: c.assets,
		},
		{name: "own bids", run: func(ctx context.Context, db *storetest.DB) error {
			return some(db.BidsOf(ctx, "p10007", identity.Page{}))
		}},
		{name: "own registrations", run: func(ctx context.Context, db *storetest.DB) error {
			return some(db.RegistrationsOf(ctx, "p10007", identity.Page{}))
		}},
		{name: "own contracts", run: func(ctx context.Context, db *storetest.DB) error {
			return some(db.ContractsOf(ctx, "p10007", identity.Page{}))
		}},
		{name: "what the clock has to do", run: func(ctx context.Context, db *storetest.DB) error {
			due, err := db.LotsDue(ctx, time.UnixMilli(1700000000000+3600000+200).Add(trading.Grace))
			if len(due.Close) == 0 || len(due.Settle) == 0 {
				return errNone
			}
			return err
		}, most: whole / 10}, // all listed lots of this city should have opened
		{name: "rooms' ends", run: func(ctx context.Context, db *storetest.DB) error {
			return second(db.Ends(ctx, []event.Stream{"lot:l100777", "lot:l100778"}))
		}},
		{name: "a lot and what it has", run: aLot},
	}
	for name, scope := range map[string]identity.Scope{"a village": {"/c/t107/v10007/"}, "the county": all} {
		most := whole
		if name == "a village" {
			most = max(small, 10*c.assets/c.townships)
		}
		list = append(list,
			reading{name: "totals of " + name, run: func(ctx context.Context, db *storetest.DB) error {
				sums, err := db.Totals(ctx, scope, "2026-06-15")
				// a village has few
				if err == nil && (sums.Contracts == 0 || name == "the county" && (sums.Due == 0 || sums.Arrears == 0)) {
					err = errNone
				}
				return err
			}, most: most, counts: most, within: "", walks: ""})
	}
	list = append(list, reading{
		name:   "what assets are doing",
		within: "asset_id=?",
		run: func(ctx context.Context, db *storetest.DB) error {
			return second(db.Lettings(ctx, []string{"a100777", "a100778", "a100779"}))
		},
	})
	for _, state := range trading.LotStates() {
		list = append(list, reading{
			name:   "lots " + string(state),
			run:    lots(casework.Query{Scope: all, States: []casework.State{state}}),
			counts: c.assets,
		})
	}
	return append(list, officeReadings(c)...)
}

func aLot(ctx context.Context, db *storetest.DB) error {
	return errors.Join(second(db.Lot(ctx, "l100777", identity.Everywhere)), second(db.Bids(ctx, "l100777", 1000)),
		second(db.Award(ctx, "l100777")), second(db.Objections(ctx, "l100777")), second(db.Contract(ctx, "l100777")),
		second(db.Schedule(ctx, "l100777")),
		second(db.Registration(ctx, "q100777", identity.Everywhere)),
		second(db.Deposit(ctx, "d100777", identity.Everywhere)),
		second(db.DepositsOf(ctx, "q100777")))
}

func officeReadings(c city) (list []reading) {
	for name, scope := range map[string]identity.Scope{"a village": {"/c/t107/v10007/"}, "a township": {"/c/t107/"}} {
		most := max(small, 12*c.assets/c.townships)
		q := casework.Query{Scope: scope}
		waiting := casework.Query{Scope: scope, States: []casework.State{trading.Registered}}
		list = append(list,
			reading{
				name:   "lots of " + name,
				run:    func(ctx context.Context, db *storetest.DB) error { return some(db.Lots(ctx, q)) },
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name:   "results of " + name,
				run:    func(ctx context.Context, db *storetest.DB) error { return some(db.Awards(ctx, q)) },
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name:   "contracts of " + name,
				run:    func(ctx context.Context, db *storetest.DB) error { return some(db.Contracts(ctx, q)) },
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name: "registrations of " + name,
				run: perhapsNone(func(ctx context.Context, db *storetest.DB) error {
					return some(db.Registrations(ctx, q))
				}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name: "registrations waiting in " + name,
				run: perhapsNone(func(ctx context.Context, db *storetest.DB) error {
					return some(db.Registrations(ctx, waiting))
				}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name: "deposits of " + name,
				run: perhapsNone(func(ctx context.Context, db *storetest.DB) error {
					return some(db.Deposits(ctx, q))
				}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name: "objections waiting in " + name,
				run: perhapsNone(func(ctx context.Context, db *storetest.DB) error {
					return some(db.ObjectionsIn(ctx, casework.Query{
						Scope:  scope,
						States: []casework.State{trading.Raised},
					}))
				}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			},
			reading{
				name: "questions and answers of " + name,
				run: perhapsNone(func(ctx context.Context, db *storetest.DB) error {
					return some(db.ObjectionsIn(ctx, casework.Query{
						Scope:  scope,
						Sort:   "newest",
						States: []casework.State{trading.Answered},
					}))
				}),
				most:   most,
				counts: most,
				within: "path>?",
				walks:  "",
			})
		list = append(list, sortedReadings(name, scope, most)...)
	}
	return append(list, reading{
		name:   "a lot's registrations",
		within: "lot_id=?",
		run: func(ctx context.Context, db *storetest.DB) error {
			return some(db.Registrations(ctx, casework.Query{Scope: identity.Everywhere, Parent: "l100777"}))
		},
	}, reading{
		name:   "a contract's vouchers",
		within: "lot_id=?",
		run: func(ctx context.Context, db *storetest.DB) error {
			return second(db.Vouchers(ctx, "l100777"))
		},
	}, reading{name: "a lot's deposits", within: "lot_id=?", run: func(ctx context.Context, db *storetest.DB) error {
		return some(db.Deposits(ctx, casework.Query{Scope: identity.Everywhere, Parent: "l100777"}))
	}})
}

// sortedReadings are an office's lists in each order that they offer.
func sortedReadings(name string, scope identity.Scope, most int) (list []reading) {
	for sort, run := range map[string]func(casework.Query) listed{
		"newest": func(q casework.Query) listed {
			return func(ctx context.Context, db *storetest.DB) error { return some(db.Registrations(ctx, q)) }
		},
		"amount": func(q casework.Query) listed {
			return func(ctx context.Context, db *storetest.DB) error { return some(db.Deposits(ctx, q)) }
		},
		"yearly": func(q casework.Query) listed {
			return func(ctx context.Context, db *storetest.DB) error { return some(db.Awards(ctx, q)) }
		},
		"waiting": func(q casework.Query) listed {
			return func(ctx context.Context, db *storetest.DB) error { return some(db.ObjectionsIn(ctx, q)) }
		},
		"area": func(q casework.Query) listed {
			q.Kind = string(trading.WaterLand)
			return func(ctx context.Context, db *storetest.DB) error { return some(db.Assets(ctx, q)) }
		},
	} {
		list = append(list, reading{
			name:   name + " by " + sort,
			run:    perhapsNone(run(casework.Query{Scope: scope, Sort: sort})),
			most:   most,
			counts: most,
			within: "path>?",
			walks:  "",
		})
	}
	return list
}
