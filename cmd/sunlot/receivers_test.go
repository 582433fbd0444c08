package main

import (
	"regexp"
	"strings"
	"testing"

	"filippo.io/age"

	"sunlot/internal/identity"
)

// receiver is an office that opens reports, with its private key.
type receiver struct {
	name string
	key  *age.X25519Identity
}

// receivers enters the keys of the county's and the township's office.
func (r *running) receivers() {
	r.t.Helper()
	s := &seeder{house: r.house, actors: map[string]identity.Actor{"admin": r.actor("admin"), "admin2": r.actor("admin2")}, orgs: map[string]string{}}
	for _, d := range demoReceivers {
		key, err := age.GenerateX25519Identity()
		r.ok(err)
		s.orgs[d.place] = r.org(d.place)
		r.ok(s.receiver(r.t.Context(), d.office, d.place, key.Recipient().String()))
		r.offices = append(r.offices, receiver{d.office, key})
	}
}

var confirmLink = regexp.MustCompile(`/office/receivers/[a-z2-7]+/confirm`)

// TestAKeyCountsOnceTwoPersonsHaveSeenIt: whoever could enter a key alone would
// read the reports.
func TestAKeyCountsOnceTwoPersonsHaveSeenIt(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		fresh, err := age.GenerateX25519Identity()
		r.ok(err)
		key := fresh.Recipient().String()
		first, second := r.browser("admin"), r.browser("admin2")
		form := map[string][]string{"org": {r.org("示范县")}, "name": {"示范县纪委监委"}, "recipient": {key}}
		if a := first.submit("/office/receivers", once(form)); a.StatusCode != 303 {
			t.Fatalf("proposed: %d %s", a.StatusCode, brief(a.body))
		}
		if strings.Contains(r.nobody().get("/report").body, key) {
			t.Error("a key that nobody confirmed is in use")
		}
		path := confirmLink.FindString(second.get("/office/receivers").body)
		if a := first.submit(path, once(nil)); a.StatusCode != 403 || !strings.Contains(a.body, "不能由自己确认") {
			t.Errorf("confirmed by the same person: %d %s", a.StatusCode, brief(a.body))
		}
		if a := second.submit(path, once(nil)); a.StatusCode != 303 {
			t.Fatalf("confirmed: %d %s", a.StatusCode, brief(a.body))
		}
		if !strings.Contains(r.nobody().get("/report").body, key) {
			t.Error("a confirmed key is not in use")
		}
		var who string
		r.ok(r.inspect().QueryRow("SELECT body FROM sealed_texts WHERE stream = 'office:" + strings.Split(path, "/")[3] + "'").Scan(&who))
		if !strings.Contains(who, r.actor("admin").PersonID) || !strings.Contains(who, r.actor("admin2").PersonID) {
			t.Errorf("on record is %q", who)
		}
		if a := second.submit(path, once(nil)); a.StatusCode != 409 {
			t.Errorf("confirmed again: %d", a.StatusCode)
		}
	})
}
