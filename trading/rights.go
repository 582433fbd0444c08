package trading

import (
	"slices"

	"sunlot/trading/rules"
)

// BidderKind is what a bidder says to be to the collective that owns the lot.
type BidderKind string

const (
	AsMember   BidderKind = "member"   // 本集体经济组织成员
	AsOutsider BidderKind = "outsider" // 本集体以外的单位和个人
)

// BidderKinds lists the kinds with their names on the screen.
var BidderKinds = []struct {
	Kind  BidderKind
	Label string
}{{AsMember, "本集体成员"}, {AsOutsider, "本集体以外的单位或个人"}}

// Label is the kind's name on the screen.
func (k BidderKind) Label() string {
	for _, have := range BidderKinds {
		if have.Kind == k {
			return have.Label
		}
	}
	return ""
}

// Rights is who may bid for a lot, and who stands before others.
type Rights struct {
	MembersOnly bool
	Priorities  []Priority   // by rank
	Statute     rules.Source // what puts members first whatever was voted; empty when nothing does
}

// RightsOf is what a vote and the county's rules give together. Where the statute puts
// members first, on land that is open to outsiders, a vote may add others behind them;
// it takes nothing away and puts nobody before them.
func RightsOf(pack rules.Pack, kind AssetKind, vote ResolutionForm) Rights {
	r := Rights{MembersOnly: !vote.Outsiders, Priorities: slices.Clone(vote.Priorities)}
	if kind.Land() && vote.Outsiders && pack.MembersFirst.Title != "" {
		r.Statute = pack.MembersFirst
		behind := slices.DeleteFunc(r.Priorities, func(p Priority) bool { return p == MemberFirst })
		r.Priorities = append([]Priority{MemberFirst}, behind...)
	}
	return r
}

// Labels are the priorities' names on the screen, by rank.
func (r Rights) Labels() []string {
	labels := []string{}
	for _, p := range r.Priorities {
		labels = append(labels, p.Label())
	}
	return labels
}
