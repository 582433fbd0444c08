package housetest

import (
	"bytes"
	"database/sql"
	"path/filepath"

	"sunlot/cmd/sunlot/house"
	"sunlot/disclosure/ledger"
)

// Outside runs verify against the running house as a stranger would, who may
// insist on a key or keep a state.
func (r *House) Outside(as ledger.Target) (said string, err error) {
	var out bytes.Buffer
	as.URL = r.URL
	err = house.Verify(r.T.Context(), as, &out)
	return out.String(), err
}

// Tamper changes rows behind the program's back, as an operator with the
// database's password could: without its triggers.
func (r *House) Tamper(trigger, statement string, args ...any) {
	r.T.Helper()
	db := r.Inspect()
	if r.Store.DSN == "" {
		own, err := sql.Open("sqlite", "file:"+filepath.Join(r.Store.Dir, "sunlot.db")+"?_pragma=busy_timeout(10000)")
		r.Ok(err)
		defer own.Close()
		db = own
	}
	if trigger != "" {
		_, err := db.Exec("DROP TRIGGER " + trigger)
		r.Ok(err)
	}
	done, err := db.Exec(statement, args...)
	r.Ok(err)
	if n, _ := done.RowsAffected(); n != 1 {
		r.T.Fatalf("%s changed %d rows", statement, n)
	}
}
