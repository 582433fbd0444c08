package verify

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/words"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/mode"
	"sunlot/trading/tradingtest"
)

func init() { mode.All = append(mode.All, tradingtest.Turns{}) } // the one line

// turned is a listed lot whose bidding is by turns of five minutes, ready to be opened.
func turned(t *testing.T, v *tradingtest.Village, all ...*tradingtest.Bidder) trading.Lot {
	t.Helper()
	n := v.Tender(trading.Announced)
	v.Enter(n.Lot, all...)
	v.Pay(n.Lot, all...)
	v.Admit(all...)
	var l trading.Lot
	tradingtest.Must(t, v.DB.WorkLot(t.Context(), func(tx bidding.LotTx) error {
		var err error
		l, err = tx.Lot(n.Lot, identity.Everywhere)
		if err != nil {
			return err
		}
		l.Mode = tradingtest.TurnsName
		l.Terms, err = tradingtest.Turns{}.Freeze(trading.DraftOf(n.StartPrice, n.Step, v.Bidding.Pack()))
		if err != nil {
			return err
		}
		return tx.SaveLot(l)
	}))
	return l
}

// logOf is the lot's events and its notice's, which names the mode.
func logOf(t *testing.T, v *tradingtest.Village, l trading.Lot) ([]ledger.Entry, grounds) {
	t.Helper()
	read := func(s event.Stream) (entries []ledger.Entry) {
		all, err := v.Bidding.LotStore.Events(t.Context(), s, 0, 1000)
		tradingtest.Must(t, err)
		for _, e := range all {
			if e.Kind == "tender.announced" {
				e.Facts = []byte(strings.Replace(string(e.Facts), `"mode":"ascending/1"`, `"mode":"turns/1"`, 1))
			}
			entries = append(entries, ledger.Entry{Event: e})
		}
		return entries
	}
	notice := event.Of("tender", l.Tender)
	report := &ledger.Report{Streams: map[event.Stream][]ledger.Entry{
		notice:     read(notice),
		l.Stream(): read(l.Stream()),
	}}
	return report.Streams[l.Stream()], grounds{report, event.Of("tender", l.Tender), &sorts{}}
}

// TestAModeIsOneFile: a mode that bidding, store and verify have never heard of is bid by,
// goes on by itself, is won and is judged again from its log.
func TestAModeIsOneFile(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		one, two := v.Bidder("yihao", ""), v.Bidder("erhao", "")
		l := turned(t, v, one, two)
		opens := l.Board.OpensAt
		at := func(m int) time.Time { return opens.Add(time.Duration(m) * time.Minute) }
		bid := func(b *tradingtest.Bidder, m, price int, code fault.Code) {
			t.Helper()
			v.Clock.Set(at(m))
			_, err := v.Bid(b, l.ID, at(m), money.Fen(price), false)
			tradingtest.Want(t, err, code, "")
		}
		v.Clock.Set(opens)
		tradingtest.Must(t, v.Bidding.OpenLot(t.Context(), l.ID))
		bid(one, 1, 45000, "")
		bid(one, 2, 46000, fault.Conflict) // one price in a turn
		bid(two, 3, 41000, "")
		v.Clock.Set(at(5).Add(trading.Grace - time.Millisecond))
		tradingtest.Must(t, v.Bidding.CloseLot(t.Context(), l.ID))
		if got := v.Lot(l.ID); got.Ticks != 0 || got.Next != at(5) {
			t.Errorf("in the grace of the first turn: %d facts, next %v", got.Ticks, got.Next)
		}
		v.Clock.Set(at(5).Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		tradingtest.Must(t, v.Bidding.CloseLot(t.Context(), l.ID)) // again does nothing
		room, err := v.Bidding.SeeRoom(t.Context(), v.Clerk, l.ID, bidding.MostBids)
		if err != nil || room.Lot.State != trading.Bidding || room.Lot.Ticks != 1 || room.Head != 4 ||
			room.Lot.Price() != l.Terms.Start || room.Choices.List[0].Key != "start" {
			t.Fatalf("after the first turn: %+v, %v", room, err)
		}
		bid(two, 6, 42000, "")
		v.Clock.Set(at(10).Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		a, err := v.Bidding.SeeAward(t.Context(), v.Clerk, l.ID)
		if err != nil || a.Number != v.Lot(l.ID).Board.Leading.Bidder || a.Price != 42000 {
			t.Errorf("won by %s at %v, %v", a.Number, a.Price, err)
		}
		kinds := tradingtest.Kinds(t, v, l.Stream())
		if !slices.Equal(kinds, []string{"lot.opened", "bid.placed", "bid.placed", "turn.ended", "bid.placed",
			"lot.closed"}) {
			t.Errorf("the stream has %v", kinds)
		}
		judged(t, v, l)
	})
}

