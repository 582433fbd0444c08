package report

import (
	"testing"
	"time"
)

// TestGuessersForgetWhoTheyWere: within an hour an address is known again, and
// after it nobody can find out which one it was.
func TestGuessersForgetWhoTheyWere(t *testing.T) {
	g, now := guessers{}, time.Now()
	first := g.who("192.0.2.1", now)
	if g.who("192.0.2.1", now.Add(59*time.Minute)) != first || g.who("192.0.2.2", now) == first {
		t.Error("within the hour addresses are not told apart")
	}
	if g.who("192.0.2.1", now.Add(time.Hour)) == first {
		t.Error("the seed outlives its hour")
	}
}
