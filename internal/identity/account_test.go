package identity_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// county is the id of the desk's county.
func (d *desk) county(t *testing.T) string {
	t.Helper()
	orgs, _, err := d.db.Orgs(t.Context(), identity.Everywhere, "", identity.Page{}.Clip())
	tradingtest.Must(t, err)
	return orgs[0].ID
}

// third is an administrator whom both others have opened, with the password.
func (d *desk) third(t *testing.T, first, second identity.Actor) (id, code string) {
	t.Helper()
	form := identity.PersonForm{Name: "丙", Login: "admin3", Org: d.county(t), Role: identity.Administrator}
	proposed, err := d.admin.AddPerson(t.Context(), first, event.NewID(), form)
	tradingtest.Must(t, err)
	confirmed, err := d.admin.ConfirmAccount(t.Context(), second, event.NewID(), proposed.Proposal)
	tradingtest.Must(t, err)
	list, _, err := d.admin.People(t.Context(), first, "admin3", "", identity.Page{}.Clip())
	tradingtest.Must(t, err)
	if proposed.ID != "" || confirmed.ID != list[0].ID || !proposed.Half || !confirmed.Half {
		t.Fatalf("proposed %+v, confirmed %+v", proposed, confirmed)
	}
	return confirmed.ID, proposed.Code + "-" + confirmed.Code
}

func (d *desk) kinds(t *testing.T, stream event.Stream) string {
	t.Helper()
	list, err := d.db.Events(t.Context(), stream, 0, 99)
	tradingtest.Must(t, err)
	var kinds []string
	for _, e := range list {
		kinds = append(kinds, e.Kind)
		if strings.Contains(string(e.Facts), "admin") && !strings.Contains(string(e.Facts), "administrator") ||
			strings.Contains(string(e.Facts), d.id) || e.Sealed == "" {
			t.Errorf("the log says %s", e.Facts)
		}
	}
	return strings.Join(kinds, " ")
}

// TestTwoAdministratorsOpenAnAccount: one proposes, the other confirms, each has
// half of the password, and neither half lets in.
func TestTwoAdministratorsOpenAnAccount(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		first, second := d.actor(t, "admin", password+"!"), d.actor(t, "admin2", password+"!")
		form := identity.PersonForm{Name: "丙", Login: "admin3", Org: d.county(t), Role: identity.Administrator}
		p, err := d.admin.AddPerson(ctx, first, "request-0001", form)
		tradingtest.Must(t, err)
		again, err := d.admin.AddPerson(ctx, first, "request-0001", form)
		if err != nil || again != (identity.Handed{Proposal: p.Proposal}) {
			t.Errorf("the same request again: %+v, %v", again, err)
		}
		_, err = d.admin.ConfirmAccount(ctx, first, event.NewID(), p.Proposal)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = d.Login(ctx, "admin3", p.Code, identity.From{Network: "a"})
		refused(t, "half of a password of nobody", err)
		_, err = d.admin.ConfirmAccount(ctx, second, event.NewID(), "nosuchone")
		tradingtest.Want(t, err, fault.NotFound, "")
		c, err := d.admin.ConfirmAccount(ctx, second, event.NewID(), p.Proposal)
		tradingtest.Must(t, err)
		for i, half := range []string{p.Code, c.Code, c.Code + "-" + p.Code} {
			_, err = d.Login(ctx, "admin3", half, identity.From{Network: string(rune('b' + i))})
			refused(t, "half of the password", err)
		}
		third := d.actor(t, "admin3", p.Code+"-"+c.Code)
		if !third.MustChange || len(third.Vouches) != 2 {
			t.Errorf("the third is %+v", third)
		}
		_, err = d.admin.ConfirmAccount(ctx, second, event.NewID(), p.Proposal)
		tradingtest.Want(t, err, fault.Conflict, "")
		stream := event.Of("account", p.Proposal)
		if got := d.kinds(t, stream); got != "account.proposed account.confirmed" {
			t.Errorf("the log has %s", got)
		}
		all, err := d.admin.Proposals(ctx, second)
		if err != nil || len(all) != 1 || all[0].State != identity.Confirmed || all[0].Half != "" ||
			all[0].Person != c.ID || all[0].ProposedBy != d.id || all[0].DecidedBy != d.second {
			t.Errorf("the list has %+v, %v", all, err)
		}
	})
}

