package gate

import (
	"runtime"
	"time"
)

// Heavy is the one door to work that fills a processor and tens of megabytes for
// a tenth of a second: hashing a password, stretching a code. It leaves half of
// the processors to whoever bids meanwhile.
var Heavy = Gate{
	Slots:    max(1, runtime.GOMAXPROCS(0)/2),
	Lanes:    4,
	Most:     1200,
	Share:    300, // a village logs in behind one address when an opening begins
	Patience: 25 * time.Second,
}

// The lanes of Heavy. They take turns, so that none is kept out by another.
const (
	Strangers     = iota // logins from anywhere
	Acquaintances        // logins from a device that was right before, and people who are logged in
	FirstReports         // what somebody reports
	Followers            // codes of the report box
)
