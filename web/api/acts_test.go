package api_test

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
)

// TestTheCaseByTheAPIAlone drives the case from the asset to the rent by
// bearer tokens; every answer is held against the description, and in the end
// every described operation has been carried out.
func TestTheCaseByTheAPIAlone(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d := r.Desks()
		asset := theAsset(t, d)
		resolution := theResolution(t, d, asset)
		tender := theTender(t, d, asset, resolution)
		theSupplement(t, d, tender)
		r.KeepLog()
		theLog(t, d, tender)
		theCounty(t, r.Program("admin"))
		theSessions(t, r)
		theBidding(t, r, d)
		theWorks(t, r)
		for _, path := range []string{"/healthz", "/readyz", "/api/openapi.yaml", "/api/v1/search?q=1"} {
			a := r.Nobody().Get(path)
			r.HoldTo(nil, a)
			housetest.Expect(t, a, 200)
		}
		all, err := r.Described()
		r.Ok(err)
		for _, o := range all.Ops {
			if !r.Done[o.Name()] {
				t.Errorf("%s was never carried out", o.Name())
			}
		}
	})
}

func theAsset(t *testing.T, d housetest.Desks) string {
	id := d.Asset(1)
	correction := d.Clerk.R.AssetBody(d.Clerk.Photo(1), d.Clerk.Photo(2), d.Clerk.Photo(4))
	entry := d.Clerk.Must("/api/v1/assets/"+id, housetest.Object{
		"version": 1,
		"form":    housetest.With(correction, "location", "村东头"),
	})
	path := "/api/v1/asset-drafts/" + entry
	d.Supervision.Must(path+"/return", housetest.Object{
		"version": 1,
		"reasons": []housetest.Object{{"name": "坐落", "message": "请写明在机耕路旁"}},
	})
	var waiting struct {
		State, Asset string
		Corrects     bool
		Mend         []struct{ Message string }
	}
	d.Clerk.Get(path).Into(t, &waiting)
	if waiting.State != "returned" || waiting.Asset != id || !waiting.Corrects || len(waiting.Mend) != 1 {
		t.Errorf("the clerk reads %+v", waiting)
	}
	d.Clerk.Must(path, housetest.Object{
		"version": 2,
		"form":    housetest.With(correction, "location", "村东头，机耕路旁"),
	})
	var list struct{ Total int }
	d.Supervision.Get("/api/v1/asset-drafts?asset="+id).Into(t, &list)
	if list.Total != 2 {
		t.Errorf("the committee lists %d", list.Total)
	}
	d.Supervision.Must(path+"/confirm", housetest.Object{"version": 3})
	var got struct {
		Version int
		Form    struct {
			Location   string
			LastTenant string `json:"last_tenant"`
		}
	}
	d.Clerk.Get("/api/v1/assets/"+id).Into(t, &got)
	if got.Version != 2 || got.Form.Location != "村东头，机耕路旁" || got.Form.LastTenant == "" {
		t.Errorf("the clerk reads %+v", got)
	}
	d.Clerk.R.Nobody().Get("/api/v1/assets/"+id).Into(t, &got)
	if got.Form.LastTenant != "" {
		t.Errorf("the public reads the last tenant: %+v", got)
	}
	building := housetest.With(housetest.With(correction, "kind", "building"), "name", "旧校舍")
	delete(building, "plots")
	building["measure"], building["last_unit"] = "square_metre", "square_metre_month"
	shed := d.Clerk.Must("/api/v1/assets", building)
	d.Clerk.Must("/api/v1/asset-drafts/"+shed+"/withdraw", housetest.Object{"version": 1})
	d.Clerk.R.Nobody().Get("/api/v1/assets?q=鱼塘&sort=newest&page=1").Into(t, &struct{}{})
	return id
}

