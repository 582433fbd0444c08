package notice_test

import (
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestWhatWaitsIsReadNowhere: whoever follows every link, searches, and guesses the
// addresses finds an asset that waits to be confirmed, or what a waiting correction
// says, as its clerk and its committee alone.
func TestWhatWaitsIsReadNowhere(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	r.KeepLog()
	photo := d.Clerk.Photo(7)
	body := housetest.With(housetest.With(r.AssetBody(photo), "name", "未核实的砖瓦窑"), "title", "权属还没有看过")
	fresh := d.Clerk.Must("/api/v1/assets", body)
	asset := d.Asset(1)
	correction := d.Clerk.Must("/api/v1/assets/"+asset, housetest.Object{
		"version": 1,
		"form":    housetest.With(r.AssetBody(d.Clerk.Photo(8)), "location", "更正还没有看过"),
	})
	village := r.Org("青塘村村民委员会")
	from := []string{"/", "/office", "/villages", "/villages/" + village, "/tenders", "/assets/" + asset,
		"/office/assets", "/office/asset-drafts", "/office/tenders"}
	guessed := []string{"/search?q=砖瓦窑", "/tenders?q=砖瓦窑", "/villages/" + village + "?q=砖瓦窑",
		"/office/assets?q=砖瓦窑", "/office/assets?as=csv", "/office/asset-drafts?as=csv", "/assets/" + fresh,
		"/office/asset-drafts/" + fresh, "/office/asset-drafts/" + correction, "/api/v1/assets?q=砖瓦窑",
		"/api/v1/assets/" + fresh, "/api/v1/assets/" + asset, "/api/v1/asset-drafts", "/api/v1/asset-drafts/" + fresh,
		"/api/v1/asset-drafts/" + correction, "/api/v1/streams/asset-draft:" + fresh + "/events", "/feed", "/export",
		"/office/resolutions/new?asset=" + fresh, "/office/tenders/new?asset=" + fresh}
	handlers := []string{"clerk", "supervision"}
	words := map[string][]string{
		"未核实的砖瓦窑": handlers,
		"权属还没有看过": handlers,
		"更正还没有看过": handlers,
		photo:     handlers,
	}
	for _, login := range []string{"", "clerk", "supervision", "station", "leader", "clerk2", "daibiao"} {
		t.Run(login, func(t *testing.T) { r.Judge(login, r.Reads(login, from, guessed), words) })
	}
	for _, size := range []string{".jpg", "-small.jpg"} {
		if a := r.Nobody().Get("/photos/" + photo + size); a.StatusCode != 404 {
			t.Errorf("its photo is shown: %d", a.StatusCode)
		}
	}
	if a := r.Browser("supervision").Get("/photos/" + photo + ".jpg"); a.StatusCode != 200 {
		t.Errorf("the committee does not see its photo: %d", a.StatusCode)
	}
}
