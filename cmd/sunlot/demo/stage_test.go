package demo

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/house"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// TestTheClockIsAhead: of the machine's, by what it was set to.
func TestTheClockIsAhead(t *testing.T) {
	var clock Clock
	if off := time.Until(clock.Now()); off.Abs() > time.Second {
		t.Errorf("a clock that nobody set is %s off", off)
	}
	clock.Ahead.Store(int64(48 * time.Hour))
	if off := time.Until(clock.Now()) - 48*time.Hour; off.Abs() > time.Second || clock.Now().Location() != time.UTC {
		t.Errorf("two days ahead is %s off, at %s", off, clock.Now().Location())
	}
}

// empty is a database without a county.
func empty(t *testing.T) (*Demonstration, *house.House) {
	t.Helper()
	c, clock, ring := settings(t.TempDir()), &Clock{}, &house.Bell{}
	db, err := house.OpenDB(t.Context(), c, clock, ring.Ring)
	ok(t, err)
	t.Cleanup(func() { db.Close() })
	h, err := house.Build(t.Context(), c, db, clock, ring, nil)
	ok(t, err)
	d := &Demonstration{DB: db, Clock: clock}
	d.Open(h)
	return d, h
}

// TestTheClockGoesForwardOnly: and no further than fifty years; a restart finds
// it where it stood.
func TestTheClockGoesForwardOnly(t *testing.T) {
	d, _ := empty(t)
	ok(t, Mark(t.Context(), d.DB, d.Clock))
	now := time.Now()
	ok(t, d.set(t.Context(), now.Add(time.Hour)))
	for to, code := range map[time.Duration]fault.Code{
		30 * time.Minute:          fault.Conflict,
		-24 * time.Hour:           fault.Conflict,
		51 * 365 * 24 * time.Hour: fault.Invalid,
	} {
		err := d.set(t.Context(), now.Add(to))
		if fault.CodeOf(err) != code {
			t.Errorf("set %s ahead: %v", to, err)
		}
	}
	if off := time.Until(d.Clock.Now()) - time.Hour; off.Abs() > time.Second {
		t.Errorf("a refused instant moved the clock by %s", off)
	}
	ok(t, d.set(t.Context(), now.Add(90*time.Minute)))
	restarted := &Clock{}
	ok(t, Mark(t.Context(), d.DB, restarted))
	if off := restarted.Now().Sub(d.Clock.Now()); off.Abs() > time.Second {
		t.Errorf("after a restart the clock is %s off", off)
	}
}

// TestOnlyAnEmptyDatabaseBecomesADemonstration: a county's own data is refused,
// and is not marked by the attempt.
func TestOnlyAnEmptyDatabaseBecomesADemonstration(t *testing.T) {
	d, h := empty(t)
	_, err := h.Admin.Found(t.Context(), "某县", [2]identity.Founder{
		{Name: "甲", Login: "first", Password: Password}, {Name: "乙", Login: "second", Password: Password}})
	ok(t, err)
	if err := Mark(t.Context(), d.DB, d.Clock); err == nil || !strings.Contains(err.Error(), "county's own data") {
		t.Errorf("a county becomes a demonstration: %v", err)
	}
	if _, marked, err := d.DB.Setting(t.Context(), house.DemonstrationMark); marked || err != nil {
		t.Errorf("marked by a refusal: %v", err)
	}
	other, _ := empty(t)
	for range 2 {
		ok(t, Mark(t.Context(), other.DB, other.Clock))
	}
	if says, marked, err := other.DB.Setting(t.Context(), house.DemonstrationMark); !marked || says != "yes" ||
		err != nil {
		t.Errorf("%q %v", says, err)
	}
}