// TestAnAccountJustMadeIsNoSecondPerson for those who made it, nor they for it,
// until a week is over.
func TestAnAccountJustMadeIsNoSecondPerson(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		first, second := d.actor(t, "admin", password+"!"), d.actor(t, "admin2", password+"!")
		_, code := d.third(t, first, second)
		fresh := d.actor(t, "admin3", code)
		_, err := d.ChangePassword(ctx, fresh, code, "a third long phrase")
		tradingtest.Must(t, err)
		fresh = d.actor(t, "admin3", "a third long phrase")
		form := identity.PersonForm{Name: "丁", Login: "admin4", Org: d.county(t), Role: identity.Administrator}
		p, err := d.admin.AddPerson(ctx, first, event.NewID(), form)
		tradingtest.Must(t, err)
		_, err = d.admin.ConfirmAccount(ctx, fresh, event.NewID(), p.Proposal)
		tradingtest.Want(t, err, fault.Forbidden, "")
		if !strings.Contains(fault.MessageOf(err), "2026年11月30日") {
			t.Errorf("until when is not said: %v", err)
		}
		form.Login = "admin5"
		own, err := d.admin.AddPerson(ctx, fresh, event.NewID(), form)
		tradingtest.Must(t, err)
		_, err = d.admin.ConfirmAccount(ctx, d.actor(t, "admin2", password+"!"), event.NewID(), own.Proposal)
		tradingtest.Want(t, err, fault.Forbidden, "")
		d.pass(identity.FreshDays*24*time.Hour - time.Minute)
		_, err = d.admin.ConfirmAccount(ctx, d.actor(t, "admin3", "a third long phrase"), event.NewID(), p.Proposal)
		tradingtest.Want(t, err, fault.Forbidden, "")
		d.pass(time.Minute) // the proposal has lapsed at the same time: another one
		_, err = d.admin.ConfirmAccount(ctx, d.actor(t, "admin3", "a third long phrase"), event.NewID(), p.Proposal)
		tradingtest.Want(t, err, fault.Conflict, "")
		p, err = d.admin.AddPerson(ctx, d.actor(t, "admin", password+"!"), event.NewID(), form)
		tradingtest.Must(t, err)
		_, err = d.admin.ConfirmAccount(ctx, d.actor(t, "admin3", "a third long phrase"), event.NewID(), p.Proposal)
		tradingtest.Must(t, err)
	})
}

// TestNobodyActsOnHisOwnAccount, and what was proposed is taken back or refused.
func TestNobodyActsOnHisOwnAccount(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		first, second := d.actor(t, "admin", password+"!"), d.actor(t, "admin2", password+"!")
		_, err := d.admin.ResetPassword(ctx, first, event.NewID(), d.id)
		tradingtest.Want(t, err, fault.Forbidden, "")
		p, err := d.admin.ResetPassword(ctx, first, event.NewID(), d.second)
		if err != nil || !p.Half || p.ID != "" {
			t.Fatalf("%+v, %v", p, err)
		}
		if d.login(t); d.actor(t, "admin2", password+"!").PersonID != d.second {
			t.Error("a password that is only to be reset has changed")
		}
		_, err = d.admin.ConfirmAccount(ctx, second, event.NewID(), p.Proposal)
		tradingtest.Want(t, err, fault.Forbidden, "")
		state, err := d.admin.DropAccount(ctx, second, event.NewID(), p.Proposal)
		if err != nil || state != identity.Refused {
			t.Errorf("%s, %v", state, err)
		}
		if got := d.kinds(t, event.Of("account", p.Proposal)); got != "account.proposed account.refused" {
			t.Errorf("the log has %s", got)
		}
		_, err = d.admin.DropAccount(ctx, first, event.NewID(), p.Proposal)
		tradingtest.Want(t, err, fault.Conflict, "")
		p, err = d.admin.ResetPassword(ctx, first, event.NewID(), d.second)
		tradingtest.Must(t, err)
		state, err = d.admin.DropAccount(ctx, first, event.NewID(), p.Proposal)
		if err != nil || state != identity.Withdrawn {
			t.Errorf("%s, %v", state, err)
		}
	})
}

