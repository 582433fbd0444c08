package files_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/privacy"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/works"
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
	for _, path := range []string{"/", "/tenders", "/villages/" + r.Org("松坪村村民委员会")} { // by its card
		a := r.Nobody().Get(path)
		if strings.Contains(a.Body, "/photos/"+photo) || !strings.Contains(a.Body, "/photos/"+other) {
			t.Errorf("a card at %s shows what is withheld, or not the next", path)
		}
	}
}

// TestNothingLeadsToWhatIsWithheld: neither a work's papers, nor a notice's photo of the
// board, nor the forms in which somebody goes on with what he has sent.
func TestNothingLeadsToWhatIsWithheld(t *testing.T) {
	r := housetest.OnSQLite(t)
	ctx, work := t.Context(), r.OurWork(true)
	program := r.Program("clerk")
	form := works.EntryForm{Stage: works.NeedStage, On: r.Days.Today(), Note: "会议同意",
		Photos: []string{program.Photo(61), program.Photo(62)}}
	file, err := r.Works.AddFile(ctx, r.Actor("clerk"), demo.Paper("a paper"))
	r.Ok(err)
	form.Files = []string{file.SHA256}
	r.Confirmed(work, form)
	_, entries, err := r.Works.SeeProject(ctx, identity.Actor{}, work)
	r.Ok(err)
	tender := r.Neighbour()
	board := r.Program("clerk2").Photo(63)
	_, err = r.Tendering.PostTender(ctx, r.Actor("clerk2"), event.NewID(), tender.ID, board)
	r.Ok(err)
	asset, err := r.Assets.SeeAsset(ctx, identity.Actor{}, tender.Asset)
	r.Ok(err)
	pages := []struct {
		who        *housetest.Client
		path       string
		gone, left string
	}{
		{r.Nobody(), "/projects/" + work, "/photos/" + form.Photos[0], "/photos/" + form.Photos[1]},
		{r.Nobody(), "/projects/" + work, "/files/" + file.SHA256, "/photos/" + form.Photos[1]},
		{r.Nobody(), "/tenders/" + tender.ID, "/photos/" + board, "/photos/" + asset.Photos[1]},
		{r.Browser("clerk"), "/office/projects/" + work + "/record?corrects=" + entries[0].ID,
			"/photos/" + form.Photos[0], "/photos/" + form.Photos[1]},
		{r.Browser("clerk"), "/office/projects/" + work + "/record?corrects=" + entries[0].ID,
			"/files/" + file.SHA256, "/photos/" + form.Photos[1]},
		{r.Browser("clerk"), "/office/entries/" + entries[0].ID, "/files/" + file.SHA256, "/photos/" + form.Photos[1]},
		{r.Browser("clerk2"), "/office/assets/" + asset.ID + "/edit", "/photos/" + asset.Photos[0],
			"/photos/" + asset.Photos[1]},
	}
	for _, p := range pages {
		if body := p.who.Get(p.path).Body; !strings.Contains(body, p.gone) || !strings.Contains(body, p.left) {
			t.Errorf("%s does not lead to %s and %s", p.path, p.gone, p.left)
		}
	}
	_, id := asset.Path.Village()
	village := "/villages/" + id
	thumb := "/photos/" + asset.Photos[0] + "-small.jpg"
	if !strings.Contains(r.Nobody().Get(village).Body, thumb) {
		t.Errorf("%s does not show %s", village, thumb)
	}
	for _, sha := range []string{form.Photos[0], file.SHA256, board, asset.Photos[0]} {
		withhold(r, sha, "minor")
	}
	for _, p := range pages {
		a := p.who.Get(p.path)
		housetest.Says(t, a, "已隐去：涉及未成年人。由云溪镇")
		if strings.Contains(a.Body, p.gone) || !strings.Contains(a.Body, p.left) {
			t.Errorf("%s leads to %s, or not to the others", p.path, p.gone)
		}
	}
	if strings.Contains(r.Nobody().Get(village).Body, thumb) {
		t.Errorf("%s shows %s", village, thumb)
	}
}
