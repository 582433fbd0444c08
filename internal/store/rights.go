package store

import (
	"context"
	"errors"
	"strings"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"

	"sunlot/internal/fault"
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

// TooManyRights lists which of them the database's account has. A SQLite folder
// has no accounts, and triggers alone.
func (db *DB) TooManyRights(ctx context.Context) ([]string, error) {
	if db.dialect == "sqlite" {
		return nil, nil
	}
	var may []string
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

// rightsEvery is how soon a refusal is looked at again: rights can be taken away
// while the server runs.
const rightsEvery = 10 * time.Second

// checkRights refuses writes while the account may rewrite the record.
func (db *DB) checkRights(ctx context.Context) error {
	if !db.narrow {
		return nil
	}
	db.rightsMu.Lock()
	defer db.rightsMu.Unlock()
	if !db.rightsGood && time.Since(db.rightsAt) > rightsEvery {
		may, err := db.TooManyRights(ctx)
		if err != nil {
			return err
		}
		db.rightsAt = time.Now()
		db.rightsGood = len(may) == 0
		db.rightsToo = strings.Join(may, ",")
	}
	if !db.rightsGood {
		return fault.New(fault.Unavailable, "数据库账号的权限过大（%s），可以改写记录，暂停办理。请管理员收回这些权限", db.rightsToo)
	}
	return nil
}
