package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"maps"
	"testing"

	"sunlot/internal/event"
)

// object is a JSON object of a request.
type object = map[string]any

// with is a copy that has one member more, or another value of it.
func with(o object, name string, value any) object {
	o = maps.Clone(o)
	o[name] = value
	return o
}

// act sends a request of its own number.
func (c *client) act(path string, body any) answer {
	c.r.t.Helper()
	return c.with("Idempotency-Key", event.NewID()).send("POST", path, body)
}

// must is act, and the id that it answers.
func (c *client) must(path string, body any) string {
	c.r.t.Helper()
	var got struct{ ID string }
	c.act(path, body).into(c.r.t, &got)
	return got.ID
}

// picture draws a small JPEG; each n is another one.
func picture(n int) []byte {
	img := image.NewGray(image.Rect(0, 0, 24+n, 24))
	img.Set(n%24, 3, color.White)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// photo takes in a picture by the API.
func (c *client) photo(n int) string {
	c.r.t.Helper()
	var got struct{ SHA256 string }
	c.upload("/api/v1/photos", nil, "photo", picture(n)).into(c.r.t, &got)
	return got.SHA256
}

// assetBody is the case's pond and dry land; photos are the clerk's.
func (r *running) assetBody(photos ...string) object {
	return object{"owner": r.org("青塘村第三村民小组"), "acting": r.org("青塘村经济合作社"), "assembly": "group_meeting",
		"name": "第三组鱼塘及旱地", "kind": "water_land", "location": "村东头", "area": 3860, "use": "养殖、种植,不得改变农业用途",
		"title": "村民小组集体所有", "last_rent": 35000, "last_ends": "2026-12-31", "last_tenant": "上一户承租人", "photos": photos,
		"plots": []object{{"name": "鱼塘", "area": 2860, "east": "路", "south": "渠", "west": "田", "north": "山"},
			{"name": "旱地", "area": 1000, "east": "田", "south": "路", "west": "渠", "north": "塘"}}}
}

// resolutionBody is a lawful vote: 26 due, 24 present, 22 for.
func (r *running) resolutionBody(asset, signIn, minutes string) object {
	votes := []object{}
	for i := range 26 {
		choice := map[int]string{22: "against", 23: "abstain", 24: "absent", 25: "absent"}[i]
		if choice == "" {
			choice = "for"
		}
		votes = append(votes, object{"name": fmt.Sprintf("表决人%d", i+1), "person": "", "choice": choice})
	}
	votes[0]["person"] = r.actor("daibiao").PersonID
	return object{"asset": asset, "years": 5, "floor_price": 40000, "outsiders": true, "priorities": []string{"member", "former_lessee"},
		"steps": []object{{"key": "propose", "on": "2026-11-01"}, {"key": "consult", "on": "2026-11-03"}, {"key": "party", "on": "2026-11-05"},
			{"key": "decide", "on": "2026-11-10"}, {"key": "publish", "on": "2026-11-11"}},
		"votes": votes, "sign_in": []string{signIn}, "minutes": []string{minutes}}
}

// tenderBody is the case's terms.
func (r *running) tenderBody(asset, resolution string) object {
	body := object{"asset": asset, "resolution": resolution, "title": "第三组鱼塘及旱地经营权出租公告", "start_price": 40000, "step": 1000,
		"deposit_percent": 10, "years": 5, "starts_on": "2027-01-15", "rent_due": "03-01", "notice_days": 10, "inspection_on": "2026-11-27",
		"inspection_place": "村委会门口", "priority_notified": "2026-11-20"}
	for name, text := range demoTexts {
		body[name] = text
	}
	return body
}

// desks is everybody whom the case needs, by the API.
type desks struct{ clerk, supervision, station, leader *client }

func (r *running) desks() desks {
	return desks{clerk: r.program("clerk"), supervision: r.program("supervision"), station: r.program("station"), leader: r.program("leader")}
}

// asset registers the case's asset; each n has other photos.
func (d desks) asset(n int) string {
	return d.clerk.must("/api/v1/assets", d.clerk.r.assetBody(d.clerk.photo(n), d.clerk.photo(n+1), d.clerk.photo(n+2)))
}

// resolution carries a vote on the asset as far as the steps say: 0 recorded, 1 submitted, 2 confirmed.
func (d desks) resolution(asset string, steps int) string {
	c := d.clerk
	id := c.must("/api/v1/resolutions", c.r.resolutionBody(asset, c.photo(40), c.photo(41)))
	if steps > 0 {
		c.must("/api/v1/resolutions/"+id+"/submit", object{"version": 1})
	}
	if steps > 1 {
		d.supervision.must("/api/v1/resolutions/"+id+"/confirm", object{"version": 2})
	}
	return id
}

// tender carries a tender of a new asset through the desks as far as the steps
// say: 0 drafted, 1 submitted, 2 checked, 3 approved, 4 announced.
func (d desks) tender(steps int) string {
	asset := d.asset(1)
	return d.carry(d.clerk.must("/api/v1/tenders", d.clerk.r.tenderBody(asset, d.resolution(asset, 2))), steps)
}

// carry takes a draft so many steps on.
func (d desks) carry(id string, steps int) string {
	for i, step := range []struct {
		who  *client
		name string
	}{{d.clerk, "submit"}, {d.station, "check"}, {d.leader, "approve"}, {d.clerk, "announce"}}[:steps] {
		step.who.must("/api/v1/tenders/"+id+"/"+step.name, object{"version": i + 1})
	}
	return id
}

// expect asks for a status and for the fields that the error names.
func expect(t *testing.T, a answer, status int, fields ...string) {
	t.Helper()
	named := fmt.Sprint(a.fields())
	if a.StatusCode != status || len(fields) > 0 && named != fmt.Sprint(fields) {
		t.Errorf("%s %s: %d naming %s, want %d naming %v: %.300s", a.Request.Method, a.Request.URL.Path, a.StatusCode, named, status, fields, a.body)
	}
}

// texts reads a list of strings out of a JSON answer.
func (a answer) texts(t *testing.T, name string) []string {
	t.Helper()
	var all map[string]json.RawMessage
	a.into(t, &all)
	var list []string
	if err := json.Unmarshal(all[name], &list); err != nil {
		t.Fatal(err)
	}
	return list
}
