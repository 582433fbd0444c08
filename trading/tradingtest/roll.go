package tradingtest

import (
	"fmt"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading/rolls"
)

// RollForm is the roll of the group's meeting: so many who are due, from a day on.
func (v *Village) RollForm(from calendar.Date, due int) rolls.Form {
	form := rolls.Form{Org: v.Group, Assembly: "group_meeting", From: from}
	for i := range due {
		form.Members = append(form.Members, rolls.Member{Name: fmt.Sprintf("户代表%d", i+1)})
	}
	return form
}

// Roll enters a roll and has the station confirm it.
func (v *Village) Roll(form rolls.Form) string {
	v.T.Helper()
	id, err := v.Rolls.EnterRoll(v.T.Context(), v.Clerk, event.NewID(), form)
	v.ok(err)
	_, err = v.Rolls.ConfirmRoll(v.T.Context(), v.Station, event.NewID(), id, 1)
	v.ok(err)
	return id
}

// Due are the 26 of the group's roll, which is entered when somebody asks first.
func (v *Village) Due() []rolls.Member {
	v.T.Helper()
	org, err := v.DB.Org(v.T.Context(), v.Group)
	v.ok(err)
	have, err := v.DB.RollOn(v.T.Context(), org.ID, "group_meeting", "2026-11-10")
	if fault.CodeOf(err) == fault.NotFound {
		form := v.RollForm("2026-01-01", 26)
		v.Roll(form)
		return form.Members
	}
	v.ok(err)
	return have.Members
}
