package works_test

import (
	"slices"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

// site is a project on which the clerk and the committee work.
type site struct {
	t  *testing.T
	v  *tradingtest.Village
	id string
}

func (s site) record(form works.EntryForm) (string, error) {
	return s.v.Works.RecordStage(s.t.Context(), s.v.Clerk, event.NewID(), s.id, form)
}

func (s site) confirm(entry string) error {
	_, err := s.v.Works.ConfirmEntry(s.t.Context(), s.v.Supervision, event.NewID(), entry,
		works.ConfirmForm{Version: 1, Clean: true})
	return err
}

func (s site) done(form works.EntryForm) string {
	s.t.Helper()
	entry, err := s.record(form)
	tradingtest.Must(s.t, err)
	tradingtest.Must(s.t, s.confirm(entry))
	return entry
}

// is holds the project's state and sums against what they should be, in yuan.
func (s site) is(state string, contract, final, paid int64) {
	s.t.Helper()
	p, _, err := s.v.Works.SeeProject(s.t.Context(), identity.Actor{}, s.id)
	tradingtest.Must(s.t, err)
	if string(p.State) != state || int64(p.Sums.Contract) != contract*100 || int64(p.Sums.Final) != final*100 ||
		int64(p.Sums.Paid) != paid*100 {
		s.t.Errorf("%s %+v, want %s %d %d %d", p.State, p.Sums, state, contract, final, paid)
	}
}

// correcting is the deed as a correction of the entry.
func correcting(entry string, form works.EntryForm) works.EntryForm {
	form.Corrects = entry
	return form
}

// TestAWrongEntryIsCorrectedByAFurtherOne: what is corrected stays to be read and
// counts no more, also for what may still be paid; the same two persons do it.
func TestAWrongEntryIsCorrectedByAFurtherOne(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		s := site{t, v, v.Project()}
		contract := s.done(deed(works.ContractStage, 900_000))
		s.done(deed(works.AcceptanceStage, 0))
		final := s.done(deed(works.FinalStage, 100_000))
		first := s.done(deed(works.PaymentStage, 100_000))
		s.is("finished", 900_000, 100_000, 100_000)

		fix, err := s.record(correcting(contract, deed(works.ContractStage, 90_000)))
		tradingtest.Must(t, err)
		s.is("finished", 900_000, 100_000, 100_000) // nobody has confirmed it
		_, err = v.Works.ConfirmEntry(t.Context(), v.Clerk, event.NewID(), fix, works.ConfirmForm{
			Version: 1,
			Clean:   true,
		})
		tradingtest.Want(t, err, fault.Forbidden, "")
		tradingtest.Must(t, s.confirm(fix))
		s.is("finished", 90_000, 100_000, 100_000)

		_, err = s.record(correcting(final, deed(works.FinalStage, 95_000)))
		tradingtest.Want(t, err, fault.Conflict, "sum") // 5,000 would have been paid too much
		s.done(correcting(first, deed(works.PaymentStage, 95_000)))
		s.is("underway", 90_000, 100_000, 95_000)
		s.done(correcting(final, deed(works.FinalStage, 95_000)))
		s.is("finished", 90_000, 95_000, 95_000)

		_, all, err := v.Works.SeeProject(t.Context(), identity.Actor{}, s.id)
		tradingtest.Must(t, err)
		at := func(id string) works.Entry {
			return all[slices.IndexFunc(all, func(e works.Entry) bool { return e.ID == id })]
		}
		if wrong, right := at(contract), at(fix); len(all) != 7 || wrong.CorrectedBy != right.Event.Seq ||
			right.CorrectsSeq != wrong.Event.Seq || wrong.Sum != 90_000_000 {
			t.Errorf("%d entries; %+v %+v", len(all), wrong, right)
		}
	})
}

// TestWhatIsNoCorrectionIsRefused by the name of the field, in words.
func TestWhatIsNoCorrectionIsRefused(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		s, other := site{t, v, v.Project()}, site{t, v, ""}
		p, _, err := v.Works.SeeProject(t.Context(), v.Clerk, s.id)
		tradingtest.Must(t, err)
		form := v.ProjectForm(p.Item)
		form.Name = "四组人行桥"
		other.id, err = v.Works.OpenProject(t.Context(), v.Clerk, event.NewID(), form)
		tradingtest.Must(t, err)
		_, err = v.Works.ConfirmProject(t.Context(), v.Supervision, event.NewID(), other.id,
			works.ConfirmForm{Version: 1, Clean: true})
		tradingtest.Must(t, err)
		contract := s.done(deed(works.ContractStage, 90_000))
		elsewhere := other.done(deed(works.ContractStage, 80_000))
		waits, err := s.record(deed(works.PaymentStage, 10_000))
		tradingtest.Must(t, err)
		again := deed(works.ContractStage, 91_000)
		for name, c := range map[string]struct {
			code fault.Code
			form works.EntryForm
		}{
			"no such":       {fault.Invalid, correcting(event.NewID(), again)},
			"another work":  {fault.Invalid, correcting(elsewhere, again)},
			"another stage": {fault.Conflict, correcting(contract, deed(works.FinalStage, 91_000))},
			"not confirmed": {fault.Conflict, correcting(waits, deed(works.PaymentStage, 9_000))},
		} {
			t.Log(name)
			_, err := s.record(c.form)
			tradingtest.Want(t, err, c.code, "corrects")
		}
		_, err = s.record(again)
		tradingtest.Want(t, err, fault.Conflict, "stage") // a second one that corrects nothing
		first, err := s.record(correcting(contract, again))
		tradingtest.Must(t, err)
		_, err = s.record(correcting(contract, again))
		tradingtest.Want(t, err, fault.Conflict, "corrects") // one waits already
		tradingtest.Must(t, s.confirm(first))
		_, err = s.record(correcting(contract, again))
		tradingtest.Want(t, err, fault.Conflict, "corrects")
		s.done(correcting(first, deed(works.ContractStage, 92_000)))
		s.is("underway", 92_000, 0, 0)
	})
}

// TestAPaymentThatNeverWasIsWithdrawn: an entry that is left out corrects one that
// should not be there, and others of its stage stay.
func TestAPaymentThatNeverWasIsWithdrawn(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		s := site{t, v, v.Project()}
		s.done(deed(works.ContractStage, 90_000))
		s.done(deed(works.PaymentStage, 30_000))
		twice := s.done(deed(works.PaymentStage, 30_000))
		nothing := works.EntryForm{Stage: works.PaymentStage, Skipped: true, Note: "同一笔登记了两次", Corrects: twice}
		s.done(nothing)
		s.is("underway", 90_000, 0, 30_000)
		s.done(deed(works.PaymentStage, 1_000))
		s.is("underway", 90_000, 0, 31_000)
		back := deed(works.PaymentStage, 31_000)
		back.Less = true
		gone := s.done(back)
		first := works.EntryForm{Stage: works.PaymentStage, Skipped: true, Note: "没有付过", Corrects: twice}
		_, err := s.record(first)
		tradingtest.Want(t, err, fault.Conflict, "corrects")
		back.Sum = 3_200_000
		_, err = s.record(correcting(gone, back))
		tradingtest.Want(t, err, fault.Conflict, "sum") // more would come back than was paid
	})
}
