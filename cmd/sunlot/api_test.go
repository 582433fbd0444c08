package main

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
)

// TestTheCaseByTheAPIAlone drives the case from the asset to the rent by
// bearer tokens; every answer is held against the description, and in the end
// every described operation has been carried out.
func TestTheCaseByTheAPIAlone(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		d := r.desks()
		asset := theAsset(t, d)
		resolution := theResolution(t, d, asset)
		tender := theTender(t, d, asset, resolution)
		theSupplement(t, d, tender)
		r.keepLog()
		theLog(t, d, tender)
		theCounty(t, r.program("admin"))
		theSessions(t, r)
		theBidding(t, r, d)
		theWorks(t, r)
		for _, path := range []string{"/healthz", "/readyz", "/api/openapi.yaml"} {
			a := r.nobody().get(path)
			r.holdTo(nil, a)
			expect(t, a, 200)
		}
		all, err := described()
		r.ok(err)
		for _, o := range all.ops {
			if !r.done[o.name()] {
				t.Errorf("%s was never carried out", o.name())
			}
		}
	})
}

func theAsset(t *testing.T, d desks) string {
	id := d.asset(1)
	correction := d.clerk.r.assetBody(d.clerk.photo(1), d.clerk.photo(2), d.clerk.photo(4))
	d.clerk.must("/api/v1/assets/"+id, object{"version": 1, "form": with(correction, "location", "村东头,机耕路旁")})
	var got struct {
		Version int
		Form    struct {
			Location   string
			LastTenant string `json:"last_tenant"`
		}
	}
	d.clerk.get("/api/v1/assets/"+id).into(t, &got)
	if got.Version != 2 || got.Form.Location != "村东头,机耕路旁" || got.Form.LastTenant == "" {
		t.Errorf("the clerk reads %+v", got)
	}
	d.clerk.r.nobody().get("/api/v1/assets/"+id).into(t, &got)
	if got.Form.LastTenant != "" {
		t.Errorf("the public reads the last tenant: %+v", got)
	}
	building := with(with(correction, "kind", "building"), "name", "旧校舍")
	delete(building, "plots")
	d.clerk.must("/api/v1/assets", building)
	d.clerk.r.nobody().get("/api/v1/assets?q=鱼塘&sort=newest&page=1").into(t, &struct{}{})
	return id
}

func theResolution(t *testing.T, d desks, asset string) string {
	id := d.resolution(asset, 1)
	path := "/api/v1/resolutions/" + id
	expect(t, d.clerk.r.nobody().get(path), 404)
	d.supervision.must(path+"/return", object{"version": 2, "reasons": []object{{"name": "签到表照片", "message": "照片不清楚"}}})
	again := d.clerk.r.resolutionBody(asset, d.clerk.photo(42), d.clerk.photo(41))
	d.clerk.must(path, object{"version": 3, "form": again})
	d.clerk.must(path+"/submit", object{"version": 4})
	d.supervision.must(path+"/confirm", object{"version": 5})
	var got struct {
		Lawful bool
		Count  struct{ Due, Present, For int }
		Form   struct {
			Votes []struct{ Name, Choice string }
		}
	}
	d.clerk.r.nobody().get(path).into(t, &got)
	if !got.Lawful || got.Count.Due != 26 || got.Count.Present != 24 || got.Count.For != 22 || len(got.Form.Votes) != 0 {
		t.Errorf("the public reads %+v", got)
	}
	var own struct {
		Items []struct {
			Form struct {
				Votes []struct{ Name, Choice string }
			}
		}
	}
	d.clerk.r.program("daibiao").get("/api/v1/votes").into(t, &own)
	if len(own.Items) != 1 || len(own.Items[0].Form.Votes) != 1 || own.Items[0].Form.Votes[0].Choice != "for" {
		t.Errorf("the representative reads %+v", own)
	}
	d.clerk.r.nobody().get("/api/v1/resolutions?asset="+asset).into(t, &struct{}{})
	return id
}

