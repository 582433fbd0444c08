package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
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
	on      grounds
	by      mode.Rules // nil until the lot opens
	board   mode.Board
	offers  []mode.Offer
	waits   []mode.Fact // what has happened by itself and is not in the log yet
	ranks   map[string]int
	bidders int             // who may bid
	bid     map[string]bool // who has, by number
	opened  bool
	at      time.Time // of the newest event
	broken  time.Time // the end of the last outage
	public  string    // until when the result is public, once that was moved
	closed  *trading.ClosedFacts
	failed  bool
	closing event.Event // lot.closed or lot.failed
	wrong   []string
}

// replay plays a lot's events once more. What the rules would not have allowed
// is named by its event.
func replay(entries []ledger.Entry, on grounds) replayed {
	r := replayed{ranks: map[string]int{}, bid: map[string]bool{}, on: on}
	for _, entry := range entries {
		if err := r.apply(entry.Event); err != nil {
			e := entry.Event
			r.wrong = append(r.wrong, fmt.Sprintf("标的 %s（%s/%d）：%s",
				e.Stream.ID(), e.Stream, e.Seq, words.Printable(err.Error())))
		}
	}
	return r
}

func (r *replayed) apply(e event.Event) error {
	if e.At.Before(r.at) {
		return fmt.Errorf("时间 %s 早于前一条记录", event.Stamp(e.At))
	}
	r.at = e.At
	if err := r.inOrder(e); err != nil {
		return err
	}
	switch e.Kind {
	case "lot.opened":
		var f trading.OpenedFacts
		opens, err := read(e, &f, func() string { return f.OpensAt })
		if err != nil {
			return err
		}
		r.by, err = f.ModeRules()
		if err != nil {
			return err
		}
		r.board = r.by.Open(opens)
		r.opened = true
		r.bidders = f.Bidders
		for _, h := range f.Holders {
			r.ranks[h.Bidder] = h.Rank
		}
		if e.At.Before(opens) {
			return fmt.Errorf("不到 %s 就开始了竞价", f.OpensAt)
		}
		return r.on.differs(e, f, opens)
	case "bid.placed":
		return r.placed(e)
	case "lot.resumed":
		return r.resumed(e)
	case "lot.closed":
		r.closed, r.closing = &trading.ClosedFacts{}, e
		if err := json.Unmarshal(e.Facts, r.closed); err != nil {
			return err
		}
		won, err := r.winner()
		if err != nil {
			return err
		}
		if r.closed.Winner != won.Bidder || r.closed.Price != won.Price || r.closed.Bids != r.board.Bids {
			return fmt.Errorf("按报价应由 %s 号以 %s 元成交", won.Bidder, won.Price.Yuan())
		}
		if ended := event.Stamp(r.board.EndsAt); r.closed.EndedAt != ended {
			return fmt.Errorf("截止时间应为 %s，记录为 %s", ended, r.closed.EndedAt)
		}
		if err := r.on.comesTo(e, *r.closed); err != nil {
			return err
		}
		return r.over(e)
	case "lot.failed":
		r.failed, r.closing = true, e
		return r.lost(e)
	}
	after := strings.HasPrefix(e.Kind, "award.") || strings.HasPrefix(e.Kind, "objection.")
	if !after && r.opened && r.closed == nil && !r.failed {
		return r.happened(e)
	}
	return r.publicity(e)
}

// outcome is the mode's, of a bidding in which nothing is left to happen.
func (r *replayed) outcome() (mode.Outcome, error) {
	if err := r.upToDate(r.board.EndsAt); err != nil {
		return mode.Outcome{}, err
	}
	return r.by.Result(r.board, r.offers)
}

// winner is the first of the mode's ranking, nobody when there is none.
func (r *replayed) winner() (mode.Offer, error) {
	outcome, err := r.outcome()
	if err != nil || len(outcome.Places) == 0 {
		return mode.Offer{}, err
	}
	return outcome.Places[0].Offer, nil
}

// upToDate refuses what comes at that instant while the log lacks something that had to
// happen by itself before it.
func (r *replayed) upToDate(at time.Time) error {
	next, err := r.by.Next(r.board)
	if err != nil {
		return err
	}
	if len(r.waits) > 0 || !next.IsZero() && next.Before(r.board.EndsAt) && !at.Before(next) {
		return errors.New("日志中缺少在这以前应有的一步")
	}
	return nil
}

