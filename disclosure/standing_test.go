package disclosure_test

import (
	"path/filepath"
	"testing"

	"sunlot/disclosure"
	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading/tradingtest"
)

// TestAnEventEntersTheChain: its leaf is known from its commit on, its place once
// a signed checkpoint covers it, and that is what the log itself has there.
func TestAnEventEntersTheChain(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		_, key, err := ledger.NewKey("sunlot.test/log")
		tradingtest.Must(t, err)
		log, err := ledger.Open(ctx, ledger.Config{
			Store: v.DB,
			Key:   key,
			Guard: ledger.Guard{Path: filepath.Join(t.TempDir(), "checkpoint")},
		})
		tradingtest.Must(t, err)
		ask := disclosure.Standings{Store: v.DB, Log: log}
		ref := event.Ref{Stream: event.Of("asset", v.Asset()), Seq: 1}
		before, err := ask.Of(ctx, ref)
		if err != nil || before.InChain || before.Index != 0 || len(before.Leaf) != 64 {
			t.Errorf("before its tick: %+v, %v", before, err)
		}
		tradingtest.Must(t, log.Step(ctx))
		after, err := ask.Of(ctx, ref)
		if err != nil || !after.InChain || after.Leaf != before.Leaf {
			t.Errorf("in the chain: %+v, %v", after, err)
		}
		leaf, ok := ledger.ParseHash(after.Leaf)
		receipt, in, err := log.Proof(ctx, leaf)
		if !ok || err != nil || !in || receipt.Index != after.Index {
			t.Errorf("the log has it at %+v, %v, not %d", receipt, err, after.Index)
		}
		first := event.Ref{Stream: event.Of("org", v.VillageOrg), Seq: 1}
		if earlier, err := ask.Of(ctx, first); err != nil || earlier.Index >= after.Index ||
			earlier.Leaf == after.Leaf {
			t.Errorf("what came before stands at %+v, %v", earlier, err)
		}
		for _, none := range []event.Ref{{Stream: ref.Stream, Seq: 2}, {Stream: "asset:nosuchone", Seq: 1}, {}} {
			_, err := ask.Of(ctx, none)
			tradingtest.Want(t, err, fault.NotFound, "")
		}
	})
}
