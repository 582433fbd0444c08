package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// The folder of built islands is empty on a fresh clone but for a file whose
// name begins with a dot, and a subject's shared templates begin with "_", hence "all:".
//
//go:embed all:templates all:static
var files embed.FS

// islands are the scripts that every page asks for.
var islands = []string{"submit", "proof"}

// sheets are put together, in this order, to the one stylesheet that every page
// waits for: on a village's line each further request is a further wait.
var sheets = []string{"tokens.css", "base.css", "form.css", "parts.css", "page.css", "room.css", "care.css"}

// The one stylesheet, and what of it is for paper only.
const (
	sheetName  = "sheet.css"
	printSheet = "print.css"
)

// static is the embedded files by their path below static/.
type static struct{ files map[string]asset }

type asset struct {
	data []byte
	hash string // the first 16 hex digits of its SHA-256
	kind string
	// packed is made when a browser first asks for it: packing well takes
	// longer than all else that a start does. Nil where it gains nothing.
	packed func() packed
}

// ownStatic is the program's own files, read and packed once however many kits it makes.
var ownStatic = sync.OnceValues(func() (*static, error) {
	s, err := loadStatic(files)
	if err != nil {
		return nil, err
	}
	var all bytes.Buffer
	for _, name := range sheets {
		a, ok := s.files[name]
		if !ok {
			return nil, fmt.Errorf("no stylesheet %s", name)
		}
		all.Write(a.data)
	}
	fmt.Fprintf(&all, "@media print {\n%s}\n", s.files[printSheet].data)
	s.add(sheetName, all.Bytes())
	for name, a := range s.files {
		if wordy([]byte(a.kind)) && len(a.data) >= leastPacked {
			a.packed = sync.OnceValue(func() packed { return pack(a.data) })
			s.files[name] = a
		}
	}
	return s, nil
})

func loadStatic(from fs.FS) (*static, error) {
	s := &static{files: map[string]asset{}}
	err := fs.WalkDir(from, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		s.add(strings.TrimPrefix(name, "static/"), data)
		return nil
	})
	return s, err
}

func (s *static) add(name string, data []byte) {
	sum := sha256.Sum256(data)
	kind := mime.TypeByExtension(path.Ext(name))
	if path.Ext(name) == ".js" {
		kind = "text/javascript; charset=utf-8" // whatever the machine's own table says
	}
	s.files[name] = asset{data: data, hash: hex.EncodeToString(sum[:8]), kind: kind}
}

// address is where a file is served, with its hash; empty when there is none,
// as with an island that has not been built.
func (s *static) address(name string) string {
	a, ok := s.files[name]
	if !ok {
		return ""
	}
	return "/static/" + a.hash + "/" + name
}

// Icon leads whoever asks for an icon without having read a page to the one that pages name.
func (k *Kit) Icon(c *fiber.Ctx) error {
	return c.Redirect(k.static.address("icons/seal.png"), fiber.StatusFound)
}

func (s *static) missingIslands() []string {
	var missing []string
	for _, name := range islands {
		if s.address("dist/"+name+".js") == "" {
			missing = append(missing, name)
		}
	}
	return missing
}

// serve answers from memory. An address with the right hash never changes its
// content; any other is asked about again each time.
func (s *static) serve(c *fiber.Ctx) error {
	name := c.Params("*")
	a, ok := s.files[name]
	hash, rest, _ := strings.Cut(name, "/")
	if !ok {
		a, ok = s.files[rest]
		if !ok || len(hash) != len(a.hash) {
			return fiber.ErrNotFound
		}
	}
	if hash == a.hash {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	body, encoding := a.chosen(c.Get(fiber.HeaderAcceptEncoding))
	tag := `"` + a.hash + encoding + `"`
	c.Vary(fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderContentType, a.kind)
	if strings.Contains(c.Get(fiber.HeaderIfNoneMatch), tag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	if encoding != "" {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	return c.Send(body)
}

// chosen is the smallest form that the browser takes, and its encoding.
func (a asset) chosen(accepted string) (body []byte, encoding string) {
	switch {
	case a.packed == nil:
		return a.data, ""
	case accepts(accepted, "br"):
		return a.packed().br, "br"
	case accepts(accepted, "gzip"):
		return a.packed().gzip, "gzip"
	}
	return a.data, ""
}
