package worksdb_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

// city is how many rows of each there are.
type city struct{ townships, villages, assets, supplements, acts, events, sequenced int }

// cityFor is a city's data. Under the race detector SQLite, which is Go code, is
// some ten times slower; it makes its plans without looking at the data, so that
// a tenth of the city will do.
func cityFor(dialect string) city {
	if raceDetector && dialect == "sqlite" {
		return cityPart(10)
	}
	return cityPart(1)
}

// cityPart is a part of a city, which keeps the number of villages a multiple of that
// of townships when it is 1, 10 or 30.
func cityPart(part int) city {
	return city{
		townships:   100,
		villages:    3000 / part,
		assets:      20_000 / part,
		supplements: 5000 / part,
		acts:        60_000 / part,
		events:      100_000 / part,
		sequenced:   99_000 / part,
	}
}

// rows is the city in SQL that both dialects read, where i counts from 1 and
// || joins text. A column that is not named gets 0, 'null' or NULL. Village i of
// an asset is i % villages; states and years are modulo primes, so that each
// village has some of each.
func (c city) rows() []storetest.Filling {
	kind := func(k identity.OrgKind) string { return "'" + string(k) + "'" }
	village := func(i string) string { return fmt.Sprintf("(10000 + (%s) %% %d)", i, c.villages) }
	path := fmt.Sprintf("'/c/t' || (100 + i %% %d) || '/v' || %s || '/'", c.townships, village("i"))
	tenderState := "CASE i % 19 WHEN 0 THEN 'drafted' WHEN 1 THEN 'submitted' WHEN 2 THEN 'checked' WHEN 3 " +
		"THEN 'approved' WHEN 4 THEN 'returned' WHEN 5 THEN 'withdrawn' ELSE 'announced' END"
	announced := func(value string) string { return "CASE WHEN i % 19 > 5 THEN " + value + " END" }
	hash := func(b string) string { return "'" + strings.Repeat(b, 54) + "' || (1000000000 + i)" }
	return append([]storetest.Filling{
		{
			Table:   "orgs",
			Rows:    1,
			Columns: map[string]string{"id": "'c'", "kind": kind(identity.County), "name": "'晒标市'", "path": "'/c/'"},
		},
		{
			Table: "orgs",
			Rows:  c.townships,
			Columns: map[string]string{
				"id":        "'t' || (99 + i)",
				"parent_id": "'c'",
				"kind":      kind(identity.Township),
				"name":      "'镇' || i",
				"path":      "'/c/t' || (99 + i) || '/'",
			},
		},
		{
			Table: "orgs",
			Rows:  c.villages,
			Columns: map[string]string{
				"id":        "'v' || " + village("i"),
				"parent_id": "'t' || (100 + i % 100)",
				"kind":      kind(identity.Village),
				"name":      "'村' || i",
				"path":      path,
			},
		},
		{
			Table: "orgs",
			Rows:  c.villages,
			Columns: map[string]string{
				"id":        "'k' || " + village("i"),
				"parent_id": "'v' || " + village("i"),
				"kind":      kind(identity.Collective),
				"name":      "'合作社' || i",
				"path":      path,
			},
		},
		{
			Table: "orgs",
			Rows:  2 * c.villages,
			Columns: map[string]string{
				"id":        "'g' || (10000 + i)",
				"parent_id": "'v' || " + village("i"),
				"kind":      kind(identity.Group),
				"name":      "'组' || i",
				"path":      path + " || 'g' || (10000 + i) || '/'",
			},
		},
		{
			Table:   "people",
			Rows:    2 * c.villages,
			Columns: map[string]string{"id": "'p' || (10000 + i)", "name": "'代表' || i", "login": "'login' || i"},
		},
		{
			Table: "memberships",
			Rows:  2 * c.villages,
			Columns: map[string]string{
				"id":        "'m' || (10000 + i)",
				"person_id": "'p' || (10000 + i)",
				"org_id":    "'v' || " + village("i"),
				"role":      "'representative'",
				"from_at":   "1",
			},
		},
		{
			Table: "assets",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":            "'a' || (100000 + i)",
				"path":          path,
				"owner_id":      "'v' || " + village("i"),
				"acting_id":     "'k' || " + village("i"),
				"name":          "'鱼塘' || (i * 7 % 9973)",
				"location":      "'山脚' || i",
				"area":          "i * 31 % 9967",
				"registered_at": "1700000000000 + i * 37 % 99991",
			},
		},
		{
			Table: "resolutions",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":       "'r' || (100000 + i)",
				"asset_id": "'a' || (100000 + i)",
				"path":     path,
				"state": "CASE i % 17 WHEN 0 THEN 'recorded' WHEN 1 THEN 'submitted' WHEN 2 THEN " +
					"'returned' ELSE 'confirmed' END",
				"held_on":    "'20' || (10 + i % 17) || '-06-' || (10 + i % 13)",
				"changed_at": "1700000000000 + i * 41 % 99991",
			},
		},
		{
			Table: "resolution_votes",
			Rows:  2 * c.assets,
			Columns: map[string]string{
				"resolution_id": fmt.Sprintf("'r' || (100001 + i %% %d)", c.assets),
				"number":        fmt.Sprintf("CASE WHEN i > %d THEN 1 ELSE 2 END", c.assets),
				"person_id":     fmt.Sprintf("'p' || (10001 + (i + i %% 2) %% %d)", 2*c.villages),
			},
		},
		{
			Table: "tenders",
			Rows:  c.assets,
			Columns: map[string]string{
				"id":             "'n' || (100000 + i)",
				"asset_id":       "'a' || (100000 + i)",
				"resolution_id":  "'r' || (100000 + i)",
				"path":           path,
				"state":          tenderState,
				"title":          "'鱼塘' || (i * 7 % 9973) || '出租'",
				"start_price":    "10000 + i * 43 % 9949",
				"changed_at":     "1700000000000 + i * 47 % 99991",
				"announced_at":   announced("1700000000000"),
				"register_until": announced("1700000000000 + i * 53 % 99991"),
			},
		},
		{
			Table: "supplements",
			Rows:  c.supplements,
			Columns: map[string]string{
				"id":        "'s' || (100000 + i)",
				"tender_id": "'n' || (100000 + i)",
				"path":      path,
				"number":    "1",
				"state":     "CASE i % 13 WHEN 0 THEN 'proposed' WHEN 1 THEN 'returned' ELSE 'released' END",
				"made_at":   "i * 59 % 4999",
			},
		},
		{
			Table: "acts",
			Rows:  c.acts,
			Columns: map[string]string{
				"noun":      fmt.Sprintf("'tender:n' || (100001 + i %% %d)", c.assets),
				"person_id": fmt.Sprintf("'p' || (10001 + i %% %d)", 2*c.villages),
			},
		},
		{Table: "documents", Rows: c.assets, Columns: map[string]string{"sha256": hash("d"), "body": "x'7b7d'"}},
		{
			Table: "events",
			Rows:  c.events,
			Columns: map[string]string{
				"stream":    "'tender:n' || (100000 + i % 20011)",
				"seq":       "i",
				"leaf":      "CAST('event ' || i AS BINARY)",
				"leaf_hash": hash("0"),
			},
		},
		{
			Table: "log_leaves",
			Rows:  c.sequenced,
			Columns: map[string]string{
				"idx":       "i - 1",
				"stream":    "'tender:n' || (100000 + i % 20011)",
				"seq":       "i",
				"leaf_hash": hash("0"),
			},
		},
		{
			Table: "outbox",
			Rows:  c.events - c.sequenced,
			Columns: map[string]string{
				"stream": fmt.Sprintf("'tender:n' || (100000 + (%d + i) %% 20011)", c.sequenced),
				"seq":    fmt.Sprintf("%d + i", c.sequenced),
			},
		},
		{Table: "log_tiles", Rows: c.events / 256, Columns: map[string]string{"n": "i - 1", "data": "x'00'"}},
	}, slices.Concat(c.bidding(path), c.works(path), c.found())...)
}

// fillCity builds the city by one INSERT SELECT for each table.
func fillCity(t testing.TB, db *storetest.DB) city {
	t.Helper()
	c := cityFor(db.Dialect())
	storetest.Fill(t, db, c.rows(), fmt.Sprintf("UPDATE log_head SET sequenced = %d", c.sequenced))
	return c
}
