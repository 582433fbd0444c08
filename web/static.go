package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// The folder of built islands is empty on a fresh clone but for a file whose
// name begins with a dot, and a subject's shared templates begin with "_", hence "all:".
//
//go:embed all:templates all:static
var files embed.FS

// islands are the scripts that every page asks for.
var islands = []string{"submit", "proof"}

// static is the embedded files by their path below static/.
type static struct{ files map[string]asset }

type asset struct {
	data []byte
	hash string // the first 16 hex digits of its SHA-256
	kind string
}

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
		sum := sha256.Sum256(data)
		kind := mime.TypeByExtension(path.Ext(name))
		if path.Ext(name) == ".js" {
			kind = "text/javascript; charset=utf-8" // whatever the machine's own table says
		}
		s.files[strings.TrimPrefix(name, "static/")] = asset{data: data, hash: hex.EncodeToString(sum[:8]), kind: kind}
		return nil
	})
	return s, err
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
		if a, ok = s.files[rest]; !ok || len(hash) != len(a.hash) {
			return fiber.ErrNotFound
		}
	}
	if hash == a.hash {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	tag := `"` + a.hash + `"`
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderContentType, a.kind)
	if strings.Contains(c.Get(fiber.HeaderIfNoneMatch), tag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return c.Send(a.data)
}