// TestAnAccountIsClosedAndReopened: its sessions end at once, the county keeps
// two administrators, and coming back takes two.
func TestAnAccountIsClosedAndReopened(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		first, second := d.actor(t, "admin", password+"!"), d.actor(t, "admin2", password+"!")
		shut := func(who identity.Actor, person string) error {
			_, err := d.admin.CloseAccount(ctx, who, event.NewID(), identity.CloseForm{Person: person})
			return err
		}
		tradingtest.Want(t, shut(first, d.second), fault.Conflict, "")
		tradingtest.Want(t, shut(first, d.id), fault.Forbidden, "")
		tradingtest.Want(t, shut(first, "nosuchperson"), fault.NotFound, "")
		_, err := d.admin.EndRole(ctx, first, event.NewID(), second.Memberships[0].ID)
		tradingtest.Want(t, err, fault.Conflict, "")
		id, code := d.third(t, first, second)
		tokens, err := d.Login(ctx, "admin3", code, identity.From{Network: "here"})
		tradingtest.Must(t, err)
		tradingtest.Must(t, shut(first, id))
		_, err = d.Authenticate(ctx, tokens.Access)
		refused(t, "a session of a closed account", err)
		_, err = d.Login(ctx, "admin3", code, identity.From{Network: "there"})
		refused(t, "a closed account", err)
		tradingtest.Want(t, shut(first, id), fault.Conflict, "")
		_, err = d.admin.ResetPassword(ctx, first, event.NewID(), id)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = d.admin.ReopenAccount(ctx, first, event.NewID(), d.second)
		tradingtest.Want(t, err, fault.Conflict, "")
		p, err := d.admin.ReopenAccount(ctx, first, event.NewID(), id)
		tradingtest.Must(t, err)
		c, err := d.admin.ConfirmAccount(ctx, second, event.NewID(), p.Proposal)
		tradingtest.Must(t, err)
		if who := d.actor(t, "admin3", p.Code+"-"+c.Code); len(who.Memberships) != 1 {
			t.Errorf("reopened, it is %+v", who)
		}
		standing, err := d.admin.Standing(ctx, first, id)
		acts := []identity.AccountAct{}
		for _, v := range standing.History {
			acts = append(acts, v.Act)
		}
		if err != nil || !standing.Guarded || len(acts) != 3 || !slices.Contains(acts, identity.AccountReopened) {
			t.Errorf("its record is %+v, %v", standing, err)
		}
	})
}

// TestTheServersHolderWaitsInPublic: announced at once, in force three days later,
// and refused by any administrator until then.
func TestTheServersHolderWaitsInPublic(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		m, err := d.admin.AtMachine(ctx, identity.AccountReset, "admin2")
		if err != nil || m.Code != "" || !m.From.Equal(d.clock.Now().Add(identity.MachineDelay)) {
			t.Fatalf("%+v, %v", m, err)
		}
		first := d.actor(t, "admin", password+"!")
		all, err := d.admin.Proposals(ctx, first)
		if err != nil || len(all) != 1 || !all[0].ByMachine() {
			t.Fatalf("%+v, %v", all, err)
		}
		if got := d.kinds(t, all[0].Stream()); got != "account.proposed" {
			t.Errorf("the log has %s", got)
		}
		_, err = d.admin.ConfirmAccount(ctx, first, event.NewID(), all[0].ID)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = d.admin.DropAccount(ctx, d.actor(t, "admin2", password+"!"), event.NewID(), all[0].ID)
		tradingtest.Must(t, err)
		for range 2 {
			m, err = d.admin.AtMachine(ctx, identity.AccountReset, "admin2")
			if err != nil || m.Code != "" {
				t.Fatalf("%+v, %v", m, err)
			}
		}
		d.pass(identity.MachineDelay - time.Second)
		if m, err = d.admin.AtMachine(ctx, identity.AccountReset, "admin2"); err != nil || m.Code != "" {
			t.Fatalf("a second early: %+v, %v", m, err)
		}
		d.pass(time.Second)
		m, err = d.admin.AtMachine(ctx, identity.AccountReset, "admin2")
		tradingtest.Must(t, err)
		if who := d.actor(t, "admin2", m.Code); !who.MustChange || !strings.Contains(m.Told(), m.Code) {
			t.Errorf("%+v", who)
		}
		if m, err = d.admin.AtMachine(ctx, identity.AccountOpened, "admin3"); err != nil || m.Code != "" {
			t.Fatalf("%+v, %v", m, err)
		}
		d.pass(identity.MachineDelay)
		m, err = d.admin.AtMachine(ctx, identity.AccountOpened, "admin3")
		tradingtest.Must(t, err)
		if who := d.actor(t, "admin3", m.Code); who.Memberships[0].Role != identity.Administrator {
			t.Errorf("%+v", who)
		}
		for login, code := range map[string]fault.Code{"nobody": fault.NotFound, "X": fault.Invalid} {
			_, err := d.admin.AtMachine(ctx, identity.AccountReset, login)
			tradingtest.Want(t, err, code, "")
		}
		_, err = d.admin.AtMachine(ctx, identity.AccountOpened, "admin")
		tradingtest.Want(t, err, fault.Conflict, "login")
	})
}
