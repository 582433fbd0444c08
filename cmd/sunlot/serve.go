package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
)

// demoMark is the setting that marks a demonstration's database.
const demoMark = "demonstration"

// serve runs the platform for a real county. It knows nothing of demonstrations
// but to refuse their data.
func serve(ctx context.Context, words []string, out io.Writer) error {
	c, err := configOf("serve", words, nil)
	if err != nil {
		return err
	}
	var ring bell
	db, err := openDB(ctx, c, calendar.System{}, ring.ring)
	if err != nil {
		return err
	}
	if _, demonstration, err := db.Setting(ctx, demoMark); err != nil || demonstration {
		if err == nil {
			err = errors.New("this database holds a demonstration; serve needs one of its own (SUNLOT_DATA or SUNLOT_DSN)")
		}
		return errors.Join(err, db.Close())
	}
	h, err := build(ctx, c, db, calendar.System{}, &ring, nil)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	var r *readingRoom
	if c.LeadsAddr != "" {
		if r, err = openRoom(ctx, c, db, calendar.System{}); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	fmt.Fprintf(out, "晒标 Sunlot: %s\n", c.URL)
	return besides(ctx, c, h, r)
}

// migrate brings the tables up to date and says so.
func migrate(ctx context.Context, words []string, out io.Writer) error {
	c, err := configOf("migrate", words, nil)
	if err != nil {
		return err
	}
	db, err := openDB(ctx, c, calendar.System{}, nil)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "the tables are up to date")
	return db.Close()
}

// initialise makes the county and its first administrator, once, and prints the
// one-time password.
func initialise(ctx context.Context, words []string, out io.Writer) error {
	var county, login string
	var keys, ofRoom bool
	c, err := configOf("init", words, func(f *flag.FlagSet) {
		f.BoolVar(&keys, "new-keys", false, "only print a new secret and log key for the environment")
		f.BoolVar(&ofRoom, "room", false, "make the reading room's county and administrator, in its own database")
		f.StringVar(&county, "county", "", "name of the county, such as 某某县")
		f.StringVar(&login, "login", "admin", "login of the first administrator")
	})
	if err != nil {
		return err
	}
	if keys {
		return newKeys(c.Origin, out)
	}
	if county == "" {
		return errors.New("init: give the county's name by --county")
	}
	if ofRoom {
		c = c.ofRoom()
	}
	db, err := openDB(ctx, c, calendar.System{}, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	password := identity.OneTimePassword()
	people := &identity.Admin{Store: db, Clock: calendar.System{}}
	if _, err := people.Found(ctx, county, login, password); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "county: %s\nlogin: %s\none-time password: %s\nThe password is shown once and must be changed at the first login.\n", county, login, password)
	return err
}

// newKeys prints what all nodes of a MySQL installation share, and the public
// half of the log's key, which belongs on every village board.
func newKeys(origin string, out io.Writer) error {
	private, key, err := ledger.NewKey(origin)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "SUNLOT_SECRET=%s\nSUNLOT_LOG_KEY=%s\n# verifier key, for the village boards: %s\n", newSecret(), private, key.Text())
	return err
}