// happened judges what a mode tells by itself: each of its facts, in their order, and not
// before whatever had arrived was decided.
func (r *replayed) happened(e event.Event) error {
	if len(r.waits) == 0 {
		next, err := r.by.Next(r.board)
		if err != nil {
			return err
		}
		if next.IsZero() || !next.Before(r.board.EndsAt) || e.At.Before(next.Add(trading.Grace)) {
			return fmt.Errorf("竞价中不应有这一步：%s", e.Kind)
		}
		r.board, r.waits, err = r.by.Tick(r.board, next)
		if err != nil {
			return err
		}
	}
	if len(r.waits) == 0 {
		return fmt.Errorf("竞价中不应有这一步：%s", e.Kind)
	}
	due := r.waits[0]
	r.waits = r.waits[1:]
	facts, err := event.Canonical(due.Facts)
	if err != nil {
		return err
	}
	if due.Kind != e.Kind || string(facts) != string(e.Facts) {
		return fmt.Errorf("按规则这一步应为 %s %s", due.Kind, facts)
	}
	return nil
}

// publicity judges how long a result is public, as far as it was made longer.
func (r *replayed) publicity(e event.Event) error {
	before := r.public
	switch e.Kind {
	case "award.rescheduled":
		var f trading.AwardRescheduledFacts
		if err := json.Unmarshal(e.Facts, &f); err != nil {
			return err
		}
		r.public = f.PublicUntil
		return r.follows(before, f.Before)
	case "award.resumed":
		var f trading.AwardResumedFacts
		if err := json.Unmarshal(e.Facts, &f); err != nil {
			return err
		}
		r.public = f.PublicUntil
		return errors.Join(r.follows(before, f.Before), r.on.resumedAward(e, f))
	case "award.settled":
		if event.Stamp(e.At) < r.public {
			return fmt.Errorf("公示期至 %s，却在这以前期满", r.public)
		}
	}
	return nil
}

// follows says whether an end is changed from what it was, and only to a later one.
func (r *replayed) follows(was, before string) error {
	if was != "" && was != before || r.public < before {
		return fmt.Errorf("公示期由 %s 改为 %s，原来应为 %s：日期只能向后移", before, r.public, was)
	}
	return nil
}

// inOrder refuses what a lot's life has no place for: it is opened once, bid for
// after that, and over once.
func (r *replayed) inOrder(e event.Event) error {
	over := r.closed != nil || r.failed
	switch e.Kind {
	case "lot.opened":
		if r.opened || over {
			return errors.New("竞价重复开始")
		}
	case "bid.placed", "lot.resumed", "lot.closed":
		if !r.opened || over {
			return errors.New("竞价没有开始或者已经结束")
		}
	case "lot.failed":
		if r.failed {
			return errors.New("重复记为未成交（流标）")
		}
	}
	return nil
}

// placed judges a bid by when it was received, which lies at most the grace before
// its record.
func (r *replayed) placed(e event.Event) error {
	var f trading.BidFacts
	received, err := read(e, &f, func() string { return f.Received })
	if err != nil {
		return err
	}
	ends, err := time.Parse(event.TimeFormat, f.EndsAt)
	if err != nil {
		return err
	}
	if received.After(e.At) || e.At.Sub(received) >= trading.Grace {
		return fmt.Errorf("记为 %s 收到，却在 %s 记录，不在收到以后 %d 秒内", f.Received, event.Stamp(e.At),
			int(trading.Grace.Seconds()))
	}
	offer := mode.Offer{
		Bidder: f.Bidder,
		Rank:   r.ranks[f.Bidder],
		Price:  f.Price,
		Match:  f.Match,
		At:     received,
	}
	if err := r.upToDate(received); err != nil {
		return err
	}
	board, err := r.by.Accept(r.board, offer)
	if err != nil {
		return fmt.Errorf("报价不合规则：%w", err)
	}
	r.board = board
	r.offers = append(r.offers, offer)
	r.bid[f.Bidder] = true
	if len(r.bid) > r.bidders {
		return fmt.Errorf("有资格的竞买人只有 %d 位，报价的却有 %d 个竞买号", r.bidders, len(r.bid))
	}
	if !board.EndsAt.Equal(ends) {
		return fmt.Errorf("截止时间应为 %s，记录为 %s", event.Stamp(board.EndsAt), f.EndsAt)
	}
	return nil
}

