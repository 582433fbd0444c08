package badinput

import (
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/trading/rolls"
)

// Roll is a roll that waits for the station, or one that it has sent back. One edition of
// a body waits at a time: that of the trial before is withdrawn.
func Roll(b *Bench, returned bool) string {
	ctx, clerk := b.T.Context(), b.Actor("clerk")
	list, _, err := b.Rolls.SeeRolls(ctx, clerk, casework.Query{
		States: []casework.State{rolls.Entered, rolls.Returned},
		Text:   "青塘村第三村民小组",
	})
	b.Ok(err)
	for _, r := range list {
		_, err := b.Rolls.WithdrawRoll(ctx, clerk, event.NewID(), r.ID, r.Version)
		b.Ok(err)
	}
	a := b.AsBrowser("clerk").Submit("/office/rolls", housetest.Once(housetest.RollSheet(b.House)))
	id := a.Location()[len("/office/rolls/"):]
	if returned {
		b.AsBrowser("station").Submit("/office/rolls/"+id+"/return",
			housetest.Once(map[string][]string{"version": {"1"}, "reason_members": {"少了一户"}}))
	}
	return id
}
