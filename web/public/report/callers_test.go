package report

import (
	"errors"
	"testing"
	"time"

	"sunlot/internal/fault"
)

// An address is known within its hour, and after it nobody can find out which
// one it was.
func TestCallersAreForgotten(t *testing.T) {
	g, now := callers{}, time.Now()
	for range freeGuesses + 1 {
		g.wrong("192.0.2.1", now)
	}
	if g.mayGuess("192.0.2.1", now) == nil || g.mayGuess("192.0.2.2", now) != nil {
		t.Error("within the hour addresses are not told apart")
	}
	if g.mayGuess("192.0.2.1", now.Add(59*time.Minute)) != nil {
		t.Error("the wait has no end")
	}
	seed := g.seed
	if g.mayGuess("192.0.2.1", now.Add(time.Hour)); g.seed == seed || len(g.seen) != 1 {
		t.Errorf("the seed or the counts outlive their hour: %v", g.seen)
	}
}

// A neighbour's wrong codes behind the village's one address delay nobody by
// more than seconds.
func TestGuessesWaitForSeconds(t *testing.T) {
	g, now := callers{}, time.Now()
	for range 6 {
		g.wrong("192.0.2.1", now)
	}
	if err := g.mayGuess("192.0.2.1", now); err != nil {
		t.Error("after six:", err)
	}
	for range 1000 {
		g.wrong("192.0.2.1", now)
	}
	err := g.mayGuess("192.0.2.1", now)
	if fault.CodeOf(err) != fault.TooMany || fault.FieldsOf(err)[0].Name != "code" {
		t.Error("after a thousand:", err)
	}
	if err := g.mayGuess("192.0.2.1", now.Add(guessWait)); err != nil {
		t.Error("ten seconds after a thousand:", err)
	}
}

func TestPhotosWithoutEndAreRefusedAndTextsAreNot(t *testing.T) {
	g, now := callers{}, time.Now()
	const photo = 9 << 20
	taken := 0
	var refused error
	for range 100 {
		if err := g.mayKeep("192.0.2.1", photo, now); err != nil {
			refused = errors.Join(refused, err)
			continue
		}
		taken += photo
	}
	if taken > 2*mostBytes || taken+photo <= mostBytes || refused == nil {
		t.Errorf("%d bytes of one address are kept: %v", taken, refused)
	}
	if g.mayKeep("192.0.2.1", smallReport, now) != nil || g.mayKeep("192.0.2.9", photo, now) != nil {
		t.Error("a text, or another's photos, are refused")
	}
	if g.mayKeep("192.0.2.1", photo, now.Add(time.Hour)) != nil {
		t.Error("the next hour")
	}
}
