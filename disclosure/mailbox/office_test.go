package mailbox_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// box is a village with a mailbox, and a second administrator.
type box struct {
	*tradingtest.Village
	*mailbox.Service
	second identity.Actor
}

func each(t *testing.T, run func(t *testing.T, b *box)) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		run(t, &box{
			Village: v,
			Service: &mailbox.Service{Store: v.DB, Blind: v.Bidding.Blind, Clock: v.Clock,
				Secret: []byte("a secret of the tests")},
			second: v.SecondAdministrator,
		})
	})
}

func (b *box) county() string   { return b.Administrator.Memberships[0].OrgID }
func (b *box) township() string { return b.Leader.Memberships[0].OrgID }

// keyed is an office whose key two persons have entered.
func (b *box) keyed(t *testing.T, org, name string) *age.X25519Identity {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	tradingtest.Must(t, err)
	id, err := b.ProposeOffice(t.Context(), b.Administrator, event.NewID(), mailbox.OfficeForm{
		Org:       org,
		Name:      name,
		Recipient: key.Recipient().String(),
	})
	tradingtest.Must(t, err)
	_, err = b.ConfirmOffice(t.Context(), b.second, event.NewID(), id)
	tradingtest.Must(t, err)
	return key
}

// TestTwoPersonsEnterAKey: whoever could enter one alone would read the reports.
// From its confirmation on everybody can compare it.
func TestTwoPersonsEnterAKey(t *testing.T) {
	each(t, func(t *testing.T, b *box) {
		ctx := t.Context()
		key, err := age.GenerateX25519Identity()
		tradingtest.Must(t, err)
		form := mailbox.OfficeForm{Org: b.township(), Name: "云溪镇纪委", Recipient: key.Recipient().String()}
		id, err := b.ProposeOffice(ctx, b.Administrator, event.NewID(), form)
		tradingtest.Must(t, err)
		if _, _, err := b.Ways(ctx, b.VillageOrg); fault.CodeOf(err) != fault.Unavailable {
			t.Errorf("reports are sealed to a key that nobody has compared: %v", err)
		}
		if got := tradingtest.Kinds(t, b.Village, event.Of("office", id)); strings.Join(got, " ") != "office.proposed" {
			t.Errorf("a try with a key leaves no trace: %v", got)
		}
		_, err = b.ConfirmOffice(ctx, b.Administrator, event.NewID(), id)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = b.ConfirmOffice(ctx, b.Leader, event.NewID(), id)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = b.ConfirmOffice(ctx, b.second, event.NewID(), "nosuchone")
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = b.ConfirmOffice(ctx, b.second, event.NewID(), id)
		tradingtest.Must(t, err)
		_, err = b.ConfirmOffice(ctx, b.second, event.NewID(), id)
		tradingtest.Want(t, err, fault.Conflict, "")
		list, err := b.Library.Events(ctx, event.Of("office", id), 0, 9)
		tradingtest.Must(t, err)
		var facts mailbox.KeyedFacts
		tradingtest.Must(t, json.Unmarshal(list[1].Facts, &facts))
		if len(list) != 2 || list[1].Kind != "office.keyed" ||
			facts != mailbox.KeyedFacts(form) || list[1].Sealed == "" {
			t.Errorf("the log says %+v of %d events", facts, len(list))
		}
		_, err = b.ProposeOffice(ctx, b.Administrator, event.NewID(), form)
		tradingtest.Want(t, err, fault.Conflict, "recipient")
		offices, err := b.Offices(ctx, b.second)
		if err != nil || len(offices) != 1 || !offices[0].InForce() ||
			offices[0].ProposedBy != b.Administrator.PersonID {
			t.Errorf("the list has %+v, %v", offices, err)
		}
		_, err = b.Offices(ctx, b.Clerk)
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestEachFieldOfAnOfficeHasItsLimits.
func TestEachFieldOfAnOfficeHasItsLimits(t *testing.T) {
	each(t, func(t *testing.T, b *box) {
		key, err := age.GenerateX25519Identity()
		tradingtest.Must(t, err)
		for name, c := range map[string]struct {
			field  string
			change func(*mailbox.OfficeForm)
		}{
			"no name":       {"name", func(f *mailbox.OfficeForm) { f.Name = "" }},
			"a long name":   {"name", func(f *mailbox.OfficeForm) { f.Name = strings.Repeat("县", 61) }},
			"no key":        {"recipient", func(f *mailbox.OfficeForm) { f.Recipient = "" }},
			"half a key":    {"recipient", func(f *mailbox.OfficeForm) { f.Recipient = f.Recipient[:40] }},
			"a private key": {"recipient", func(f *mailbox.OfficeForm) { f.Recipient = key.String() }},
			"a village":     {"org", func(f *mailbox.OfficeForm) { f.Org = b.VillageOrg }},
			"nowhere":       {"org", func(f *mailbox.OfficeForm) { f.Org = "nosuchorg" }},
		} {
			form := mailbox.OfficeForm{Org: b.county(), Name: "示范县纪委", Recipient: key.Recipient().String()}
			c.change(&form)
			t.Log(name)
			_, err := b.ProposeOffice(t.Context(), b.Administrator, event.NewID(), form)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
	})
}

// TestTheFormTellsWhoWillRead: for each choice, from each place; it is closed
// while a choice would lead nowhere.
func TestTheFormTellsWhoWillRead(t *testing.T) {
	each(t, func(t *testing.T, b *box) {
		ctx := t.Context()
		b.keyed(t, b.township(), "镇纪委")
		_, _, err := b.Ways(ctx, b.VillageOrg)
		tradingtest.Want(t, err, fault.Unavailable, "")
		b.keyed(t, b.county(), "县纪委")
		for place, want := range map[string]string{
			b.VillageOrg: "镇纪委 县纪委 县纪委 县纪委 县纪委", b.township(): "镇纪委 县纪委 县纪委 县纪委 县纪委", "": "县纪委 县纪委 县纪委 县纪委 县纪委",
		} {
			ways, org, err := b.Ways(ctx, place)
			tradingtest.Must(t, err)
			var names []string
			for _, w := range ways {
				names = append(names, w.Office.Name)
			}
			if got := strings.Join(names, " "); got != want || org.ID != place {
				t.Errorf("from %q: %s, want %s", place, got, want)
			}
		}
		for _, place := range []string{b.Group, b.Collective, b.county(), "nosuchplace"} {
			_, _, err := b.Ways(ctx, place)
			tradingtest.Want(t, err, fault.NotFound, "")
		}
		b.Village.Clock.Set(b.Village.Clock.Now().Add(time.Second))
		newest := b.keyed(t, b.township(), "镇纪委，新的钥匙")
		ways, _, err := b.Ways(ctx, b.VillageOrg)
		if err != nil || ways[0].Office.Recipient != newest.Recipient().String() {
			t.Errorf("reports still go to an old key: %+v, %v", ways, err)
		}
	})
}
