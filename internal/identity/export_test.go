package identity

import "testing"

// shipped is the cost that the program has; the tests of sessions hash hundreds
// of passwords at another.
var shipped = today

func init() {
	today = cost{memory: 64, time: 1, lanes: 1}
	nobodysHash = today.phc(make([]byte, 16), make([]byte, 32))
}

func TestAPasswordCostsWhatIsAsked(t *testing.T) {
	if shipped != (cost{memory: 19 * 1024, time: 2, lanes: 1}) {
		t.Errorf("%+v", shipped)
	}
}
