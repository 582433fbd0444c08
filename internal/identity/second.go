package identity

import (
	"slices"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// FreshDays is for how many days whoever opened, reset, reopened or appointed an
// account is no other person than its holder. A week: the event of it has then
// stood in the public log over a weekend, and everybody has been at his desk once.
const FreshDays = 7

// Vouch is one administrator's part in an act on an account: he knew, for a
// moment, how to log in as its holder, or said who the holder is.
type Vouch struct {
	Act    AccountAct
	Person string // whose account
	By     string // who vouched; empty for whoever holds the server
	At     time.Time
}

// Until is when the two count as two again.
func (v Vouch) Until() time.Time { return v.At.AddDate(0, 0, FreshDays) }

// MayBeSecond is the one rule of second persons: whether what the first has done
// may be confirmed by the second. They are other persons, and neither has made
// the other's account, given it a role or its password in the last FreshDays. It
// does not matter which of them is asked first.
func MayBeSecond(first, second string, vouches []Vouch, now time.Time) error {
	if first == "" || second == "" {
		return nil
	}
	if first == second {
		return fault.New(fault.Forbidden, "这件事要由另一个人办理")
	}
	for _, v := range vouches {
		between := v.Person == first && v.By == second || v.Person == second && v.By == first
		if between && now.Before(v.Until()) {
			return fault.New(fault.Forbidden, "您与前一位办理人的账号之间刚有过账号变更（%s），%s之前不能算作两个人，请由别人办理",
				v.Act.Label(), calendar.Exactly(v.Until()))
		}
	}
	return nil
}

// Second refuses, with the message, an actor who is one of the firsts, and in
// words of its own one who is made up by them or has made them up.
func (a Actor) Second(message string, firsts ...string) error {
	if slices.Contains(firsts, a.PersonID) && a.PersonID != "" {
		return fault.New(fault.Forbidden, "%s", message)
	}
	for _, first := range firsts {
		if err := MayBeSecond(first, a.PersonID, a.Vouches, a.At); err != nil {
			return err
		}
	}
	return nil
}

// guarded says whether an account with the role can be somebody's second person
// or opens what is sealed. Without a table of actions every role counts as one.
func (a *Admin) guarded(r Role) bool {
	return a.Acts == nil || slices.ContainsFunc(a.Acts, func(act *Action) bool { return act.Guarded() && act.By(r) })
}

// met says whether two administrators have handed the account's password over: a
// bidder has opened his himself, and whoever did so may know it.
func (a *Admin) met(held []Membership) bool {
	return slices.ContainsFunc(held, func(m Membership) bool { return m.Role != BidderRole && a.guarded(m.Role) })
}

// posts lists the memberships by which an account is guarded.
func (a *Admin) posts(held []Membership) (posts []Post) {
	for _, m := range held {
		if a.guarded(m.Role) {
			posts = append(posts, Post{Org: m.OrgID, Office: m.OrgName, Role: m.Role})
		}
	}
	return posts
}
