package housetest

import (
	"fmt"
	"net/url"
	"strings"

	"sunlot/internal/event"
	"sunlot/trading/rolls"
)

// RollSheet is the roll of the third group's meeting, 26 who are due, as the clerk's
// form has it.
func RollSheet(r *House) url.Values {
	var names []string
	for i := range 26 {
		names = append(names, fmt.Sprintf("表决人%d", i+1))
	}
	return url.Values{
		"body":    {r.Org("青塘村第三村民小组") + ",group_meeting"},
		"from":    {"2026-11-01"},
		"members": {strings.Join(names, "\n")},
	}
}

// Due are the names of the third group's roll, which is entered and confirmed when
// somebody asks first.
func Due(r *House) (names []string) {
	r.T.Helper()
	ctx := r.T.Context()
	org, err := r.DB.Org(ctx, r.Org("青塘村第三村民小组"))
	r.Ok(err)
	roll, err := r.DB.RollOn(ctx, org.ID, "group_meeting", "2026-11-10")
	r.Ok(err)
	if roll.Count != 26 { // the demonstration's own
		sheet := RollSheet(r)
		members, err := rolls.ReadMembers(sheet.Get("members"))
		r.Ok(err)
		form := rolls.Form{Org: org.ID, Assembly: "group_meeting", From: "2026-11-01", Members: members}
		id, err := r.Rolls.EnterRoll(ctx, r.Actor("clerk"), event.NewID(), form)
		r.Ok(err)
		_, err = r.Rolls.ConfirmRoll(ctx, r.Actor("station"), event.NewID(), id, 1)
		r.Ok(err)
		return Due(r)
	}
	for _, m := range roll.Members {
		names = append(names, m.Full())
	}
	return names
}