// judged replays the lot's log, as it is and changed.
func judged(t *testing.T, v *tradingtest.Village, l trading.Lot) {
	t.Helper()
	entries, on := logOf(t, v, l)
	if r := replay(entries, on); len(r.wrong) > 0 || r.closed == nil {
		t.Fatalf("the log as it is: %q", r.wrong)
	}
	for name, c := range map[string]struct {
		n        int
		old, new string
		says     string
	}{
		"another price of the turn": {3, `"price":45000`, `"price":44000`, "按规则这一步应为 turn.ended"},
		"a bid twice in a turn":     {2, "", "", "这一轮您已经报过"},
		"the first turn's winner":   {5, `"price":42000`, `"price":45000`, "按报价应由"},
		"an unknown version":        {0, "turns/1", "turns/2", "没有“turns/2”这种交易方式"},
	} {
		changed := slices.Clone(entries)
		e := &changed[c.n].Event
		e.Facts = []byte(strings.Replace(string(e.Facts), c.old, c.new, 1))
		if c.old == "" {
			var first struct{ Bidder string }
			tradingtest.Must(t, json.Unmarshal(entries[1].Event.Facts, &first))
			facts := map[string]any{}
			tradingtest.Must(t, json.Unmarshal(e.Facts, &facts))
			facts["bidder"] = first.Bidder
			e.Facts, _ = event.Canonical(facts)
		}
		if got := strings.Join(replay(changed, on).wrong, "\n"); !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", name, got, c.says)
		}
	}
	notice := on.report.Streams[event.Of("tender", l.Tender)]
	announced := slices.IndexFunc(notice, func(e ledger.Entry) bool { return e.Event.Kind == "tender.announced" })
	noticed := notice[announced].Event.Facts
	notice[announced].Event.Facts = []byte(strings.Replace(string(noticed), "turns/1", "ascending/1", 1))
	if got := strings.Join(replay(entries, on).wrong, "\n"); !strings.Contains(got,
		"交易方式为轮流报价（turns/1），按公告应为公开竞价（ascending/1）") {
		t.Errorf("another mode than the notice's: %q", got)
	}
	notice[announced].Event.Facts = noticed
	without := slices.Delete(slices.Clone(entries), 3, 4)
	if got := strings.Join(replay(without, on).wrong, "\n"); !strings.Contains(got, "缺少") {
		t.Errorf("without the turn's end: %q", got)
	}
	early := slices.Clone(entries)
	early[3].Event.At = early[2].Event.At
	if got := strings.Join(replay(early, on).wrong, "\n"); !strings.Contains(got, "不应有这一步") {
		t.Errorf("the turn ended too early: %q", got)
	}
	all, err := words.New(trading.Wordings, tradingtest.TurnWordings)
	tradingtest.Must(t, err)
	if told := all.Tell(entries[3].Event); told.Title != "一轮结束" || len(told.Facts) != 2 {
		t.Errorf("the turn's end is told as %+v", told)
	}
}
