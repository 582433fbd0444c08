package files_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/privacy"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// withhold takes what has the hash out of sight, by two persons.
func withhold(r *housetest.House, sha string, ground privacy.Ground) {
	r.T.Helper()
	id, err := r.Privacy.AskWithholding(r.T.Context(), r.Actor("station"), event.NewID(), privacy.WithholdForm{
		Address: sha,
		Ground:  ground,
		Reason:  "拍到了孩子",
	})
	r.Ok(err)
	_, err = r.Privacy.DecideWithholding(r.T.Context(), r.Actor("leader"), event.NewID(), id,
		privacy.DecideForm{Version: 1, Agree: true})
	r.Ok(err)
}

// TestWhatIsWithheldIsGoneAtTheNextLook: a browser that has it asks again each
// time, is spared the bytes while nothing has changed, and is told when it is gone.
func TestWhatIsWithheldIsGoneAtTheNextLook(t *testing.T) {
	r := housetest.OnSQLite(t)
	tender := r.Neighbour()
	asset, err := r.Assets.SeeAsset(t.Context(), identity.Actor{}, tender.Asset)
	r.Ok(err)
	photo := asset.Photos[0]
	for _, c := range []struct {
		sha   string
		paths []string
	}{
		{photo, []string{"/photos/" + photo + ".jpg", "/photos/" + photo + "-small.jpg"}},
		{tender.Document, []string{"/documents/" + tender.Document}},
	} {
		had := map[string]string{}
		for _, path := range c.paths {
			for _, who := range []*housetest.Client{r.Nobody(), r.Browser("clerk")} {
				a := who.Get(path)
				tag := a.Header.Get("ETag")
				if a.StatusCode != 200 || tag == "" || a.Header.Get("Cache-Control") != "private, no-cache" {
					t.Errorf("%s: %d %v", path, a.StatusCode, a.Header)
				}
				again := who.With("If-None-Match", tag).Get(path)
				if again.StatusCode != 304 || again.Body != "" || again.Header.Get("ETag") != tag {
					t.Errorf("%s again: %d, %d bytes, %v", path, again.StatusCode, len(again.Body), again.Header)
				}
				housetest.Expect(t, who.With("If-None-Match", `"another"`).Get(path), 200)
				had[path] = tag
			}
		}
		withhold(r, c.sha, "minor")
		for path, tag := range had {
			gone := r.Nobody().With("If-None-Match", tag).Get(path)
			housetest.Expect(t, gone, 410)
			housetest.Says(t, gone, "已隐去", "涉及未成年人", "云溪镇")
		}
	}
}

// TestAWithheldPhotoIsSaidOnItsPages: in its place, with the ground and the
// office, and never as an empty picture.
func TestAWithheldPhotoIsSaidOnItsPages(t *testing.T) {
	r := housetest.OnSQLite(t)
	tender := r.Neighbour()
	asset, err := r.Assets.SeeAsset(t.Context(), identity.Actor{}, tender.Asset)
	r.Ok(err)
	photo, other := asset.Photos[0], asset.Photos[1]
	pages := map[string]*housetest.Client{
		"/assets/" + asset.ID:          r.Nobody(),
		"/tenders/" + tender.ID:        r.Nobody(),
		"/office/tenders/" + tender.ID: r.Browser("station"),
	}
	for path, who := range pages {
		if body := who.Get(path).Body; !strings.Contains(body, "/photos/"+photo) {
			t.Errorf("%s does not show the photo", path)
		}
	}
	withhold(r, photo, "minor")
	for path, who := range pages {
		a := who.Get(path)
		housetest.Says(t, a, "已隐去：涉及未成年人。由云溪镇")
		if strings.Contains(a.Body, "/photos/"+photo) || !strings.Contains(a.Body, "/photos/"+other) {
			t.Errorf("%s shows what is withheld, or not the others", path)
		}
	}
}
