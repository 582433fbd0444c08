package housetest

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"sunlot/cmd/sunlot/house"
	"sunlot/internal/calendar"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// Still is the whole house on what the database has, for benchmarks. Its loops stand still;
// what it says, as much as a county's says, is heard by nobody.
func Still(t testing.TB, c store.Config) *house.House {
	t.Helper()
	said := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(io.Discard, nil)))
	t.Cleanup(func() { slog.SetDefault(said) })
	ring, clock := &house.Bell{}, calendar.System{}
	settings := house.Config{
		URL:    "http://127.0.0.1",
		Data:   c.Dir,
		DSN:    c.DSN,
		Origin: "sunlot.test/log",
		Rules:  "shifan",
		Quiet:  "3600",
	}
	db, err := house.OpenDB(t.Context(), settings, clock, ring.Ring)
	storetest.Must(t, err)
	t.Cleanup(func() { db.Close() })
	h, err := house.Build(t.Context(), settings, db, clock, ring, nil)
	storetest.Must(t, err)
	storetest.Must(t, storetest.On(db).Beat(t.Context(), time.Hour)) // as its loops would say
	return h
}
