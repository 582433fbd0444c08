package verify

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/power"
	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/rolls"
	"sunlot/trading/works"
)

// object is what the API says of something.
type object = map[string]any

// county is a verified log of one tender, its lot and contract, an item and a
// project, with the pages and documents that a server shows of them.
type county struct {
	t         *testing.T
	report    *ledger.Report
	pages     map[string]object
	documents map[string][]byte // by SHA-256
	broken    string            // a path that answers with an error
	next      int64
}

func newCounty(t *testing.T) *county {
	c := &county{t: t, pages: map[string]object{}, documents: map[string][]byte{},
		report: &ledger.Report{Streams: map[event.Stream][]ledger.Entry{}}}
	c.let()
	c.bid()
	c.build()
	return c
}

// logs adds an event to the log.
func (c *county) logs(stream event.Stream, kind string, facts any) {
	c.t.Helper()
	raw, err := event.Canonical(facts)
	if err != nil {
		c.t.Fatal(err)
	}
	have := c.report.Streams[stream]
	c.report.Streams[stream] = append(have, ledger.Entry{Index: c.next, Event: event.Event{Stream: stream,
		Seq:  int64(len(have) + 1),
		Kind: kind, At: opens.Add(time.Duration(c.next)*time.Second - time.Hour), Facts: raw}})
	c.next++
}

// publishes adds a document and returns its SHA-256.
func (c *county) publishes(text any) string {
	c.t.Helper()
	raw, err := event.Canonical(text)
	if err != nil {
		c.t.Fatal(err)
	}
	c.documents[event.Hash(raw)] = raw
	return event.Hash(raw)
}

// due adds the roll of a group's meeting to the log, from before all the others.
func (c *county) due(roll, org, from string, count int) {
	c.t.Helper()
	at := opens.Add(time.Duration(len(c.report.Streams)-99) * time.Minute)
	raw, err := event.Canonical(rolls.ConfirmedFacts{Org: org, Assembly: "group_meeting",
		From: calendar.Date(from), Count: count, Entered: event.Stamp(at.Add(-time.Second))})
	if err != nil {
		c.t.Fatal(err)
	}
	stream := event.Of("roll", roll)
	c.report.Streams[stream] = []ledger.Entry{{Index: 99, Event: event.Event{
		Stream: stream,
		Seq:    1,
		Kind:   "roll.confirmed",
		At:     at,
		Facts:  raw,
	}}}
}

// let is the tender of an asset by a resolution, with a supplement.
func (c *county) let() {
	c.logs("asset:a", "asset.registered", trading.AssetFacts{Document: "d", Owner: "g", Assembly: "group_meeting",
		Area: 3860, LastRent: 35000})
	c.due("l", "g", "2026-01-01", 10)
	vote := trading.ConfirmedFacts{
		Asset:      event.Ref{Stream: "asset:a", Seq: 1},
		Assembly:   "group_meeting",
		HeldOn:     "2026-11-02",
		Roll:       event.Ref{Stream: "roll:l", Seq: 1},
		RollFrom:   "2026-01-01",
		Lawful:     true,
		Years:      5,
		Count:      trading.Count{Due: 10, Present: 9, For: 8, Against: 1},
		FloorPrice: 38000,
	}
	c.logs("resolution:r", "resolution.confirmed", vote)
	c.pages["/api/v1/resolutions/r"] = object{
		"held_on": vote.HeldOn,
		"roll":    object{"event": vote.Roll, "from": vote.RollFrom, "on": "2026-02-01"},
		"count":   object{"due": 10, "present": 9, "for": 8, "against": 1, "abstain": 0},
		"lawful":  true,
		"form":    object{"years": 5, "floor_price": 38000},
	}
	facts := trading.AnnouncedFacts{
		Asset:         event.Ref{Stream: "asset:a", Seq: 1},
		Resolution:    event.Ref{Stream: "resolution:r", Seq: 1},
		Document:      c.publishes("notice"),
		Area:          3860,
		StartPrice:    40000,
		Step:          1000,
		Deposit:       308800,
		YearlyRent:    1544000,
		LastRent:      35000,
		Years:         5,
		StartsOn:      "2027-01-01",
		NoticeDays:    10,
		RegisterUntil: "2026-12-04T09:00:00.000Z",
		OpensAt:       "2026-12-07T01:00:00.000Z",
		RulePack:      "shifan",
		Steps: []trading.StepTaken{{Step: "tender.approved", Role: identity.Leader,
			At: "2026-11-23T01:30:00.000Z"}},
	}
	c.logs("tender:a", "tender.announced", facts)
	c.logs("tender:a", "tender.supplemented", trading.SupplementFacts{Number: 1, Document: c.publishes("supplement"),
		Before: facts.RegisterUntil, RegisterUntil: "2026-12-07T09:00:00.000Z", OpensAt: "2026-12-08T01:00:00.000Z"})
	c.pages["/api/v1/tenders/a"] = object{
		"id":             "a",
		"form":           object{"start_price": 40000, "step": 1000, "years": 5},
		"area":           3860,
		"yearly_rent":    1544000,
		"deposit":        308800,
		"register_until": "2026-12-07T09:00:00Z",
		"opens_at":       "2026-12-08T01:00:00Z",
		"document":       facts.Document,
	}
}

