package store_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// shape is a schema as sorted lines: columns with null or not, unique keys, foreign keys.
type shape map[string]bool

func TestBothDialectsHaveTheSameTables(t *testing.T) {
	t.Parallel()
	sameTables(t, store.Public)
}

// TestTheLeadHouseHasItsOwnTables: neither house has the other's, and neither
// takes the other's database for its own.
func TestTheLeadHouseHasItsOwnTables(t *testing.T) {
	t.Parallel()
	lead, public := sameTables(t, store.Lead), sameTables(t, store.Public)
	for table, in := range map[string]struct{ lead, public bool }{
		"lead_reports.id":  {true, false},
		"tenders.id":       {false, true},
		"mailbox_boxes.id": {false, true},
		"events.leaf":      {true, true},
	} {
		column := "column " + table + " not null"
		if lead[column] != in.lead || public[column] != in.public {
			t.Errorf("%s: of the lead house %v, public %v", table, lead[column], public[column])
		}
	}
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		storetest.Must(t, migrated(t, c).Close())
		c.Set = store.Lead
		other, err := store.Open(t.Context(), c)
		storetest.Must(t, err)
		defer other.Close()
		if err := other.Migrate(t.Context()); err == nil {
			t.Error("the lead house takes the public database")
		}
	})
}

// migrated runs the migrations, which other tests spare themselves.
func migrated(t *testing.T, c store.Config) *storetest.DB {
	t.Helper()
	db, err := store.Open(t.Context(), c)
	storetest.Must(t, err)
	t.Cleanup(func() { db.Close() })
	storetest.Must(t, db.Migrate(t.Context()))
	return storetest.On(db)
}

func sameTables(t *testing.T, set store.Set) shape {
	t.Helper()
	lite := shapeOfSQLite(t, migrated(t, store.Config{Set: set, Dir: t.TempDir()}))
	maria := shapeOfMySQL(t, migrated(t, store.Config{Set: set, DSN: storetest.Schema(t)}))
	for _, line := range slices.Sorted(maps.Keys(lite)) {
		if !maria[line] {
			t.Errorf("only SQLite has: %s", line)
		}
	}
	for _, line := range slices.Sorted(maps.Keys(maria)) {
		if !lite[line] {
			t.Errorf("only MySQL has: %s", line)
		}
	}
	for _, must := range []string{
		"column events.leaf not null", "column orgs.parent_id null", "key events (stream, seq)",
		"key events (leaf_hash)",
		"key people (login)", "foreign outbox (stream, seq) -> events (stream, seq)",
		"trigger events UPDATE", "trigger events DELETE", "index events (stream, seq)",
	} {
		if !lite[must] {
			t.Errorf("the comparison does not see: %s", must)
		}
	}
	return lite
}

func (s shape) column(table, column string, null bool) {
	if null {
		s["column "+table+"."+column+" null"] = true
	} else {
		s["column "+table+"."+column+" not null"] = true
	}
}

func shapeOfSQLite(t *testing.T, db *storetest.DB) shape {
	s := shape{}
	for _, table := range storetest.Query[string](t, db,
		"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE "+
			"'migrations_of%'") {
		var primary []string
		for _, c := range storetest.Query[struct {
			Name    string
			Notnull bool
			Pk      int
		}](t, db, "SELECT name, \"notnull\", pk FROM pragma_table_info(?) ORDER BY pk", table) {
			s.column(table, c.Name, !c.Notnull)
			if c.Pk > 0 {
				primary = append(primary, c.Name)
			}
		}
		s[fmt.Sprintf("key %s (%s)", table, strings.Join(primary, ", "))] = true
		s[fmt.Sprintf("index %s (%s)", table, strings.Join(primary, ", "))] = true
		for _, index := range storetest.Query[struct {
			Name   string
			Unique bool
		}](t, db, "SELECT name, \"unique\" FROM pragma_index_list(?)", table) {
			columns := strings.Join(storetest.Query[string](t, db,
				"SELECT name FROM pragma_index_info(?) ORDER BY seqno", index.Name), ", ")
			s[fmt.Sprintf("index %s (%s)", table, columns)] = true
			if index.Unique {
				s[fmt.Sprintf("key %s (%s)", table, columns)] = true
			}
		}
		foreign := map[int][]struct{ From, To string }{}
		target := map[int]string{}
		for _, f := range storetest.Query[struct {
			ID              int
			Table, From, To string
		}](t, db, "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?) ORDER BY id, seq", table) {
			foreign[f.ID] = append(foreign[f.ID], struct{ From, To string }{f.From, f.To})
			target[f.ID] = f.Table
		}
		for id, pairs := range foreign {
			s.foreign(table, target[id], pairs)
		}
	}
	for _, trigger := range storetest.Query[struct{ Table, SQL string }](t, db,
		"SELECT tbl_name AS \"table\", sql FROM sqlite_master WHERE type = 'trigger'") {
		words := strings.Fields(trigger.SQL) // CREATE TRIGGER name BEFORE UPDATE ON ...
		s["trigger "+trigger.Table+" "+words[4]] = true
	}
	return s
}

