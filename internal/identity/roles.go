package identity

import "slices"

// Role is what somebody is at an organisation.
type Role string

const (
	Administrator  Role = "administrator"  // "县级系统管理员": organisations and accounts, no business
	Clerk          Role = "clerk"          // 村集体经办人
	Supervision    Role = "supervision"    // 村务监督委员会成员
	Station        Role = "station"        // 乡镇经管站工作人员
	Leader         Role = "leader"         // 乡镇分管领导
	Representative Role = "representative" // 村民代表、户代表
	Villager       Role = "villager"       // 村民
	BidderRole     Role = "bidder"         // "竞买人", who opened the account himself
	Receiver       Role = "receiver"       // "检举控告受理人员", in the reading room's own database
)

// roles says what each role is called and at which kinds of organisation it exists.
var roles = map[Role]struct {
	label string
	at    []OrgKind
}{
	Administrator:  {"县级系统管理员", []OrgKind{County}},
	Clerk:          {"村集体经办人", []OrgKind{Collective}},
	Supervision:    {"村务监督委员会成员", []OrgKind{Village}},
	Station:        {"乡镇经管站工作人员", []OrgKind{Department}},
	Leader:         {"乡镇分管领导", []OrgKind{Township}},
	Representative: {"村民代表", []OrgKind{Village, Group}},
	Villager:       {"村民", []OrgKind{Village, Group}},
	BidderRole:     {"竞买人", []OrgKind{County}},
	Receiver:       {"检举控告受理人员", []OrgKind{Department}},
}

// Roles lists the roles in the order of the table in the documents.
func Roles() []Role {
	return []Role{Administrator, Clerk, Supervision, Station, Leader, Representative, Villager, BidderRole, Receiver}
}

// Label is the role's name on the screen.
func (r Role) Label() string { return roles[r].label }

// Exists says whether there is such a role.
func (r Role) Exists() bool { _, ok := roles[r]; return ok }

// At says whether the role exists at that kind of organisation.
func (r Role) At(k OrgKind) bool { return slices.Contains(roles[r].at, k) }

// RolesAt lists the roles that exist at that kind of organisation.
func RolesAt(k OrgKind) []Role {
	return slices.DeleteFunc(Roles(), func(r Role) bool { return !r.At(k) })
}

// Official says whether who holds the role handles or decides cases, and
// therefore may not bid: 《电子招标投标办法》第二十三条 for the operators of a platform.
func (r Role) Official() bool {
	return r == Administrator || OfficeRead.By(r)
}

// Audience is who may see a field at a stage, from nobody to everybody.
type Audience string

const (
	Nobody   Audience = "nobody"   // kept for the record, shown on no page
	Own      Audience = "own"      // only the person it is about
	Handlers Audience = "handlers" // the officials who handle the case
	Public   Audience = "public"   // everybody, without an account
)

// Sees says whether a viewer may see what is meant for audience a: everybody
// sees the public, handlers their cases, and each person their own.
func (a Audience) Sees(handler, own bool) bool {
	switch a {
	case Public:
		return true
	case Handlers:
		return handler
	case Own:
		return own
	}
	return false
}
