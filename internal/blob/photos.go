package blob

import (
	"context"
	"path/filepath"
)

// Photos keeps each photo twice: the clean copy that pages show, and the
// original, which no page reaches.
type Photos struct{ clean, originals Store }

// PhotosIn keeps photos below the folder.
func PhotosIn(dir string) Photos {
	return Photos{clean: Store{filepath.Join(dir, "photos")}, originals: Store{filepath.Join(dir, "originals")}}
}

// Kept is a photo that was taken in.
type Kept struct {
	SHA256, Original     string // of the clean copy and of the original
	Width, Height, Bytes int    // of the clean copy
}

// Add draws the photo anew and keeps both, or says why it cannot be taken; then
// nothing is kept. who brings it takes turns with others.
func (p Photos) Add(ctx context.Context, who string, raw []byte) (Kept, error) {
	c, err := CleanPhoto(ctx, who, raw)
	if err != nil {
		return Kept{}, err
	}
	k := Kept{Width: c.Width, Height: c.Height, Bytes: len(c.JPEG)}
	k.Original, err = p.originals.Put(raw)
	if err != nil {
		return Kept{}, err
	}
	k.SHA256, err = p.clean.Put(c.JPEG)
	return k, err
}

// Open returns the clean copy, a JPEG.
func (p Photos) Open(sha256 string) ([]byte, error) { return p.clean.Open(sha256) }
