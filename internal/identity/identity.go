// Package identity says who a person is, for which organisation they act, and
// what they may do and see.
package identity

import (
	"slices"
	"strings"
	"time"

	"sunlot/internal/fault"
)

// OrgKind is what an organisation is in law.
type OrgKind string

const (
	County      OrgKind = "county"            // 县
	Township    OrgKind = "township"          // 乡镇
	Village     OrgKind = "village_committee" // 村民委员会
	Group       OrgKind = "villager_group"    // 村民小组
	Collective  OrgKind = "collective"        // 农村集体经济组织（经济合作社）
	Cooperative OrgKind = "cooperative"       // 农民专业合作社
	Department  OrgKind = "department"        // "职能部门", the township service station among them
	Zone        OrgKind = "zone"              // 监督协作区
	Bidder      OrgKind = "bidder"            // 竞买人
)

// kinds says for each kind what the screen calls it, which kinds it may stand
// under, and whether it is an area that others stand in.
var kinds = map[OrgKind]struct {
	label string
	under []OrgKind
	area  bool
}{
	County:      {"县", nil, true},
	Township:    {"乡镇", []OrgKind{County}, true},
	Village:     {"村民委员会", []OrgKind{Township}, true},
	Group:       {"村民小组", []OrgKind{Village}, true},
	Collective:  {"农村集体经济组织", []OrgKind{Village, Group}, false},
	Cooperative: {"农民专业合作社", []OrgKind{Village, Township}, false},
	Department:  {"职能部门", []OrgKind{County, Township}, false},
	Zone:        {"监督协作区", []OrgKind{County}, false},
	Bidder:      {"竞买人", []OrgKind{County}, false},
}

// Label is the kind's name on the screen.
func (k OrgKind) Label() string { return kinds[k].label }

// Path is where something stands: the ids of its areas from the county down,
// each between slashes, such as "/county/township/village/".
type Path string

// Covers says whether other is at p or below it.
func (p Path) Covers(other Path) bool { return p != "" && strings.HasPrefix(string(other), string(p)) }

// Township is the path of the township that p lies in: the second area from the top.
func (p Path) Township() Path {
	parts := strings.SplitAfterN(string(p), "/", 4)
	return Path(strings.Join(parts[:min(len(parts), 3)], ""))
}

// Village is the path of the village that p lies in, the third area from the top,
// and the village's id; of a path above it is p itself.
func (p Path) Village() (path Path, id string) {
	parts := strings.SplitAfterN(string(p), "/", 5)
	parts = parts[:min(len(parts), 4)]
	path = Path(strings.Join(parts, ""))
	return path, path.Area()
}

// Short is what a township is called in a number: its name without what kind of place
// it is.
func Short(township string) string {
	for _, kind := range []string{"街道", "民族乡", "镇", "乡"} {
		if short, is := strings.CutSuffix(township, kind); is && short != "" {
			return short
		}
	}
	return township
}

// Area is the id of the innermost area, in which p ends.
func (p Path) Area() string {
	areas := strings.Split(strings.Trim(string(p), "/"), "/")
	return areas[len(areas)-1]
}

// Org is an organisation. An area's path ends with its own id; another's is
// that of the area it belongs to.
type Org struct {
	ID, ParentID string
	Kind         OrgKind
	Name         string
	Path         Path
}

// Called is how people call the village whose committee has that name: 青塘村 rather
// than 青塘村村民委员会. What the village owns is not the committee's.
func Called(committee string) string {
	for long, short := range map[string]string{"村民委员会": "", "社区居民委员会": "社区", "居民委员会": ""} {
		if place, found := strings.CutSuffix(committee, long); found && place != "" {
			return place + short
		}
	}
	return committee
}

// Under places a new organisation below its parent, or says why it cannot stand there.
func (o *Org) Under(parent Org) error {
	if !slices.Contains(kinds[o.Kind].under, parent.Kind) {
		return fault.New(fault.Invalid, "%s不能设在%s之下", o.Kind.Label(), parent.Kind.Label()).On("parent")
	}
	o.ParentID, o.Path = parent.ID, parent.Path
	if kinds[o.Kind].area {
		o.Path += Path(o.ID + "/")
	}
	return nil
}

// Person is somebody with an account. Only an approved name is ever shown to others.
type Person struct {
	ID, Name, Login string
	PasswordHash    string // argon2id, PHC string
	MustChange      bool   // the password was given by an administrator
	TokenVersion    int    // raised to end every session at once
	Disabled        bool
	LetsInUntil     time.Time // of a one-time password; zero for one that the person chose
}

// lapsed says whether the one-time password no longer lets in.
func (p Person) lapsed(now time.Time) bool {
	return !p.LetsInUntil.IsZero() && !now.Before(p.LetsInUntil)
}

// Membership is a role held at an organisation for a time.
type Membership struct {
	ID, PersonID, OrgID string
	OrgName             string
	Path                Path
	Role                Role
	From                time.Time
	Until               time.Time // zero while it has no end
}

// Actor is who is acting now, with the memberships of the moment.
type Actor struct {
	PersonID    string
	Name        string
	MustChange  bool
	Memberships []Membership
	At          time.Time // the deciding time of the memberships
	Vouches     []Vouch   // of the last FreshDays, on this account and by its holder
}

// SignedIn says whether anybody is there.
func (a Actor) SignedIn() bool { return a.PersonID != "" }

// Scope is the places where somebody may do something. Lists and look-ups take
// it, so that what lies elsewhere is not found rather than forbidden.
type Scope []Path

// Everywhere is the scope of what the public may read.
var Everywhere = Scope{"/"}

// Covers says whether the place is in the scope.
func (s Scope) Covers(place Path) bool {
	for _, p := range s {
		if p.Covers(place) {
			return true
		}
	}
	return false
}

// Can returns where the actor may do it, or a refusal when that is nowhere. It
// is the first line of each use-case; an object outside the scope is not found.
func (a Actor) Can(act *Action) (Scope, error) {
	if !a.SignedIn() {
		return nil, fault.New(fault.Unauthenticated, "请先登录")
	}
	if a.MustChange {
		return nil, fault.New(fault.Forbidden, "请先修改一次性密码")
	}
	var scope Scope
	for _, m := range a.Memberships {
		if act.By(m.Role) {
			scope = append(scope, m.Path)
		}
	}
	if len(scope) == 0 {
		return nil, fault.New(fault.Forbidden, "您的岗位不能办理“%s”", act.Label())
	}
	return scope, nil
}

// May says whether the actor may do it at the place.
func (a Actor) May(act *Action, at Path) bool {
	scope, err := a.Can(act)
	return err == nil && scope.Covers(at)
}

// OrgKinds lists the kinds from the county down.
func OrgKinds() []OrgKind {
	return []OrgKind{County, Township, Village, Group, Collective, Cooperative, Department, Zone, Bidder}
}

// KindsUnder lists the kinds that may stand below one of that kind.
func KindsUnder(parent OrgKind) []OrgKind {
	var under []OrgKind
	for _, k := range OrgKinds() {
		if slices.Contains(kinds[k].under, parent) {
			under = append(under, k)
		}
	}
	return under
}
