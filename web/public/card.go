package public

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"rsc.io/qr"
)

// A card's measures: in pixels, the quiet zone in modules as ISO/IEC 18004 asks.
const (
	cardWidth = 750
	cardFrame = 24
	quietZone = 4
)

const (
	cardPaper = iota
	cardInk
	cardSeal
)

var cardColours = color.Palette{cardPaper: color.White, cardInk: color.Black, cardSeal: color.RGBA{R: 0xb3, G: 0x36, B: 0x1f, A: 0xff}}

// drawCard draws an address as a QR code in the seal's frame, a PNG. An address
// that no code can hold is refused.
func drawCard(address string) ([]byte, error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return nil, err
	}
	card := image.NewPaletted(image.Rect(0, 0, cardWidth, cardWidth), cardColours)
	fill(card, card.Rect, cardSeal)
	fill(card, card.Rect.Inset(cardFrame), cardPaper)
	module := (cardWidth - 2*cardFrame) / (code.Size + 2*quietZone)
	left := (cardWidth - module*code.Size) / 2
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fill(card, image.Rect(0, 0, module, module).Add(image.Pt(left+x*module, left+y*module)), cardInk)
			}
		}
	}
	var out bytes.Buffer
	err = png.Encode(&out, card)
	return out.Bytes(), err
}

func fill(card *image.Paletted, area image.Rectangle, colour int) {
	draw.Draw(card, area, image.NewUniform(cardColours[colour]), image.Point{}, draw.Src)
}
