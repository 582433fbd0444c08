package blob

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"

	"sunlot/internal/fault"
)

// What opening a photo may cost. A photo of some kilobytes can ask for gigabytes
// of memory or minutes of time, so both are reckoned before its pixels are read.
// The limits are bytes of what is decoded, since pixels differ sixfold.
const (
	maxBaseline    = 80 << 20  // 50 megapixels of a telephone's camera, whose colours are halved both ways
	maxProgressive = 120 << 20 // 16 megapixels of them, coefficients included
	maxOther       = 64 << 20  // PNG and WebP: 16 megapixels of 4 bytes
	maxScans       = 24        // of a progressive JPEG; encoders make about ten
	drawing        = 32 << 20  // the clean copy, and once more when it is turned
)

// decodedBytes is the memory that opening takes; it refuses what would take too much.
func decodedBytes(raw []byte, kind string, size image.Config) (int, error) {
	pixels := size.Width * size.Height
	bytes, limit := 8*pixels, maxOther // a lossless WebP, with the decoder's own copy
	switch kind {
	case "image/png":
		bytes = pngBytes(raw, size)
	case "image/jpeg":
		j, ok := readJPEG(raw)
		if !ok {
			return 0, errBroken
		}
		if j.scans > maxScans {
			return 0, fault.New(fault.Invalid, "这张照片的格式太复杂，"+wayOut)
		}
		bytes, limit = pixels*j.samples/j.blocks, maxBaseline
		if j.redrawn {
			bytes += 4 * pixels // in another space of colours, drawn beside
		}
		if j.progressive {
			bytes *= 5 // each sample is kept as a coefficient of 4 bytes besides
			limit = maxProgressive
		}
	}
	if bytes > limit {
		return 0, fault.New(fault.Invalid, "照片打开要占的内存太大（%d×%d），请在手机上压缩或截屏后再传", size.Width, size.Height)
	}
	return bytes, nil
}

func pngBytes(raw []byte, size image.Config) int {
	each := 4
	switch size.ColorModel {
	case color.GrayModel:
		each = 1
	case color.Gray16Model:
		each = 2
	case color.RGBA64Model, color.NRGBA64Model:
		each = 8
	}
	if _, paletted := size.ColorModel.(color.Palette); paletted {
		each = 1
	} else if each < 4 && bytes.Contains(raw, []byte("tRNS")) {
		each *= 4 // grey with a see-through shade is opened in four bytes, or eight
	}
	const interlace = 28 // ISO/IEC 15948, 11.2.2: the last byte of IHDR's content
	if len(raw) > interlace && raw[interlace] != 0 {
		each *= 2 // its passes are drawn beside
	}
	return each * size.Width * size.Height
}

// jpegHead is what a JPEG's markers say (ITU-T T.81, annex B).
type jpegHead struct {
	progressive     bool
	scans           int
	redrawn         bool // its colours are not those of the common kind
	samples, blocks int  // of a unit, all components against the one of full size
}

// readJPEG walks over the markers. It is false when they make no sense.
func readJPEG(raw []byte) (head jpegHead, ok bool) {
	const soi, eoi, sos, app14, sof0, sof1, sof2 = 0xd8, 0xd9, 0xda, 0xee, 0xc0, 0xc1, 0xc2
	for at := 2; at+1 < len(raw); {
		next := bytes.IndexByte(raw[at:], 0xff)
		if next < 0 || at+next+1 >= len(raw) {
			break
		}
		at += next + 1
		marker := raw[at]
		if marker == 0xff {
			continue // fill
		}
		at++
		if marker == 0 || marker >= 0xd0 && marker <= soi { // data, or a marker without a segment
			continue
		}
		if marker == eoi {
			break
		}
		if at+2 > len(raw) {
			return head, false
		}
		length := int(binary.BigEndian.Uint16(raw[at:]))
		if length < 2 || at+length > len(raw) {
			break // cut off: the decoder says so
		}
		switch marker {
		case sof0, sof1, sof2:
			if head.blocks > 0 { // the decoder opens the first one before it refuses a second
				return head, false
			}
			head.progressive = marker == sof2
			if !head.frame(raw[at : at+length]) {
				return head, false
			}
		case app14: // of Adobe, whose last byte is 0 where the colours are red, green and blue
			adobe := raw[at : at+length]
			if len(adobe) >= 14 && string(adobe[2:7]) == "Adobe" && adobe[13] == 0 {
				head.redrawn = true
			}
		case sos:
			head.scans++
		}
		at += length
	}
	return head, head.blocks > 0
}

// frame reads how many samples the components have.
func (h *jpegHead) frame(segment []byte) bool {
	if len(segment) < 8 || len(segment) < 8+3*int(segment[7]) {
		return false
	}
	if n := int(segment[7]); n == 4 || n == 3 && segment[8] == 'R' && segment[11] == 'G' && segment[14] == 'B' {
		h.redrawn = true
	}
	widest, tallest := 0, 0
	for i := range int(segment[7]) {
		factors := segment[8+3*i+1]
		across, down := int(factors>>4), int(factors&15)
		if across == 0 || down == 0 {
			return false
		}
		h.samples += across * down
		widest, tallest = max(widest, across), max(tallest, down)
	}
	h.blocks = widest * tallest
	return h.blocks > 0
}
