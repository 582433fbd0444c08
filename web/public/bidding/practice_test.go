package bidding

import (
	"testing"
	"time"

	"sunlot/internal/money"
)

var practiced = time.Date(2026, 11, 25, 3, 0, 0, 0, time.UTC)

// TestPracticeLot plays the lot from the visitor's bids alone.
func TestPracticeLot(t *testing.T) {
	nine := time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		made   string
		kept   string
		leader string
		price  money.Fen
		bids   int
		ends   time.Duration // after nine
		over   bool
	}{
		"the beginning":     {"", "", "", 30000, 0, 60 * time.Minute, false},
		"the rival answers": {"300", "300.00", "8002", 31000, 2, 60 * time.Minute, false},
		"the end moves": {"300 320", "300.00 320.00", "8002", 34000, 4,
			60*time.Minute + rivalThinks, false},
		"the rival gives up": {"300 320 350 370 410 430", "300.00 320.00 350.00 370.00 410.00 430.00", "8001",
			43000, 11, 64 * time.Minute, true},
		"nothing after the last": {"300 320 350 370 410 430 440", "300.00 320.00 350.00 370.00 410.00 430.00",
			"8001", 43000, 11, 64 * time.Minute, true},
		"below the start":         {"299.99", "", "", 30000, 0, 60 * time.Minute, false},
		"below a step":            {"300 319.99", "300.00", "8002", 31000, 2, 60 * time.Minute, false},
		"over ten steps":          {"300 410.01", "300.00", "8002", 31000, 2, 60 * time.Minute, false},
		"unreadable from there":   {"300 x 350", "300.00", "8002", 31000, 2, 60 * time.Minute, false},
		"a sum beyond all bounds": {"99999999999", "", "", 30000, 0, 60 * time.Minute, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := play(practiced, bidsOf(c.made))
			b := p.Room.Lot.Board
			if p.Made != c.kept || b.Leading.Bidder != c.leader || p.Room.Lot.Price() != c.price ||
				b.Bids != c.bids || len(p.Room.Bids) != c.bids || p.Over() != c.over {
				t.Errorf("made %q, %q leads at %d after %d bids (%d shown), over %v", p.Made, b.Leading.Bidder,
					p.Room.Lot.Price(), b.Bids, len(p.Room.Bids), p.Over())
			}
			if !b.OpensAt.Equal(nine) || !b.EndsAt.Equal(nine.Add(c.ends)) {
				t.Errorf("open from %v to %v", b.OpensAt, b.EndsAt)
			}
		})
	}
}

// TestPracticeNeverSticks bids as little and as much as may be: the lot always
// ends, and the visitor has won.
func TestPracticeNeverSticks(t *testing.T) {
	for name, pick := range map[string]func(practice) money.Fen{
		"least": func(p practice) money.Fen { return p.Room.Choices.Least },
		"most":  func(p practice) money.Fen { return p.Room.Choices.Most },
	} {
		var made []money.Fen
		for range rivalSteps {
			made = append(made, pick(play(practiced, made)))
		}
		p := play(practiced, made)
		if p.Over() || p.Room.Lot.Board.Leading.Bidder != practiceRival {
			t.Errorf("%s: over too early: %+v", name, p.Room.Lot.Board)
		}
		p = play(practiced, append(made, pick(p)))
		if !p.Over() || p.Room.Lot.Board.Leading.Bidder != practiceOwn {
			t.Errorf("%s: does not end: %+v", name, p.Room.Lot.Board)
		}
	}
}
