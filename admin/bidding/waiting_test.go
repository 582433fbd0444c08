package bidding_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/trading"
)

// TestWhoWaitsStandsFirst in the list of registrations, also when others came before.
func TestWhoWaitsStandsFirst(t *testing.T) {
	o, _ := open(t)
	n := o.Tender(trading.Announced)
	first, second := o.Bidder("jia", ""), o.Bidder("yii", "")
	o.Enter(n.Lot, first)
	o.Pay(n.Lot, first)
	o.Admit(first)
	o.Clock.Set(o.Clock.Now().Add(time.Hour))
	o.Enter(n.Lot, second)
	page := o.As(o.Station).Get("/office/registrations").Body
	if strings.Index(page, second.Entry) > strings.Index(page, first.Entry) {
		t.Error("who waits stands below who is admitted")
	}
	page = o.As(o.Station).Get("/office/registrations?sort=deadline").Body
	if strings.Index(page, second.Entry) < strings.Index(page, first.Entry) {
		t.Error("by the deadline who came first stands first")
	}
}
