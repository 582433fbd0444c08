package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"

	"gorm.io/gorm"
)

// city is how many rows of each there are.
type city struct{ townships, villages, assets, supplements, acts, events, sequenced int }

// cityFor is a city's data. Under the race detector SQLite, which is Go code, is
// some ten times slower; it makes its plans without looking at the data, so that
// a tenth of the city will do.
func cityFor(dialect string) city {
	part := 1
	if raceDetector && dialect == "sqlite" {
		part = 10 // keeps the number of villages a multiple of that of townships
	}
	return city{townships: 100, villages: 3000 / part, assets: 20_000 / part, supplements: 5000 / part, acts: 60_000 / part,
		events: 100_000 / part, sequenced: 99_000 / part}
}

// filling is what one table gets.
type filling struct {
	table   string
	rows    int
	columns map[string]string
}

// rows is the city in SQL that both dialects read, where i counts from 1 and
// || joins text. A column that is not named gets 0, 'null' or NULL. Village i of
// an asset is i % villages; states and years are modulo primes, so that each
// village has some of each.
func (c city) rows() []filling {
	kind := func(k identity.OrgKind) string { return "'" + string(k) + "'" }
	village := func(i string) string { return fmt.Sprintf("(10000 + (%s) %% %d)", i, c.villages) }
	path := fmt.Sprintf("'/c/t' || (100 + i %% %d) || '/v' || %s || '/'", c.townships, village("i"))
	tenderState := "CASE i % 19 WHEN 0 THEN 'drafted' WHEN 1 THEN 'submitted' WHEN 2 THEN 'checked' WHEN 3 THEN 'approved' WHEN 4 THEN 'returned' WHEN 5 THEN 'withdrawn' ELSE 'announced' END"
	announced := func(value string) string { return "CASE WHEN i % 19 > 5 THEN " + value + " END" }
	hash := func(b string) string { return "'" + strings.Repeat(b, 54) + "' || (1000000000 + i)" }
	return append([]filling{
		{"orgs", 1, map[string]string{"id": "'c'", "kind": kind(identity.County), "name": "'晒标市'", "path": "'/c/'"}},
		{"orgs", c.townships, map[string]string{"id": "'t' || (99 + i)", "parent_id": "'c'", "kind": kind(identity.Township), "name": "'镇' || i", "path": "'/c/t' || (99 + i) || '/'"}},
		{"orgs", c.villages, map[string]string{"id": "'v' || " + village("i"), "parent_id": "'t' || (100 + i % 100)", "kind": kind(identity.Village), "name": "'村' || i", "path": path}},
		{"orgs", c.villages, map[string]string{"id": "'k' || " + village("i"), "parent_id": "'v' || " + village("i"), "kind": kind(identity.Collective), "name": "'合作社' || i", "path": path}},
		{"orgs", 2 * c.villages, map[string]string{"id": "'g' || (10000 + i)", "parent_id": "'v' || " + village("i"), "kind": kind(identity.Group), "name": "'组' || i", "path": path + " || 'g' || (10000 + i) || '/'"}},
		{"people", 2 * c.villages, map[string]string{"id": "'p' || (10000 + i)", "name": "'代表' || i", "login": "'login' || i"}},
		{"memberships", 2 * c.villages, map[string]string{"id": "'m' || (10000 + i)", "person_id": "'p' || (10000 + i)", "org_id": "'v' || " + village("i"), "role": "'representative'", "from_at": "1"}},
		{"assets", c.assets, map[string]string{"id": "'a' || (100000 + i)", "path": path, "owner_id": "'v' || " + village("i"), "acting_id": "'k' || " + village("i"),
			"name": "'鱼塘' || (i * 7 % 9973)", "location": "'山脚' || i", "area": "i * 31 % 9967", "registered_at": "1700000000000 + i * 37 % 99991"}},
		{"resolutions", c.assets, map[string]string{"id": "'r' || (100000 + i)", "asset_id": "'a' || (100000 + i)", "path": path,
			"state":   "CASE i % 17 WHEN 0 THEN 'recorded' WHEN 1 THEN 'submitted' WHEN 2 THEN 'returned' ELSE 'confirmed' END",
			"held_on": "'20' || (10 + i % 17) || '-06-' || (10 + i % 13)", "changed_at": "1700000000000 + i * 41 % 99991"}},
		{"resolution_votes", 2 * c.assets, map[string]string{"resolution_id": fmt.Sprintf("'r' || (100001 + i %% %d)", c.assets), "number": fmt.Sprintf("CASE WHEN i > %d THEN 1 ELSE 2 END", c.assets),
			"person_id": fmt.Sprintf("'p' || (10001 + (i + i %% 2) %% %d)", 2*c.villages)}},
		{"tenders", c.assets, map[string]string{"id": "'n' || (100000 + i)", "asset_id": "'a' || (100000 + i)", "resolution_id": "'r' || (100000 + i)", "path": path,
			"state": tenderState, "title": "'鱼塘' || (i * 7 % 9973) || '出租'", "start_price": "10000 + i * 43 % 9949", "changed_at": "1700000000000 + i * 47 % 99991",
			"announced_at": announced("1700000000000"), "register_until": announced("1700000000000 + i * 53 % 99991")}},
		{"supplements", c.supplements, map[string]string{"id": "'s' || (100000 + i)", "tender_id": "'n' || (100000 + i)", "path": path, "number": "1",
			"state": "CASE i % 13 WHEN 0 THEN 'proposed' WHEN 1 THEN 'returned' ELSE 'released' END", "made_at": "i * 59 % 4999"}},
		{"acts", c.acts, map[string]string{"noun": fmt.Sprintf("'tender:n' || (100001 + i %% %d)", c.assets), "person_id": fmt.Sprintf("'p' || (10001 + i %% %d)", 2*c.villages)}},
		{"documents", c.assets, map[string]string{"sha256": hash("d"), "body": "x'7b7d'"}},
		{"events", c.events, map[string]string{"stream": "'tender:n' || (100000 + i % 20011)", "seq": "i", "leaf": "CAST('event ' || i AS BINARY)", "leaf_hash": hash("0")}},
		{"log_leaves", c.sequenced, map[string]string{"idx": "i - 1", "stream": "'tender:n' || (100000 + i % 20011)", "seq": "i", "leaf_hash": hash("0")}},
		{"outbox", c.events - c.sequenced, map[string]string{"stream": fmt.Sprintf("'tender:n' || (100000 + (%d + i) %% 20011)", c.sequenced), "seq": fmt.Sprintf("%d + i", c.sequenced)}},
		{"log_tiles", c.events / 256, map[string]string{"n": "i - 1", "data": "x'00'"}},
	}, append(c.bidding(path), c.works(path)...)...)
}

