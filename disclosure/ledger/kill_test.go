package ledger_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/ledgerdb"
	"sunlot/internal/store/storetest"
)

// kills on each database: fifty together.
const kills = 25

// A test binary that finds this variable is the process that gets killed.
const childConfig = "SUNLOT_LEDGER_TEST_CHILD"

type child struct {
	DSN, Dir string // of the database
	Data     string // key and guard file
	Stream   event.Stream
}

func TestMain(m *testing.M) {
	if config := os.Getenv(childConfig); config != "" {
		fmt.Fprintln(os.Stderr, work(config))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// work writes events, says so after each COMMIT, and publishes without a pause,
// so that a kill most likely falls into a publication.
func work(config string) error {
	var c child
	if err := json.Unmarshal([]byte(config), &c); err != nil {
		return err
	}
	ctx := context.Background()
	db, err := store.Open(ctx, store.Config{DSN: c.DSN, Dir: c.Dir})
	if err != nil {
		return err
	}
	key, err := ledger.LoadOrCreateKey(c.Data, origin)
	if err != nil {
		return err
	}
	l, err := ledger.Open(ctx, ledger.Config{
		Store: ledgerdb.On(db),
		Key:   key,
		Guard: ledger.Guard{Path: filepath.Join(c.Data, "log.checkpoint")},
	})
	if err != nil {
		return err
	}
	failed := make(chan error)
	go func() {
		for {
			if err := l.Step(ctx); err != nil {
				failed <- err
			}
		}
	}()
	go func() {
		for {
			if err := recordInto(ctx, storetest.On(db), 1, c.Stream); err != nil {
				failed <- err
			}
			fmt.Println("committed")
		}
	}()
	return <-failed
}

// Whenever the process is killed, each acknowledged event has its leaf, and the
// log has no gap.
func TestKilledWhilePublishing(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, config store.Config) {
		t.Parallel()
		db := storetest.Open(t, config)
		if err := db.Close(); err != nil { // the child takes the folder over
			t.Fatal(err)
		}
		data := t.TempDir()
		acknowledged := map[event.Stream]int{}
		for round := range kills {
			c := child{
				DSN:    config.DSN,
				Dir:    config.Dir,
				Data:   data,
				Stream: event.Stream(fmt.Sprint("tender:round", round)),
			}
			acknowledged[c.Stream] = runAndKill(t, c)
		}
		db = storetest.Open(t, config)
		key, err := ledger.LoadOrCreateKey(data, origin)
		if err != nil {
			t.Fatal(err)
		}
		l := openGuarded(t, db, key, filepath.Join(data, "log.checkpoint"))
		step(t, l)
		head, err := db.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		report := whole(t, l, head.Sequenced)
		for stream, n := range acknowledged {
			// One more may be committed whose acknowledgement was cut off.
			if got := len(report.Streams[stream]); got < n || got > n+1 || n == 0 {
				t.Errorf("%s: %d leaves, %d acknowledged", stream, got, n)
			}
		}
	})
}

// runAndKill returns how many events the child had acknowledged.
func runAndKill(t *testing.T, c child) (acknowledged int) {
	t.Helper()
	config, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), childConfig+"="+string(config))
	process.Stderr = os.Stderr
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if acknowledged++; acknowledged == 1 {
			time.AfterFunc(time.Duration(rand.IntN(80))*time.Millisecond, func() { process.Process.Kill() })
		}
	}
	process.Wait()
	return acknowledged
}
