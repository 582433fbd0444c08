package demo

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"image/jpeg"

	"sunlot/cmd/sunlot/house"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
)

// Password is everybody's in the demonstration; the start prints it.
const Password = "shifan-demo-2026"

// person is somebody of the demonstration with a role, place an organisation.
type person struct {
	login, name, org string
	role             identity.Role
}

type place struct {
	kind         identity.OrgKind
	name, parent string
}

// People are persons by their roles; none is real.
var People = []person{
	{"admin", "县管理员", "示范县", identity.Administrator},
	{"admin2", "县管理员乙", "示范县", identity.Administrator},
	{"clerk", "青塘村经办人", "青塘村经济合作社", identity.Clerk},
	{"supervision", "青塘村监委会主任", "青塘村村民委员会", identity.Supervision},
	{"station", "云溪镇经管员", "云溪镇经管站", identity.Station},
	{"stationb", "云溪镇经管员乙", "云溪镇经管站", identity.Station},
	{"leader", "云溪镇分管领导", "云溪镇", identity.Leader},
	{"daibiao", "户代表甲", "青塘村第三村民小组", identity.Representative},
	{"daibiao2", "户代表乙", "青塘村第三村民小组", identity.Representative},
	{"clerk2", "松坪村经办人", "松坪村经济合作社", identity.Clerk},
	{"supervision2", "松坪村监委会主任", "松坪村村民委员会", identity.Supervision},
}

// orgs are the fictional county's organisations, each after its parent.
var orgs = []place{
	{identity.Township, "云溪镇", "示范县"},
	{identity.Department, "云溪镇经管站", "云溪镇"},
	{identity.Village, "青塘村村民委员会", "云溪镇"},
	{identity.Collective, "青塘村经济合作社", "青塘村村民委员会"},
	{identity.Group, "青塘村第三村民小组", "青塘村村民委员会"},
	{identity.Village, "松坪村村民委员会", "云溪镇"},
	{identity.Collective, "松坪村经济合作社", "松坪村村民委员会"},
	{identity.Group, "松坪村第一村民小组", "松坪村村民委员会"},
}

// Seeder fills an empty demonstration through the use-cases, so that its data
// is as real as any: events, documents and proofs.
type Seeder struct {
	*house.House
	Clock  *Clock
	Actors map[string]identity.Actor
	Orgs   map[string]string
	hash   string          // of the password, which is everybody's
	drawn  map[string]bool // photos, by their SHA-256
}

// Found founds the county with one open notice and one work just begun. It does nothing when the county
// is already there.
func Found(ctx context.Context, h *house.House, clock *Clock) error {
	s, fresh, err := newSeeder(ctx, h, clock)
	if err != nil || !fresh {
		return err
	}
	if err := s.people(ctx); err != nil {
		return err
	}
	if err := s.rolls(ctx); err != nil {
		return fmt.Errorf("rolls: %w", err)
	}
	if _, err := s.announced(ctx, TeaGarden, atOnce); err != nil {
		return err
	}
	item, err := s.item(ctx)
	if err != nil {
		return err
	}
	today := calendar.DateOf(clock.Now())
	return s.build(ctx, gully, item, calling{
		day:   today.AddDays,
		until: func(int, int, int) error { return nil },
	})
}

// newSeeder says whether the demonstration is still empty.
func newSeeder(ctx context.Context, h *house.House, clock *Clock) (*Seeder, bool, error) {
	orgs, _, err := h.Data.People.Orgs(ctx, identity.Everywhere, "", identity.Page{Number: 1, Size: identity.MaxPage})
	s := &Seeder{House: h, Clock: clock, Actors: map[string]identity.Actor{}, Orgs: map[string]string{}}
	for _, o := range orgs {
		s.Orgs[o.Name] = o.ID
	}
	return s, len(orgs) == 0, err
}

