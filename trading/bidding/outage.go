package bidding

import (
	"context"
	"time"

	"sunlot/internal/event"
	"sunlot/trading"
)

// usualQuiet is how long no server writes before that is an outage.
const usualQuiet = 5 * time.Second

// beatEvery is how often a server says that it can write.
const beatEvery = time.Second

func (s *Service) quiet() time.Duration {
	if s.Quiet == 0 {
		return usualQuiet
	}
	return s.Quiet
}

// turn says that this node can write, and then carries out what is due. Before
// the lost time is known nothing is closed.
func (s *Service) turn(ctx context.Context, beaten *time.Time) error {
	if time.Since(*beaten) >= beatEvery {
		if err := s.LotStore.Beat(ctx, s.quiet()); err != nil {
			return err
		}
		*beaten = time.Now()
	}
	return s.Work(ctx)
}

// ResumeLot gives a lot's bidding back what outages have taken from it. Any node
// may do it, and again does nothing.
func (s *Service) ResumeLot(ctx context.Context, id string) error {
	return s.LotStore.WorkLot(ctx, func(tx LotTx) error {
		l, _, err := lockedLot(tx, id)
		if err != nil {
			return err
		}
		_, err = resume(tx, &l)
		return err
	})
}

// resume moves the end by each outage that the lot does not know of yet, and says
// so in the lot's stream.
func resume(tx LotTx, l *trading.Lot) (moved bool, err error) {
	if l.State != trading.Bidding {
		return false, nil
	}
	outages, err := tx.Outages(l.Broken.Until)
	if err != nil {
		return false, err
	}
	for _, o := range outages {
		end, lost := o.GivesBack(l.Terms, l.Board)
		if !lost {
			continue
		}
		moved = true
		l.Board.EndsAt = end
		l.Broken = o
		l.Breaks++
		_, err := tx.Record(l.Stream(), "lot.resumed", trading.ResumedFacts{
			From:   event.Stamp(o.From),
			Until:  event.Stamp(o.Until),
			EndsAt: event.Stamp(end),
		}, nil)
		if err != nil {
			return false, err
		}
	}
	if !moved {
		return false, nil
	}
	return true, tx.SaveLot(*l)
}
