package county_test

import (
	"strings"
	"testing"

	"filippo.io/age"

	"sunlot/cmd/sunlot/housetest"
)

// TestAKeyCountsOnceTwoPersonsHaveSeenIt: whoever could enter a key alone would
// read the reports.
func TestAKeyCountsOnceTwoPersonsHaveSeenIt(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		fresh, err := age.GenerateX25519Identity()
		r.Ok(err)
		key := fresh.Recipient().String()
		first, second := r.Browser("admin"), r.Browser("admin2")
		form := map[string][]string{"org": {r.Org("示范县")}, "name": {"示范县纪委监委"}, "recipient": {key}}
		if a := first.Submit("/office/receivers", housetest.Once(form)); a.StatusCode != 303 {
			t.Fatalf("proposed: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
		if strings.Contains(r.Nobody().Get("/report").Body, key) {
			t.Error("a key that nobody confirmed is in use")
		}
		path := housetest.ConfirmLink.FindString(second.Get("/office/receivers").Body)
		if a := first.Submit(path, housetest.Once(nil)); a.StatusCode != 403 || !strings.Contains(a.Body, "不能由自己确认") {
			t.Errorf("confirmed by the same person: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
		if a := second.Submit(path, housetest.Once(nil)); a.StatusCode != 303 {
			t.Fatalf("confirmed: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
		if !strings.Contains(r.Nobody().Get("/report").Body, key) {
			t.Error("a confirmed key is not in use")
		}
		var who string
		r.Ok(r.Inspect().QueryRow("SELECT body FROM sealed_texts WHERE stream = 'office:" +
			strings.Split(path, "/")[3] + "'").Scan(&who))
		if !strings.Contains(who, r.Actor("admin").PersonID) || !strings.Contains(who, r.Actor("admin2").PersonID) {
			t.Errorf("on record is %q", who)
		}
		if a := second.Submit(path, housetest.Once(nil)); a.StatusCode != 409 {
			t.Errorf("confirmed again: %d", a.StatusCode)
		}
	})
}
