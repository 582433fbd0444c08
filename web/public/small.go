package public

import (
	"bytes"
	"image"
	"image/jpeg"
	"sync"

	"golang.org/x/image/draw"
)

const (
	smallSide = 360 // pixels of the longer side: a phone's half width, drawn sharply
	smallKept = 512 // copies, about 10 MB
)

// smalls keeps small copies of photos by the photo's hash, so that a list over
// a village's line does not carry what only a screenful shows.
type smalls struct {
	mu   sync.Mutex // kept
	kept map[string][]byte
}

// of is the small copy of a photo that the asker may see.
func (s *smalls) of(sha string, photo []byte) ([]byte, error) {
	s.mu.Lock()
	small, ok := s.kept[sha]
	s.mu.Unlock()
	if ok {
		return small, nil
	}
	small, err := shrink(photo)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= smallKept {
		s.kept = map[string][]byte{}
	}
	s.kept[sha] = small
	return small, nil
}

// shrink draws a photo no larger than smallSide.
func shrink(photo []byte) ([]byte, error) {
	from, err := jpeg.Decode(bytes.NewReader(photo))
	if err != nil {
		return nil, err
	}
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	if long := max(w, h); long > smallSide {
		w, h = max(1, w*smallSide/long), max(1, h*smallSide/long)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(to, to.Bounds(), from, from.Bounds(), draw.Src, nil)
	var out bytes.Buffer
	err = jpeg.Encode(&out, to, &jpeg.Options{Quality: 72})
	return out.Bytes(), err
}
