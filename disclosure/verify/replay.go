package verify

import (
	"encoding/json"
	"fmt"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/words"
	"sunlot/internal/event"
	"sunlot/trading"
	"sunlot/trading/mode"
)

// replayed is a lot as its log alone has it, every bid judged again by the
// rules that lot.opened published.
type replayed struct {
	terms   mode.Terms
	board   mode.Board
	ranks   map[string]int
	closed  *trading.ClosedFacts
	failed  bool
	closing event.Event // lot.closed or lot.failed
	wrong   []string
}

// replay plays a lot's events once more. What the rules would not have allowed
// is named by its event.
func replay(entries []ledger.Entry) replayed {
	r := replayed{ranks: map[string]int{}}
	ascending, err := mode.Find("ascending")
	if err != nil {
		r.wrong = append(r.wrong, err.Error())
		return r
	}
	for _, entry := range entries {
		if err := r.apply(ascending, entry.Event); err != nil {
			e := entry.Event
			r.wrong = append(r.wrong, fmt.Sprintf("标的 %s(%s/%d):%s",
				e.Stream.ID(), e.Stream, e.Seq, words.Printable(err.Error())))
		}
	}
	return r
}

func (r *replayed) apply(m mode.Mode, e event.Event) error {
	switch e.Kind {
	case "lot.opened":
		var f trading.OpenedFacts
		opens, err := read(e, &f, func() string { return f.OpensAt })
		if err != nil {
			return err
		}
		r.terms = mode.Terms{Start: f.StartPrice, Step: f.Step, MostSteps: f.MostSteps, Free: seconds(f.FreeSeconds),
			Window: seconds(f.WindowSeconds), Extend: seconds(f.ExtendSeconds)}
		r.board = m.Open(r.terms, opens)
		for _, h := range f.Holders {
			r.ranks[h.Bidder] = h.Rank
		}
	case "bid.placed":
		var f trading.BidFacts
		ends, err := read(e, &f, func() string { return f.EndsAt })
		if err != nil {
			return err
		}
		offer := mode.Offer{Bidder: f.Bidder, Rank: r.ranks[f.Bidder], Price: f.Price, Match: f.Match, At: e.At}
		board, err := m.Accept(r.terms, r.board, offer)
		if err != nil {
			return fmt.Errorf("报价不合规则:%w", err)
		}
		r.board = board
		if !board.EndsAt.Equal(ends) {
			return fmt.Errorf("截止时间应为 %s,记录为 %s", board.EndsAt.Format(event.TimeFormat), f.EndsAt)
		}
	case "lot.closed":
		r.closed, r.closing = &trading.ClosedFacts{}, e
		if err := json.Unmarshal(e.Facts, r.closed); err != nil {
			return err
		}
		if r.closed.Winner != r.board.Leading.Bidder || r.closed.Price != r.board.Leading.Price ||
			r.closed.Bids != r.board.Bids || e.At.Before(r.board.EndsAt) {
			return fmt.Errorf("按报价应由 %s 号以 %s 元成交", r.board.Leading.Bidder, r.board.Leading.Price.Yuan())
		}
	case "lot.failed":
		r.failed, r.closing = true, e
		if r.board.Bids > 0 {
			return fmt.Errorf("有 %d 次报价,却记为流标", r.board.Bids)
		}
	}
	return nil
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }

// read reads an event's facts and the instant that they name.
func read(e event.Event, into any, stamp func() string) (time.Time, error) {
	if err := json.Unmarshal(e.Facts, into); err != nil {
		return time.Time{}, err
	}
	return time.Parse(event.TimeFormat, stamp())
}