func theResolution(t *testing.T, d housetest.Desks, asset string) string {
	id := d.Resolution(asset, 1)
	path := "/api/v1/resolutions/" + id
	housetest.Expect(t, d.Clerk.R.Nobody().Get(path), 404)
	d.Supervision.Must(path+"/return", housetest.Object{
		"version": 2,
		"reasons": []housetest.Object{{"name": "签到表照片", "message": "照片不清楚"}},
	})
	again := d.Clerk.R.ResolutionBody(asset, d.Clerk.Photo(42), d.Clerk.Photo(41))
	d.Clerk.Must(path, housetest.Object{"version": 3, "form": again})
	d.Clerk.Must(path+"/submit", housetest.Object{"version": 4})
	d.Supervision.Must(path+"/confirm", housetest.Object{"version": 5})
	var got struct {
		Lawful bool
		Count  struct{ Due, Present, For int }
		Form   struct {
			Votes []struct{ Name, Choice string }
		}
	}
	d.Clerk.R.Nobody().Get(path).Into(t, &got)
	if !got.Lawful || got.Count.Due != 26 || got.Count.Present != 24 || got.Count.For != 22 ||
		len(got.Form.Votes) != 0 {
		t.Errorf("the public reads %+v", got)
	}
	var own struct {
		Items []struct {
			Form struct {
				Votes []struct{ Name, Choice string }
			}
		}
	}
	d.Clerk.R.Program("daibiao").Get("/api/v1/votes").Into(t, &own)
	if len(own.Items) != 1 || len(own.Items[0].Form.Votes) != 1 || own.Items[0].Form.Votes[0].Choice != "for" {
		t.Errorf("the representative reads %+v", own)
	}
	d.Clerk.R.Nobody().Get("/api/v1/resolutions?asset="+asset).Into(t, &struct{}{})
	return id
}

func theTender(t *testing.T, d housetest.Desks, asset, resolution string) string {
	form := d.Clerk.R.TenderBody(asset, resolution)
	dropped := d.Clerk.Must("/api/v1/tenders", form)
	d.Clerk.Must("/api/v1/tenders/"+dropped+"/withdraw", housetest.Object{"version": 1})
	id := d.Clerk.Must("/api/v1/tenders", form)
	path := "/api/v1/tenders/" + id
	d.Clerk.Must(path+"/submit", housetest.Object{"version": 1})
	d.Station.Must(path+"/return", housetest.Object{
		"version": 2,
		"reasons": []housetest.Object{{"name": "税费", "message": "请写明由谁承担"}},
	})
	d.Clerk.Must(path, housetest.Object{"version": 3, "form": housetest.With(form, "fees", "税费由承租方承担。")})
	d.Clerk.Must(path+"/submit", housetest.Object{"version": 4})
	d.Station.Must(path+"/check", housetest.Object{"version": 5})
	housetest.Expect(t, d.Station.Act(path+"/approve", housetest.Object{"version": 6}), 403)
	d.Leader.Must(path+"/approve", housetest.Object{"version": 6})
	housetest.Expect(t, d.Clerk.R.Nobody().Get(path), 404)
	key := event.NewID()
	d.Clerk.With("Idempotency-Key", key).Send("POST", path+"/announce", housetest.Object{"version": 7}).
		Into(t, &struct{}{})
	var said struct {
		Found bool
		ID    string
	}
	d.Clerk.Get("/api/v1/requests/tender.announce/"+key).Into(t, &said)
	if !said.Found || said.ID != id {
		t.Errorf("the request is told %+v", said)
	}
	d.Clerk.Must(path+"/posting", housetest.Object{"photo": d.Clerk.Photo(50)})
	var got struct {
		State, Document string
		YearlyRent      int `json:"yearly_rent"`
		WholeRent       int `json:"whole_rent"`
		Deposit         int
		RegisterUntil   string `json:"register_until"`
		OpensAt         string `json:"opens_at"`
	}
	d.Clerk.R.Nobody().Get(path).Into(t, &got)
	if got.State != "announced" || got.YearlyRent != 1544000 || got.WholeRent != 7720000 || got.Deposit != 154400 ||
		got.RegisterUntil != "2026-12-07T08:00:00Z" || got.OpensAt != "2026-12-08T01:00:00Z" {
		t.Errorf("the public reads %+v", got)
	}
	a := d.Clerk.R.Nobody().Get("/api/v1/documents/" + got.Document)
	if housetest.Expect(t, a, 200); event.Hash([]byte(a.Body)) != got.Document || strings.Contains(a.Body, "null") {
		t.Errorf("the document is %s", a.Body)
	}
	return id
}

