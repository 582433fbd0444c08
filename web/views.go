package web

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Views is fiber's Views interface over html/template. Every page is parsed with
// the layout and the shared parts at start, so a broken template fails the boot,
// not a request.
type Views struct {
	static *static
	pages  map[string]*template.Template
}

// Load parses templates/*.html as shared and each templates/subject/page.html
// as the page "subject/page"; a subject may have rooms, whose pages are
// "subject/room/page". A file whose name begins with "_" is shared by the pages
// of its folder and of the folders in it.
func (v *Views) Load() error { return v.load(files) }

func (v *Views) load(from fs.FS) error {
	shared, err := template.New("").Funcs(v.funcs()).ParseFS(from, "templates/*.html")
	if err != nil {
		return err
	}
	names, err := globs(from, "templates/*/*.html", "templates/*/*/*.html")
	if err != nil {
		return err
	}
	v.pages = map[string]*template.Template{}
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		page := strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".html")
		parts, err := globs(from, path.Dir(path.Dir(name))+"/_*.html", path.Dir(name)+"/_*.html")
		if err != nil {
			return err
		}
		t, err := shared.Clone()
		if err != nil {
			return err
		}
		t, err = t.ParseFS(from, append(parts, name)...)
		if err != nil {
			return err
		}
		if err := whole(t); err != nil {
			return fmt.Errorf("page %s: %w", page, err)
		}
		v.pages[page] = t
	}
	return nil
}

// globs lists the files of several patterns, in their order.
func globs(from fs.FS, patterns ...string) ([]string, error) {
	var all []string
	for _, pattern := range patterns {
		found, err := fs.Glob(from, pattern)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// whole refuses a page that names a part which there is not, or whose markup
// cannot be escaped safely. html/template looks for both at the first drawing;
// whatever else that drawing lacks is its data, which is not there yet.
func whole(t *template.Template) error {
	var unsafe *template.Error
	if err := t.ExecuteTemplate(io.Discard, "layout", &View{}); errors.As(err, &unsafe) {
		return err
	}
	return nil
}

// Render draws a page. Its data is a *View.
func (v *Views) Render(w io.Writer, page string, data any, _ ...string) error {
	t, ok := v.pages[page]
	if !ok {
		return fmt.Errorf("no template %q", page)
	}
	return t.ExecuteTemplate(w, "layout", data)
}
