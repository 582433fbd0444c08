package bidding_test

import (
	"context"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// beforeRegistration does something between what a request had asked before its
// transaction and the transaction itself.
type beforeRegistration struct {
	bidding.RegistrationStore
	do func()
}

func (s beforeRegistration) WriteRegistration(ctx context.Context, once event.Request,
	fn func(bidding.RegistrationTx) (string, error)) (string, error) {
	s.do()
	return s.RegistrationStore.WriteRegistration(ctx, once, fn)
}

// bidderRole is the id of somebody's membership as a bidder.
func bidderRole(b *tradingtest.Bidder) string { return b.Memberships[0].ID }

// TestNobodyRegistersWithoutTheRole: whoever's role ended, or whose account was closed,
// while the request waited does not take part.
func TestNobodyRegistersWithoutTheRole(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		ended := v.Bidder("jieshu", "")
		real := v.Bidding.RegistrationStore
		v.Bidding.RegistrationStore = beforeRegistration{real, func() {
			_, err := v.Admin.EndRole(t.Context(), v.Administrator, event.NewID(), bidderRole(ended))
			tradingtest.Must(t, err)
			v.Clock.Set(v.Clock.Now().Add(time.Second))
		}}
		_, err := v.Bidding.Register(t.Context(), ended.Actor, event.NewID(), v.Form(ended, n.Lot), v.Clock.Now())
		v.Bidding.RegistrationStore = real
		tradingtest.Want(t, err, fault.Forbidden, "")
		v.Enter(n.Lot, v.Bidder("zai", ""))
	})
}

// TestNobodyIsShutOutWhileHeRegisters: a role that is being ended has ended before the
// registration, which is refused, or does not end.
func TestNobodyIsShutOutWhileHeRegisters(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		b := v.Bidder("tongshi", "")
		registered := make(chan error, 1)
		asked := v.Admin.Engaged
		v.Admin.Engaged = func(ctx context.Context, person string) (bool, error) {
			engaged, err := asked(ctx, person)
			go func() {
				_, err := v.Bidding.Register(t.Context(), b.Actor, event.NewID(), v.Form(b, n.Lot), v.Clock.Now())
				registered <- err
			}()
			time.Sleep(300 * time.Millisecond)
			return engaged, err
		}
		_, ended := v.Admin.EndRole(t.Context(), v.Administrator, event.NewID(), bidderRole(b))
		if err := <-registered; (err == nil) == (ended == nil) {
			t.Errorf("the role's end: %v, the registration: %v", ended, err)
		}
	})
}
