package housetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/jpeg"
	"maps"
	"regexp"
	"slices"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/internal/event"
)

// Object is a JSON object of a request.
type Object = map[string]any

// With is a copy that has one member more, or another value of it.
func With(o Object, name string, value any) Object {
	o = maps.Clone(o)
	o[name] = value
	return o
}

// Act sends a request of its own number.
func (c *Client) Act(path string, body any) Answer {
	c.R.T.Helper()
	return c.With("Idempotency-Key", event.NewID()).Send("POST", path, body)
}

// Must is act, and the id that it answers.
func (c *Client) Must(path string, body any) string {
	c.R.T.Helper()
	var got struct{ ID string }
	c.Act(path, body).Into(c.R.T, &got)
	return got.ID
}

// Picture draws a small JPEG; each n is another one.
func Picture(n int) []byte {
	img := image.NewGray(image.Rect(0, 0, 24+n, 24))
	img.Set(n%24, 3, color.White)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// Photo takes in a picture by the API.
func (c *Client) Photo(n int) string {
	c.R.T.Helper()
	var got struct{ SHA256 string }
	c.Upload("/api/v1/photos", nil, "photo", Picture(n)).Into(c.R.T, &got)
	return got.SHA256
}

// AssetBody is the case's pond and dry land; photos are the clerk's.
func (r *House) AssetBody(photos ...string) Object {
	return Object{"owner": r.Org("青塘村第三村民小组"), "acting": r.Org("青塘村经济合作社"), "assembly": "group_meeting",
		"name": "第三组鱼塘及旱地", "kind": "water_land", "location": "村东头", "area": 3860, "use": "养殖、种植，不得改变农业用途",
		"title": "村民小组集体所有", "last_rent": 35000, "last_ends": "2026-12-31", "last_tenant": "上一户承租人", "photos": photos,
		"plots": []Object{{"name": pond(r), "area": 2860, "east": "路", "south": "渠", "west": "田", "north": "山"},
			{"name": dry(r), "area": 1000, "east": "田", "south": "路", "west": "渠", "north": "塘"}}}
}

// pond and dry are plots of other names each time: a piece of land is registered once.
func pond(r *House) string { return fmt.Sprintf("鱼塘%d", r.assets.Add(1)) }

func dry(r *House) string { return fmt.Sprintf("旱地%d", r.assets.Add(1)) }

// ResolutionBody is a lawful vote: 26 due, 24 present, 22 for.
func (r *House) ResolutionBody(asset, signIn, minutes string) Object {
	votes := []Object{}
	due := Due(r)
	for i := range due {
		choice := map[int]string{22: "against", 23: "abstain", 24: "absent", 25: "absent"}[i]
		if choice == "" {
			choice = "for"
		}
		votes = append(votes, Object{"name": due[i], "person": "", "choice": choice})
	}
	votes[0]["person"] = r.Actor("daibiao").PersonID
	return Object{
		"asset":       asset,
		"years":       5,
		"floor_price": 40000,
		"outsiders":   true,
		"priorities":  []string{"member", "former_lessee"},
		"steps": []Object{{
			"key": "propose",
			"on":  "2026-11-01",
		}, {"key": "consult", "on": "2026-11-03"}, {"key": "party", "on": "2026-11-05"},
			{"key": "decide", "on": "2026-11-10"}, {"key": "publish", "on": "2026-11-11"}},
		"votes":   votes,
		"sign_in": []string{signIn},
		"minutes": []string{minutes},
	}
}

// TenderBody is the case's terms.
func (r *House) TenderBody(asset, resolution string) Object {
	body := Object{
		"asset":             asset,
		"resolution":        resolution,
		"title":             "第三组鱼塘及旱地经营权出租公告",
		"start_price":       40000,
		"step":              1000,
		"deposit_percent":   10,
		"years":             5,
		"starts_on":         "2027-01-15",
		"rent_due":          "03-01",
		"notice_days":       10,
		"inspection_on":     "2026-11-27",
		"inspection_place":  "村委会门口",
		"priority_notified": "2026-11-20",
	}
	for name, text := range demo.DemoTexts {
		body[name] = text
	}
	return body
}

// Desks is everybody whom the case needs, by the API.
type Desks struct{ Clerk, Supervision, Station, Colleague, Leader *Client }

func (r *House) Desks() Desks {
	return Desks{
		Clerk:       r.Program("clerk"),
		Supervision: r.Program("supervision"),
		Station:     r.Program("station"),
		Colleague:   r.Program("stationb"),
		Leader:      r.Program("leader"),
	}
}

// Asset registers the case's asset; each n has other photos.
func (d Desks) Asset(n int) string { return d.Registered(d.AssetEntry(n)) }

// AssetEntry is the case's asset as it waits for the committee.
func (d Desks) AssetEntry(n int) string {
	return d.Clerk.Must("/api/v1/assets", d.Clerk.R.AssetBody(d.Clerk.Photo(n), d.Clerk.Photo(n+1), d.Clerk.Photo(n+2)))
}

// Registered is the asset that an entry becomes when the committee confirms it.
func (d Desks) Registered(entry string) string {
	return d.Supervision.Must("/api/v1/asset-drafts/"+entry+"/confirm", Object{"version": 1})
}

// ReturnedEntry is an entry that the committee has given back.
func (d Desks) ReturnedEntry(n int) string {
	entry := d.AssetEntry(n)
	return d.Supervision.Must("/api/v1/asset-drafts/"+entry+"/return", Object{
		"version": 1,
		"reasons": []Object{{"name": "权属情况", "message": "请写明"}},
	})
}

// Resolution carries a vote on the asset as far as the steps say: 0 recorded, 1 submitted, 2 confirmed.
func (d Desks) Resolution(asset string, steps int) string {
	c := d.Clerk
	id := c.Must("/api/v1/resolutions", c.R.ResolutionBody(asset, c.Photo(40), c.Photo(41)))
	if steps > 0 {
		c.Must("/api/v1/resolutions/"+id+"/submit", Object{"version": 1})
	}
	if steps > 1 {
		d.Supervision.Must("/api/v1/resolutions/"+id+"/confirm", Object{"version": 2})
	}
	return id
}

// Tender carries a tender of a new asset through the desks as far as the steps
// say: 0 drafted, 1 submitted, 2 checked, 3 approved, 4 announced.
func (d Desks) Tender(steps int) string {
	asset := d.Asset(1)
	return d.Carry(d.Clerk.Must("/api/v1/tenders", d.Clerk.R.TenderBody(asset, d.Resolution(asset, 2))), steps)
}

// Lot announces a tender of a new asset; it is the lot's id.
func (d Desks) Lot() string { return d.LotOf(d.Tender(4)) }

// LotOf is the id of an announced tender's lot.
func (d Desks) LotOf(tender string) string {
	d.Clerk.R.T.Helper()
	var t struct{ Lot string }
	d.Clerk.Get("/api/v1/tenders/"+tender).Into(d.Clerk.R.T, &t)
	return t.Lot
}

// Carry takes a draft so many steps on.
func (d Desks) Carry(id string, steps int) string {
	for i, step := range []struct {
		Who  *Client
		Name string
	}{{d.Clerk, "submit"}, {d.Station, "check"}, {d.Leader, "approve"}, {d.Clerk, "announce"}}[:steps] {
		step.Who.Must("/api/v1/tenders/"+id+"/"+step.Name, Object{"version": i + 1})
	}
	return id
}

// Expect asks for a status and for the fields that the error names.
func Expect(t *testing.T, a Answer, status int, fields ...string) {
	t.Helper()
	named := fmt.Sprint(a.Fields())
	if a.StatusCode != status || len(fields) > 0 && named != fmt.Sprint(fields) {
		t.Errorf("%s %s: %d naming %s, want %d naming %v: %.300s", a.Request.Method, a.Request.URL.Path,
			a.StatusCode, named, status, fields, a.Body)
	}
}

// Texts reads a list of strings out of a JSON answer.
func (a Answer) Texts(t *testing.T, name string) []string {
	t.Helper()
	var all map[string]json.RawMessage
	a.Into(t, &all)
	var list []string
	if err := json.Unmarshal(all[name], &list); err != nil {
		t.Fatal(err)
	}
	return list
}

var (
	scripts = regexp.MustCompile(`(?s)<script.*?</script>|<noscript.*?</noscript>|<style.*?</style>`)
	tags    = regexp.MustCompile(`<[^>]*>`)
	spaces  = regexp.MustCompile(`\s+`)
	notices = regexp.MustCompile(`href="/tenders/([a-z2-7]{16})"`)
)

// Readable is what a reader sees on a page without script.
func (a Answer) Readable() string {
	return spaces.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(scripts.ReplaceAllString(a.Body, ""),
		" ")), " ")
}

// Listed are the notices on a page, in its order.
func Listed(a Answer) []string {
	var ids []string
	for _, m := range notices.FindAllStringSubmatch(a.Body, -1) {
		if !slices.Contains(ids, m[1]) {
			ids = append(ids, m[1])
		}
	}
	return ids
}

// Announced publishes a notice of a new asset with that title, price and term.
func (d Desks) Announced(title string, price, days int) string {
	asset := d.Asset(1)
	body := With(With(With(d.Clerk.R.TenderBody(asset, d.Resolution(asset, 2)), "title", title), "start_price",
		price), "notice_days", days)
	return d.Carry(d.Clerk.Must("/api/v1/tenders", body), 4)
}
