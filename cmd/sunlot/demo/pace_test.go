package demo

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/mailbox"
	"sunlot/disclosure/power"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
)

// TestADiaryCountsWorkingDays: over weekends, over a holiday and over the weekend that
// is worked for it, there and back.
func TestADiaryCountsWorkingDays(t *testing.T) {
	d := diary{calendar.Calendar{2026: {
		Year:     2026,
		Holidays: []calendar.Span{{From: "2026-10-01", To: "2026-10-07"}},
		Worked:   []calendar.Date{"2026-09-27"},
	}}, "2026-09-30"}
	for n, want := range map[int]calendar.Date{
		0: "2026-09-30", -1: "2026-09-29", -2: "2026-09-28", -3: "2026-09-27", -4: "2026-09-25",
		1: "2026-10-08", 2: "2026-10-09", 3: "2026-10-12",
	} {
		if got := d.day(n); got != want {
			t.Errorf("day %d is %s, not %s", n, got, want)
		}
	}
	if at := d.at(-4, 16, 25); !at.Equal(time.Date(2026, 9, 25, 8, 25, 0, 0, time.UTC)) {
		t.Errorf("the afternoon is at %s", at)
	}
}

// teller is a script whose clock goes as the tales say.
func teller() *script {
	s := &script{Seeder: &Seeder{Clock: &Clock{}}}
	s.jump = func(_ context.Context, to time.Time) error {
		s.Clock.Ahead.Store(int64(time.Until(to)))
		return nil
	}
	return s
}

// TestTalesAreToldSideBySide: whatever is due first is done first, at its time; what
// is due alike in the order of the tales, and the clock never goes back.
func TestTalesAreToldSideBySide(t *testing.T) {
	s := teller()
	begun := s.Clock.Now()
	var said []string
	says := func(name string, hours ...int) tale {
		return func(_ context.Context, until func(time.Time) error) error {
			for _, h := range hours {
				at := begun.Add(time.Duration(h) * time.Hour)
				if err := until(at); err != nil {
					return err
				}
				if off := s.Clock.Now().Sub(at); off < 0 || off > time.Minute {
					t.Errorf("%s is done %s after its time", name, off)
				}
				said = append(said, name)
			}
			return nil
		}
	}
	ok(t, s.tell(t.Context(), says("a", 1, 4, 9), says("b", 2, 4, 5), says("silent"), says("c", 3)))
	if got := strings.Join(said, ""); got != "abcabba" {
		t.Errorf("told in the order %s", got)
	}
	late := func(_ context.Context, until func(time.Time) error) error { return until(begun) }
	before := s.Clock.Now()
	ok(t, s.tell(t.Context(), late))
	if s.Clock.Now().Before(before) {
		t.Error("a tale of yesterday has put the clock back")
	}
}

// TestATaleThatFailsEndsAll: the others are let go, and none goes on.
func TestATaleThatFailsEndsAll(t *testing.T) {
	s := teller()
	begun, wrong := s.Clock.Now(), errors.New("wrong")
	var ended error
	patient := func(_ context.Context, until func(time.Time) error) error {
		ended = until(begun.Add(2 * time.Hour))
		return ended
	}
	fails := func(_ context.Context, until func(time.Time) error) error {
		if err := until(begun.Add(time.Hour)); err != nil {
			return err
		}
		return wrong
	}
	if err := s.tell(t.Context(), patient, fails); !errors.Is(err, wrong) || !errors.Is(ended, errUntold) {
		t.Errorf("told to %v, the other to %v", err, ended)
	}
	atOnce := func(context.Context, func(time.Time) error) error { return wrong }
	if err := s.tell(t.Context(), patient, atOnce); !errors.Is(err, wrong) {
		t.Errorf("told to %v", err)
	}
	stopped := errors.New("stopped")
	s.jump = func(context.Context, time.Time) error { return stopped }
	if err := s.tell(t.Context(), patient); !errors.Is(err, stopped) {
		t.Errorf("with a clock that does not go: %v", err)
	}
}

