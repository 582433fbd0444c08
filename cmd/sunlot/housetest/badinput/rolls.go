package badinput

import "sunlot/cmd/sunlot/housetest"

// Roll is a roll that waits for the station, or one that it has sent back.
func Roll(b *Bench, returned bool) string {
	a := b.AsBrowser("clerk").Submit("/office/rolls", housetest.Once(housetest.RollSheet(b.House)))
	id := a.Location()[len("/office/rolls/"):]
	if returned {
		b.AsBrowser("station").Submit("/office/rolls/"+id+"/return",
			housetest.Once(map[string][]string{"version": {"1"}, "reason_members": {"少了一户"}}))
	}
	return id
}