func (s shape) foreign(table, target string, pairs []struct{ From, To string }) {
	var from, to []string
	for _, p := range pairs {
		from, to = append(from, p.From), append(to, p.To)
	}
	s[fmt.Sprintf("foreign %s (%s) -> %s (%s)", table, strings.Join(from, ", "), target, strings.Join(to, ", "))] = true
	// InnoDB makes one by itself where none serves
	s[fmt.Sprintf("index %s (%s)", table, strings.Join(from, ", "))] = true
}

func shapeOfMySQL(t *testing.T, db *storetest.DB) shape {
	s := shape{}
	for _, c := range storetest.Query[struct{ Table, Name, Null string }](t, db,
		"SELECT table_name AS `table`, column_name AS name, is_nullable AS `null` FROM "+
			"information_schema.columns WHERE table_schema = DATABASE() AND table_name NOT LIKE 'migrations_of%'") {
		s.column(c.Table, c.Name, c.Null == "YES")
	}
	indexes, unique := map[string][]string{}, map[string]bool{}
	for _, i := range storetest.Query[struct {
		Table, Name, Column string
		Plain               int
	}](t, db, "SELECT table_name AS `table`, index_name AS name, column_name AS `column`, non_unique AS "+
		"plain FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name NOT LIKE "+
		"'migrations_of%' ORDER BY table_name, index_name, seq_in_index") {
		key := i.Table + " " + i.Name
		indexes[key] = append(indexes[key], i.Column)
		unique[key] = i.Plain == 0
	}
	for key, columns := range indexes {
		table, _, _ := strings.Cut(key, " ")
		s[fmt.Sprintf("index %s (%s)", table, strings.Join(columns, ", "))] = true
		if unique[key] {
			s[fmt.Sprintf("key %s (%s)", table, strings.Join(columns, ", "))] = true
		}
	}
	foreign, target := map[string][]struct{ From, To string }{}, map[string]string{}
	for _, f := range storetest.Query[struct{ Table, Name, From, Target, To string }](t, db,
		"SELECT table_name AS `table`, constraint_name AS name, column_name AS `from`, referenced_table_name "+
			"AS target, referenced_column_name AS `to` FROM information_schema.key_column_usage WHERE "+
			"table_schema = DATABASE() AND referenced_table_name IS NOT NULL ORDER BY table_name, "+
			"constraint_name, ordinal_position") {
		key := f.Table + " " + f.Name
		foreign[key] = append(foreign[key], struct{ From, To string }{f.From, f.To})
		target[key] = f.Target
	}
	for key, pairs := range foreign {
		table, _, _ := strings.Cut(key, " ")
		s.foreign(table, target[key], pairs)
	}
	for _, g := range storetest.Query[struct{ Table, Event string }](t, db,
		"SELECT event_object_table AS `table`, event_manipulation AS event FROM information_schema.triggers "+
			"WHERE trigger_schema = DATABASE()") {
		s["trigger "+g.Table+" "+g.Event] = true
	}
	return s
}