// TestDesksFollowOneAnother: each has its time after the one before, in the hours of an
// office, whether a case takes weeks or a day; no two stories keep the same minutes for
// ever.
func TestDesksFollowOneAnother(t *testing.T) {
	minutes := map[int]bool{}
	for _, st := range stories() {
		minutes[st.minutes()] = true
		for i, at := range hours {
			minute := at[0]*60 + at[1] + st.minutes()
			if minute < 9*60 || minute >= 17*60 {
				t.Errorf("%s is at desk %d at %d:%02d", st.title, i, minute/60, minute%60)
			}
			if i > 0 && hours[i-1][0]*60+hours[i-1][1] >= at[0]*60+at[1] {
				t.Errorf("desk %d comes before the one before it", i)
			}
		}
	}
	if len(minutes) < 5 {
		t.Errorf("all cases are done at %v minutes", minutes)
	}
	if !slices.IsSorted(unhurried[:]) || unhurried[announces] != 0 || unhurried[drafts] > -4 {
		t.Errorf("a case goes over the desks on the days %v", unhurried)
	}
	if p := pond.pace(diary{}, 0, unhurried, nil); p.notice != 4 {
		t.Errorf("the notice comes %d days after its draft", p.notice)
	}
}

// TestATownshipWritesItsOwnNotices: with its own name, account and telephone.
func TestATownshipWritesItsOwnNotices(t *testing.T) {
	for field, text := range DemoTexts {
		if yunxi.writes(text) != text {
			t.Errorf("%s of %s is %s", field, yunxi.name, yunxi.writes(text))
		}
		other := nanhe.writes(text)
		for _, words := range []string{"云溪", yunxi.shown, yunxi.phone} {
			if strings.Contains(other, words) {
				t.Errorf("%s of %s says %s: %s", field, nanhe.name, words, other)
			}
		}
	}
	for _, own := range []town{yunxi, nanhe} {
		if strings.ReplaceAll(own.shown, " ", "") != own.account {
			t.Errorf("%s shows %s and has %s", own.name, own.shown, own.account)
		}
		for _, login := range []string{own.station, own.second, own.leader} {
			if !loginOf(login) {
				t.Errorf("%s has no %s", own.name, login)
			}
		}
	}
}

// TestAnItemIsInOrder: one of each part of the list, by a number of its own, its steps
// with what they leave; those about works alone name stages.
func TestAnItemIsInOrder(t *testing.T) {
	numbers, parts := map[string]bool{}, map[power.Category]bool{}
	for _, i := range append([]power.ItemForm{WorksItem}, otherItems...) {
		if numbers[i.Number] || parts[i.Category] || i.Category.Label() == "" {
			t.Errorf("%s is there twice, or in no part: %s", i.Number, i.Category)
		}
		numbers[i.Number], parts[i.Category] = true, true
		for _, step := range i.Steps {
			if step.Name == "" || step.Who == "" || step.Leaves == "" || (step.Stage != "") != (i.Category == "works") {
				t.Errorf("%s: %+v", i.Number, step)
			}
		}
	}
}

// TestALetterIsInOrder: it goes to somebody who opens reports, and is answered after it
// has come, in the order of its states.
func TestALetterIsInOrder(t *testing.T) {
	for _, l := range letters {
		if !slices.ContainsFunc(Officers, func(o person) bool {
			return o.login == l.officer && o.role == identity.Receiver
		}) {
			t.Errorf("nobody opens the letter to %s", l.officer)
		}
		if l.about.Label() == "" || l.category.Label() == "" || l.txt == "" {
			t.Errorf("a letter says too little: %+v", l)
		}
		day, state := l.day, mailbox.Received
		for _, r := range l.replies {
			if r.day <= day || r.state == state || r.text == "" || r.day >= 0 {
				t.Errorf("%s is answered on day %d with %s", l.txt, r.day, r.state)
			}
			day, state = r.day, r.state
		}
	}
}
