package house

import (
	"errors"
	"fmt"
	"net"
)

// Doors are the addresses at which a program answers. They are taken before
// anything else is done and said: a program that could not be reached would print
// logins for nothing, and one whose reading room cannot be reached takes no reports.
type Doors struct {
	public, room net.Listener
}

// OpenDoors takes the addresses of the public house and of the reading room, as far
// as the configuration has them. The error names the one that another program holds.
func OpenDoors(c Config) (*Doors, error) {
	var d Doors
	public, err := openDoor("SUNLOT_ADDR", c.Addr)
	if err != nil {
		return nil, err
	}
	d.public = public
	room, err := openDoor("SUNLOT_LEADS_ADDR", c.LeadsAddr)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	d.room = room
	return &d, nil
}

// openDoor takes an address; name is the setting that holds it. Without an address
// there is no door.
func openDoor(name, addr string) (net.Listener, error) {
	if addr == "" {
		return nil, nil
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("%s: the address %s cannot be taken; is another program there? %w", name, addr, err)
	}
	return l, nil
}

// Close lets the addresses go; what serves has let go of its own already.
func (d *Doors) Close() error {
	for _, l := range []net.Listener{d.public, d.room} {
		if l == nil {
			continue
		}
		if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			return err
		}
	}
	return nil
}
