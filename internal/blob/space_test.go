package blob_test

import (
	"testing"

	"sunlot/internal/blob"
)

func TestSpace(t *testing.T) {
	for _, c := range []struct {
		dir  string
		keep int64
		want bool
	}{{t.TempDir(), 1, true}, {t.TempDir(), 1 << 62, false}, {"/nowhere at all", 1 << 62, true}} {
		s := &blob.Space{Dir: c.dir, Keep: c.keep}
		if first, again := s.Roomy(), s.Roomy(); first != c.want || again != c.want {
			t.Errorf("%+v: %v, then %v", c, first, again)
		}
	}
}
