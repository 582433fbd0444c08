package room_test

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
)

// TestOneOfficesTroubleIsNotAnothers: an office whose key file is lost, or whose
// mailbox begins with envelopes that nobody can open, keeps no other report waiting.
func TestOneOfficesTroubleIsNotAnothers(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		room := r.Reading()
		county := r.About("unsure", "")
		code := r.Reported(county)
		box := room.BoxOf("示范县纪委监委")
		for i := range 25 {
			junk := mailbox.Envelope{
				ID:        fmt.Sprintf("22222222222222%c%c", 'a'+i/5, 'a'+i%5),
				Box:       box,
				Recipient: room.Recipient("示范县纪委监委"),
				MadeAt:    r.Clock.Now(),
				Body:      []byte("no envelope"),
			}
			r.Ok(r.DB.Deliver(t.Context(), junk))
		}
		r.Reported(r.About("village", r.Org("青塘村村民委员会")))
		key := room.KeyFile("云溪镇纪委")
		r.Ok(os.Rename(key, key+".lost"))
		if err := room.Lead.Work(t.Context()); err == nil {
			t.Error("nothing is said of the key that is lost")
		}
		path := room.Only("jiwei")
		if page := r.Nobody().
			Sealed("/report/follow", url.Values{"code": {code}}); !strings.Contains(page.Body, "受理单位已收到") {
			t.Errorf("the county's report is not taken: %s", housetest.Brief(page.Body))
		}
		r.Ok(os.Rename(key+".lost", key))
		lost := room.KeyFile("示范县纪委监委")
		r.Ok(os.Rename(lost, lost+".lost"))
		if err := room.Lead.Work(t.Context()); err == nil {
			t.Error("nothing is said of the county's key")
		}
		room.Only("zhenjiwei")
		if a := room.At("jiwei").Get(path); a.StatusCode != 503 || !strings.Contains(a.Body, "密钥不在这台电脑上") {
			t.Errorf("without its key: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
	})
}

// TestAnAdditionSealedToAnotherOfficeIsNotTaken: whoever can write into the
// mailbox could make a report unreadable by it.
func TestAnAdditionSealedToAnotherOfficeIsNotTaken(t *testing.T) {
	r := housetest.OnSQLite(t)
	room := r.Reading()
	r.Reported(r.About("village", r.Org("青塘村村民委员会")))
	box := room.BoxOf("云溪镇纪委")
	r.Ok(room.Lead.Work(t.Context()))
	county := room.Recipient("示范县纪委监委")
	sealed, err := mailbox.Seal(mailbox.Letter{At: r.Clock.Now(), Text: []byte("别的单位的")}, county)
	r.Ok(err)
	r.Ok(r.DB.Deliver(t.Context(), mailbox.Envelope{
		ID:        event.NewID(),
		Box:       box,
		Recipient: county,
		MadeAt:    r.Clock.Now(),
		Body:      sealed,
	}))
	_ = room.Lead.Work(t.Context())
	if a := room.At("zhenjiwei").Get(room.Only("zhenjiwei")); a.StatusCode != 200 ||
		!strings.Contains(a.Body, "鱼塘租金没有进集体的账") {
		t.Errorf("its own office reads: %d %s", a.StatusCode, housetest.Brief(a.Body))
	}
}
