package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunlot/admin/lead"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// recipient is the public key of one of the room's offices.
func (r *reading) recipient(office string) string {
	r.out.t.Helper()
	all, err := r.db.LeadOffices(r.out.t.Context(), identity.Everywhere)
	r.out.ok(err)
	at := slices.IndexFunc(all, func(o lead.Office) bool { return o.Name == office })
	if at < 0 {
		r.out.t.Fatalf("%s has no key", office)
	}
	return all[at].Recipient
}

func (r *reading) keyFile(office string) string {
	return filepath.Join(r.dir, "keys", r.recipient(office)+".txt")
}

// boxOf is the box of the one envelope that waits for an office.
func (r *reading) boxOf(office string) string {
	r.out.t.Helper()
	var box string
	r.out.ok(r.out.inspect().QueryRow("SELECT box_id FROM mailbox_envelopes WHERE recipient = '" + r.recipient(office) + "'").Scan(&box))
	return box
}

// TestOneOfficesTroubleIsNotAnothers: an office whose key file is lost, or whose
// mailbox begins with envelopes that nobody can open, keeps no other report waiting.
func TestOneOfficesTroubleIsNotAnothers(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		room := r.reading()
		county := r.about("unsure", "")
		code := r.reported(county)
		box := room.boxOf("示范县纪委监委")
		for i := range 25 {
			junk := mailbox.Envelope{ID: fmt.Sprintf("22222222222222%c%c", 'a'+i/5, 'a'+i%5), Box: box, Recipient: room.recipient("示范县纪委监委"),
				MadeAt: r.clock.Now(), Body: []byte("no envelope")}
			r.ok(r.db.Deliver(t.Context(), junk))
		}
		r.reported(r.about("village", r.org("青塘村村民委员会")))
		key := room.keyFile("云溪镇纪委")
		r.ok(os.Rename(key, key+".lost"))
		if err := room.lead.Work(t.Context()); err == nil {
			t.Error("nothing is said of the key that is lost")
		}
		path := room.only("jiwei")
		if page := r.nobody().sealed("/report/follow", url.Values{"code": {code}}); !strings.Contains(page.body, "受理单位已收到") {
			t.Errorf("the county's report is not taken: %s", brief(page.body))
		}
		r.ok(os.Rename(key+".lost", key))
		lost := room.keyFile("示范县纪委监委")
		r.ok(os.Rename(lost, lost+".lost"))
		if err := room.lead.Work(t.Context()); err == nil {
			t.Error("nothing is said of the county's key")
		}
		room.only("zhenjiwei")
		if a := room.at("jiwei").get(path); a.StatusCode != 503 || !strings.Contains(a.body, "密钥不在这台电脑上") {
			t.Errorf("without its key: %d %s", a.StatusCode, brief(a.body))
		}
	})
}

// TestAnAdditionSealedToAnotherOfficeIsNotTaken: whoever can write into the
// mailbox could make a report unreadable by it.
func TestAnAdditionSealedToAnotherOfficeIsNotTaken(t *testing.T) {
	r := sqliteHouse(t)
	room := r.reading()
	r.reported(r.about("village", r.org("青塘村村民委员会")))
	box := room.boxOf("云溪镇纪委")
	r.ok(room.lead.Work(t.Context()))
	county := room.recipient("示范县纪委监委")
	sealed, err := mailbox.Seal(mailbox.Letter{At: r.clock.Now(), Text: []byte("别的单位的")}, county)
	r.ok(err)
	r.ok(r.db.Deliver(t.Context(), mailbox.Envelope{ID: event.NewID(), Box: box, Recipient: county, MadeAt: r.clock.Now(), Body: sealed}))
	_ = room.lead.Work(t.Context())
	if a := room.at("zhenjiwei").get(room.only("zhenjiwei")); a.StatusCode != 200 || !strings.Contains(a.body, "鱼塘租金没有进集体的账") {
		t.Errorf("its own office reads: %d %s", a.StatusCode, brief(a.body))
	}
}
