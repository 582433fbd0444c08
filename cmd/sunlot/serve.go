package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/house"
	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/internal/store/identitydb"
	"sunlot/internal/store/mailboxdb"
)

// serve runs the platform for a real county. It knows nothing of demonstrations
// but to refuse their data.
func serve(ctx context.Context, words []string, out io.Writer) error {
	c, err := house.ReadConfig("serve", words, nil)
	if err != nil {
		return err
	}
	c.Narrow = true
	doors, err := house.OpenDoors(c)
	if err != nil {
		return err
	}
	defer doors.Close()
	var ring house.Bell
	db, err := house.OpenDB(ctx, c, calendar.System{}, ring.Ring)
	if err != nil {
		return err
	}
	if _, demonstration, err := db.Setting(ctx, house.DemonstrationMark); err != nil || demonstration {
		if err == nil {
			err = errors.New("this database holds a demonstration; serve needs one of its own (SUNLOT_DATA " +
				"or SUNLOT_DSN)")
		}
		return errors.Join(err, db.Close())
	}
	h, err := house.Build(ctx, c, db, calendar.System{}, &ring, nil)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	var r *house.ReadingRoom
	if c.LeadsAddr != "" {
		r, err = house.OpenRoom(ctx, c, h.Data.Mailbox, calendar.System{})
		if err != nil {
			return errors.Join(err, db.Close())
		}
	}
	fmt.Fprintf(out, "晒标 Sunlot: %s\n", c.URL)
	return house.Serve(ctx, doors, h, r)
}

// migrate brings the tables up to date and says so.
func migrate(ctx context.Context, words []string, out io.Writer) error {
	var ofRoom bool
	c, err := house.ReadConfig("migrate", words, func(f *flag.FlagSet) {
		f.BoolVar(&ofRoom, "room", false, "the reading room's tables, in its own database")
	})
	if err != nil {
		return err
	}
	if ofRoom {
		c = c.OfRoom()
	}
	db, err := house.OpenDB(ctx, c, calendar.System{}, nil)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "the tables are up to date")
	return db.Close()
}

// initialise makes the county and its first two administrators, once, and prints
// their one-time passwords.
func initialise(ctx context.Context, words []string, out io.Writer) error {
	var county, login, second string
	var keys, ofRoom bool
	c, err := house.ReadConfig("init", words, func(f *flag.FlagSet) {
		f.BoolVar(&keys, "new-keys", false, "only print a new secret and log key for the environment")
		f.BoolVar(&ofRoom, "room", false, "make the reading room's county and administrators, in its own database")
		f.StringVar(&county, "county", "", "name of the county, such as 某某县")
		f.StringVar(&login, "login", "admin", "login of the first administrator")
		f.StringVar(&second, "second", "admin2", "login of the second administrator, another person")
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
	if login == second {
		return errors.New("init: --login and --second are two persons")
	}
	if ofRoom {
		c = c.OfRoom()
	}
	db, err := house.OpenDB(ctx, c, calendar.System{}, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	founders := [2]identity.Founder{
		{Name: "县级系统管理员甲", Login: login, Password: identity.OneTimePassword()},
		{Name: "县级系统管理员乙", Login: second, Password: identity.OneTimePassword()},
	}
	if _, err := administration(db).Found(ctx, county, founders); err != nil {
		return err
	}
	fmt.Fprintf(out, "county: %s\n", county)
	for _, f := range founders {
		fmt.Fprintf(out, "login: %s\none-time password: %s\n", f.Login, f.Password)
	}
	_, err = fmt.Fprintln(out, "Each password is shown once, lets in for seven days and must be changed at the first "+
		"login. Hand each to another person: what takes two administrators is done by these two.")
	return err
}

// newKeys prints what all nodes of a MySQL installation share, and the public
// half of the log's key, which belongs on every village board.
func newKeys(origin string, out io.Writer) error {
	private, key, err := ledger.NewKey(origin)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "SUNLOT_SECRET=%s\nSUNLOT_LOG_KEY=%s\n# verifier key, for the village boards: %s\n",
		house.NewSecret(), private, key.Text())
	return err
}

// demonstrate runs a fictional county whose clock can be set.
func demonstrate(ctx context.Context, words []string, out io.Writer) error {
	c, err := house.ReadConfig("demo", words, nil)
	if err != nil {
		return err
	}
	return demo.Run(ctx, c, out)
}

// serveRoom runs the reading room alone, on a machine of the receiving office:
// SUNLOT_DSN is then the public database under an account that may only read,
// add and delete envelopes.
func serveRoom(ctx context.Context, words []string, out io.Writer) error {
	c, err := house.ReadConfig("room", words, nil)
	if err != nil {
		return err
	}
	if c.DSN == "" || c.LeadsAddr == "" {
		return errors.New("room: set SUNLOT_DSN to the public database and SUNLOT_LEADS_ADDR; with SQLite " +
			"the room runs inside serve")
	}
	c.Narrow = true
	doors, err := house.OpenDoors(house.Config{LeadsAddr: c.LeadsAddr})
	if err != nil {
		return err
	}
	defer doors.Close()
	box, err := house.OpenBox(ctx, c)
	if err != nil {
		return err
	}
	defer box.Close()
	r, err := house.OpenRoom(ctx, c, mailboxdb.On(identitydb.On(box)), calendar.System{})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "晒标 Sunlot 受理室：%s\n", c.LeadsURL)
	return r.Serve(ctx, doors)
}
