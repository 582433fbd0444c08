package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"sunlot/disclosure/ledger/fscktest"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// A verifier that nobody here wrote finds the log whole, at the sizes where
// tiles begin and end.
func TestFsckFindsTheLogWhole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		l := openLog(t, db, newKey(t))
		step(t, l)
		size := 0
		for _, upTo := range []int{0, 1, 255, 256, 257, 600} {
			if upTo > size {
				record(t, db, upTo-size)
				step(t, l)
				size = upTo
			}
			said, ok := fscktest.Run(t, serve(t, l, nil)+"/log", l.KeyText())
			if want := fmt.Sprintf("Successfully fsck'd log with size %d and root", size); !ok ||
				!strings.Contains(said, want) {
				t.Errorf("%d leaves:\n%s", size, said)
			}
		}
		whole(t, l, 600)
	})
}

// The same verifier does notice: what passes above is not waved through.
func TestFsckFindsAFlippedByte(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{Dir: t.TempDir()})
	l, _ := log300(t, db)
	for _, path := range []string{"checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1",
		"tile/entries/000", "tile/entries/001.p/44"} {
		if said, ok := fscktest.Run(t, serve(t, l, flip(path, 30))+"/log", l.KeyText()); ok {
			t.Errorf("%s:\n%s", path, said)
		}
	}
}
