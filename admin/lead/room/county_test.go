package room_test

import (
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestTheRoomsAdministratorSeesItsOwnCounty: each page of the county that the
// room declares is drawn, the holidays too.
func TestTheRoomsAdministratorSeesItsOwnCounty(t *testing.T) {
	room := housetest.OnSQLite(t).Reading()
	for _, path := range []string{"/office/orgs", "/office/people", "/office/calendar"} {
		if a := room.At("roomadmin").Get(path); a.StatusCode != 200 {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
}
