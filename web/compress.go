package web

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// What is shorter gains nothing: it fits into one packet anyway.
const leastPacked = 1000

// packed is one content in the encodings that browsers ask for.
type packed struct{ br, gzip []byte }

// pack takes its time: it is done once for a file that never changes.
func pack(data []byte) packed {
	return packed{
		br:   fasthttp.AppendBrotliBytesLevel(nil, data, fasthttp.CompressBrotliBestCompression),
		gzip: fasthttp.AppendGzipBytesLevel(nil, data, fasthttp.CompressBestCompression),
	}
}

// compressed packs what is read, for a village's slow lines. What a program is
// given for its password is never packed, and a form's token comes masked anew
// each time (BREACH): a page's length tells nothing of either.
func (k *Kit) compressed(c *fiber.Ctx) error {
	if err := c.Next(); err != nil {
		return err
	}
	answer := c.Response()
	private := isReport(c.Path()) && !reads(c) // packing would leave copies that nobody wipes
	if private || isAPI(c) && !reads(c) || answer.IsBodyStream() || !wordy(answer.Header.ContentType()) ||
		len(answer.Header.ContentEncoding()) > 0 {
		return nil
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	body := answer.Body()
	if len(body) < leastPacked {
		return nil
	}
	switch accepted := c.Get(fiber.HeaderAcceptEncoding); {
	case accepts(accepted, "br"):
		answer.SetBodyRaw(fasthttp.AppendBrotliBytesLevel(nil, body, fasthttp.CompressBrotliDefaultCompression))
		c.Set(fiber.HeaderContentEncoding, "br")
	case accepts(accepted, "gzip"):
		answer.SetBodyRaw(fasthttp.AppendGzipBytesLevel(nil, body, fasthttp.CompressDefaultCompression))
		c.Set(fiber.HeaderContentEncoding, "gzip")
	}
	return nil
}

// wordy says whether a content is text, and so can be packed.
func wordy(kind []byte) bool {
	k := string(kind)
	return strings.HasPrefix(k, "text/") || strings.HasPrefix(k, "application/json") ||
		strings.HasPrefix(k, "image/svg+xml")
}

// accepts says whether an Accept-Encoding names the encoding and does not refuse
// it by a quality of nought.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, rest, weighed := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		text, ok := strings.CutPrefix(strings.ReplaceAll(rest, " ", ""), "q=")
		quality, err := strconv.ParseFloat(text, 64)
		return !weighed || ok && err == nil && quality > 0
	}
	return false
}
