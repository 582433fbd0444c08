package casework_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

var (
	checking = identity.NewAction("barn.check", "查看谷仓", identity.Station)
	barnDuty = &casework.DutyKind{Name: "barn", Label: "查看谷仓", Act: checking, Ladder: casework.Usual}
)

// waiting is a store in which the same wait for everybody.
type waiting []casework.Duty

func (w waiting) Duties(_ context.Context, q casework.DutyQuery) ([]casework.Duty, int, error) {
	var all []casework.Duty
	for _, d := range w {
		if slices.ContainsFunc(q.Held, func(h casework.Holding) bool { return h.Scope.Covers(d.Path) }) {
			all = append(all, d)
		}
	}
	from := min((q.Page.Number-1)*q.Page.Size, len(all))
	return all[from:min(from+q.Page.Size, len(all))], len(all), nil
}

func (w waiting) CountDuties(context.Context, casework.DutyQuery) ([]casework.DutyCount, error) {
	return nil, nil
}

func (w waiting) DutiesOf(_ context.Context, cases []string) ([]casework.Duty, error) {
	var all []casework.Duty
	for _, d := range w {
		if slices.Contains(cases, d.Case) {
			all = append(all, d)
		}
	}
	return all, nil
}

type schedules struct{}

func (schedules) Now() time.Time { return time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) }

func (schedules) Years(context.Context) ([]calendar.Year, error) { return nil, nil }

// TestACaseKnowsItsPlaceAndItsNeighbours: over the pages of the desk, and only in what waits
// for whoever asks. After a decision the one that was named is next, else the first.
func TestACaseKnowsItsPlaceAndItsNeighbours(t *testing.T) {
	var store waiting
	for n := range 250 {
		store = append(store, casework.Duty{Kind: "barn", Case: fmt.Sprint("case", n), Path: "/a/b/"})
	}
	store = append(store, casework.Duty{Kind: "barn", Case: "elsewhere", Path: "/z/"})
	desk := &casework.Desk{Kinds: []*casework.DutyKind{barnDuty}, Store: store, Days: casework.Schedules{
		Store: schedules{},
		Clock: schedules{},
	}}
	who := identity.Actor{PersonID: "p", Memberships: []identity.Membership{{Role: identity.Station, Path: "/a/"}}}
	title := func(w *casework.Waiting) string {
		if w == nil {
			return ""
		}
		return w.Case
	}
	for _, c := range []struct {
		id            string
		at            int
		before, after string
	}{
		{"case0", 1, "", "case1"}, {"case7", 8, "case6", "case8"}, {"case99", 100, "case98", "case100"},
		{"case100", 101, "case99", "case101"}, {"case249", 250, "case248", ""},
	} {
		q, err := desk.QueueOf(t.Context(), who, c.id, "nothing", "barn")
		if err != nil || q == nil || q.At != c.at || q.Of != 250 || title(q.Before) != c.before ||
			title(q.After) != c.after {
			t.Errorf("%s: %+v %v", c.id, q, err)
		}
	}
	for _, none := range []string{"elsewhere", "case250", ""} {
		if q, err := desk.QueueOf(t.Context(), who, none, "barn"); q != nil || err != nil {
			t.Errorf("%q stands in the queue: %+v %v", none, q, err)
		}
	}
	nobody := identity.Actor{PersonID: "q", Memberships: []identity.Membership{{Role: identity.Clerk, Path: "/a/"}}}
	if q, err := desk.QueueOf(t.Context(), nobody, "case1", "barn"); q != nil || err != nil {
		t.Errorf("it waits for who may not do it: %+v %v", q, err)
	}
	if q, err := desk.Left(t.Context(), nobody, "barn", "case1"); q != nil || err != nil {
		t.Errorf("who may not do it is led on: %+v %v", q, err)
	}
	for then, want := range map[string]string{"case120": "case120", "elsewhere": "case0", "": "case0"} {
		q, err := desk.Left(t.Context(), who, "barn", then)
		if err != nil || q.At != 0 || q.Of != 250 || title(q.After) != want {
			t.Errorf("after %q comes %+v %v", then, q, err)
		}
	}
}

// TestWhoTakesBackWhat: the sender alone, while it waits.
func TestWhoTakesBackWhat(t *testing.T) {
	life := casework.Lifecycle{Noun: "谷仓", Labels: map[casework.State]string{"sent": "待查看", "seen": "已查看"}}
	sender, other := identity.Actor{PersonID: "p"}, identity.Actor{PersonID: "q"}
	if err := life.TakesBack(sender, "p", "sent", "sent"); err != nil {
		t.Error(err)
	}
	if err := life.TakesBack(other, "p", "sent", "sent"); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("another: %v", err)
	}
	for _, who := range []identity.Actor{sender, other} {
		if err := life.TakesBack(who, "p", "seen", "sent"); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("once it was seen: %v", err)
		}
	}
}
