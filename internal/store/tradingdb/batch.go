package tradingdb

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/trading"
)

// bidBatch is one transaction of bids: the lots as the bids so far have left
// them, and what is to be written at its end.
type bidBatch struct {
	t             *Tx
	jobs          []*bidJob
	lots          map[string]trading.Lot
	registrations map[standing]trading.Registration
	requests      map[requestKey]store.RequestRow // known before, and of this batch
	lookedUp      bool                            // requests has all that were known before

	silence func() (time.Duration, error) // read once, when a bid asks
	failed  error                         // of the database, while a bid was decided

	changed map[string]bool // lots
	bids    []bidRow
	events  []store.EventRow
	answers []store.RequestRow
}

type standing struct{ lot, person string }

type requestKey struct{ actor, kind, id string }

func keyOf(r event.Request) requestKey { return requestKey{r.Actor, r.Kind, r.ID} }

// read locks the lots' streams and reads what the bids will ask for.
func (b *bidBatch) read(lookUp bool) error {
	b.requests, b.changed = map[requestKey]store.RequestRow{}, map[string]bool{}
	b.silence = sync.OnceValues(func() (time.Duration, error) { return silenceNow(b.t) })
	lots := map[string]bool{}
	for _, j := range b.jobs {
		lots[j.lot] = true
	}
	var err error
	b.lots, err = b.t.lockLots(slices.Sorted(maps.Keys(lots)))
	if err != nil {
		return err
	}
	b.registrations, err = b.t.registrationsOf(b.jobs)
	if err != nil || !lookUp {
		return err
	}
	return b.lookUp()
}

// lookUp reads the requests that were carried out before.
func (b *bidBatch) lookUp() error {
	rows, err := b.requestsOf()
	for _, r := range rows {
		b.requests[requestKey{r.Actor, r.Kind, r.RequestID}] = r
	}
	b.lookedUp = true
	return err
}

// run decides one bid. Its error is the database's; the bid's own is the job's.
func (b *bidBatch) run(j *bidJob) error {
	j.answer = ""
	j.err = nil
	j.refused = false
	if b.answered(j) {
		return nil
	}
	answer, err := b.decide(j)
	if b.failed != nil {
		return b.failed
	}
	if err != nil && !b.lookedUp {
		// The same request may have been carried out before: then it is refused
		// only because its own bid leads.
		if err := b.lookUp(); err != nil || b.answered(j) {
			return err
		}
	}
	if err != nil {
		j.err, j.refused = err, true
		return nil
	}
	row := store.RequestRow{
		Actor:     j.once.Actor,
		Kind:      j.once.Kind,
		RequestID: j.once.ID,
		Digest:    j.once.Digest,
		Answer:    answer,
		MadeAt:    store.Millis(b.t.Now()),
	}
	b.requests[keyOf(j.once)] = row
	b.answers = append(b.answers, row)
	j.answer = answer
	return nil
}

// answered gives a known request its first answer.
func (b *bidBatch) answered(j *bidJob) bool {
	row, known := b.requests[keyOf(j.once)]
	switch {
	case !known:
		return false
	case row.Digest != j.once.Digest:
		j.err = store.OtherContent()
	default:
		j.answer = row.Answer
	}
	return true
}

// decide runs the job's decision, of which nothing stays when it is a refusal.
func (b *bidBatch) decide(j *bidJob) (answer string, err error) {
	lot, found := b.lots[j.lot]
	if !found {
		return "", fault.New(fault.NotFound, noLot)
	}
	held := b.t.Streams[lot.Stream()]
	before := *held
	bids := len(b.bids)
	events := len(b.events)
	changed := b.changed[j.lot]
	defer func() {
		if broken := recover(); broken != nil { // one bid's mistake is not the others'
			err = fmt.Errorf("store: deciding a bid panicked: %v", broken)
		}
		if err != nil {
			*held = before
			b.bids = b.bids[:bids]
			b.events = b.events[:events]
			b.lots[j.lot] = lot
			b.changed[j.lot] = changed
		}
	}()
	return j.decide(bidView{b, j})
}

// bidView implements bidding.BidTx for one bid of a batch.
type bidView struct {
	batch *bidBatch
	job   *bidJob
}

func (v bidView) At() time.Time { return v.batch.t.Streams[v.Lot().Stream()].At }

// Lot comes without the names of other tables.
func (v bidView) Lot() trading.Lot { return v.batch.lots[v.job.lot] }

func (v bidView) Registration() (trading.Registration, bool) {
	r, found := v.batch.registrations[standing{v.job.lot, v.job.person}]
	return r, found
}

func (v bidView) Outages(after time.Time) ([]trading.Outage, error) {
	list, err := outagesAfter(v.batch.t, after)
	v.batch.failed = err
	return list, err
}

func (v bidView) Silence() (time.Duration, error) {
	silent, err := v.batch.silence()
	v.batch.failed = err
	return silent, err
}

func (v bidView) Place(bid trading.Bid, after trading.Lot, facts trading.BidFacts) (int64, error) {
	b := v.batch
	if bid.Lot != v.job.lot || after.ID != v.job.lot {
		return 0, fmt.Errorf("store: a bid for lot %s was placed in %s", v.job.lot, after.ID)
	}
	r, err := b.t.Build(after.Stream(), "bid.placed", facts, nil)
	if err != nil {
		return 0, err
	}
	b.events = append(b.events, r.Row)
	b.bids = append(b.bids, bidRow{
		LotID:          bid.Lot,
		Seq:            r.Event.Seq,
		RegistrationID: bid.Registration,
		PersonID:       bid.PersonID,
		Number:         bid.Number,
		Rank:           bid.Rank,
		Price:          int64(bid.Price),
		Match:          bid.Match,
		PlacedAt:       store.Millis(bid.At),
		EndsAt:         store.Millis(bid.EndsAt),
		Extended:       bid.Extended,
	})
	b.lots[after.ID], b.changed[after.ID] = after, true
	return r.Event.Seq, nil
}
