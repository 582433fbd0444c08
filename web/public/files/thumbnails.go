package files

import (
	"bytes"
	"image"
	"image/jpeg"
	"sync"

	"golang.org/x/image/draw"
)

const (
	thumbnailSide  = 360 // pixels of the longer side: a phone's half width, drawn sharply
	mostThumbnails = 512 // copies, about 10 MB
)

// thumbnails keeps small copies of photos by the photo's hash, so that a list over
// a village's line does not carry what only a screenful shows.
type thumbnails struct {
	mu   sync.Mutex // kept
	kept map[string][]byte
}

// copyOf is the small copy of a photo that the asker may see.
func (t *thumbnails) copyOf(sha string, photo []byte) ([]byte, error) {
	t.mu.Lock()
	small, ok := t.kept[sha]
	t.mu.Unlock()
	if ok {
		return small, nil
	}
	small, err := shrink(photo)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil || len(t.kept) >= mostThumbnails {
		t.kept = map[string][]byte{}
	}
	t.kept[sha] = small
	return small, nil
}

// shrink draws a photo no larger than thumbnailSide.
func shrink(photo []byte) ([]byte, error) {
	from, err := jpeg.Decode(bytes.NewReader(photo))
	if err != nil {
		return nil, err
	}
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	if long := max(w, h); long > thumbnailSide {
		w, h = max(1, w*thumbnailSide/long), max(1, h*thumbnailSide/long)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(to, to.Bounds(), from, from.Bounds(), draw.Src, nil)
	var out bytes.Buffer
	err = jpeg.Encode(&out, to, &jpeg.Options{Quality: 72})
	return out.Bytes(), err
}
