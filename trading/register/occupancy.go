package register

import (
	"context"
	"fmt"

	"sunlot/internal/calendar"
	"sunlot/internal/money"
	"sunlot/trading"
)

// Occupancy 占用 is that an asset is on offer by a notice, or let by a contract, from a
// day to a day, both included, or has been sold by one. A notice and the contract that follows it have one id.
type Occupancy struct {
	Lot      string
	Asset    string
	Title    string // of the notice, when read
	From, To calendar.Date
	Let      bool      // by a signed contract
	Sold     bool      // by a signed contract, to the end of days
	Rent     money.Fen // of a lease's contract
	Unit     money.Unit
	Tenant   string // of the contract; never public
}

func (o Occupancy) String() string {
	how := "已公告"
	if o.Let || o.Sold {
		how = "已签合同"
	}
	if o.To == calendar.Last {
		return fmt.Sprintf("“%s”%s，%s起出让", o.Title, how, o.From)
	}
	return fmt.Sprintf("“%s”%s，租期%s至%s", o.Title, how, o.From, o.To)
}

// Occupations is what the rooms above ask and write of an asset, in their own
// transactions. The asset is locked by loading it.
type Occupations interface {
	// Occupied lists what meets the days, the earliest first.
	Occupied(asset string, from, to calendar.Date) ([]Occupancy, error)
	// Occupy writes an occupancy, or in place of the one that the lot has: a contract
	// in place of its notice.
	Occupy(o Occupancy) error
	// Vacate takes away that of a lot which came to nothing.
	Vacate(lot string) error
}

// Meets says what a lease of those days meets: another notice or contract, or the lease
// that the register has from before. Empty when the asset is free. A lot is no obstacle
// to itself.
func Meets(others []Occupancy, a trading.Asset, from, to calendar.Date, lot string) string {
	for _, o := range others {
		if o.Lot != lot && o.From <= to && o.To >= from {
			return o.String()
		}
	}
	if a.LastLot == "" && a.LastEnds >= from {
		return fmt.Sprintf("登记的上一租期到%s才届满", a.LastEnds)
	}
	return ""
}

// SeeOccupied lists what has the asset on those days. Notices and contracts are
// public; their tenants are not told here.
func (s *Service) SeeOccupied(ctx context.Context, asset string, from, to calendar.Date) ([]Occupancy, error) {
	all, err := s.Store.Occupied(ctx, asset, from, to)
	for i := range all {
		all[i].Tenant = ""
	}
	return all, err
}
