package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"strings"

	"sunlot/cmd/sunlot/house"
	"sunlot/disclosure/ledger"
)

// verify checks another instance from outside: its log, the facts that it
// publishes, and tells each tender's story from the log alone.
func verify(ctx context.Context, words []string, out io.Writer) error {
	var target ledger.Target
	f := flag.NewFlagSet("sunlot verify URL", flag.ContinueOnError)
	f.StringVar(&target.Key, "key", "", "verifier key to insist on, as printed on the village board")
	f.StringVar(&target.StateFile, "state", "", "file that keeps the checkpoint from one verification to the next")
	// The address may stand before or after the flags.
	if len(words) > 0 && !strings.HasPrefix(words[0], "-") {
		target.URL, words = words[0], words[1:]
	}
	if err := f.Parse(words); err != nil {
		return err
	}
	if target.URL == "" {
		target.URL = f.Arg(0)
	}
	if target.URL == "" {
		return errors.New("verify: give the address of the instance, such as http://127.0.0.1:8080")
	}
	return house.Verify(ctx, target, out)
}
