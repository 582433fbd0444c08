package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"
)

// Filling is what one table gets: so many rows, made by the SQL that is said for
// each column, in which i counts from 1 and || joins text. A column that is not
// named gets 0, 'null' or NULL.
type Filling struct {
	Table   string
	Rows    int
	Columns map[string]string
}

// Fill fills tables, and then runs what else is said, in one transaction.
func Fill(t testing.TB, db *DB, tables []Filling, then ...string) {
	t.Helper()
	conn, err := Writer(t, db).Conn(context.Background())
	Must(t, err)
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
		values := defaults(t, conn, r.Table)
		maps.Copy(values, r.Columns)
		columns := slices.Sorted(maps.Keys(values))
		var chosen []string
		for _, name := range columns {
			value := values[name]
			if db.Dialect() == "sqlite" {
				value = strings.Replace(value, "AS BINARY", "AS BLOB", 1)
			}
			chosen = append(chosen, value)
		}
		run(fmt.Sprintf("INSERT INTO %s (%s) WITH RECURSIVE n (i) AS"+
			" (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT %s FROM n",
			r.Table, strings.Join(columns, ", "), r.Rows, strings.Join(chosen, ", ")))
	}
	for _, sql := range then {
		run(sql)
	}
	run("COMMIT")
	if db.Dialect() == "mysql" { // as the server does by itself, a little later
		for _, r := range tables {
			run("ANALYZE TABLE " + r.Table)
		}
	}
}

// Writer is the pool that writes, without what the store does about it.
func Writer(t testing.TB, db *DB) (pool *sql.DB) {
	t.Helper()
	Must(t, db.Write(context.Background(), func(session *gorm.DB) (err error) {
		pool, err = session.DB()
		return err
	}))
	return pool
}

// defaults is a value for every column that must have one.
func defaults(t testing.TB, conn *sql.Conn, table string) map[string]string {
	t.Helper()
	rows, err := conn.QueryContext(context.Background(), "SELECT * FROM "+table+" WHERE 1 = 0")
	Must(t, err)
	defer rows.Close()
	types, err := rows.ColumnTypes()
	Must(t, err)
	values := map[string]string{}
	for _, c := range types {
		switch kind := c.DatabaseTypeName(); {
		case strings.Contains(kind, "INT"):
			values[c.Name()] = "0"
		default:
			values[c.Name()] = "'null'"
		}
	}
	for _, name := range []string{"id", "parent_id", "announced_at", "register_until", "until_at", "confirmed_at",
		"opens_at", "posted_at", "released_at", "answered_at", "bank_account_id"} {
		delete(values, name)
	}
	return values
}
