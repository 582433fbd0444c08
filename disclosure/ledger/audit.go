package ledger

import (
	"bytes"

	"golang.org/x/mod/sumdb/tlog"
)

// auditor finds out which of three witnesses is wrong: the leaves as served,
// the tiles as served, and the signed root. It goes from the root downwards: a
// tile is authentic when it leads to an authentic hash above it, and what an
// authentic tile contradicts has been changed.
type auditor struct {
	size   int64
	served [][]tlog.Hash // the tiles, level by level
	told   [][]tlog.Hash // what the tiles would be, computed from the leaves
	found  []Finding
}

// audit returns what is wrong, nothing when leaves, tiles and root agree.
func audit(c Checkpoint, got *copyOf) []Finding {
	if c.Size == 0 {
		if empty, _ := tlog.TreeHash(0, nil); c.Root != empty {
			return []Finding{treeMismatch(c)}
		}
		return nil
	}
	a := &auditor{size: c.Size, served: got.levels, told: tell(got)}
	edges, ok := a.edges(c.Root)
	if !ok {
		return append([]Finding{treeMismatch(c)}, a.differences()...)
	}
	var sure []*tlog.Hash // authentic hashes of the level above, nil where unknown; the top level is all edge
	for level := len(a.served) - 1; level >= 0; level-- {
		sure = a.level(level, sure, edges[level])
	}
	a.leaves(sure)
	return a.found
}

// tell computes the levels from the leaves. Where a bundle was unreadable (which
// is a finding already) the served hash stands in.
func tell(got *copyOf) [][]tlog.Hash {
	level := make([]tlog.Hash, len(got.leaves))
	for i, leaf := range got.leaves {
		level[i] = got.levels[0][i]
		if leaf != nil {
			level[i] = LeafHash(leaf)
		}
	}
	told := [][]tlog.Hash{level}
	for len(told) < len(got.levels) {
		up := make([]tlog.Hash, len(level)/tileWidth)
		for i := range up {
			up[i] = tileHash(join(level[i*tileWidth : (i+1)*tileWidth]))
		}
		told, level = append(told, up), up
	}
	return told
}

func join(hashes []tlog.Hash) []byte {
	data := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		data = append(data, h[:]...)
	}
	return data
}

// edges chooses for each level the authentic one of the two, served or told:
// the root follows from the last tiles of all levels, so some choice must lead
// to it. A tree that fits into memory has at most three levels.
func (a *auditor) edges(root tlog.Hash) ([][]tlog.Hash, bool) {
	for choice := range 1 << len(a.served) {
		chosen := make([][]tlog.Hash, len(a.served))
		for level := range chosen {
			chosen[level] = a.told[level]
			if choice>>level&1 == 1 {
				chosen[level] = a.served[level]
			}
		}
		h, err := treeHash(a.size, func(level int, n int64) ([]byte, error) {
			last := min(len(chosen[level]), int(n+1)*tileWidth)
			return join(chosen[level][n*tileWidth : last]), nil
		})
		if err == nil && h == root {
			return chosen, true
		}
	}
	return nil, false
}

// level judges the tiles of one level by the authentic hashes above and returns
// the authentic hashes of this level, nil where neither witness is.
func (a *auditor) level(level int, above []*tlog.Hash, edge []tlog.Hash) []*tlog.Hash {
	sure := make([]*tlog.Hash, len(a.served[level]))
	for _, t := range tilesOf(a.size, level) {
		from := t.N << tileHeight
		to := from + int64(t.W)
		served, told := a.served[level][from:to], a.told[level][from:to]
		var right []tlog.Hash
		switch {
		case t.W < tileWidth:
			right = edge[from:to]
		case above[t.N] != nil && tileHash(join(told)) == *above[t.N]:
			right = told
		case above[t.N] != nil && tileHash(join(served)) == *above[t.N]:
			right = served
		}
		differ := !bytes.Equal(join(served), join(told))
		switch {
		case right == nil && differ:
			a.found = append(a.found, badRange(t, a.size))
		case right != nil && !bytes.Equal(join(right), join(served)):
			a.found = append(a.found, badTile(t, a.size, ""))
		}
		for i := range right {
			sure[from+int64(i)] = &right[i]
		}
	}
	return sure
}

// leaves names each leaf that is not the one of the authentic tree.
func (a *auditor) leaves(sure []*tlog.Hash) {
	for i, h := range sure {
		if h != nil && a.told[0][i] != *h {
			a.found = append(a.found, Finding{Kind: BadLeaf, Index: int64(i), From: int64(i), To: int64(i) + 1})
		}
	}
}

// differences lists the tiles that leaves and served tiles disagree on, when
// nothing says which of them is right.
func (a *auditor) differences() []Finding {
	var found []Finding
	for _, t := range tilesOf(a.size, 0) {
		from, to := span(t, a.size)
		if !bytes.Equal(join(a.served[0][from:to]), join(a.told[0][from:to])) {
			found = append(found, badRange(t, a.size))
		}
	}
	return found
}