// resumed judges what was given back: as much as was lost of the bidding until then.
func (r *replayed) resumed(e event.Event) error {
	var f trading.ResumedFacts
	from, err := read(e, &f, func() string { return f.From })
	if err != nil {
		return err
	}
	until, err := time.Parse(event.TimeFormat, f.Until)
	if err != nil {
		return err
	}
	_, spare := r.by.Lasts()
	end, lost := trading.Outage{From: from, Until: until}.GivesBack(spare, r.board, r.on.hours(e.At))
	switch {
	case until.Before(from) || until.After(e.At.Add(time.Second)) || from.Before(r.broken.Add(-time.Second)) || !lost:
		return fmt.Errorf("%s 至 %s 的中断与这场竞价不符", f.From, f.Until)
	case f.EndsAt != event.Stamp(end):
		return fmt.Errorf("补时以后截止时间应为 %s，记录为 %s", event.Stamp(end), f.EndsAt)
	}
	r.board.EndsAt = end
	r.broken = until
	if other, found := r.on.wroteIn(from, until); found {
		return fmt.Errorf("记为 %s 至 %s 中断，这期间却有记录 %s/%d（%s）", f.From, f.Until,
			words.Printable(string(other.Stream)), other.Seq, event.Stamp(other.At))
	}
	return nil
}

// lost judges a lot that nobody won.
func (r *replayed) lost(e event.Event) error {
	var f trading.FailedFacts
	if err := json.Unmarshal(e.Facts, &f); err != nil {
		return err
	}
	if f.Reason == trading.Overrun {
		return r.overrun(e)
	}
	if f.Reason == trading.TooFew {
		return r.tooFew(e, f)
	}
	if !r.opened {
		return nil
	}
	outcome, err := r.outcome()
	if err != nil {
		return err
	}
	if len(outcome.Places) > 0 {
		return fmt.Errorf("有 %d 次报价，却记为未成交（流标）", r.board.Bids)
	}
	if f.Reason != outcome.Why {
		return fmt.Errorf("未成交的原因为 %s，按规则应为 %s", f.Reason, outcome.Why)
	}
	return r.over(e)
}

// tooFew judges whether a lot had fewer bidders than its notice needed, and was not opened.
func (r *replayed) tooFew(e event.Event, f trading.FailedFacts) error {
	n, found := r.on.notice(e.At)
	if r.opened || !found || f.Bidders < 1 || r.on.enough(n, f.Bidders) || !r.on.enough(n, f.Least) {
		return fmt.Errorf("取得竞买资格的 %d 人，却记为不足 %d 人", f.Bidders, f.Least)
	}
	return nil
}

// overrun judges whether the lot's days were moved to its lease's first day or past it.
func (r *replayed) overrun(e event.Event) error {
	n, found := r.on.notice(e.At)
	if !found {
		return errors.New("没有公告，却记为不能在租期开始或者交付以前结束")
	}
	end := event.Stamp(r.board.EndsAt)
	if !r.opened {
		end = n.OpensAt
	}
	last, err := time.Parse(event.TimeFormat, end)
	if err != nil {
		return err
	}
	if !(trading.Lot{Board: mode.Board{EndsAt: last}}).Overruns(n.StartsOn) {
		return fmt.Errorf("竞价 %s 截止，租期 %s 开始，却记为不能在租期开始或者交付以前结束", end, n.StartsOn)
	}
	return nil
}

// over judges when a lot was closed: not before whatever had arrived was decided.
func (r *replayed) over(e event.Event) error {
	if earliest := r.board.EndsAt.Add(trading.Grace); r.opened && e.At.Before(earliest) {
		return fmt.Errorf("不到 %s 就结束了竞价", event.Stamp(earliest))
	}
	return nil
}

// read reads an event's facts and the instant that they name.
func read(e event.Event, into any, stamp func() string) (time.Time, error) {
	if err := json.Unmarshal(e.Facts, into); err != nil {
		return time.Time{}, err
	}
	return time.Parse(event.TimeFormat, stamp())
}
