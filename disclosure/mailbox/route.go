package mailbox

import (
	"context"
	"strings"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// routes says for each choice how far up a report goes at least: nobody decides
// on what is reported about himself or his like ("《纪检监察机关处理检举控告工作规则》",
// reports on those whom a higher level manages). The station handles the bidders,
// and so a report on a bidder passes the township as well.
var routes = map[About]level{
	VillageCadre:  township,
	TownshipCadre: county,
	BidderAbout:   county,
	Supervisor:    county,
	Unsure:        county,
}

// level is how deep a place lies, counted by the slashes of its path.
type level int

const (
	county   level = 2
	township level = 3
)

func levelOf(p identity.Path) level { return level(strings.Count(string(p), "/")) }

// Route is the office that will open a report: the nearest above the place that
// the choice allows, else the county's. It is false while no office has a key.
func Route(offices []Office, about About, place identity.Path) (Office, bool) {
	var best Office
	found := false
	for _, o := range offices {
		above := o.Path.Covers(place) || place == "" && levelOf(o.Path) == county
		if !above || levelOf(o.Path) > routes[about] {
			continue
		}
		if !found || levelOf(o.Path) > levelOf(best.Path) {
			best, found = o, true
		}
	}
	return best, found
}

// Way is a choice of the form with the office that it leads to.
type Way struct {
	About  About
	Office Office
}

// Ways tells for each choice who will open a report from the place; no place is
// the county as a whole. It fails while no office has a key.
func (s *Service) Ways(ctx context.Context, place string) ([]Way, identity.Org, error) {
	offices, err := s.Store.MailboxOffices(ctx)
	if err != nil {
		return nil, identity.Org{}, err
	}
	org, err := s.place(ctx, place)
	if err != nil {
		return nil, org, err
	}
	var all []Way
	for _, a := range Abouts() {
		if o, ok := Route(offices, a, org.Path); ok {
			all = append(all, Way{a, o})
		}
	}
	if len(all) < len(Abouts()) {
		return nil, org, errNobody
	}
	return all, org, nil
}

var errNobody = fault.New(fault.Unavailable, "受理单位尚未开通，暂不能在线反映。可以拨打12388举报电话")

// place is the village or township that a form names; none is no error.
func (s *Service) place(ctx context.Context, id string) (identity.Org, error) {
	if id == "" {
		return identity.Org{}, nil
	}
	org, err := s.Store.Org(ctx, id)
	if err == nil && org.Kind != identity.Village && org.Kind != identity.Township {
		err = fault.New(fault.NotFound, "没有找到这个村")
	}
	return org, err
}
