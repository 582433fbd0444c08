package blob

import (
	"bytes"
	"context"
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
	MaxPhotoBytes  = 10 << 20
	maxPhotoPixels = 24_000_000
	cleanSide      = 2000 // pixels of the clean copy's longer side
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

// decoding lets one photo be opened at a time: each may take a hundred megabytes.
var decoding = gate.Gate{Slots: 1, Most: 64, Share: 12, Patience: 20 * time.Second}

var errBroken = fault.New(fault.Invalid, "照片已损坏，请重新拍摄或选择")

// CleanPhoto draws a JPEG, PNG or WebP anew. What it says of itself by name or
// header counts for nothing: it must decode. Sizes, and what opening it costs,
// are checked before the pixels are read. Photos are opened one after another,
// in turns between those who bring them; who is one of them.
func CleanPhoto(ctx context.Context, who string, raw []byte) (Clean, error) {
	if len(raw) == 0 {
		return Clean{}, fault.New(fault.Invalid, "照片是空的,请重新选择")
	}
	if len(raw) > MaxPhotoBytes {
		return Clean{}, fault.New(fault.Invalid, "照片不能超过10兆字节")
	}
	kind := http.DetectContentType(raw)
	format, ok := formats[kind]
	if !ok {
		return Clean{}, fault.New(fault.Invalid, "只能上传照片(JPEG、PNG或WebP)")
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return Clean{}, errBroken
	}
	if size.Width*size.Height > maxPhotoPixels {
		return Clean{}, fault.New(fault.Invalid, "照片太大(%d×%d),请选择不超过2400万像素的照片", size.Width, size.Height)
	}
	if err := checkCost(raw, kind, size); err != nil {
		return Clean{}, err
	}
	leave, err := decoding.Enter(ctx, 0, who)
	if err != nil {
		return Clean{}, err
	}
	defer leave()
	return redrawn(raw, format)
}

// redrawn is the photo drawn anew, the right way up.
func redrawn(raw []byte, format imagemeta.ImageFormat) (Clean, error) {
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return Clean{}, errBroken
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
			if v, ok := t.Value.(uint16); ok && v >= 1 && v <= 8 {
				held = int(v)
			}
			return nil
		},
	})
	return held
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
