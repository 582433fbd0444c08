// Command sunlot is the one program: it serves, sets up and verifies.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// command is one word after the program's name.
type command struct {
	name, says string
	run        func(ctx context.Context, args []string, out io.Writer) error
}

func commands() []command {
	return []command{
		{"serve", "run the platform on a county's own database", serve},
		{"room", "run the reading room for sealed reports on a machine of its own", serveRoom},
		{"demo", "run a demonstration county with its own clock", demonstrate},
		{"init", "make the county and its first two administrators on an empty database", initialise},
		{"account", "reset or open an account at the server, in public and three days later", account},
		{"migrate", "bring the database's tables up to date", migrate},
		{"verify", "check another instance's public log from outside", verify},
		{"version", "print the version", version},
	}
}

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := Run(ctx, os.Args[1:], os.Stdout)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sunlot:", err)
		os.Exit(1)
	}
}

// Run carries out the command that the words name.
func Run(ctx context.Context, words []string, out io.Writer) error {
	if len(words) > 0 {
		for _, c := range commands() {
			if c.name == words[0] {
				return c.run(ctx, words[1:], out)
			}
		}
	}
	fmt.Fprintln(out, "晒标 Sunlot\n\nusage: sunlot COMMAND [flags]")
	for _, c := range commands() {
		fmt.Fprintf(out, "  %-8s %s\n", c.name, c.says)
	}
	if len(words) == 0 {
		return nil
	}
	return fmt.Errorf("there is no command %q", words[0])
}

func version(_ context.Context, _ []string, out io.Writer) error {
	info, _ := debug.ReadBuildInfo()
	revision := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = s.Value
		}
	}
	_, err := fmt.Fprintln(out, "sunlot", revision, info.GoVersion)
	return err
}
