package store_test

import (
	"regexp"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/mode"
)

// Notices that were published before there were lots get theirs.
func TestPublishedNoticesGetALot(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		db, err := store.Open(t.Context(), c)
		must(t, err)
		defer db.Close()
		must(t, db.MigrateTo(t.Context(), 6))
		fill(t, db, []filling{
			{"orgs", 1, map[string]string{"id": "'c'", "path": "'/c/'"}},
			{"assets", 1, map[string]string{"id": "'a'", "owner_id": "'c'", "acting_id": "'c'", "path": "'/c/'"}},
			{"resolutions", 1, map[string]string{"id": "'r'", "asset_id": "'a'"}},
			{"tenders", 40, map[string]string{"id": "'n' || i", "asset_id": "'a'", "resolution_id": "'r'", "path": "'/c/'", "title": "'塘'", "area": "3861",
				"state": "CASE WHEN i > 38 THEN 'drafted' ELSE 'announced' END", "start_price": "40001", "step": "1000", "years": "5", "deposit_percent": "15",
				"register_until": "1000", "opens_at": "2000"}},
		})
		must(t, db.Migrate(t.Context()))
		lots, total, err := db.Lots(t.Context(), casework.Query{Scope: identity.Everywhere, Page: identity.Page{Size: 100}})
		if err != nil || total != 38 {
			t.Fatalf("%d lots, %v", total, err)
		}
		codes := map[string]bool{}
		for _, l := range lots {
			n, err := db.Tender(t.Context(), l.ID, identity.Everywhere)
			must(t, err)
			if !regexp.MustCompile(`^BD[A-HJ-NP-Z2-9]{8}$`).MatchString(l.Code) || codes[l.Code] {
				t.Errorf("code %q", l.Code)
			}
			codes[l.Code] = true
			at := time.UnixMilli(2000).UTC()
			same(t, "lot", l, trading.Lot{ID: n.ID, Path: "/c/", Title: "塘", OwnerName: l.OwnerName, Code: l.Code, State: trading.Listed, Mode: "ascending",
				Area: 3861, Years: 5, Deposit: n.Deposit(), RegisterUntil: n.RegisterUntil, Board: mode.Board{OpensAt: at, EndsAt: at},
				Terms: mode.Terms{Start: 40001, Step: 1000, MostSteps: 10, Free: time.Hour, Window: 5 * time.Minute, Extend: 5 * time.Minute}})
		}
	})
}
