package identity

import (
	"context"

	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// Founder is one of the county's first two administrators. Whoever founds it
// hands each his password.
type Founder struct{ Name, Login, Password string }

// Found makes the county and its first two administrators on an empty database;
// it refuses one that already has a county. What takes two administrators can be
// done from the first day, and nobody has made the other's account. It returns
// their ids.
func (a *Admin) Found(ctx context.Context, county string, founders [2]Founder) (ids [2]string, err error) {
	var hashes [2]string
	for i, f := range founders {
		err = loginFits(f.Login)
		if err == nil {
			hashes[i], err = HashPassword(f.Login, f.Password)
		}
		if err != nil {
			return ids, err
		}
	}
	once, err := event.NewRequest("init", "county.found", "county-found", "")
	if err != nil {
		return ids, err
	}
	_, total, err := a.Store.Orgs(ctx, Everywhere, "", Page{}.Clip())
	if err != nil {
		return ids, err
	}
	if total > 0 {
		return ids, fault.New(fault.Conflict, "这个数据库里已经有县级单位，不能再次初始化")
	}
	_, err = a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		id := event.NewID()
		org := Org{ID: id, Kind: County, Name: county, Path: Path("/" + id + "/")}
		if err := register(tx, org); err != nil {
			return "", err
		}
		at, err := tx.Lock(event.Of("org", id))
		if err != nil {
			return "", err
		}
		for i, f := range founders {
			p := Person{
				ID:           event.NewID(),
				Name:         f.Name,
				Login:        f.Login,
				PasswordHash: hashes[i],
				MustChange:   true,
				LetsInUntil:  at.Add(FoundingLife),
			}
			if err := tx.AddPerson(p); err != nil {
				return "", err
			}
			m := Membership{ID: event.NewID(), PersonID: p.ID, OrgID: id, Role: Administrator, From: at}
			if err := tx.AddMembership(m); err != nil {
				return "", err
			}
			ids[i] = p.ID
		}
		return id, nil
	})
	return ids, err
}
