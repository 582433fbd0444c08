package ledger

import (
	"encoding/binary"
	"fmt"

	"sunlot/internal/event"
)

// maxBundle is the size in bytes of the largest bundle of entries.
const maxBundle = tileWidth * (2 + event.MaxLeaf)

// packBundle writes leaves as C2SP's entry bundle: each after its length in two
// bytes, big-endian.
func packBundle(leaves [][]byte) ([]byte, error) {
	var out []byte
	for _, leaf := range leaves {
		if len(leaf) > event.MaxLeaf {
			return nil, fmt.Errorf("%w: leaf of %d bytes", ErrBroken, len(leaf))
		}
		out = binary.BigEndian.AppendUint16(out, uint16(len(leaf)))
		out = append(out, leaf...)
	}
	return out, nil
}

// unpackBundle returns the leaves of a bundle and refuses one that has not
// exactly as many as wanted. The leaves share the bundle's memory.
func unpackBundle(bundle []byte, want int) ([][]byte, error) {
	leaves := make([][]byte, 0, want)
	for len(leaves) < want {
		if len(bundle) < 2 {
			return nil, fmt.Errorf("entry bundle: %d entries of %d", len(leaves), want)
		}
		n := int(binary.BigEndian.Uint16(bundle))
		if len(bundle) < 2+n {
			return nil, fmt.Errorf("entry bundle: ends within entry %d", len(leaves))
		}
		leaves = append(leaves, bundle[2:2+n:2+n])
		bundle = bundle[2+n:]
	}
	if len(bundle) > 0 {
		return nil, fmt.Errorf("entry bundle: %d bytes after the last entry", len(bundle))
	}
	return leaves, nil
}