// actor is a person of the demonstration with the roles of now.
func (s *Seeder) actor(ctx context.Context, login string) (identity.Actor, error) {
	p, err := s.Data.People.PersonByLogin(ctx, login)
	if err != nil {
		return identity.Actor{}, err
	}
	held, err := s.Data.People.Memberships(ctx, p.ID, s.Clock.Now())
	return identity.Actor{PersonID: p.ID, Name: p.Name, Memberships: held}, err
}

// people founds the county with its two administrators and opens everybody's account.
func (s *Seeder) people(ctx context.Context) error {
	if _, err := s.Admin.Found(ctx, "示范县", [2]identity.Founder{
		{Name: People[0].name, Login: People[0].login, Password: Password},
		{Name: People[1].name, Login: People[1].login, Password: Password},
	}); err != nil {
		return err
	}
	for _, p := range People[:2] {
		if err := s.login(ctx, p.login); err != nil {
			return err
		}
	}
	all, _, err := s.Data.People.Orgs(ctx, identity.Everywhere, "", identity.Page{}.Clip())
	if err != nil {
		return err
	}
	s.Orgs["示范县"] = all[0].ID
	return s.settled(ctx, orgs, People[2:], yunxi)
}

// settled adds organisations, those who work there and a township's deposit account.
func (s *Seeder) settled(ctx context.Context, places []place, workers []person, t town) error {
	for _, o := range places {
		id, err := s.Admin.AddOrg(ctx, s.Actors["admin"], event.NewID(), identity.OrgForm{
			Kind:   o.kind,
			Name:   o.name,
			Parent: s.Orgs[o.parent],
		})
		if err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
		s.Orgs[o.name] = id
	}
	for _, p := range workers {
		err := appoint(ctx, s.Admin, s.Actors["admin"], s.Actors["admin2"],
			identity.PersonForm{Name: p.name, Login: p.login, Org: s.Orgs[p.org], Role: p.role})
		if err != nil {
			return err
		}
		if err := s.login(ctx, p.login); err != nil {
			return err
		}
	}
	_, err := s.Bidding.OpenAccount(ctx, s.Actors[t.station], event.NewID(), bidding.AccountForm{
		Number: t.account,
		Name:   t.name + "经管站保证金专户",
	})
	return err
}

// appoint opens an account, by both administrators where it takes two.
func appoint(ctx context.Context, admin *identity.Admin, first, second identity.Actor,
	form identity.PersonForm) error {
	handed, err := admin.AddPerson(ctx, first, event.NewID(), form)
	if err == nil && handed.ID == "" {
		_, err = admin.ConfirmAccount(ctx, second, event.NewID(), handed.Proposal)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", form.Login, err)
	}
	return nil
}

// login lets a person in and replaces the one-time password by the demonstration's.
func (s *Seeder) login(ctx context.Context, login string) error {
	p, err := s.Data.People.PersonByLogin(ctx, login)
	if err != nil {
		return err
	}
	if s.hash == "" {
		s.hash, err = identity.HashPassword(login, Password)
		if err != nil {
			return err
		}
	}
	if err := s.Data.People.SetPassword(ctx, p.ID, s.hash, false); err != nil {
		return err
	}
	s.Actors[login], err = s.actor(ctx, login)
	return err
}

// Photos draws pictures of that scene for the demonstration: no real place. Another
// name is another picture; none is drawn twice.
func (s *Seeder) Photos(ctx context.Context, who identity.Actor, scene trading.AssetKind, name string,
	n int) ([]string, error) {
	var all []string
	for i := range n {
		var out bytes.Buffer
		place := int(crc32.ChecksumIEEE([]byte(name)))*8 + i
		if err := jpeg.Encode(&out, Scene(scene, place), &jpeg.Options{Quality: 80}); err != nil {
			return nil, err
		}
		p, err := s.Library.AddPhoto(ctx, who, out.Bytes())
		if err != nil {
			return nil, err
		}
		if s.drawn[p.SHA256] {
			return nil, fmt.Errorf("%s: photo %d has been used for something else", name, i)
		}
		if s.drawn == nil {
			s.drawn = map[string]bool{}
		}
		s.drawn[p.SHA256] = true
		all = append(all, p.SHA256)
	}
	return all, nil
}