// TestACountyWithoutAScriptStandsStill: what a test founds is let alone.
func TestACountyWithoutAScriptStandsStill(t *testing.T) {
	d, h := empty(t)
	ok(t, Mark(t.Context(), d.DB, d.Clock))
	if at, says, err := d.next(t.Context()); !at.IsZero() || says != "" || err != nil {
		t.Errorf("in an empty county comes %q at %s: %v", says, at, err)
	}
	ok(t, Found(t.Context(), h, d.Clock))
	ok(t, Found(t.Context(), h, d.Clock))
	orgs, _, err := h.Data.People.Orgs(t.Context(), identity.Everywhere, "", identity.Page{
		Number: 1,
		Size:   identity.MaxPage,
	})
	ok(t, err)
	k := &county{t: t, own: d, script: &script{Seeder: &Seeder{House: h, Clock: d.Clock}, jump: d.set}}
	if open := k.only(trading.Listed); len(orgs) != 9 || open.Title != TeaGarden.asset.Name {
		t.Errorf("%d organisations, %s is let", len(orgs), open.Title)
	}
	ended := make(chan struct{})
	go func() { k.run(t.Context()); close(ended) }()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the script goes on in a county that has none")
	}
	if n := len(k.lots(trading.Bidding)); n != 0 {
		t.Errorf("%d lots are live", n)
	}
}

// bannerTellsTheNext: the inspection, the end of the registration and the
// opening, whichever comes first, of whichever notice.
func bannerTellsTheNext(t *testing.T, dir string) {
	k := again(t, dir)
	k.close()
	type stage struct {
		at   time.Time
		says string
	}
	var stages []stage
	for _, lot := range k.lots(trading.Listed) {
		n, err := k.Tendering.SeeTender(t.Context(), identity.Actor{}, lot.Tender)
		ok(t, err)
		stages = append(stages, stage{n.InspectionOn.At(9, 0), "现场看样：" + n.Title},
			stage{n.RegisterUntil, "报名截止：" + n.Title}, stage{n.OpensAt, "开始竞价：" + n.Title})
	}
	slices.SortFunc(stages, func(a, b stage) int { return a.at.Compare(b.at) })
	told := 0
	for _, stage := range stages {
		if !stage.at.After(k.Clock.Now()) {
			continue // has been
		}
		b, err := k.own.banner(t.Context())
		ok(t, err)
		if b.Text != "示范数据" || b.Next != stage.says || b.Stage != "/demo/stage" {
			t.Errorf("before %s: %+v", stage.at, b)
		}
		told++
		ok(t, k.jump(t.Context(), stage.at))
	}
	if b, err := k.own.banner(t.Context()); told < 4 || err != nil || b.Next != opensSays+liveStories[1].title {
		t.Errorf("when all %d have been: %+v %v", told, b, err)
	}
}

// runsAndTells serves until it is stopped, and prints how everybody gets in.
func runsAndTells(t *testing.T, dir string) {
	own := t.TempDir()
	ok(t, os.CopyFS(own, os.DirFS(dir)))
	c := settings(own)
	ctx, stop := context.WithCancel(t.Context())
	said := &signal{until: Officers[len(Officers)-1].login, done: stop}
	if err := Run(ctx, c, said); err != nil {
		t.Fatal(err)
	}
	text := said.String()
	for _, p := range People {
		if !strings.Contains(text, p.login+" ") || !strings.Contains(text, p.name) {
			t.Errorf("%s is not told", p.login)
		}
	}
	for _, words := range []string{c.URL, Password, "bidder1", "bidder2", "受理室", c.LeadsURL, "roomadmin", "jiwei"} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is not told: %s", words, text)
		}
	}
	for _, b := range scriptBidders {
		if strings.Contains(text, b.login) {
			t.Errorf("%s bids by itself and is told to visitors", b.login)
		}
	}
}

// signal keeps what is written and reports when a word has come.
type signal struct {
	bytes.Buffer
	until string
	done  func()
}

func (s *signal) Write(p []byte) (int, error) {
	n, err := s.Buffer.Write(p)
	if strings.Contains(s.String(), s.until) {
		time.AfterFunc(300*time.Millisecond, s.done)
	}
	return n, err
}
