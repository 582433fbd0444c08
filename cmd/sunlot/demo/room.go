package demo

import (
	"context"
	"fmt"

	"sunlot/admin/lead"
	"sunlot/cmd/sunlot/house"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// Officers are the reading room's people by their roles; none is real.
var Officers = []person{
	{"roomadmin", "受理室管理员", "示范县", identity.Administrator},
	{"roomadmin2", "受理室管理员乙", "示范县", identity.Administrator},
	{"jiwei", "县纪委监委受理员", "示范县纪委监委", identity.Receiver},
	{"zhenjiwei", "云溪镇纪委受理员", "云溪镇纪委", identity.Receiver},
}

// Receivers are the receiving offices, each with the place whose reports go to it.
var Receivers = []struct{ Office, Place string }{{"示范县纪委监委", "示范县"}, {"云溪镇纪委", "云溪镇"}}

// openRoom opens the demonstration's reading room; without an address there is none.
func openRoom(ctx context.Context, c house.Config, box lead.Mailbox, clock *Clock) (*house.ReadingRoom, error) {
	if c.LeadsAddr == "" {
		return nil, nil
	}
	return house.OpenRoom(ctx, c, box, clock)
}

// officers founds a reading room through its use-cases.
type officers struct{ *house.ReadingRoom }

// found makes the room's county, offices, officers and keys, once.
func (r officers) found(ctx context.Context) error {
	if _, total, err := r.People.Orgs(ctx, identity.Everywhere, "", identity.Page{}.Clip()); err != nil || total > 0 {
		return err
	}
	if _, err := r.Admin.Found(ctx, "示范县", [2]identity.Founder{
		{Name: Officers[0].name, Login: Officers[0].login, Password: Password},
		{Name: Officers[1].name, Login: Officers[1].login, Password: Password},
	}); err != nil {
		return err
	}
	var admins [2]identity.Actor
	for i, p := range Officers[:2] {
		if err := r.setPassword(ctx, p.login); err != nil {
			return err
		}
		var err error
		admins[i], err = r.actor(ctx, p.login)
		if err != nil {
			return err
		}
	}
	return r.offices(ctx, admins[0], admins[1])
}

// offices makes the receiving offices with an officer and a key each.
func (r officers) offices(ctx context.Context, admin, second identity.Actor) error {
	all, _, err := r.People.Orgs(ctx, identity.Everywhere, "", identity.Page{}.Clip())
	if err != nil {
		return err
	}
	orgs := map[string]string{"示范县": all[0].ID}
	for _, o := range []struct {
		kind         identity.OrgKind
		name, parent string
	}{{identity.Department, "示范县纪委监委", "示范县"}, {identity.Township, "云溪镇", "示范县"},
		{identity.Department, "云溪镇纪委", "云溪镇"}} {
		orgs[o.name], err = r.Admin.AddOrg(ctx, admin, event.NewID(), identity.OrgForm{
			Kind:   o.kind,
			Name:   o.name,
			Parent: orgs[o.parent],
		})
		if err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
	}
	for _, p := range Officers[2:] {
		err := appoint(ctx, r.Admin, admin, second, identity.PersonForm{
			Name:  p.name,
			Login: p.login,
			Org:   orgs[p.org],
			Role:  p.role,
		})
		if err != nil {
			return err
		}
		if err := r.setPassword(ctx, p.login); err != nil {
			return err
		}
		if _, err := r.Lead.MakeKey(ctx, admin, event.NewID(), orgs[p.org]); err != nil {
			return err
		}
	}
	return nil
}

// setPassword replaces an officer's one-time password by the demonstration's.
func (r officers) setPassword(ctx context.Context, login string) error {
	p, err := r.People.PersonByLogin(ctx, login)
	if err != nil {
		return err
	}
	hash, err := identity.HashPassword(login, Password)
	if err != nil {
		return err
	}
	return r.People.SetPassword(ctx, p.ID, hash, false)
}

func (r officers) actor(ctx context.Context, login string) (identity.Actor, error) {
	p, err := r.People.PersonByLogin(ctx, login)
	if err != nil {
		return identity.Actor{}, err
	}
	held, err := r.People.Memberships(ctx, p.ID, r.Lead.Clock.Now())
	return identity.Actor{PersonID: p.ID, Name: p.Name, Memberships: held}, err
}

// Receivers enters the room's public keys in the public program, one
// administrator proposing and the other confirming.
func (s *Seeder) Receivers(r *house.ReadingRoom) func(context.Context) error {
	return func(ctx context.Context) error {
		if r == nil {
			return nil
		}
		if err := (officers{r}).found(ctx); err != nil {
			return err
		}
		made, err := r.Lead.Store.LeadOffices(ctx, identity.Everywhere)
		if err != nil {
			return err
		}
		keys := map[string]string{}
		for _, o := range made {
			keys[o.Name] = o.Recipient
		}
		for _, d := range Receivers {
			if err := s.Receiver(ctx, d.Office, d.Place, keys[d.Office]); err != nil {
				return err
			}
		}
		return nil
	}
}

func (s *Seeder) Receiver(ctx context.Context, office, place, recipient string) error {
	id, err := s.Mailbox.ProposeOffice(ctx, s.Actors["admin"], event.NewID(), mailbox.OfficeForm{
		Org:       s.Orgs[place],
		Name:      office,
		Recipient: recipient,
	})
	if err != nil {
		return fmt.Errorf("%s: %w", office, err)
	}
	_, err = s.Mailbox.ConfirmOffice(ctx, s.Actors["admin2"], event.NewID(), id)
	return err
}
