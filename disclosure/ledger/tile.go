package ledger

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// A tile holds up to 256 hashes: height 8 in the words of tlog.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	entries    = -1 // the level of bundles of entries, as in tlog.Tile
)

// parseTile reads the part of an address after "tile/": <L>/<N>[.p/<W>] or
// entries/<N>[.p/<W>], N in path elements of three digits. Each tile has one
// spelling only.
func parseTile(path string) (tlog.Tile, bool) {
	level, rest, _ := strings.Cut(path, "/")
	t := tlog.Tile{H: tileHeight, L: entries}
	if level != "entries" {
		var err error
		t.L, err = strconv.Atoi(level)
		if err != nil || t.L < 0 || t.L > 63 {
			return t, false
		}
	}
	number, width, partial := strings.Cut(rest, ".p/")
	t.W = tileWidth
	if partial {
		var err error
		t.W, err = strconv.Atoi(width)
		if err != nil || t.W < 1 || t.W >= tileWidth {
			return t, false
		}
	}
	elements := strings.Split(number, "/")
	if len(elements) > 5 { // 15 digits: no log grows so far
		return t, false
	}
	for _, e := range elements {
		n, err := strconv.Atoi(strings.TrimPrefix(e, "x"))
		if err != nil || n < 0 || n > 999 {
			return t, false
		}
		t.N = t.N*1000 + int64(n)
	}
	return t, tilePath(t) == "tile/"+path
}

// tilePath writes a tile's address the way C2SP wants it; tlog's own has the
// height in it and calls the entries "data".
func tilePath(t tlog.Tile) string {
	number := fmt.Sprintf("%03d", t.N%1000)
	for n := t.N / 1000; n > 0; n /= 1000 {
		number = fmt.Sprintf("x%03d/%s", n%1000, number)
	}
	level := "entries"
	if t.L != entries {
		level = strconv.Itoa(t.L)
	}
	if t.W == tileWidth {
		return "tile/" + level + "/" + number
	}
	return fmt.Sprintf("tile/%s/%s.p/%d", level, number, t.W)
}

// span is the range [from, to) of leaves under a tile of a tree of that size.
func span(t tlog.Tile, size int64) (from, to int64) {
	shift := uint(tileHeight * max(t.L, 0))
	from = t.N << tileHeight << shift
	return from, min((t.N<<tileHeight+int64(t.W))<<shift, size)
}

// width is how many hashes of level L a tree of that size has.
func width(size int64, level int) int64 {
	shift := uint(tileHeight * max(level, 0))
	if shift >= 63 {
		return 0
	}
	return size >> shift
}

// covers reports whether the tree of that size has all of the tile.
func covers(size int64, t tlog.Tile) bool {
	return t.N<<tileHeight+int64(t.W) <= width(size, t.L)
}

// tilesOf lists all tiles of a level in a tree of that size; the last may be partial.
func tilesOf(size int64, level int) []tlog.Tile {
	var tiles []tlog.Tile
	all := width(size, level)
	for n := int64(0); n<<tileHeight < all; n++ {
		tiles = append(tiles, tlog.Tile{H: tileHeight, L: level, N: n, W: int(min(tileWidth, all-n<<tileHeight))})
	}
	return tiles
}

// treeHash computes the root of the tree of that size from its tiles.
func treeHash(size int64, tile func(level int, n int64) ([]byte, error)) (tlog.Hash, error) {
	return tlog.TreeHash(size, hashReader(tile))
}

// hashReader reads single hashes of the tree out of tiles, each tile once.
func hashReader(tile func(level int, n int64) ([]byte, error)) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes, have := make([]tlog.Hash, len(indexes)), map[place][]byte{}
		for i, index := range indexes {
			t := tlog.TileForIndex(tileHeight, index)
			data, ok := have[place{t.L, t.N}]
			if !ok {
				var err error
				data, err = tile(t.L, t.N)
				if err != nil {
					return nil, err
				}
				have[place{t.L, t.N}] = data
			}
			var err error
			hashes[i], err = tlog.HashFromTile(t, data, index)
			if err != nil {
				return nil, err
			}
		}
		return hashes, nil
	})
}

// tileHash is the root of a full tile, which is one hash of the level above.
func tileHash(data []byte) tlog.Hash {
	if len(data) == tlog.HashSize {
		return tlog.Hash(data)
	}
	half := len(data) / 2
	return tlog.NodeHash(tileHash(data[:half]), tileHash(data[half:]))
}
