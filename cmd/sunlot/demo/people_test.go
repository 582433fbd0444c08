package demo

import (
	"slices"
	"testing"

	"sunlot/internal/identity"
)

// TestEverybodyIsListedOnce: each person of the demonstration, and each bidder,
// a visitor's and the script's, by a login of his own.
func TestEverybodyIsListedOnce(t *testing.T) {
	all := everybody()
	if len(all) != len(People)+len(neighbours)+len(Bidders)+len(scriptBidders) {
		t.Errorf("%d logins", len(all))
	}
	for i, login := range all {
		if login == "" || slices.Contains(all[:i], login) {
			t.Errorf("%q is nobody's own", login)
		}
	}
	for _, login := range []string{"admin", "clerk2", "bidder1", "bidder2", "script1", "script3"} {
		if !slices.Contains(all, login) {
			t.Errorf("%s is missing", login)
		}
	}
	for _, p := range Officers {
		if slices.Contains(all, p.login) {
			t.Errorf("%s of the reading room has a login in the public program", p.login)
		}
	}
	if len(Bidders) != 2 || Bidders[0].claim == "" || Bidders[1].claim != "" {
		t.Errorf("a visitor may play a member and an outsider: %+v", Bidders)
	}
}

// TestRolesAreHeldWhereTheyExist: each person's organisation is one of the
// county's, is listed after its parent, and has the person's role.
func TestRolesAreHeldWhereTheyExist(t *testing.T) {
	kinds := map[string]identity.OrgKind{"示范县": identity.County}
	for _, o := range append(slices.Clone(orgs), neighbourOrgs...) {
		if kinds[o.parent] == "" {
			t.Errorf("%s comes before %s", o.name, o.parent)
		}
		if kinds[o.name] != "" {
			t.Errorf("%s is listed twice", o.name)
		}
		kinds[o.name] = o.kind
	}
	held := map[identity.Role]bool{}
	for _, p := range append(slices.Clone(People), neighbours...) {
		held[p.role] = true
		if kinds[p.org] == "" || !p.role.At(kinds[p.org]) {
			t.Errorf("%s is no %s at %q", p.login, p.role, p.org)
		}
	}
	for _, role := range []identity.Role{
		identity.Administrator, identity.Clerk, identity.Supervision, identity.Station, identity.Leader,
		identity.Representative,
	} {
		if !held[role] {
			t.Errorf("nobody is %s", role)
		}
	}
	for _, d := range Receivers {
		if kinds[d.Place] == "" {
			t.Errorf("%s receives the reports of %q", d.Office, d.Place)
		}
	}
}

// everybodyGetsIn asks for the printed password of each, here and in the reading
// room, and for the roles that each has.
func everybodyGetsIn(t *testing.T, dir string) {
	k := again(t, dir)
	for _, p := range append(slices.Clone(People), neighbours...) { // the first is named by who founds a county
		who, err := k.login(k.rows, p.login)
		if err != nil || who.MustChange || who.Name != p.name && p.login != People[0].login {
			t.Errorf("%s: %+v %v", p.login, who, err)
		}
		at := func(m identity.Membership) bool { return m.Role == p.role && m.OrgID == k.Orgs[p.org] }
		if !slices.ContainsFunc(who.Memberships, at) {
			t.Errorf("%s holds %+v", p.login, who.Memberships)
		}
	}
	for _, b := range append(slices.Clone(Bidders), scriptBidders...) {
		if who, err := k.login(k.rows, b.login); err != nil || who.Name != b.name ||
			len(who.Memberships) != 1 || who.Memberships[0].Role != identity.BidderRole {
			t.Errorf("%s: %+v %v", b.login, who, err)
		}
	}
	for _, p := range Officers {
		who, err := k.login(k.room.People, p.login)
		if err != nil || who.MustChange || len(who.Memberships) != 1 || who.Memberships[0].Role != p.role {
			t.Errorf("%s: %+v %v", p.login, who, err)
		}
		if _, err := k.login(k.rows, p.login); err == nil {
			t.Errorf("%s gets into the public program", p.login)
		}
	}
}

// reportsAreSealed asks that the public program seals to the keys that the
// reading room holds, each confirmed by a second administrator.
func reportsAreSealed(t *testing.T, dir string) {
	k := again(t, dir)
	made, err := k.room.Lead.Store.LeadOffices(t.Context(), identity.Everywhere)
	ok(t, err)
	keys := map[string]string{}
	for _, o := range made {
		keys[o.Name] = o.Recipient
	}
	offices, err := k.Mailbox.Offices(t.Context(), k.Actors["admin"])
	ok(t, err)
	if len(offices) != len(Receivers) {
		t.Errorf("%d offices receive reports", len(offices))
	}
	for _, o := range offices {
		if o.KeyedAt.IsZero() || o.ProposedBy != k.Actors["admin"].PersonID {
			t.Errorf("%s: nobody has confirmed its key: %+v", o.Name, o)
		}
		if o.Recipient == "" || o.Recipient != keys[o.Name] {
			t.Errorf("%s: sealed to %s, opened by %s", o.Name, o.Recipient, keys[o.Name])
		}
	}
	if err := k.Receivers(nil)(t.Context()); err != nil {
		t.Errorf("without a reading room: %v", err)
	}
	ok(t, officers{k.room}.found(t.Context()))
	if now, err := k.room.Lead.Store.LeadOffices(t.Context(), identity.Everywhere); err != nil ||
		len(now) != len(made) {
		t.Errorf("a room that was founded is founded again: %d offices, %v", len(now), err)
	}
}
