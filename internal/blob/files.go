package blob

import (
	"bytes"
	"path/filepath"

	"sunlot/internal/fault"
)

// MaxFileBytes is the most that a document may have.
const MaxFileBytes = 10_000_000

// Files keeps documents as they came, named by their SHA-256.
type Files struct{ kept Store }

// FilesIn keeps documents below the folder.
func FilesIn(dir string) Files { return Files{Store{filepath.Join(dir, "files")}} }

// Add keeps a PDF, or says why it cannot be taken; then nothing is kept.
func (f Files) Add(raw []byte) (sha256 string, err error) {
	if err := checkPDF(raw); err != nil {
		return "", err
	}
	return f.kept.Put(raw)
}

// Open returns a document byte for byte.
func (f Files) Open(sha256 string) ([]byte, error) { return f.kept.Open(sha256) }

// checkPDF looks at the bytes alone: the header of ISO 32000 at the very
// beginning, so that it can be nothing else as well, and the end mark near the end.
func checkPDF(raw []byte) error {
	switch {
	case len(raw) == 0:
		return fault.New(fault.Invalid, "文件是空的，请重新选择")
	case len(raw) > MaxFileBytes:
		return fault.New(fault.Invalid, "文件不能超过10 MB，请压缩后再传")
	case !bytes.HasPrefix(raw, []byte("%PDF-1.")) && !bytes.HasPrefix(raw, []byte("%PDF-2.")):
		return fault.New(fault.Invalid, "这里只收 PDF 文件；照片请传到照片栏")
	case !bytes.Contains(raw[max(0, len(raw)-1024):], []byte("%%EOF")):
		return fault.New(fault.Invalid, "PDF 文件不完整，请重新导出或扫描")
	}
	return nil
}