func theSupplement(t *testing.T, d housetest.Desks, tender string) {
	form := housetest.Object{"tender": tender, "text": "鱼塘水泵由承租方自备。"}
	back := d.Clerk.Must("/api/v1/supplements", form)
	d.Station.Must("/api/v1/supplements/"+back+"/return", housetest.Object{
		"version": 1,
		"reasons": []housetest.Object{{"name": "补充内容", "message": "请写明水泵的位置"}},
	})
	id := d.Clerk.Must("/api/v1/supplements", form)
	d.Station.Must("/api/v1/supplements/"+id+"/release", housetest.Object{"version": 1})
	var got struct {
		Items []struct {
			ID, State     string
			Number        int
			RegisterUntil string `json:"register_until"`
		}
		Total int
	}
	d.Clerk.R.Nobody().Get("/api/v1/tenders/"+tender+"/supplements").Into(t, &got)
	if got.Total != 1 || got.Items[0].ID != id || got.Items[0].Number != 2 ||
		got.Items[0].RegisterUntil != "2026-12-14T08:00:00Z" {
		t.Errorf("the public reads %+v", got)
	}
	d.Clerk.Get("/api/v1/tenders/"+tender+"/supplements").Into(t, &got)
	if got.Total != 2 {
		t.Errorf("the clerk reads %+v", got)
	}
}

// theLog reads the tender's story as a stranger does.
func theLog(t *testing.T, d housetest.Desks, tender string) {
	nobody := d.Clerk.R.Nobody()
	leaves := nobody.Get("/api/v1/streams/tender:"+tender+"/events?after=0&limit=10").Texts(t, "leaves")
	var kinds []string
	for _, leaf := range leaves {
		e, err := event.Parse([]byte(leaf))
		d.Clerk.R.Ok(err)
		kinds = append(kinds, e.Kind)
		if strings.Contains(leaf, "null") {
			t.Errorf("a fact is null: %s", leaf)
		}
		var got struct {
			InChain bool `json:"in_chain"`
			Event   event.Ref
		}
		hash := ledger.LeafHash([]byte(leaf))
		nobody.Get("/api/v1/proofs/"+hex.EncodeToString(hash[:])).Into(t, &got)
		if !got.InChain || got.Event.Seq != e.Seq {
			t.Errorf("%s: %+v", e.Kind, got)
		}
	}
	if want := []string{"tender.announced", "tender.posted", "tender.supplemented"}; !slices.Equal(kinds, want) {
		t.Errorf("the stream tells %v", kinds)
	}
	if rest := nobody.Get("/api/v1/streams/tender:"+tender+"/events?after=2").Texts(t, "leaves"); len(rest) != 1 {
		t.Errorf("after the second there are %d", len(rest))
	}
	nobody.Get("/api/v1/tenders?sort=price").Into(t, &struct{}{})
	nobody.Get("/api/v1/rules").Into(t, &struct{}{})
	housetest.Expect(t, nobody.Get("/api/v1/proofs/"+strings.Repeat("0", 64)), 404)
	housetest.Expect(t, nobody.Get("/api/v1/documents/"+strings.Repeat("0", 64)), 404)
}

