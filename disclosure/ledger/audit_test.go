package ledger

import (
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// rightCopy is a log of n leaves without a fault, and its checkpoint.
func rightCopy(n int) (Checkpoint, *copyOf) {
	got := &copyOf{leaves: make([][]byte, n)}
	for i := range got.leaves {
		got.leaves[i] = fmt.Append(nil, "leaf ", i)
	}
	for level := 0; width(int64(n), level) > 0; level++ {
		got.levels = append(got.levels, make([]tlog.Hash, width(int64(n), level)))
	}
	got.levels = tell(got)
	return Checkpoint{Origin: "o", Size: int64(n), Root: rootOf(got.leaves)}, got
}

// Three levels of tiles: the root follows from the edges, each tile from the one above.
func TestAuditNamesOneChangeInALargeTree(t *testing.T) {
	t.Parallel()
	const n = 65536 + 300
	c, right := rightCopy(n)
	if len(right.levels) != 3 {
		t.Fatalf("%d levels", len(right.levels))
	}
	if found := audit(c, right); len(found) > 0 {
		t.Fatalf("nothing was changed: %v", found)
	}
	for _, i := range []int{0, 255, 256, 40000, 65535, 65536, n - 1} {
		was := right.leaves[i]
		right.leaves[i] = []byte("changed")
		if found := audit(c, right); len(found) != 1 || found[0].Kind != BadLeaf || found[0].Index != int64(i) {
			t.Errorf("leaf %d: %v", i, found)
		}
		right.leaves[i] = was
	}
	for _, x := range []struct {
		level, i int
		path     string
		from, to int64
	}{
		{0, 0, "tile/0/000", 0, 256}, {0, 40000, "tile/0/156", 39936, 40192}, {0, n - 1, "tile/0/257.p/44", 65792, n},
		{1, 3, "tile/1/000", 0, 65536}, {1, 256, "tile/1/001.p/1", 65536, 65792}, {2, 0, "tile/2/000.p/1", 0, 65536},
	} {
		right.levels[x.level][x.i][7] ^= 1
		found := audit(c, right)
		if len(found) != 1 || found[0].Kind != BadTile || found[0].Path != x.path || found[0].From != x.from ||
			found[0].To != x.to {
			t.Errorf("tile %s: %+v", x.path, found)
		}
		right.levels[x.level][x.i][7] ^= 1
	}
}

func TestAuditOfAnEmptyLog(t *testing.T) {
	t.Parallel()
	empty := Checkpoint{Origin: "o", Root: rootOf(nil)}
	if found := audit(empty, &copyOf{}); len(found) > 0 {
		t.Error(found)
	}
	empty.Root[0] ^= 1
	if found := audit(empty, &copyOf{}); len(found) != 1 || found[0].Kind != BadTree {
		t.Error(found)
	}
}

// Whatever is changed, something is said of it: the one leaf, the one tile, or,
// when both are changed, at least that the range cannot be trusted.
func FuzzAudit(f *testing.F) {
	f.Add(uint16(300), uint16(7), uint16(260), uint8(3))
	f.Add(uint16(0), uint16(0), uint16(0), uint8(1))
	f.Add(uint16(512), uint16(511), uint16(2), uint8(2))
	f.Add(uint16(255), uint16(255), uint16(256), uint8(7))
	f.Fuzz(func(t *testing.T, size, leaf, tile uint16, what uint8) {
		n := int(size)%700 + 1
		c, got := rightCopy(n)
		i := int64(int(leaf) % n)
		level := int(what>>2) % len(got.levels)
		j := int64(tile) % int64(len(got.levels[level]))
		if what&1 != 0 {
			got.leaves[i] = []byte("changed")
		}
		if what&2 != 0 {
			got.levels[level][j][3] ^= 1
		}
		found := audit(c, got)
		switch what & 3 {
		case 0:
			if len(found) > 0 {
				t.Errorf("unchanged: %v", found)
			}
		case 1:
			if len(found) != 1 || found[0].Kind != BadLeaf || found[0].Index != i {
				t.Errorf("leaf %d: %v", i, found)
			}
		case 2:
			if len(found) != 1 || found[0].Kind != BadTile || j<<(8*level) < found[0].From ||
				j<<(8*level) >= found[0].To {
				t.Errorf("tile %d/%d: %v", level, j, found)
			}
		case 3:
			if len(found) == 0 {
				t.Errorf("leaf %d and tile %d/%d of %d leaves: nothing found", i, level, j, n)
			}
		}
	})
}
