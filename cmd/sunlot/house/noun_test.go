package house_test

import (
	"context"
	"slices"
	"testing"

	"sunlot/cmd/sunlot/house"
	"sunlot/disclosure/words"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// A room of wells, as somebody would add one: noun, lifecycle, action, facts with
// their wording, use-case, Store and SQL. Nothing central knows of it; its room
// of screens is the barns' in admin/noun_test.go.

const (
	dug    casework.State = "dug"
	sealed casework.State = "sealed"
)

var (
	wellLifecycle = casework.Lifecycle{
		Noun:   "水井",
		Labels: map[casework.State]string{dug: "在用", sealed: "已封"},
		Moves:  map[casework.State][]casework.State{dug: {sealed}},
	}
	wellSeal     = identity.NewAction("well.seal", "封井", identity.Clerk)
	wellWordings = []words.Wording{
		words.Of("well.sealed", "水井封了", sealedFacts.told).InTrail("封井"),
	}
)

type well struct {
	ID    string
	Path  identity.Path
	State casework.State
}

type sealedFacts struct {
	Reason string `json:"reason"`
}

func (f sealedFacts) told() []words.Fact { return []words.Fact{words.Text("原因", f.Reason)} }

type wellStore interface {
	WriteWell(ctx context.Context, once event.Request, fn func(event.Recorder) (string, error)) (string, error)
}

type wells struct{ store wellStore }

// seal is a use-case: one act, one transaction, its event.
func (s wells) seal(ctx context.Context, who identity.Actor, requestID string, w *well, reason string) (string, error) {
	scope, once, err := casework.Begin(who, wellSeal, "well.seal", requestID, []string{w.ID, reason})
	if err != nil {
		return "", err
	}
	if !scope.Covers(w.Path) {
		return "", fault.New(fault.NotFound, "没有找到这口水井")
	}
	return s.store.WriteWell(ctx, once, func(tx event.Recorder) (string, error) {
		stream := event.Of("well", w.ID)
		if _, err := tx.Lock(stream); err != nil {
			return "", err
		}
		if err := wellLifecycle.Move(&w.State, sealed); err != nil {
			return "", err
		}
		_, err := tx.Record(stream, "well.sealed", sealedFacts{Reason: reason}, nil)
		return w.ID, err
	})
}

// wellsdb is the subject's view of the engine.
type wellsdb struct{ *store.DB }

func (db wellsdb) WriteWell(ctx context.Context, once event.Request,
	fn func(event.Recorder) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(t) })
}

// TestANounIsAddedWithItsOwnRooms: of what all rooms share only the wiring's two
// lists get a line more.
func TestANounIsAddedWithItsOwnRooms(t *testing.T) {
	told, err := house.Wordings()
	if err != nil {
		t.Fatal(err)
	}
	if told.Title("well.sealed") == "水井封了" || slices.Contains(house.Actions(), wellSeal) {
		t.Fatal("the house knows of wells already")
	}
	all, err := words.New(append(told.All(), wellWordings...))
	if err != nil {
		t.Fatal(err)
	}
	clerk := identity.Actor{PersonID: "p1", Memberships: []identity.Membership{{Role: identity.Clerk, Path: "/c/v/"}}}
	station := identity.Actor{PersonID: "p2", Memberships: []identity.Membership{{Role: identity.Station, Path: "/c/"}}}
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		s, w := wells{wellsdb{db.Engine()}}, &well{ID: event.NewID(), Path: "/c/v/", State: dug}
		if _, err := s.seal(t.Context(), station, event.NewID(), w, "塌了"); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("the station seals a well: %v", err)
		}
		request := event.NewID()
		for range 2 { // the same request again is the same act
			if _, err := s.seal(t.Context(), clerk, request, w, "塌了"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.seal(t.Context(), clerk, event.NewID(), w, "又塌了"); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("a sealed well is sealed again: %v", err)
		}
		events, err := db.Events(t.Context(), event.Of("well", w.ID), 0, 10)
		if err != nil || len(events) != 1 {
			t.Fatalf("%d events, %v", len(events), err)
		}
		if got := all.Sentence(events[0]); got != "水井封了：原因 塌了" {
			t.Errorf("verify says %q", got)
		}
		if step := all.Act("well.sealed"); step != "封井" {
			t.Errorf("the trail says %q", step)
		}
	})
}
