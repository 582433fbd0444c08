package demo

import (
	"image"
	"image/color"
	"math"

	"sunlot/trading"
)

// Scene draws a picture of what is let, as each kind looks from afar: hills with rows,
// a pond before them, a house, a yard. No real place; another n is another picture.
func Scene(kind trading.AssetKind, n int) image.Image {
	const w, h = 960, 640
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	turn := float64(n * 3)
	for x := range w {
		across := float64(x)
		var ridges [3]float64 // their height here, the farthest first
		for ridge := range ridges {
			ridges[ridge] = float64(180+ridge*70) + 38*math.Sin(across/float64(90+25*ridge)+turn+float64(ridge))
		}
		ground := 360 + 12*math.Sin(across/140+turn)
		for y := range h {
			at := point{across, float64(y)}
			c := color.RGBA{R: uint8(200 - y/8), G: uint8(222 - y/10), B: 235, A: 255}
			for ridge, top := range ridges {
				if at.y > top {
					c = green(ridge, n)
				}
			}
			if at.y > ground {
				c = before(kind, at, n, c)
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

type point struct{ x, y float64 }

// green is a ridge's, the nearer the darker.
func green(ridge, n int) color.RGBA {
	return color.RGBA{R: uint8(80 - ridge*8 + n%5*9), G: uint8(130 - ridge*14), B: uint8(85 - ridge*12), A: 255}
}

// before is what lies before the hills.
func before(kind trading.AssetKind, at point, n int, hill color.RGBA) color.RGBA {
	depth := (at.y - 360) / 280
	switch kind {
	case trading.WaterLand:
		ripple := 12 * math.Sin(at.y*0.35+3*math.Sin(at.x/70+float64(n)))
		return color.RGBA{
			R: uint8(90 + 40*depth + ripple),
			G: uint8(140 + 25*depth + ripple),
			B: uint8(165 + ripple),
			A: 255,
		}
	case trading.FarmLand:
		row := math.Sin((at.x-480)/(18+60*depth) + float64(n))
		if row > 0.1 {
			return color.RGBA{R: uint8(62 + n%7*4), G: uint8(112 + 20*depth), B: 56, A: 255}
		}
		return color.RGBA{R: 146, G: 118, B: 82, A: 255}
	case trading.Building:
		left := 220 + float64(n%5)*60
		if at.x > left && at.x < left+420 && at.y > 400 && at.y < 590 {
			door := at.x > left+60 && math.Mod(at.x-left, 130) < 60 && at.y > 430
			if door {
				return color.RGBA{R: 96, G: 78, B: 66, A: 255}
			}
			return color.RGBA{R: 226, G: 220, B: 208, A: 255}
		}
	}
	if at.y > 560+14*math.Sin(at.x/90+float64(n)) {
		return color.RGBA{R: 170, G: 164, B: 152, A: 255}
	}
	return hill
}