func theTender(t *testing.T, d desks, asset, resolution string) string {
	form := d.clerk.r.tenderBody(asset, resolution)
	dropped := d.clerk.must("/api/v1/tenders", form)
	d.clerk.must("/api/v1/tenders/"+dropped+"/withdraw", object{"version": 1})
	id := d.clerk.must("/api/v1/tenders", form)
	path := "/api/v1/tenders/" + id
	d.clerk.must(path+"/submit", object{"version": 1})
	d.station.must(path+"/return", object{"version": 2, "reasons": []object{{"name": "税费", "message": "请写明由谁承担"}}})
	d.clerk.must(path, object{"version": 3, "form": with(form, "fees", "税费由承租方承担。")})
	d.clerk.must(path+"/submit", object{"version": 4})
	d.station.must(path+"/check", object{"version": 5})
	expect(t, d.station.act(path+"/approve", object{"version": 6}), 403)
	d.leader.must(path+"/approve", object{"version": 6})
	expect(t, d.clerk.r.nobody().get(path), 404)
	key := event.NewID()
	d.clerk.with("Idempotency-Key", key).send("POST", path+"/announce", object{"version": 7}).into(t, &struct{}{})
	var said struct {
		Found bool
		ID    string
	}
	d.clerk.get("/api/v1/requests/tender.announce/"+key).into(t, &said)
	if !said.Found || said.ID != id {
		t.Errorf("the request is told %+v", said)
	}
	d.clerk.must(path+"/posting", object{"photo": d.clerk.photo(50)})
	var got struct {
		State, Document string
		YearlyRent      int `json:"yearly_rent"`
		WholeRent       int `json:"whole_rent"`
		Deposit         int
		RegisterUntil   string `json:"register_until"`
		OpensAt         string `json:"opens_at"`
	}
	d.clerk.r.nobody().get(path).into(t, &got)
	if got.State != "announced" || got.YearlyRent != 1544000 || got.WholeRent != 7720000 || got.Deposit != 154400 ||
		got.RegisterUntil != "2026-12-07T08:00:00Z" || got.OpensAt != "2026-12-08T01:00:00Z" {
		t.Errorf("the public reads %+v", got)
	}
	a := d.clerk.r.nobody().get("/api/v1/documents/" + got.Document)
	if expect(t, a, 200); event.Hash([]byte(a.body)) != got.Document || strings.Contains(a.body, "null") {
		t.Errorf("the document is %s", a.body)
	}
	return id
}

func theSupplement(t *testing.T, d desks, tender string) {
	form := object{"tender": tender, "text": "鱼塘水泵由承租方自备。"}
	back := d.clerk.must("/api/v1/supplements", form)
	d.station.must("/api/v1/supplements/"+back+"/return", object{"version": 1, "reasons": []object{{"name": "补充内容", "message": "请写明水泵的位置"}}})
	id := d.clerk.must("/api/v1/supplements", form)
	d.station.must("/api/v1/supplements/"+id+"/release", object{"version": 1})
	var got struct {
		Items []struct {
			ID, State     string
			Number        int
			RegisterUntil string `json:"register_until"`
		}
		Total int
	}
	d.clerk.r.nobody().get("/api/v1/tenders/"+tender+"/supplements").into(t, &got)
	if got.Total != 1 || got.Items[0].ID != id || got.Items[0].Number != 2 || got.Items[0].RegisterUntil != "2026-12-14T08:00:00Z" {
		t.Errorf("the public reads %+v", got)
	}
	d.clerk.get("/api/v1/tenders/"+tender+"/supplements").into(t, &got)
	if got.Total != 2 {
		t.Errorf("the clerk reads %+v", got)
	}
}

// theLog reads the tender's story as a stranger does.
func theLog(t *testing.T, d desks, tender string) {
	nobody := d.clerk.r.nobody()
	leaves := nobody.get("/api/v1/streams/tender:"+tender+"/events?after=0&limit=10").texts(t, "leaves")
	var kinds []string
	for _, leaf := range leaves {
		e, err := event.Parse([]byte(leaf))
		d.clerk.r.ok(err)
		kinds = append(kinds, e.Kind)
		if strings.Contains(leaf, "null") {
			t.Errorf("a fact is null: %s", leaf)
		}
		var got struct {
			InChain bool `json:"in_chain"`
			Event   event.Ref
		}
		hash := ledger.LeafHash([]byte(leaf))
		nobody.get("/api/v1/proofs/"+hex.EncodeToString(hash[:])).into(t, &got)
		if !got.InChain || got.Event.Seq != e.Seq {
			t.Errorf("%s: %+v", e.Kind, got)
		}
	}
	if want := []string{"tender.announced", "tender.posted", "tender.supplemented"}; !slices.Equal(kinds, want) {
		t.Errorf("the stream tells %v", kinds)
	}
	if rest := nobody.get("/api/v1/streams/tender:"+tender+"/events?after=2").texts(t, "leaves"); len(rest) != 1 {
		t.Errorf("after the second there are %d", len(rest))
	}
	nobody.get("/api/v1/tenders?sort=price").into(t, &struct{}{})
	nobody.get("/api/v1/rules").into(t, &struct{}{})
	expect(t, nobody.get("/api/v1/proofs/"+strings.Repeat("0", 64)), 404)
	expect(t, nobody.get("/api/v1/documents/"+strings.Repeat("0", 64)), 404)
}

