package share

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"rsc.io/qr"
)

// The picture's measures: in pixels, the quiet zone in modules as ISO/IEC 18004 asks.
const (
	codeWidth = 750
	codeFrame = 24
	quietZone = 4
)

const (
	paper = iota
	ink
	seal
)

var colours = color.Palette{paper: color.White, ink: color.Black,
	seal: color.RGBA{R: 0xb3, G: 0x36, B: 0x1f, A: 0xff}}

// drawCode draws an address as a QR code in the seal's frame, a PNG. An address
// that no code can hold is refused.
func drawCode(address string) ([]byte, error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return nil, err
	}
	picture := image.NewPaletted(image.Rect(0, 0, codeWidth, codeWidth), colours)
	fill(picture, picture.Rect, seal)
	fill(picture, picture.Rect.Inset(codeFrame), paper)
	module := (codeWidth - 2*codeFrame) / (code.Size + 2*quietZone)
	left := (codeWidth - module*code.Size) / 2
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fill(picture, image.Rect(0, 0, module, module).Add(image.Pt(left+x*module, left+y*module)), ink)
			}
		}
	}
	var out bytes.Buffer
	err = png.Encode(&out, picture)
	return out.Bytes(), err
}

func fill(picture *image.Paletted, area image.Rectangle, colour int) {
	draw.Draw(picture, area, image.NewUniform(colours[colour]), image.Point{}, draw.Src)
}
