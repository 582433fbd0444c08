package worksdb_test

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/store/storetest"
)

// sqlStatement is what gorm asked the database.
type sqlStatement struct {
	sql  string
	vars []any
}

// listen collects the statements that read.
func listen(t testing.TB, db *storetest.DB) *[]sqlStatement {
	t.Helper()
	heard := &[]sqlStatement{}
	note := func(tx *gorm.DB) {
		if tx.DryRun { // a part of another sqlStatement
			return
		}
		*heard = append(*heard, sqlStatement{tx.Statement.SQL.String(), append([]any{}, tx.Statement.Vars...)})
	}
	register := func(pool *gorm.DB) error {
		return errors.Join(pool.Callback().Query().After("gorm:query").Register("test:query", note),
			pool.Callback().Row().After("gorm:row").Register("test:row", note))
	}
	storetest.Must(t, register(db.Read(context.Background())))
	if db.Dialect() == "sqlite" { // which has a pool of its own that writes
		storetest.Must(t, db.Write(context.Background(), register))
	}
	return heard
}

func TestEveryPageReadsAnIndexOfACity(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		begun := time.Now()
		c := fillCity(t, db)
		t.Logf("filled in %v", time.Since(begun).Round(time.Millisecond))
		for range 30 {
			storetest.Record(t, db, "tender:recorded", map[string]any{}, nil)
		}
		heard := listen(t, db)
		pool, err := db.Read(t.Context()).DB()
		storetest.Must(t, err)
		for _, r := range readings(c) {
			*heard = nil
			if err := r.run(t.Context(), db); err != nil {
				t.Errorf("%s: %v", r.name, err)
			}
			if len(*heard) == 0 {
				t.Errorf("%s: no sqlStatement was heard", r.name)
			}
			for _, s := range *heard {
				conn, err := pool.Conn(t.Context())
				storetest.Must(t, err)
				look := litePlan
				if db.Dialect() == "mysql" {
					look = mariaPlan
				}
				lines, wrong := look(t, conn, s, r)
				conn.Close()
				if len(wrong) > 0 {
					t.Errorf("%s: %s\n%s\n  %s", r.name, strings.Join(wrong, "; "), s.sql, strings.Join(lines, "\n  "))
				}
			}
		}
	})
}

// litePlan is SQLite's plan, which it makes without statistics, and what is wrong with it.
func litePlan(t *testing.T, conn *sql.Conn, s sqlStatement, r reading) (lines, wrong []string) {
	t.Helper()
	for _, row := range rowsOf(t, conn, "EXPLAIN QUERY PLAN "+s.sql, s.vars...) {
		lines = append(lines, row["detail"])
	}
	plan := strings.Join(lines, "\n")
	sorts := strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") || strings.Contains(plan, "TERM OF ORDER BY") ||
		strings.Contains(plan, "TERMS OF ORDER BY")
	for _, line := range lines {
		switch {
		case !strings.HasPrefix(line, "SCAN ") || !sorts && line == "SCAN "+r.walks:
		case strings.Contains(s.sql, "count(*)") && !strings.Contains(line, "USING COVERING INDEX"):
			wrong = append(wrong, "counts by "+line)
		case !strings.Contains(line, " INDEX ") || sorts:
			wrong = append(wrong, line)
		}
	}
	if sorts && r.within == "" {
		wrong = append(wrong, "sorts what is not bounded")
	}
	if !strings.Contains(plan, r.within) && !ofListed.MatchString(plan) {
		wrong = append(wrong, "is not within "+r.within)
	}
	return lines, wrong
}

// ofListed is a plan that only looks up what belongs to the nouns of a list read before.
var ofListed = regexp.MustCompile(`^SEARCH \w+ USING INDEX \w+ \(\w+_id=\?\)$`)

// mariaPlan is MariaDB's plan and what is wrong with it or with the rows that it touched.
func mariaPlan(t *testing.T, conn *sql.Conn, s sqlStatement, r reading) (lines, wrong []string) {
	t.Helper()
	for _, row := range rowsOf(t, conn, "EXPLAIN "+s.sql, s.vars...) {
		lines = append(lines, fmt.Sprintf("%s: %s by %s, %s rows, %s", row["table"], row["type"], row["key"],
			row["rows"], row["Extra"]))
		if row["type"] == "ALL" && row["table"] != r.walks && !strings.HasPrefix(row["table"], "<") {
			wrong = append(wrong, "scans "+row["table"])
		}
		if strings.Contains(row["Extra"], "filesort") && r.within == "" {
			wrong = append(wrong, "sorts "+row["table"])
		}
	}
	rowsOf(t, conn, "FLUSH STATUS")
	rowsOf(t, conn, s.sql, s.vars...)
	touched := 0
	for _, row := range rowsOf(t, conn, "SHOW SESSION STATUS LIKE 'Handler_read%'") {
		n, err := strconv.Atoi(row["Value"])
		storetest.Must(t, err)
		touched += n
	}
	most := cmp.Or(r.most, small)
	if strings.Contains(s.sql, "count(*)") {
		most = max(most, r.counts)
	}
	if touched > most {
		wrong = append(wrong, fmt.Sprintf("touches %d rows, more than %d", touched, most))
	}
	return lines, wrong
}

// rowsOf runs a sqlStatement and returns its rows as texts.
func rowsOf(t *testing.T, conn *sql.Conn, query string, vars ...any) []map[string]string {
	t.Helper()
	rows, err := conn.QueryContext(t.Context(), query, vars...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	storetest.Must(t, err)
	var all []map[string]string
	for rows.Next() {
		values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		storetest.Must(t, rows.Scan(into...))
		row := map[string]string{}
		for i, c := range columns {
			row[c] = values[i].String
		}
		all = append(all, row)
	}
	storetest.Must(t, rows.Err())
	return all
}
