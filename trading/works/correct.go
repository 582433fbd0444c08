package works

import (
	"fmt"
	"slices"

	"sunlot/internal/fault"
	"sunlot/internal/money"
)

// Standing is the entries but those that a confirmed one corrects: they stay to be
// read and count no more.
func Standing(entries []Entry) []Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(r Entry) bool { return correctedBy(entries, r.ID) != nil })
}

// correctedBy finds the confirmed entry that corrects the one; nil without.
func correctedBy(entries []Entry, id string) *Entry {
	at := slices.IndexFunc(entries, func(r Entry) bool { return r.State == EntryConfirmed && r.Corrects == id })
	if at < 0 || id == "" {
		return nil
	}
	return &entries[at]
}

// linked notes on each entry the number of what it corrects, and of what corrects it.
func linked(entries []Entry) {
	for i := range entries {
		r := &entries[i]
		if by := correctedBy(entries, r.ID); by != nil {
			r.CorrectedBy = by.Event.Seq
		}
		r.CorrectsSeq = numberOf(entries, r.Corrects)
	}
}

// numberOf is the number of the entry's event; 0 without.
func numberOf(entries []Entry, id string) int64 {
	at := slices.IndexFunc(entries, func(r Entry) bool { return r.ID == id })
	if at < 0 || id == "" {
		return 0
	}
	return entries[at].Event.Seq
}

// named is what the trail says of the correction; nothing when it is none.
func (r Entry) named(entries []Entry) []fault.Field {
	number := numberOf(entries, r.Corrects)
	if number == 0 {
		return nil
	}
	return []fault.Field{{Name: "更正", Message: fmt.Sprintf("第 %d 项“%s”", number, r.Stage.Label())}}
}

// Standing says in words how the entry stands to its correction; empty when there
// is none. Their numbers are those of the work's events.
func (r Entry) Standing() string {
	switch {
	case r.CorrectedBy > 0 && r.CorrectsSeq > 0:
		return fmt.Sprintf("更正第 %d 项；已被第 %d 项更正，不再计算", r.CorrectsSeq, r.CorrectedBy)
	case r.CorrectedBy > 0:
		return fmt.Sprintf("已被第 %d 项更正，不再计算", r.CorrectedBy)
	case r.CorrectsSeq > 0:
		return fmt.Sprintf("更正第 %d 项", r.CorrectsSeq)
	}
	return ""
}

// Correctable lists the entries that a further one may correct.
func Correctable(entries []Entry) []Entry {
	return slices.DeleteFunc(Standing(entries), func(r Entry) bool { return r.State != EntryConfirmed })
}

// corrects refuses a correction of what is not of this work or this stage, not
// confirmed or corrected already, and one after which more is paid than is owed.
func corrects(form EntryForm, entries []Entry) error {
	at := slices.IndexFunc(entries, func(r Entry) bool { return r.ID == form.Corrects })
	if at < 0 {
		return fault.New(fault.Invalid, "这个项目没有这条登记，请重新选择要更正的登记").On("corrects")
	}
	wrong := entries[at]
	switch {
	case wrong.State != EntryConfirmed:
		return fault.New(fault.Conflict, "要更正的登记%s，只有已核实的登记才能更正", wrong.Label()).On("corrects")
	case wrong.Stage != form.Stage:
		return fault.New(fault.Conflict, "要更正的是“%s”的登记，环节也要选“%s”", wrong.Stage.Label(), wrong.Stage.Label()).
			On("corrects")
	}
	for _, r := range entries {
		if r.Corrects == form.Corrects && !r.Dropped() {
			return fault.New(fault.Conflict, "这条登记已经有更正，%s；更正也错了的，请更正最后一条", r.Label()).On("corrects")
		}
	}
	return fits(SumsOf(entries), SumsOf(append(slices.Clone(entries), Entry{State: EntryConfirmed, EntryForm: form})))
}

// fits refuses a correction after which more comes back than was paid, or more is
// paid beyond what is owed than before.
func fits(before, after Sums) error {
	switch {
	case after.Paid < 0:
		return fault.New(fault.Conflict, "更正以后退回的比已付的多 %s 元，请先更正退回的登记", (-after.Paid).Yuan()).On("sum")
	case after.Overpaid() <= before.Overpaid(), before.Owed() == 0 && after.Owed() == 0: // no contract yet
		return nil
	}
	return fault.New(fault.Conflict, "更正以后应付 %s 元，已付 %s 元；多付的，请先登记退回的付款",
		max(after.Owed(), money.Fen(0)).Yuan(), after.Paid.Yuan()).On("sum")
}