// bid is the bidding for the lot, its contract and the first rent.
func (c *county) bid() {
	c.report.Streams["lot:a"] = logged(c.t, nil)
	c.logs("contract:a", "contract.signed", contracts.SignedFacts{Bidder: "2000", Price: 42000, Yearly: 1621200,
		Whole:    8106000,
		StartsOn: "2027-01-01", EndsOn: "2031-12-31", Payments: 5})
	c.logs("contract:a", "rent.received", contracts.ReceivedFacts{Payment: 1, Amount: 1000000,
		Received: 1000000, Due: 1621200,
		ReceivedOn: "2027-01-02", Serial: "****0001"})
	c.logs("contract:a", "rent.received", contracts.ReceivedFacts{Payment: 1, Amount: 621200, Received: 1621200,
		Due:        1621200,
		ReceivedOn: "2027-01-05", Serial: "****0002"})
	c.pages["/api/v1/lots/a"] = object{"lot": object{"state": "awarded", "leader": "2000", "price": 42000, "bids": 3}}
	c.pages["/api/v1/lots/a/award"] = object{"bidder": "2000", "price": 42000, "yearly_rent": 1621200}
	c.pages["/api/v1/lots/a/contract"] = object{"received": 1621200}
}

// build is an item of the list and a finished work by it.
func (c *county) build() {
	form := power.ItemForm{Number: "GC-01", Name: "村级小型工程发包", Steps: []power.ItemStep{{Name: "决议"}}}
	sha := c.publishes(power.Edition{Item: "i", Edition: 1, Form: form})
	c.logs("item:i", "item.published", power.PublishedFacts{Edition: 1, Number: "GC-01", Category: "works",
		Steps: 1, Document: sha})
	c.pages["/api/v1/items/i"] = object{"edition": 1, "form": form, "document": sha}

	says := object{"village": "v", "item": "i", "name": "桥", "place": "村口", "scope": "长18米", "estimate": 13000000,
		"plan": []object{{"stage": "budget", "sum": 12800000}}}
	doc := c.publishes(says)
	c.logs("project:p", "project.opened", works.OpenedFacts{Item: event.Ref{Stream: "item:i", Seq: 1},
		Edition: 1, Village: "v",
		Resolution: "r", Estimate: 13000000, Limit: 15000000, Document: doc})
	var sums works.SumsFacts
	var entries []any
	for _, e := range []struct {
		kind string
		works.StagedFacts
	}{
		{"project.staged", works.StagedFacts{Stage: works.BudgetStage, Sum: 12800000}},
		{"project.skipped", works.StagedFacts{Stage: works.DesignStage, Skipped: true}},
		{"project.staged", works.StagedFacts{Stage: works.ContractStage, Sum: 11960000}},
		{"project.varied", works.StagedFacts{Stage: works.VariationStage, Sum: -100000}},
		{"project.accepted", works.StagedFacts{Stage: works.AcceptanceStage}},
		{"project.settled", works.StagedFacts{Stage: works.FinalStage, Sum: 11860000}},
		{"project.paid", works.StagedFacts{Stage: works.PaymentStage, Sum: 11860000}},
	} {
		f := e.StagedFacts
		f.Entry, f.On = string(f.Stage), "2026-12-08"
		f.Photos, f.Files = []string{}, []string{"f"}
		switch f.Stage {
		case works.BudgetStage:
			sums.Budget = f.Sum
		case works.ContractStage:
			sums.Contract = f.Sum
		case works.VariationStage:
			sums.Varied = f.Sum
		case works.FinalStage:
			sums.Final = f.Sum
		case works.PaymentStage:
			sums.Paid = f.Sum
		}
		f.Sums = sums
		c.logs("project:p", e.kind, f)
		entries = append(entries, object{"id": f.Entry, "stage": f.Stage, "skipped": f.Skipped, "on": f.On,
			"amount": f.Sum,
			"photos": f.Photos, "files": f.Files})
	}
	page := maps.Clone(says)
	page["state"], page["resolution"], page["document"] = "finished", "r", doc
	page["sums"] = object{"budget": sums.Budget, "contract": sums.Contract, "varied": sums.Varied,
		"final": sums.Final, "paid": sums.Paid}
	page["entries"] = entries
	c.pages["/api/v1/projects/p"] = page
}

// shows changes what the server shows: the value at the names in a page.
func (c *county) shows(path string, value any, names ...string) {
	at := c.pages[path]
	for _, name := range names[:len(names)-1] {
		at = at[name].(object)
	}
	at[names[len(names)-1]] = value
}

// relogs changes the facts of an event in the log.
func (c *county) relogs(stream event.Stream, seq int, field string, value any) {
	c.t.Helper()
	e := &c.report.Streams[stream][seq-1].Event
	var facts object
	if err := json.Unmarshal(e.Facts, &facts); err != nil {
		c.t.Fatal(err)
	}
	facts[field] = value
	raw, err := event.Canonical(facts)
	if err != nil {
		c.t.Fatal(err)
	}
	e.Facts = raw
}

// served is the address of a server that shows the pages and documents.
func (c *county) served() string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == c.broken {
			http.Error(w, "broken", http.StatusInternalServerError)
			return
		}
		if sha, is := strings.CutPrefix(r.URL.Path, "/api/v1/documents/"); is {
			if body, there := c.documents[sha]; there {
				w.Write(body)
				return
			}
		}
		page, there := c.pages[r.URL.Path]
		if !there {
			http.NotFound(w, r)
			return
		}
		json.NewEncoder(w).Encode(page)
	}))
	c.t.Cleanup(server.Close)
	return server.URL
}

// says is the words of the rooms whose events these tests tell.
func says(t *testing.T) words.Registry {
	t.Helper()
	r, err := words.New(trading.Wordings, rolls.Wordings, contracts.Wordings, works.Wordings, power.Wordings)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
