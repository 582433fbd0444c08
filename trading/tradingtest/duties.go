package tradingtest

import (
	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

// Waits lists what waits for somebody now.
func (v *Village) Waits(who identity.Actor) []casework.Waiting {
	v.T.Helper()
	list, _, err := v.Duties.Own(v.T.Context(), who, "", identity.Page{Number: 1, Size: identity.MaxPage})
	v.ok(err)
	return list
}

// Climbed lists what others have left undone until it was on somebody's desk.
func (v *Village) Climbed(who identity.Actor) []casework.Waiting {
	v.T.Helper()
	list, _, err := v.Duties.Climbed(v.T.Context(), who, identity.Page{Number: 1, Size: identity.MaxPage})
	v.ok(err)
	return list
}
