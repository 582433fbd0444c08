package storetest

import (
	"net/url"
	"testing"

	"sunlot/internal/event"
)

// Narrow makes an account that may do with the migrated schema what a server
// may: everything but change or remove events and leaves. It returns its
// SUNLOT_DSN, and grant, which gives it more.
func Narrow(t testing.TB, dsn string) (narrow string, grant func(right string)) {
	t.Helper()
	admin, err := Raw(dsn)
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := "narrow_" + event.NewID()
	account := "'" + name + "'@'%'"
	run := func(statement string) {
		t.Helper()
		if _, err := admin.Exec(statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	run("CREATE USER " + account + " IDENTIFIED BY 'narrow'")
	t.Cleanup(func() {
		_, _ = admin.Exec("DROP USER " + account)
		admin.Close()
	})
	rows, err := admin.Query("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		rights := "SELECT, INSERT, UPDATE, DELETE"
		if table == "events" || table == "log_leaves" {
			rights = "SELECT, INSERT"
		}
		run("GRANT " + rights + " ON " + at.Path[1:] + "." + table + " TO " + account)
	}
	at.User = url.UserPassword(name, "narrow")
	return at.String(), func(right string) { run("GRANT " + right + " TO " + account) }
}