// fillCity builds the city by one INSERT SELECT for each table.
func fillCity(t testing.TB, db *storetest.DB) city {
	t.Helper()
	c := cityFor(db.Dialect())
	fill(t, db, c.rows(), fmt.Sprintf("UPDATE log_head SET sequenced = %d", c.sequenced))
	return c
}

// fill fills tables, and then runs what else is said, in one transaction.
func fill(t testing.TB, db *storetest.DB, tables []filling, then ...string) {
	t.Helper()
	conn, err := writer(t, db).Conn(context.Background())
	must(t, err)
	defer conn.Close()
	run := func(sql string) {
		t.Helper()
		if _, err := conn.ExecContext(context.Background(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	if db.Dialect() == "mysql" {
		run("SET SESSION sql_mode = CONCAT(@@sql_mode, ',PIPES_AS_CONCAT'), max_recursive_iterations = 1000000")
		defer run("SET SESSION sql_mode = REPLACE(@@sql_mode, 'PIPES_AS_CONCAT,', '')")
	}
	run("BEGIN")
	for _, r := range tables {
		values := defaults(t, conn, r.table)
		maps.Copy(values, r.columns)
		columns := slices.Sorted(maps.Keys(values))
		var chosen []string
		for _, name := range columns {
			value := values[name]
			if db.Dialect() == "sqlite" {
				value = strings.Replace(value, "AS BINARY", "AS BLOB", 1)
			}
			chosen = append(chosen, value)
		}
		run(fmt.Sprintf("INSERT INTO %s (%s) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT %s FROM n",
			r.table, strings.Join(columns, ", "), r.rows, strings.Join(chosen, ", ")))
	}
	for _, sql := range then {
		run(sql)
	}
	run("COMMIT")
	if db.Dialect() == "mysql" { // as the server does by itself, a little later
		for _, r := range tables {
			run("ANALYZE TABLE " + r.table)
		}
	}
}

// writer is the pool that writes, without what the store does about it.
func writer(t testing.TB, db *storetest.DB) (pool *sql.DB) {
	t.Helper()
	must(t, db.Write(context.Background(), func(session *gorm.DB) (err error) {
		pool, err = session.DB()
		return err
	}))
	return pool
}

// defaults is a value for every column that must have one.
func defaults(t testing.TB, conn *sql.Conn, table string) map[string]string {
	t.Helper()
	rows, err := conn.QueryContext(context.Background(), "SELECT * FROM "+table+" WHERE 1 = 0")
	must(t, err)
	defer rows.Close()
	types, err := rows.ColumnTypes()
	must(t, err)
	values := map[string]string{}
	for _, c := range types {
		switch kind := c.DatabaseTypeName(); {
		case strings.Contains(kind, "INT"):
			values[c.Name()] = "0"
		default:
			values[c.Name()] = "'null'"
		}
	}
	for _, name := range []string{"id", "parent_id", "announced_at", "register_until", "until_at", "confirmed_at", "opens_at", "posted_at", "released_at", "answered_at"} {
		delete(values, name)
	}
	return values
}
