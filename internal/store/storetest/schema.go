package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"

	"sunlot/internal/store"
)

// Raw opens a MariaDB schema past the store; it takes several statements at once.
func Raw(dsn string) (*sql.DB, error) {
	at, err := url.Parse(dsn)
	if err != nil {
		return nil, err
	}
	return sql.Open("mysql", driverDSN(at, at.Path)+"?multiStatements=true&interpolateParams=true")
}

// statements make what the migrations leave in MariaDB: tables and triggers in
// the server's own words, and the rows.
type statements struct {
	tables []string
	rows   []string
	values []any // of the rows
}

// migratedSchema runs the migrations on a schema of its own and reads it.
var migratedSchema = bySet(func(set store.Set) (*statements, error) {
	ctx := context.Background()
	dsn, drop, err := NewSchema(ctx)
	if err != nil {
		return nil, err
	}
	defer drop()
	if err := migrate(store.Config{Set: set, DSN: dsn}); err != nil {
		return nil, err
	}
	db, err := Raw(dsn)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return readStatements(ctx, db)
})

func prepareSchema(ctx context.Context, c store.Config) error {
	db, err := Raw(c.DSN)
	if err != nil {
		return err
	}
	defer db.Close()
	_, tables, err := read(ctx, db, "SHOW TABLES")
	if err != nil || len(tables) > 0 {
		return err
	}
	all, err := migratedSchema(c.Set)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, strings.Join(all.tables, ";\n")); err != nil {
		return fmt.Errorf("storetest: %w", err)
	}
	if _, err := db.ExecContext(ctx, strings.Join(all.rows, ";\n"), all.values...); err != nil {
		return fmt.Errorf("storetest: %w", err)
	}
	return nil
}

func readStatements(ctx context.Context, db *sql.DB) (*statements, error) {
	all := &statements{tables: []string{"SET foreign_key_checks = 0"}}
	_, tables, err := read(ctx, db, "SHOW TABLES")
	if err != nil {
		return nil, err
	}
	for _, table := range tables {
		_, made, err := read(ctx, db, "SHOW CREATE TABLE "+text(table[0]))
		if err != nil {
			return nil, err
		}
		all.tables = append(all.tables, text(made[0][1]))
		if err := all.readRows(ctx, db, text(table[0])); err != nil {
			return nil, err
		}
	}
	_, triggers, err := read(ctx, db, "SHOW TRIGGERS")
	if err != nil {
		return nil, err
	}
	for _, trigger := range triggers {
		_, made, err := read(ctx, db, "SHOW CREATE TRIGGER "+text(trigger[0]))
		if err != nil {
			return nil, err
		}
		all.tables = append(all.tables, "SET sql_mode = '"+text(made[0][1])+"'", text(made[0][2]))
	}
	return all, nil
}

func (s *statements) readRows(ctx context.Context, db *sql.DB, table string) error {
	columns, rows, err := read(ctx, db, "SELECT * FROM "+table)
	if err != nil {
		return err
	}
	into := "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (?" +
		strings.Repeat(", ?", len(columns)-1) + ")"
	for _, row := range rows {
		s.rows, s.values = append(s.rows, into), append(s.values, row...)
	}
	return nil
}

// read asks and returns the columns' names and all rows.
func read(ctx context.Context, db *sql.DB, query string) (columns []string, all [][]any, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, nil, fmt.Errorf("storetest: %s: %w", query, err)
	}
	defer rows.Close()
	columns, err = rows.Columns()
	if err != nil {
		return nil, nil, err
	}
	for rows.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, nil, err
		}
		all = append(all, row)
	}
	return columns, all, rows.Err()
}

func text(value any) string {
	if raw, ok := value.([]byte); ok {
		return string(raw)
	}
	return fmt.Sprint(value)
}
