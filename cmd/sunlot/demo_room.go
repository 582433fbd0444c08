package main

import (
	"context"
	"fmt"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

// demoOfficers are the reading room's people by their roles; none is real.
var demoOfficers = []struct {
	login, name, org string
	role             identity.Role
}{
	{"roomadmin", "受理室管理员", "示范县", identity.Administrator},
	{"jiwei", "县纪委监委受理员", "示范县纪委监委", identity.Receiver},
	{"zhenjiwei", "云溪镇纪委受理员", "云溪镇纪委", identity.Receiver},
}

// demoReceivers are the receiving offices, each with the place whose reports go to it.
var demoReceivers = []struct{ office, place string }{{"示范县纪委监委", "示范县"}, {"云溪镇纪委", "云溪镇"}}

// demoRoom opens the demonstration's reading room; without an address there is none.
func demoRoom(ctx context.Context, c config, box *store.DB, clock *demoClock) (*readingRoom, error) {
	if c.LeadsAddr == "" {
		return nil, nil
	}
	return openRoom(ctx, c, box, clock)
}

// found makes the room's county, offices, officers and keys, once.
func (r *readingRoom) found(ctx context.Context) error {
	if _, total, err := r.db.Orgs(ctx, identity.Everywhere, "", identity.Page{}.Clip()); err != nil || total > 0 {
		return err
	}
	if _, err := r.admin.Found(ctx, "示范县", demoOfficers[0].login, demoPassword); err != nil {
		return err
	}
	if err := r.known(ctx, demoOfficers[0].login); err != nil {
		return err
	}
	admin, err := r.actor(ctx, demoOfficers[0].login)
	if err != nil {
		return err
	}
	all, _, err := r.db.Orgs(ctx, identity.Everywhere, "", identity.Page{}.Clip())
	if err != nil {
		return err
	}
	orgs := map[string]string{"示范县": all[0].ID}
	for _, o := range []struct {
		kind         identity.OrgKind
		name, parent string
	}{{identity.Department, "示范县纪委监委", "示范县"}, {identity.Township, "云溪镇", "示范县"}, {identity.Department, "云溪镇纪委", "云溪镇"}} {
		if orgs[o.name], err = r.admin.AddOrg(ctx, admin, event.NewID(), identity.OrgForm{Kind: o.kind, Name: o.name, Parent: orgs[o.parent]}); err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
	}
	for _, p := range demoOfficers[1:] {
		_, _, err := r.admin.AddPerson(ctx, admin, event.NewID(), identity.PersonForm{Name: p.name, Login: p.login, Org: orgs[p.org], Role: p.role})
		if err != nil {
			return fmt.Errorf("%s: %w", p.login, err)
		}
		if err := r.known(ctx, p.login); err != nil {
			return err
		}
		if _, err := r.lead.MakeKey(ctx, admin, event.NewID(), orgs[p.org]); err != nil {
			return err
		}
	}
	return nil
}

// known replaces an officer's one-time password by the demonstration's.
func (r *readingRoom) known(ctx context.Context, login string) error {
	p, err := r.db.PersonByLogin(ctx, login)
	if err != nil {
		return err
	}
	hash, err := identity.HashPassword(login, demoPassword)
	if err != nil {
		return err
	}
	return r.db.SetPassword(ctx, p.ID, hash, false)
}

func (r *readingRoom) actor(ctx context.Context, login string) (identity.Actor, error) {
	p, err := r.db.PersonByLogin(ctx, login)
	if err != nil {
		return identity.Actor{}, err
	}
	held, err := r.db.Memberships(ctx, p.ID, r.lead.Clock.Now())
	return identity.Actor{PersonID: p.ID, Name: p.Name, Memberships: held}, err
}

// receivers enters the room's public keys in the public program, one
// administrator proposing and the other confirming.
func (s *seeder) receivers(r *readingRoom) func(context.Context) error {
	return func(ctx context.Context) error {
		if r == nil {
			return nil
		}
		if err := r.found(ctx); err != nil {
			return err
		}
		made, err := r.db.LeadOffices(ctx, identity.Everywhere)
		if err != nil {
			return err
		}
		keys := map[string]string{}
		for _, o := range made {
			keys[o.Name] = o.Recipient
		}
		for _, d := range demoReceivers {
			if err := s.receiver(ctx, d.office, d.place, keys[d.office]); err != nil {
				return err
			}
		}
		return nil
	}
}

func (s *seeder) receiver(ctx context.Context, office, place, recipient string) error {
	id, err := s.mailbox.ProposeOffice(ctx, s.actors["admin"], event.NewID(), mailbox.OfficeForm{Org: s.orgs[place], Name: office, Recipient: recipient})
	if err != nil {
		return fmt.Errorf("%s: %w", office, err)
	}
	_, err = s.mailbox.ConfirmOffice(ctx, s.actors["admin2"], event.NewID(), id)
	return err
}
