package blob_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"sunlot/internal/blob"
	"sunlot/internal/fault"
)

// TestOnlyWholePDFsAreKept: what is not a PDF from its first byte to its end, or
// is too large, is refused and leaves nothing; a PDF is kept byte for byte.
func TestOnlyWholePDFsAreKept(t *testing.T) {
	dir := t.TempDir()
	files := blob.FilesIn(dir)
	pdf := []byte("%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n")
	for name, raw := range map[string][]byte{
		"empty":                    nil,
		"text":                     []byte("hello"),
		"html":                     []byte("<html><script>alert(1)</script>"),
		"svg":                      []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`),
		"zip":                      []byte("PK\x03\x04%PDF-1.7\n%%EOF"),
		"jpeg":                     []byte("\xff\xd8\xff\xe0"),
		"a page before it":         append([]byte("<html>"), pdf...),
		"cut short":                pdf[:len(pdf)-8],
		"of no version":            []byte("%PDF-x\n%%EOF"),
		"too large":                append(append(bytes.Clone(pdf), make([]byte, blob.MaxFileBytes)...), "%%EOF"...),
		"the end far from the end": append(bytes.Clone(pdf), make([]byte, 2048)...),
	} {
		if _, err := files.Add(raw); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	sha, err := files.Add(pdf)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := files.Open(sha); err != nil || !bytes.Equal(got, pdf) {
		t.Errorf("%q, %v", got, err)
	}
	for _, name := range []string{"", "../../etc/passwd", strings.Repeat("g", 64), strings.Repeat("0", 64)} {
		if _, err := files.Open(name); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%q: got %v", name, err)
		}
	}
}
