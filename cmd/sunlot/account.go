package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"sunlot/cmd/sunlot/house"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/identitydb"
)

// administration is the accounts of a database, by the table of who may do what.
func administration(db *store.DB) *identity.Admin {
	return &identity.Admin{
		Store: identitydb.On(db),
		Clock: calendar.System{},
		Acts:  house.Actions(),
		Log:   slog.Default(),
	}
}

// account is the way out of a county in which no two administrators can act: who
// holds the server resets an account or makes a further administrator, in public
// at once and in force three days later.
func account(ctx context.Context, words []string, out io.Writer) error {
	acts := map[string]identity.AccountAct{"reset": identity.AccountReset, "open": identity.AccountOpened}
	if len(words) < 2 || acts[words[0]] == "" || strings.HasPrefix(words[1], "-") {
		return errors.New("account: say `account reset LOGIN` or `account open LOGIN`, then the flags")
	}
	var ofRoom bool
	c, err := house.ReadConfig("account", words[2:], func(f *flag.FlagSet) {
		f.BoolVar(&ofRoom, "room", false, "an account of the reading room, in its own database")
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
	defer db.Close()
	done, err := administration(db).AtMachine(ctx, acts[words[0]], words[1])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "account %s %s: %s", words[0], words[1], done.Told())
	return err
}
