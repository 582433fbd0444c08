package verify

import (
	"encoding/json"
	"fmt"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/trading"
	"sunlot/trading/contracts"
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
				e.Stream.ID(), e.Stream, e.Seq, safe(err.Error())))
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

// tellBidding is a lot's event, or its contract's, in plain words.
func tellBidding(e event.Event) string {
	var opened trading.OpenedFacts
	var bid trading.BidFacts
	var closed trading.ClosedFacts
	var signed contracts.SignedFacts
	var rent contracts.ReceivedFacts
	for kind, told := range map[string]struct {
		facts any
		words func() string
	}{
		"lot.opened": {&opened, func() string { return fmt.Sprintf("开始竞价:%d 位竞买人", opened.Bidders) }},
		"bid.placed": {&bid, func() string {
			return fmt.Sprintf("%s 号%s %s 元/亩·年", safe(bid.Bidder), map[bool]string{true: "行使优先权跟价", false: "报价"}[bid.Match], bid.Price.Yuan())
		}},
		"lot.closed": {&closed, func() string {
			return fmt.Sprintf("成交:%s 号,%s 元/亩·年,年租金 %s 元,共 %d 次报价", safe(closed.Winner), closed.Price.Yuan(), closed.Yearly.Yuan(), closed.Bids)
		}},
		"contract.signed": {&signed, func() string {
			return fmt.Sprintf("合同签订:%s 号,%s 至 %s,年租金 %s 元", safe(signed.Bidder), signed.StartsOn, signed.EndsOn, signed.Yearly.Yuan())
		}},
		"rent.received": {&rent, func() string {
			return fmt.Sprintf("租金到账:第 %d 年 %s 元,累计 %s / %s 元", rent.Payment, rent.Amount.Yuan(), rent.Received.Yuan(), rent.Due.Yuan())
		}},
	} {
		if e.Kind == kind && json.Unmarshal(e.Facts, told.facts) == nil {
			return told.words()
		}
	}
	if words, known := map[string]string{"lot.failed": "流标", "objection.raised": "有人提出异议", "objection.answered": "异议已公开答复", "award.settled": "公示期满"}[e.Kind]; known {
		return words
	}
	return safe(e.Kind)
}
