package blob

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // read PNG
	"net/http"
	"time"

	"github.com/bep/imagemeta"
	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // read WebP

	"sunlot/internal/fault"
	"sunlot/internal/gate"
)

// The limits of a photo.
const (
	MaxPhotoBytes = 10 << 20
	cleanSide     = 2000 // pixels of the clean copy's longer side
)

// Clean is a photo drawn anew: a JPEG without the camera's data, the right way up.
type Clean struct {
	JPEG          []byte
	Width, Height int
}

var formats = map[string]imagemeta.ImageFormat{
	"image/jpeg": imagemeta.JPEG,
	"image/png":  imagemeta.PNG,
	"image/webp": imagemeta.WebP,
}

// decoding lets one photo be opened at a time.
var decoding = gate.Gate{Slots: 1, Most: 64, Share: 12, Patience: 20 * time.Second}

var errBroken = fault.New(fault.Invalid, "照片已损坏，请重新拍摄或选择")

// wayOut is what somebody can do whose photo is whole and can't be read here.
const wayOut = "请在手机上打开后截屏，再传截屏的图片"

// CleanPhoto draws a JPEG, PNG or WebP anew. What it says of itself by name or
// header counts for nothing: it must decode. Sizes, and what opening it costs,
// are checked before the pixels are read. Photos are opened one after another,
// in turns between those who bring them; who is one of them.
func CleanPhoto(ctx context.Context, who string, raw []byte) (Clean, error) {
	if len(raw) == 0 {
		return Clean{}, fault.New(fault.Invalid, "照片是空的，请重新选择")
	}
	if len(raw) > MaxPhotoBytes {
		return Clean{}, fault.New(fault.Invalid, "照片不能超过 10 兆字节，请在手机上压缩或截屏后再传")
	}
	kind := http.DetectContentType(raw)
	format, ok := formats[kind]
	switch {
	case isHEIC(raw):
		return Clean{}, fault.New(fault.Invalid, "本站读不了 HEIC 格式的照片，"+wayOut+
			"；也可以在手机的相机设置里改为“兼容性最佳”（JPEG）后重拍")
	case !ok:
		return Clean{}, fault.New(fault.Invalid, "只能上传照片（JPEG、PNG 或 WebP）")
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return Clean{}, unread(err)
	}
	takes, err := decodedBytes(raw, kind, size)
	if err != nil {
		return Clean{}, err
	}
	leave, err := decoding.Enter(ctx, 0, who)
	if err != nil {
		return Clean{}, err
	}
	defer leave()
	giveBack, err := gate.Borrow(ctx, takes+drawing)
	if err != nil {
		return Clean{}, err
	}
	defer giveBack()
	return redrawn(raw, format)
}

// isHEIC reports whether raw is what an iPhone keeps its photos in: a box "ftyp"
// of one of the brands of ISO/IEC 23008-12, annex B.
func isHEIC(raw []byte) bool {
	if len(raw) < 12 || string(raw[4:8]) != "ftyp" {
		return false
	}
	switch string(raw[8:12]) {
	case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif":
		return true
	}
	return false
}

// unread tells a photo that is broken from a whole one in a form that can't be
// read here.
func unread(err error) error {
	var unsupported jpeg.UnsupportedError
	if errors.As(err, &unsupported) {
		return fault.New(fault.Invalid, "本站读不了这张照片的编码方式，"+wayOut)
	}
	return errBroken
}

// redrawn is the photo drawn anew, the right way up.
func redrawn(raw []byte, format imagemeta.ImageFormat) (Clean, error) {
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return Clean{}, unread(err)
	}
	upright := turn(shrink(picture), orientation(raw, format))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright, &jpeg.Options{Quality: 82}); err != nil {
		return Clean{}, err
	}
	return Clean{JPEG: out.Bytes(), Width: upright.Bounds().Dx(), Height: upright.Bounds().Dy()}, nil
}

// shrink draws the picture on white, no larger than the clean copy's side.
func shrink(from image.Image) *image.RGBA {
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	if long := max(w, h); long > cleanSide {
		w, h = max(1, w*cleanSide/long), max(1, h*cleanSide/long)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(to, to.Bounds(), from, from.Bounds(), draw.Over, nil)
	return to
}

// orientation reads how the camera was held (EXIF tag 0x0112), 1 to 8.
func orientation(raw []byte, format imagemeta.ImageFormat) int {
	held := 1
	// A photo whose metadata cannot be read is taken as it lies.
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(raw), ImageFormat: format, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool { return t.Tag == "Orientation" },
		HandleTag: func(t imagemeta.TagInfo) error {
			if v := whole(t.Value); v >= 1 && v <= 8 {
				held = v
			}
			return nil
		},
	})
	return held
}

// whole is a number of whichever type a camera wrote it in: some write the
// orientation, a SHORT by EXIF, as a LONG or a BYTE.
func whole(v any) int {
	switch v := v.(type) {
	case uint16:
		return int(v)
	case uint32:
		return int(v)
	case uint8:
		return int(v)
	}
	return 0
}

// turn puts the picture upright.
func turn(from *image.RGBA, held int) *image.RGBA {
	if held == 1 {
		return from
	}
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if held >= 5 {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := placed(held, x, y, w, h)
			to.SetRGBA(tx, ty, from.RGBAAt(x, y))
		}
	}
	return to
}

// placed is where a pixel goes, by the table of EXIF 2.3, 4.6.4 (Orientation).
func placed(held, x, y, w, h int) (int, int) {
	switch held {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
