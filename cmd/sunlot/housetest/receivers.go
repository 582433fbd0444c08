package housetest

import (
	"regexp"

	"filippo.io/age"

	"sunlot/cmd/sunlot/demo"
	"sunlot/internal/identity"
)

// receiver is an office that opens reports, with its private key.
type receiver struct {
	name string
	Key  *age.X25519Identity
}

// receivers enters the keys of the county's and the township's office.
func (r *House) receivers() {
	r.T.Helper()
	s := &demo.Seeder{
		House:  r.House,
		Actors: map[string]identity.Actor{"admin": r.Actor("admin"), "admin2": r.Actor("admin2")},
		Orgs:   map[string]string{},
	}
	for _, d := range demo.Receivers {
		key, err := age.GenerateX25519Identity()
		r.Ok(err)
		s.Orgs[d.Place] = r.Org(d.Place)
		r.Ok(s.Receiver(r.T.Context(), d.Office, d.Place, key.Recipient().String()))
		r.Offices = append(r.Offices, receiver{d.Office, key})
	}
}

var ConfirmLink = regexp.MustCompile(`/office/receivers/[a-z2-7]+/confirm`)