func theCounty(t *testing.T, admin *client) {
	town := admin.r.org("云溪镇")
	village := admin.must("/api/v1/orgs", object{"kind": "village_committee", "name": "新村村民委员会", "parent": town})
	var person struct {
		ID       string
		Password string `json:"one_time_password"`
	}
	form := object{"name": "新村监委会主任", "login": "newcomer", "org": village, "role": "supervision"}
	admin.act("/api/v1/people", form).into(t, &person)
	role := admin.must("/api/v1/roles", object{"person": person.ID, "org": town, "role": "leader"})
	admin.must("/api/v1/roles/"+role+"/end", object{})
	admin.must("/api/v1/calendar", object{"year": 2027, "source": "国务院办公厅关于2027年部分节假日安排的通知",
		"holidays": []object{{"from": "2027-01-01", "to": "2027-01-03"}}})
	a := admin.get("/api/v1/streams/calendar:china/events")
	if leaves := a.texts(t, "leaves"); len(leaves) != 1 || !strings.Contains(leaves[0], `"worked":[]`) {
		t.Errorf("the schedule is told as %v", leaves)
	}
	var orgs struct {
		Items []struct{ Name, Parent string }
	}
	admin.r.nobody().get("/api/v1/orgs?q=新村").into(t, &orgs)
	if len(orgs.Items) != 1 || orgs.Items[0].Parent != town {
		t.Errorf("the organisations are %+v", orgs)
	}
	var me struct {
		Must bool `json:"must_change_password"`
	}
	newcomer := admin.r.nobody()
	newcomer.bearer = login(t, newcomer, "newcomer", person.Password)["access_token"]
	if newcomer.get("/api/v1/me").into(t, &me); !me.Must {
		t.Error("a one-time password need not be changed")
	}
	expect(t, newcomer.act("/api/v1/resolutions/"+event.NewID()+"/confirm", object{"version": 1}), 403)
}

func login(t *testing.T, c *client, name, password string) map[string]string {
	t.Helper()
	var tokens map[string]string
	c.send("POST", "/api/v1/sessions", object{"login": name, "password": password}).into(t, &tokens)
	return tokens
}

func theSessions(t *testing.T, r *running) {
	c := r.nobody()
	first := login(t, c, "station", demoPassword)
	var next, twin map[string]string
	c.send("POST", "/api/v1/sessions/renew", object{"refresh_token": first["refresh_token"]}).into(t, &next)
	c.send("POST", "/api/v1/sessions/renew", object{"refresh_token": first["refresh_token"]}).into(t, &twin)
	if next["refresh_token"] == first["refresh_token"] || next["refresh_token"] != twin["refresh_token"] {
		t.Error("within the grace the same successor is given")
	}
	expect(t, c.send("POST", "/api/v1/sessions/end", object{"refresh_token": next["refresh_token"]}), 204)
	expect(t, c.send("POST", "/api/v1/sessions/renew", object{"refresh_token": next["refresh_token"]}), 401)
	wrong := c.send("POST", "/api/v1/sessions", object{"login": "station", "password": "not the password"})
	expect(t, wrong, 401, "login")
	var said struct{ Error struct{ Reference string } }
	if err := json.Unmarshal([]byte(wrong.body), &said); err != nil || said.Error.Reference != wrong.Header.Get("X-Request-Id") {
		t.Errorf("the reference is %q, the header %q", said.Error.Reference, wrong.Header.Get("X-Request-Id"))
	}
	c.bearer = "not.a.token"
	expect(t, c.get("/api/v1/me"), 401)
}
