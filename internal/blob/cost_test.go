package blob_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"sunlot/internal/blob"
	"sunlot/internal/fault"
)

// progressive is a JPEG of one grey component by hand: the head of a
// progressive frame and so many empty scans.
func progressive(w, h, scans, components int) []byte {
	b := []byte{0xff, 0xd8}
	segment := func(marker byte, body ...byte) {
		b = append(b, 0xff, marker)
		b = binary.BigEndian.AppendUint16(b, uint16(len(body)+2))
		b = append(b, body...)
	}
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...)
	frame := []byte{8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), byte(components)}
	for i := range components {
		frame = append(frame, byte(i+1), 0x11, 0)
	}
	segment(0xc2, frame...)
	segment(0xc4, append([]byte{0, 1}, make([]byte, 16)...)...)
	for range scans {
		segment(0xda, 1, 1, 0, 0, 0, 0)
		b = append(b, 0)
	}
	return append(b, 0xff, 0xd9)
}

func picture(t *testing.T, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// twoFrames is a JPEG whose second frame is small in memory, by its factors.
func twoFrames(w, h int) []byte {
	b := progressive(w, h, 1, 3)
	b = b[:len(b)-2]
	b = append(b, 0xff, 0xc0, 0, 14, 8, byte(h>>8), byte(h), byte(w>>8), byte(w))
	return append(b, 2, 1, 0xf1, 0, 2, 0x1f, 0, 0xff, 0xd9)
}

// seeThrough is a grey PNG one of whose shades is see-through, so that it is opened
// in four bytes a pixel.
func seeThrough(t *testing.T, w, h int) []byte {
	raw := picture(t, image.NewGray(image.Rect(0, 0, w, h)))
	const head = 33 // bytes of the signature and IHDR
	chunk := []byte("tRNS\x00\x07")
	b := append(bytes.Clone(raw[:head]), 0, 0, 0, 2)
	b = append(b, chunk...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(chunk))
	return append(b, raw[head:]...)
}

// plainColours is a JPEG whose components are called R, G and B.
func plainColours(w, h int) []byte {
	b := progressive(w, h, 1, 3)
	frame := bytes.Index(b, []byte{0xff, 0xc2})
	b[frame+1] = 0xc0
	b[frame+10], b[frame+13], b[frame+16] = 'R', 'G', 'B'
	return b
}

// What would take gigabytes or minutes is refused by what it says of itself.
func TestPhotoBombsAreNotOpened(t *testing.T) {
	deep := picture(t, image.NewNRGBA64(image.Rect(0, 0, 4000, 3300)))
	interlaced := picture(t, image.NewNRGBA(image.Rect(0, 0, 4000, 3300)))
	interlaced[28] = 1
	for what, raw := range map[string][]byte{
		"three hundred scans":         progressive(4000, 3000, 300, 3),
		"24 progressive megapixels":   progressive(6000, 4000, 1, 3),
		"13 megapixels of 16 bits":    deep,
		"13 interlaced megapixels":    interlaced,
		"a second frame":              twoFrames(8000, 8000),
		"a shade that is see-through": seeThrough(t, 6000, 6000),
		"27 megapixels of RGB":        plainColours(6000, 4500),
		"a JPEG without a frame":      {0xff, 0xd8, 0xff, 0xda, 0, 2},
		"a JPEG of no components":     progressive(100, 100, 1, 0),
		"a JPEG that ends in a frame": progressive(100, 100, 1, 3)[:100],
	} {
		begun := time.Now()
		_, err := blob.CleanPhoto(t.Context(), "me", raw)
		if fault.CodeOf(err) != fault.Invalid || strings.Contains(err.Error(), "panic") {
			t.Errorf("%s: %v", what, err)
		}
		if took := time.Since(begun); took > 200*time.Millisecond {
			t.Errorf("%s takes %s", what, took)
		}
	}
}

// What phones make is taken: 50 megapixels of a camera, a screen's shot.
func TestPhonesPhotosAreOpened(t *testing.T) {
	camera := image.NewYCbCr(image.Rect(0, 0, 8160, 6120), image.YCbCrSubsampleRatio420)
	var raw bytes.Buffer
	if err := jpeg.Encode(&raw, camera, &jpeg.Options{Quality: 30}); err != nil {
		t.Fatal(err)
	}
	shot := image.NewNRGBA(image.Rect(0, 0, 1440, 3200))
	shot.Set(7, 7, color.White)
	for what, raw := range map[string][]byte{"a camera's": raw.Bytes(), "a screen's": picture(t, shot)} {
		if _, err := blob.CleanPhoto(t.Context(), "me", raw); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}
