package files_test

import (
	"encoding/json"
	"image/jpeg"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
	"sunlot/trading/works"
)

// TestWhatIsNotPublicStaysInNoBrowser: who sits down at an office's machine next
// finds no paper there that is not public yet; what is public may be kept.
func TestWhatIsNotPublicStaysInNoBrowser(t *testing.T) {
	r := housetest.OnSQLite(t)
	open := r.OurWork(true)
	file, err := r.Works.AddFile(t.Context(), r.Actor("clerk"), demo.Paper("kept"))
	r.Ok(err)
	photo := r.Desks().Clerk.Photo(77)
	papers := []string{"/files/" + file.SHA256 + ".pdf", "/photos/" + photo + ".jpg", "/photos/" + photo + "-small.jpg"}
	kept := func(who *housetest.Client, want string) {
		t.Helper()
		for _, path := range papers {
			if a := who.Get(path); a.StatusCode != 200 || a.Header.Get("Cache-Control") != want {
				t.Errorf("%s: %d, %q, want %q", path, a.StatusCode, a.Header.Get("Cache-Control"), want)
			}
		}
	}
	kept(r.Browser("clerk"), "no-store")
	r.Confirmed(open, works.EntryForm{
		Stage:  works.NeedStage,
		On:     r.Days.Today(),
		Note:   "会议同意",
		Files:  []string{file.SHA256},
		Photos: []string{photo},
	})
	kept(r.Browser("clerk"), "private, no-cache")
	kept(r.Nobody(), "private, no-cache")
}

// TestAPhotoIsServedByItsName: large, or small for lists; a name of another kind,
// or of no photo, leads nowhere.
func TestAPhotoIsServedByItsName(t *testing.T) {
	r := housetest.OnSQLite(t)
	clerk := r.Browser("clerk")
	photo := r.Desks().Clerk.Photo(500) // wider than a small copy may be
	for name, width := range map[string]int{photo + ".jpg": 524, photo + "-small.jpg": 360} {
		a := clerk.Get("/photos/" + name)
		got, err := jpeg.DecodeConfig(strings.NewReader(a.Body))
		if err != nil || got.Width != width || a.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("%s: %d, %d wide, %v %v", name, a.StatusCode, got.Width, a.Header, err)
		}
	}
	for _, name := range []string{
		photo, photo + ".png", photo + "-large.jpg", photo + "-small-small.jpg", event.NewID() + ".jpg", ".jpg",
		"-small.jpg",
	} {
		housetest.Expect(t, clerk.Get("/photos/"+name), 404)
	}
	for _, who := range []*housetest.Client{r.Nobody(), r.Browser("clerk2"), r.Browser("station")} {
		housetest.Expect(t, who.Get("/photos/"+photo+".jpg"), 404)
		housetest.Expect(t, who.Get("/photos/"+photo+"-small.jpg"), 404)
	}
}

// TestADocumentIsWhatTheLogNames: byte for byte, so that its hash is its name.
func TestADocumentIsWhatTheLogNames(t *testing.T) {
	r := housetest.OnSQLite(t)
	sha := r.Neighbour().Document
	a := r.Nobody().Get("/documents/" + sha)
	if a.StatusCode != 200 || event.Hash([]byte(a.Body)) != sha || !json.Valid([]byte(a.Body)) {
		t.Errorf("%d, hash %s of %s: %s", a.StatusCode, event.Hash([]byte(a.Body)), sha, housetest.Brief(a.Body))
	}
	if kind := a.Header.Get("Content-Type"); kind != "application/json; charset=utf-8" {
		t.Error(kind)
	}
	for _, name := range []string{strings.Repeat("0", 64), sha[:63], sha + ".json", strings.ToUpper(sha)} {
		housetest.Expect(t, r.Nobody().Get("/documents/"+name), 404)
	}
}

// TestAPaperIsSavedNotOpened: a document of a project is never opened in the
// page's own origin, and nobody finds it before it is public.
func TestAPaperIsSavedNotOpened(t *testing.T) {
	r := housetest.OnSQLite(t)
	paper := demo.Paper("saved")
	file, err := r.Works.AddFile(t.Context(), r.Actor("clerk"), paper)
	r.Ok(err)
	path := "/files/" + file.SHA256 + ".pdf"
	a := r.Browser("clerk").Get(path)
	want := `attachment; filename="` + file.SHA256[:16] + `.pdf"`
	if a.Body != string(paper) || a.Header.Get("Content-Disposition") != want ||
		a.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("%d %v", a.StatusCode, a.Header)
	}
	for _, who := range []*housetest.Client{r.Nobody(), r.Browser("clerk2"), r.Browser("station")} {
		housetest.Expect(t, who.Get(path), 404)
	}
	for _, name := range []string{file.SHA256, file.SHA256 + ".jpg", strings.Repeat("0", 64) + ".pdf", "x.pdf",
		".pdf"} {
		housetest.Expect(t, r.Browser("clerk").Get("/files/"+name), 404)
	}
}
