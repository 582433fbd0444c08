package identity_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// TestAGuardedRoleComesWithANewPassword to an account that one administrator has
// opened alone and may still hold in his hands; to one of two administrators' it
// comes without.
func TestAGuardedRoleComesWithANewPassword(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		give := func(person, org string, role identity.Role) (identity.Handed, identity.Handed) {
			t.Helper()
			p, err := v.Admin.GiveRole(ctx, v.Administrator, event.NewID(),
				identity.RoleForm{Person: person, Org: org, Role: role})
			tradingtest.Must(t, err)
			c, err := v.Admin.ConfirmAccount(ctx, v.SecondAdministrator, event.NewID(), p.Proposal)
			tradingtest.Must(t, err)
			return p, c
		}
		before, err := v.DB.Person(ctx, v.Representative.PersonID)
		tradingtest.Must(t, err)
		p, c := give(v.Representative.PersonID, v.VillageOrg, identity.Supervision)
		after, err := v.DB.Person(ctx, v.Representative.PersonID)
		if err != nil || !p.Half || !c.Half || p.Code == c.Code || after.TokenVersion != before.TokenVersion+1 ||
			!after.MustChange {
			t.Errorf("the password that one administrator knew still holds: %+v %+v %+v %v", p, c, after, err)
		}
		p, c = give(v.Supervision.PersonID, v.OtherVillageOrg, identity.Supervision)
		if p.Code != "" || c.Code != "" || c.ID == "" {
			t.Errorf("a password is given to whom two have appointed: %+v %+v", p, c)
		}
		p, err = v.Admin.GiveRole(ctx, v.Administrator, event.NewID(),
			identity.RoleForm{Person: v.OtherClerk.PersonID, Org: v.VillageOrg, Role: identity.Supervision})
		tradingtest.Must(t, err)
		give(v.OtherClerk.PersonID, v.Collective, identity.Clerk) // in the meantime he becomes what the role excludes
		_, err = v.Admin.ConfirmAccount(ctx, v.SecondAdministrator, event.NewID(), p.Proposal)
		tradingtest.Want(t, err, fault.Conflict, "role")
	})
}

// TestAnAppointmentIsNoWayRoundTheReset: proposed for an account that was guarded,
// and so without a password of its own, it is not confirmed once the first role
// has ended and one administrator has reset the password alone.
func TestAnAppointmentIsNoWayRoundTheReset(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		p, err := v.Admin.GiveRole(ctx, v.Administrator, event.NewID(),
			identity.RoleForm{Person: v.Supervision.PersonID, Org: v.OtherVillageOrg, Role: identity.Supervision})
		tradingtest.Must(t, err)
		held, err := v.DB.Memberships(ctx, v.Supervision.PersonID, v.Clock.Now())
		tradingtest.Must(t, err)
		for _, m := range held {
			_, err := v.Admin.EndRole(ctx, v.Administrator, event.NewID(), m.ID)
			tradingtest.Must(t, err)
		}
		reset, err := v.Admin.ResetPassword(ctx, v.Administrator, event.NewID(), v.Supervision.PersonID)
		tradingtest.Must(t, err)
		if reset.Half || reset.Code == "" {
			t.Errorf("the account is not guarded now: %+v", reset)
		}
		_, err = v.Admin.ConfirmAccount(ctx, v.SecondAdministrator, event.NewID(), p.Proposal)
		tradingtest.Want(t, err, fault.Conflict, "")
	})
}

// TestWhoLeavesNobodyBehindIsAskedFor: the last of a desk is closed only by an
// administrator who has read that nobody takes over.
func TestWhoLeavesNobodyBehindIsAskedFor(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		form := identity.CloseForm{Person: v.Leader.PersonID}
		_, err := v.Admin.CloseAccount(t.Context(), v.Administrator, event.NewID(), form)
		tradingtest.Want(t, err, fault.Conflict, "alone")
		form.Alone = true
		_, err = v.Admin.CloseAccount(t.Context(), v.Administrator, event.NewID(), form)
		tradingtest.Must(t, err)
		_, err = v.Admin.CloseAccount(t.Context(), v.Clerk, event.NewID(), form)
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestTheSecurityLogNamesIdsAlone: each act and each refused try is one line.
func TestTheSecurityLogNamesIdsAlone(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		var out bytes.Buffer
		log := slog.New(slog.NewTextHandler(&out, nil))
		d.admin.Log, d.Log = log, log
		ctx := t.Context()
		first := d.actor(t, "admin", password+"!")
		_, err := d.admin.ResetPassword(ctx, first, event.NewID(), d.id)
		tradingtest.Want(t, err, fault.Forbidden, "")
		handed, err := d.admin.ResetPassword(ctx, first, event.NewID(), d.second)
		tradingtest.Must(t, err)
		_, err = d.ChangePassword(ctx, first, "not the old one", "another long phrase")
		tradingtest.Want(t, err, fault.Invalid, "old")
		old := d.login(t)
		_, err = d.Renew(ctx, old.Refresh)
		tradingtest.Must(t, err)
		d.pass(time.Minute)
		_, err = d.Renew(ctx, old.Refresh)
		refused(t, "a token that was used", err)
		for _, line := range []string{
			"level=WARN msg=security event=account.reset actor=" + d.id + " target=" + d.id +
				" outcome=refused reason=forbidden",
			"level=INFO msg=security event=account.reset actor=" + d.id + " target=" + d.second + " outcome=proposed",
			"level=WARN msg=security event=password.change actor=" + d.id + " target=" + d.id +
				" outcome=refused reason=invalid",
			"level=WARN msg=security event=session.token_reused actor=" + d.id + " target=" + d.id + " outcome=ended",
		} {
			if !strings.Contains(out.String(), line) {
				t.Errorf("no line %q in\n%s", line, out.String())
			}
		}
		for _, private := range []string{"县管理员", "admin", handed.Code, password} {
			if strings.Contains(out.String(), private) {
				t.Errorf("the log says %q", private)
			}
		}
	})
}

// TestABiddersOwnAccountIsHandedOver: who opened an account himself may be anybody,
// an administrator too; appointed, it gets a password in two halves, since no two
// administrators have met him yet.
func TestABiddersOwnAccountIsHandedOver(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		v.Admin.Acts = append(v.Admin.Acts, identity.NewAction("report.open", "打开反映", identity.Receiver).Sealed())
		b := v.Bidder("wangwu", "")
		p, err := v.Admin.GiveRole(t.Context(), v.Administrator, event.NewID(), identity.RoleForm{
			Person: b.PersonID,
			Org:    v.Station.Memberships[0].OrgID,
			Role:   identity.Receiver,
		})
		if err != nil || p.Code == "" || !p.Half {
			t.Fatalf("it is proposed without a password: %+v, %v", p, err)
		}
		c, err := v.Admin.ConfirmAccount(t.Context(), v.SecondAdministrator, event.NewID(), p.Proposal)
		if err != nil || !c.Half {
			t.Fatalf("%+v, %v", c, err)
		}
		after, err := v.DB.Person(t.Context(), b.PersonID)
		if err != nil || !after.MustChange {
			t.Errorf("the password that he chose himself still holds: %+v, %v", after, err)
		}
	})
}
