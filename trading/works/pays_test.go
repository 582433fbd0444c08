package works_test

import (
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

// TestAWorkWithoutAFinalAccountIsPaidAsAgreed: whoever leaves the final account out
// pays no more than contract and variations; a later one is taken, and counts.
func TestAWorkWithoutAFinalAccountIsPaidAsAgreed(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		id := v.Project()
		record := func(form works.EntryForm) (string, error) {
			return v.Works.RecordStage(t.Context(), v.Clerk, event.NewID(), id, form)
		}
		confirm := func(entry string) error {
			_, err := v.Works.ConfirmEntry(t.Context(), v.Supervision, event.NewID(), entry,
				works.ConfirmForm{Version: 1, Clean: true})
			return err
		}
		done := func(form works.EntryForm) {
			t.Helper()
			entry, err := record(form)
			tradingtest.Must(t, err)
			tradingtest.Must(t, confirm(entry))
		}
		back := deed(works.PaymentStage, 500)
		back.Less = true
		_, err := record(back)
		tradingtest.Want(t, err, fault.Conflict, "sum") // nothing was paid
		done(deed(works.ContractStage, 90_000))
		done(deed(works.VariationStage, 4_600))
		early, err := record(deed(works.PaymentStage, 900_000)) // before anything was left out
		tradingtest.Must(t, err)
		done(works.EntryForm{Stage: works.FinalStage, Skipped: true, Note: "没有决算"})
		tradingtest.Want(t, confirm(early), fault.Conflict, "sum")
		_, err = record(deed(works.PaymentStage, 94_601))
		tradingtest.Want(t, err, fault.Conflict, "sum")
		done(deed(works.PaymentStage, 94_600))
		done(back)
		back.Sum = 9_410_001
		_, err = record(back)
		tradingtest.Want(t, err, fault.Conflict, "sum")
		done(deed(works.FinalStage, 95_000))
		_, err = record(deed(works.PaymentStage, 901))
		tradingtest.Want(t, err, fault.Conflict, "sum")
		done(deed(works.PaymentStage, 900))
	})
}
