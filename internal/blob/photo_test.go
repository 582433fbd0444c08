package blob_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"

	"sunlot/internal/blob"
	"sunlot/internal/fault"
)

// snap is a JPEG of w by h, red in its top left quarter, with a camera's EXIF
// block that says how it was held and where.
func snap(t *testing.T, w, h, held int) []byte { return snapAs(t, w, h, held, short) }

// The types of a number in EXIF (TIFF 6.0, section 2).
const (
	oneByte = 1
	short   = 3
	long    = 4
)

// snapAs writes how the camera was held as a number of a type.
func snapAs(t *testing.T, w, h, held, kind int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{R: 0, G: 0, B: 200, A: 255})
			if x < w/2 && y < h/2 {
				img.Set(x, y, color.RGBA{R: 200, G: 0, B: 0, A: 255})
			}
		}
	}
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, img, nil); err != nil {
		t.Fatal(err)
	}
	var tiff bytes.Buffer
	le := binary.LittleEndian
	tiff.WriteString("II*\x00")
	tiff.Write(le.AppendUint32(nil, 8))
	tiff.Write(le.AppendUint16(nil, 2))
	for _, field := range [][4]uint32{{0x0112, uint32(kind), 1, uint32(held)}, {0x010f, 2, 12, 38}} {
		tiff.Write(le.AppendUint16(nil, uint16(field[0])))
		tiff.Write(le.AppendUint16(nil, uint16(field[1])))
		tiff.Write(le.AppendUint32(nil, field[2]))
		tiff.Write(le.AppendUint32(nil, field[3]))
	}
	tiff.Write(le.AppendUint32(nil, 0))
	tiff.WriteString("GPS-25.0310\x00")
	exif := append([]byte("Exif\x00\x00"), tiff.Bytes()...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, byte((len(exif)+2)>>8), byte(len(exif)+2))
	return append(append(out, exif...), plain.Bytes()[2:]...)
}

func TestCleanPhotoLosesTheCameraAndStandsUpright(t *testing.T) {
	raw := snap(t, 80, 40, 6)
	if !bytes.Contains(raw, []byte("GPS-25")) {
		t.Fatal("the test photo has no place in it")
	}
	c, err := blob.CleanPhoto(t.Context(), "me", raw)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(c.JPEG, []byte("Exif")) || bytes.Contains(c.JPEG, []byte("GPS-25")) {
		t.Error("the clean copy still has the camera's data")
	}
	if c.Width != 40 || c.Height != 80 {
		t.Fatalf("held sideways it is 40 by 80, got %d by %d", c.Width, c.Height)
	}
	img, err := jpeg.Decode(bytes.NewReader(c.JPEG))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, b, _ := img.At(35, 5).RGBA(); r < b {
		t.Error("the red quarter belongs at the top right")
	}
}

func TestEveryOrientation(t *testing.T) {
	corner := map[int][2]int{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}}
	for held, at := range corner {
		c, err := blob.CleanPhoto(t.Context(), "me", snap(t, 80, 40, held))
		if err != nil {
			t.Fatal(err)
		}
		img, _ := jpeg.Decode(bytes.NewReader(c.JPEG))
		x, y := 4+at[0]*(c.Width-8), 4+at[1]*(c.Height-8)
		if r, _, b, _ := img.At(x, y).RGBA(); r < b {
			t.Errorf("held %d: the red quarter is not at %v", held, at)
		}
	}
}

func TestTheOrientationMayBeOfAnotherType(t *testing.T) {
	for _, kind := range []int{oneByte, short, long} {
		c, err := blob.CleanPhoto(t.Context(), "me", snapAs(t, 80, 40, 6, kind))
		if err != nil {
			t.Fatal(err)
		}
		if c.Width != 40 || c.Height != 80 {
			t.Errorf("type %d: held sideways it is 40 by 80, got %d by %d", kind, c.Width, c.Height)
		}
	}
}

// Whoever brings a whole photo that can't be read here is not told that it is
// broken, but what he can do.
func TestAWholePhotoOfAnUnreadFormHasAWayOut(t *testing.T) {
	uneven := snap(t, 80, 40, 1)
	frame := bytes.Index(uneven, []byte{0xff, 0xc0})
	uneven[frame+14] = 0x21 // the blue differences are finer across than the red ones
	for what, raw := range map[string][]byte{
		"uneven chroma": uneven,
		"HEIC":          []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
	} {
		_, err := blob.CleanPhoto(t.Context(), "me", raw)
		if err == nil || strings.Contains(err.Error(), "损坏") || !strings.Contains(err.Error(), "截屏") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestRefusedPhotosLeaveNothing(t *testing.T) {
	var bomb bytes.Buffer
	if err := png.Encode(&bomb, image.NewGray(image.Rect(0, 0, 9000, 8000))); err != nil {
		t.Fatal(err)
	}
	whole := snap(t, 80, 40, 1)
	dir := t.TempDir()
	photos := blob.PhotosIn(dir)
	for name, raw := range map[string][]byte{
		"empty": nil, "text": []byte("hello"), "svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`),
		"gif": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), "html": []byte("<html><script>alert(1)</script>"),
		"cut short": whole[:len(whole)/2], "only a header": whole[:20], "pixels": bomb.Bytes(),
		"too large": append(bytes.Clone(whole), make([]byte, blob.MaxPhotoBytes)...),
	} {
		if _, err := photos.Add(t.Context(), "me", raw); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPhotosKeepBoth(t *testing.T) {
	dir := t.TempDir()
	photos := blob.PhotosIn(dir)
	k, err := photos.Add(t.Context(), "me", snap(t, 3000, 1000, 1))
	if err != nil {
		t.Fatal(err)
	}
	if k.Width != 2000 || k.Height != 666 {
		t.Errorf("the clean copy is 2000 wide, got %d by %d", k.Width, k.Height)
	}
	if got, err := photos.Open(k.SHA256); err != nil || len(got) != k.Bytes {
		t.Errorf("clean copy: %d bytes, %v", len(got), err)
	}
	if _, err := photos.Open(k.Original); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the original must not be reachable: %v", err)
	}
	for _, name := range []string{"", "../../etc/passwd", strings.Repeat("g", 64), strings.Repeat("0", 64)} {
		if _, err := photos.Open(name); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%q: got %v", name, err)
		}
	}
}
