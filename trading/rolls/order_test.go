package rolls_test

import (
	"encoding/json"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/rolls"
	"sunlot/trading/tradingtest"
)

// TestOneEditionOfABodyWaits: of two side by side the older would win if it were confirmed
// last. The next one is refused until the one that waits has come to an end.
func TestOneEditionOfABodyWaits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		first := enter(t, v, v.RollForm("2026-01-01", 3))
		next := func() error {
			_, err := v.Rolls.EnterRoll(ctx, v.Clerk, event.NewID(), v.RollForm("2026-01-01", 4))
			return err
		}
		tradingtest.Want(t, next(), fault.Conflict, "body")
		village := rolls.Form{Org: v.VillageOrg, Assembly: "village_representatives", From: "2026-01-01",
			Members: []rolls.Member{{Name: "代表甲"}}}
		enter(t, v, village) // another body's is in nobody's way
		_, err := v.Rolls.ReturnRoll(ctx, v.Station, event.NewID(), first, casework.Return{
			Version: 1,
			Reasons: []fault.Field{{Name: "应到的人", Message: "少了一户"}},
		})
		tradingtest.Must(t, err)
		tradingtest.Want(t, next(), fault.Conflict, "body") // the clerk has it, and mends or withdraws it
		_, err = v.Rolls.WithdrawRoll(ctx, v.Clerk, event.NewID(), first, 2)
		tradingtest.Must(t, err)
		tradingtest.Must(t, next())
	})
}

// TestTwoClerksEnterAtOnce: one edition waits, the other clerk is told.
func TestTwoClerksEnterAtOnce(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		other := v.Give(v.County, v.Collective, identity.Clerk)
		done := make(chan error, 2)
		for i, who := range []identity.Actor{v.Clerk, other} {
			go func() {
				_, err := v.Rolls.EnterRoll(t.Context(), who, event.NewID(), v.RollForm("2026-01-01", 3+i))
				done <- err
			}()
		}
		first, second := <-done, <-done
		if first == nil {
			first, second = second, first
		}
		tradingtest.Want(t, first, fault.Conflict, "body")
		tradingtest.Must(t, second)
	})
}

// TestTheLogSaysWhenARollWasEntered: with it everybody sees that no edition was confirmed
// once a later one had been.
func TestTheLogSaysWhenARollWasEntered(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, id := t.Context(), enter(t, v, v.RollForm("2026-01-01", 3))
		entered := event.Stamp(v.Clock.Now())
		v.Clock.Set(v.Clock.Now().Add(time.Hour))
		_, err := v.Rolls.ReturnRoll(ctx, v.Station, event.NewID(), id, casework.Return{
			Version: 1,
			Reasons: []fault.Field{{Name: "应到的人", Message: "少了一户"}},
		})
		tradingtest.Must(t, err)
		_, err = v.Rolls.AmendRoll(ctx, v.Clerk, event.NewID(), id, 2, v.RollForm("2026-01-01", 4))
		tradingtest.Must(t, err)
		_, err = v.Rolls.ConfirmRoll(ctx, v.Station, event.NewID(), id, 3)
		tradingtest.Must(t, err)
		list, err := v.Library.Events(ctx, event.Of("roll", id), 0, 9)
		tradingtest.Must(t, err)
		var facts rolls.ConfirmedFacts
		tradingtest.Must(t, json.Unmarshal(list[0].Facts, &facts))
		if facts.Entered != entered {
			t.Errorf("entered %s, the log says %s", entered, list[0].Facts)
		}
	})
}

// TestWhoEnteredAPartIsNoSecond: whoever entered what another has mended since is none in
// whatever post he has later, nor is the other.
func TestWhoEnteredAPartIsNoSecond(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, id := t.Context(), enter(t, v, v.RollForm("2026-01-01", 3))
		back := casework.Return{Version: 1, Reasons: []fault.Field{{Name: "应到的人", Message: "少了一户"}}}
		_, err := v.Rolls.ReturnRoll(ctx, v.Station, event.NewID(), id, back)
		tradingtest.Must(t, err)
		second := v.Give(v.County, v.Collective, identity.Clerk)
		_, err = v.Rolls.AmendRoll(ctx, second, event.NewID(), id, 2, v.RollForm("2026-01-01", 4))
		tradingtest.Must(t, err)
		back.Version = 3
		for _, who := range []identity.Actor{v.Give(v.Clerk, v.Collective, identity.Station), second} {
			_, err = v.Rolls.ConfirmRoll(ctx, who, event.NewID(), id, 3)
			tradingtest.Want(t, err, fault.Forbidden, "")
			_, err = v.Rolls.ReturnRoll(ctx, who, event.NewID(), id, back)
			tradingtest.Want(t, err, fault.Forbidden, "")
		}
		_, err = v.Rolls.ConfirmRoll(ctx, v.Station, event.NewID(), id, 3)
		tradingtest.Must(t, err)
	})
}
