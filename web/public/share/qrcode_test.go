package share

import (
	"bytes"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"rsc.io/qr"
)

// TestTheCodeHoldsTheAddress reads every module back from the picture, with four
// white ones around them and the seal's colour around those.
func TestTheCodeHoldsTheAddress(t *testing.T) {
	for _, address := range []string{"http://h/tenders/a", "https://sunlot.example.cn/tenders/abcdefghij234567",
		"https://" + strings.Repeat("x", 200) + ".cn/tenders/abcdefghij234567"} {
		body, err := drawCode(address)
		if err != nil {
			t.Fatal(err)
		}
		card, err := png.Decode(bytes.NewReader(body))
		if err != nil || card.Bounds().Dx() != 750 {
			t.Fatalf("%v, %v", err, card.Bounds())
		}
		is := func(x, y int, want color.Color) bool {
			r, g, b, _ := card.At(x, y).RGBA()
			r2, g2, b2, _ := want.RGBA()
			return r == r2 && g == g2 && b == b2
		}
		code, err := qr.Encode(address, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		first := 0
		for !is(first, first, color.Black) {
			first++
		}
		module := (750 - 2*first) / code.Size
		for y := -4; y < code.Size+4; y++ {
			for x := -4; x < code.Size+4; x++ {
				want := color.Color(color.White)
				if code.Black(x, y) {
					want = color.Black
				}
				if !is(first+x*module+module/2, first+y*module+module/2, want) {
					t.Fatalf("%s: the module %d, %d is wrong", address, x, y)
				}
			}
		}
		if seal := (color.RGBA{R: 0xb3, G: 0x36, B: 0x1f, A: 0xff}); !is(0, 0, seal) ||
			!is(749, 375, seal) || module < 5 {
			t.Errorf("%s: no frame, or modules of %d pixels", address, module)
		}
	}
	if _, err := drawCode(strings.Repeat("x", 3000)); err == nil {
		t.Error("an address is drawn that no code can hold")
	}
}
