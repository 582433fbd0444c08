package identity

import (
	"slices"

	"sunlot/internal/fault"
)

// Apart lists the roles that one person may not hold where their places meet:
// who handles a case is not who checks, approves or watches it, nor who bids.
// Places meet when one lies in the other: a village's roles meet those of its
// township and of the county, not those of the next village.
var Apart = [][2]Role{
	{Clerk, Supervision},
	{Clerk, Station},
	{Clerk, Leader},
	{Supervision, Station},
	{Supervision, Leader},
	{Station, Leader},
	{Administrator, Clerk},
	{Administrator, Supervision},
	{Administrator, Station},
	{Administrator, Leader},
	{Administrator, Receiver},
	{BidderRole, Clerk},
	{BidderRole, Supervision},
	{BidderRole, Station},
	{BidderRole, Leader},
	{BidderRole, Administrator},
}

// apart says whether the roles exclude each other.
func apart(one, other Role) bool {
	return slices.Contains(Apart, [2]Role{one, other}) || slices.Contains(Apart, [2]Role{other, one})
}

// meet says whether one place lies in the other.
func meet(one, other Path) bool { return one.Covers(other) || other.Covers(one) }

// MayHold refuses a role that the person has there already, or that one of those
// he holds excludes.
func MayHold(held []Membership, role Role, org Org) error {
	for _, m := range held {
		if m.Role == role && m.OrgID == org.ID {
			return fault.New(fault.Conflict, "已经是%s的%s，不用再分配", org.Name, role.Label()).On("role")
		}
		if apart(m.Role, role) && meet(m.Path, org.Path) {
			return fault.New(fault.Conflict, "现任%s的%s，不能同时任%s的%s；先取消原来的岗位，再分配", m.OrgName, m.Role.Label(),
				org.Name, role.Label()).On("role")
		}
	}
	return nil
}

// MayBid refuses whoever handles or decides cases, or keeps accounts, also when
// he became one after he had registered: 《电子招标投标办法》第二十三条.
func (a Actor) MayBid() error {
	for _, m := range a.Memberships {
		if m.Role.Official() {
			return fault.New(fault.Forbidden, "您现任%s的%s，应当回避，不得参加竞买", m.OrgName, m.Role.Label())
		}
	}
	return nil
}
