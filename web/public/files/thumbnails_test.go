package files

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// noisy is a photo that packs badly.
func noisy(t *testing.T, w, h int) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		picture.Set(i%w, i/w, color.RGBA{R: uint8(i * 7), G: uint8(i * i), B: uint8(i / w), A: 255})
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestThumbnails(t *testing.T) {
	for _, c := range []struct{ w, h, smallW, smallH int }{
		{1200, 800, 360, 240}, {800, 1200, 240, 360}, {300, 200, 300, 200}, {2000, 3, 360, 1},
	} {
		var kept thumbnails
		photo := noisy(t, c.w, c.h)
		small, err := kept.copyOf("a", photo)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := jpeg.DecodeConfig(bytes.NewReader(small)); err != nil || got.Width != c.smallW ||
			got.Height != c.smallH {
			t.Errorf("%dx%d became %dx%d %v", c.w, c.h, got.Width, got.Height, err)
		}
		if again, err := kept.copyOf("a", nil); err != nil || !bytes.Equal(again, small) {
			t.Errorf("drawn again: %v", err)
		}
	}
}

func TestThumbnailsKeepWithinBounds(t *testing.T) {
	var kept thumbnails
	photo := noisy(t, 8, 8)
	for i := range 3 * mostThumbnails {
		if _, err := kept.copyOf(string(rune('a'+i)), photo); err != nil {
			t.Fatal(err)
		}
	}
	if len(kept.kept) > mostThumbnails {
		t.Errorf("%d copies are kept", len(kept.kept))
	}
	if _, err := kept.copyOf("broken", []byte("no photo")); err == nil {
		t.Error("what is no photo became one")
	}
}
