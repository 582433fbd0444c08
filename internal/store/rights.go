package store

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"
)

// Error numbers by which a server says that the account may not.
const (
	mysqlTableDenied  = 1142
	mysqlColumnDenied = 1143
)

// triedRights are what no account of a server may: changing or removing what
// only ever grows. Each is tried on no row, where no trigger stands in the way.
var triedRights = []struct{ name, statement string }{
	{"UPDATE events", "UPDATE events SET leaf_hash = leaf_hash WHERE 1 = 0"},
	{"DELETE events", "DELETE FROM events WHERE 1 = 0"},
	{"UPDATE log_leaves", "UPDATE log_leaves SET leaf_hash = leaf_hash WHERE 1 = 0"},
	{"DELETE log_leaves", "DELETE FROM log_leaves WHERE 1 = 0"},
}

// TooManyRights lists what the database's account may do to them, by trying it and
// by what the server says that it has been granted. A SQLite folder has no
// accounts, and triggers alone.
func (db *DB) TooManyRights(ctx context.Context) ([]string, error) {
	if db.dialect == "sqlite" {
		return nil, nil
	}
	may, err := db.granted(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range triedRights {
		err := db.writer.WithContext(ctx).Exec(r.statement).Error
		var refused *mysqldriver.MySQLError
		switch {
		case err == nil:
			may = append(may, r.name)
		case errors.As(err, &refused) && (refused.Number == mysqlTableDenied || refused.Number == mysqlColumnDenied):
		default:
			return nil, err
		}
	}
	return may, nil
}

// granted reads the account's grants, column by column and at every level that
// covers the two tables. A role is too much: what it gives is not looked at.
func (db *DB) granted(ctx context.Context) ([]string, error) {
	var schema string
	var lines []string
	if err := db.writer.WithContext(ctx).Raw("SELECT DATABASE()").Row().Scan(&schema); err != nil {
		return nil, err
	}
	if err := db.writer.WithContext(ctx).Raw("SHOW GRANTS FOR CURRENT_USER()").Scan(&lines).Error; err != nil {
		return nil, err
	}
	var may []string
	for _, line := range lines {
		may = append(may, tooMuch(line, schema)...)
	}
	return may, nil
}

var (
	grantLine = regexp.MustCompile(`^GRANT (.+) ON (?:TABLE )?(\S+) TO (.+)$`)
	columns   = regexp.MustCompile(`\s*\([^)]*\)`)
)

// harmless are the rights that change nothing of a table that only grows.
var harmless = []string{"USAGE", "SELECT", "INSERT", "SHOW VIEW", "LOCK TABLES"}

// tooMuch lists the rights of one line of SHOW GRANTS that reach events or leaves
// and do more than add to them. What is not understood is too much.
func tooMuch(line, schema string) (rights []string) {
	parts := grantLine.FindStringSubmatch(line)
	if parts == nil {
		return []string{line}
	}
	on := strings.NewReplacer("`", "", `\_`, "_").Replace(parts[2])
	where, table, _ := strings.Cut(on, ".")
	other := where != schema && !strings.ContainsAny(where, "%*_")
	if other || table != "*" && table != "events" && table != "log_leaves" {
		return nil
	}
	for _, right := range strings.Split(columns.ReplaceAllString(parts[1], ""), ",") {
		right = strings.TrimSpace(right)
		if !slices.Contains(harmless, right) {
			rights = append(rights, right+" ON "+on)
		}
	}
	if strings.Contains(parts[3], "GRANT OPTION") {
		rights = append(rights, "GRANT OPTION ON "+on)
	}
	return rights
}

// rightsEvery is how soon the rights are looked at again: they can be given and
// taken away while the server runs.
const rightsEvery = 10 * time.Second

// checkRights refuses writes while the account may rewrite the record.
func (db *DB) checkRights(ctx context.Context) error {
	if !db.narrow {
		return nil
	}
	db.rightsMu.Lock()
	defer db.rightsMu.Unlock()
	if time.Since(db.rightsAt) > rightsEvery {
		may, err := db.TooManyRights(ctx)
		if err != nil {
			return err
		}
		db.rightsAt = time.Now()
		db.rightsGood = len(may) == 0
		db.rightsToo = strings.Join(may, ", ")
	}
	if !db.rightsGood {
		return Unavailable{Cause: errors.New("the database's account may rewrite the record: " + db.rightsToo)}
	}
	return nil
}