func theCounty(t *testing.T, admin *housetest.Client) {
	town := admin.R.Org("云溪镇")
	village := admin.Must("/api/v1/orgs", housetest.Object{
		"kind":   "village_committee",
		"name":   "新村村民委员会",
		"parent": town,
	})
	form := housetest.Object{"name": "新村监委会主任", "login": "newcomer", "org": village, "role": "supervision"}
	person := admin.R.Appointed("/api/v1/people", form)
	housetest.Expect(t, admin.Act("/api/v1/roles",
		housetest.Object{"person": person.ID, "org": town, "role": "leader"}), 409, "role")
	role := admin.Must("/api/v1/roles", housetest.Object{"person": person.ID, "org": village, "role": "representative"})
	admin.Must("/api/v1/roles/"+role+"/end", housetest.Object{})
	year := housetest.Object{"year": 2027, "source": "国务院办公厅关于2027年部分节假日安排的通知",
		"holidays": []housetest.Object{{"from": "2027-01-01", "to": "2027-01-03"}}}
	admin.Must("/api/v1/calendar", year)
	if leaves := admin.Get("/api/v1/streams/calendar:china/events").Texts(t, "leaves"); len(leaves) != 0 {
		t.Errorf("on one administrator's word the log says %v", leaves)
	}
	admin.R.Program("admin2").Must("/api/v1/calendar", year)
	a := admin.Get("/api/v1/streams/calendar:china/events")
	if leaves := a.Texts(t, "leaves"); len(leaves) != 1 || !strings.Contains(leaves[0], `"worked":[]`) {
		t.Errorf("the schedule is told as %v", leaves)
	}
	var orgs struct {
		Items []struct{ Name, Parent string }
	}
	admin.R.Nobody().Get("/api/v1/orgs?q=新村").Into(t, &orgs)
	if len(orgs.Items) != 1 || orgs.Items[0].Parent != town {
		t.Errorf("the organisations are %+v", orgs)
	}
	var me struct {
		Must bool `json:"must_change_password"`
	}
	newcomer := admin.R.Nobody()
	newcomer.Bearer = housetest.Login(t, newcomer, "newcomer", person.Password)["access_token"]
	if newcomer.Get("/api/v1/me").Into(t, &me); !me.Must {
		t.Error("a one-time password need not be changed")
	}
	housetest.Expect(t, newcomer.Act("/api/v1/resolutions/"+event.NewID()+"/confirm",
		housetest.Object{"version": 1}), 403)
}

func theSessions(t *testing.T, r *housetest.House) {
	c := r.Nobody()
	first := housetest.Login(t, c, "station", demo.Password)
	var next, twin map[string]string
	c.Send("POST", "/api/v1/sessions/renew", housetest.Object{"refresh_token": first["refresh_token"]}).Into(t, &next)
	c.Send("POST", "/api/v1/sessions/renew", housetest.Object{"refresh_token": first["refresh_token"]}).Into(t, &twin)
	if next["refresh_token"] == first["refresh_token"] || next["refresh_token"] != twin["refresh_token"] {
		t.Error("within the grace the same successor is given")
	}
	housetest.Expect(t, c.Send("POST", "/api/v1/sessions/end",
		housetest.Object{"refresh_token": next["refresh_token"]}), 204)
	housetest.Expect(t, c.Send("POST", "/api/v1/sessions/renew",
		housetest.Object{"refresh_token": next["refresh_token"]}), 401)
	wrong := c.Send("POST", "/api/v1/sessions", housetest.Object{"login": "station", "password": "not the password"})
	housetest.Expect(t, wrong, 401, "login")
	var said struct{ Error struct{ Reference string } }
	if err := json.Unmarshal([]byte(wrong.Body), &said); err != nil ||
		said.Error.Reference != wrong.Header.Get("X-Request-Id") {
		t.Errorf("the reference is %q, the header %q", said.Error.Reference, wrong.Header.Get("X-Request-Id"))
	}
	c.Bearer = "not.a.token"
	housetest.Expect(t, c.Get("/api/v1/me"), 401)
}
