package statement

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// statementText is the file as UTF-8.
func statementText(body []byte) (string, error) {
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return "", unread("文件是空的，请选择网银导出的流水（CSV）")
	case len(body) > statementBytes:
		return "", unread("文件超过 2 MB，请按日期分几次导出")
	case bytes.HasPrefix(body, []byte("PK\x03\x04")), bytes.HasPrefix(body, []byte("\xd0\xcf\x11\xe0")):
		return "", unread("这是 Excel 文件，请在网银导出 CSV 格式的流水")
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return wide(body[2:], binary.LittleEndian)
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return wide(body[2:], binary.BigEndian)
	}
	text := string(bytes.TrimPrefix(body, []byte("\ufeff")))
	if utf8.ValidString(text) {
		return text, nil
	}
	return understood(gb18030(body))
}

// understood refuses a text with a sign that no encoding explains.
func understood(text string) (string, error) {
	if before, _, broken := strings.Cut(text, "\ufffd"); broken {
		return "", unread("第 %d 行有无法识别的文字，请上传网银导出的原文件（UTF-8 或 GB18030 编码）", 1+strings.Count(before, "\n"))
	}
	return text, nil
}

// wide reads UTF-16.
func wide(body []byte, order binary.ByteOrder) (string, error) {
	units := make([]uint16, len(body)/2)
	for i := range units {
		units[i] = order.Uint16(body[2*i:])
	}
	text := string(utf16.Decode(units))
	if len(body)%2 != 0 {
		text += "\ufffd"
	}
	return understood(text)
}

// gb18030 reads that encoding with the signs that a bank has put into its area for users: they
// stand in payers' names and are kept as the private signs of Unicode that the standard gives them.
// What is no text becomes U+FFFD.
func gb18030(body []byte) string {
	decoder := simplifiedchinese.GB18030.NewDecoder()
	var out strings.Builder
	plainFrom := 0
	flush := func(to int) {
		text, err := decoder.Bytes(body[plainFrom:to])
		out.Write(text)
		if err != nil {
			out.WriteRune(utf8.RuneError)
		}
	}
	for i := 0; i < len(body); {
		size := 1
		if body[i] >= 0x81 && i+1 < len(body) {
			size = 2
			if next := body[i+1]; next >= '0' && next <= '9' {
				size = 4
			}
		}
		if size == 2 {
			if sign := usersSign(body[i], body[i+1]); sign != 0 {
				flush(i)
				out.WriteRune(sign)
				plainFrom = i + 2
			}
		}
		i += size
	}
	flush(len(body))
	return out.String()
}

// usersSign is the private sign of two bytes in the users' area, or 0.
func usersSign(lead, trail byte) rune {
	switch {
	case lead >= 0xaa && lead <= 0xaf && trail >= 0xa1 && trail <= 0xfe:
		return 0xe000 + rune(lead-0xaa)*94 + rune(trail-0xa1)
	case lead >= 0xf8 && lead <= 0xfe && trail >= 0xa1 && trail <= 0xfe:
		return 0xe234 + rune(lead-0xf8)*94 + rune(trail-0xa1)
	case lead >= 0xa1 && lead <= 0xa7 && trail >= 0x40 && trail <= 0xa0 && trail != 0x7f:
		place := rune(trail - 0x40)
		if trail > 0x7f {
			place--
		}
		return 0xe4c6 + rune(lead-0xa1)*96 + place
	}
	return 0
}
