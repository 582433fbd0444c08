package identity_test

import (
	"testing"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// TestWhoMayBeSecond: other persons of whom neither has made the other of late,
// whichever of them is asked first.
func TestWhoMayBeSecond(t *testing.T) {
	now := tradingtest.Monday
	week := identity.FreshDays * 24 * time.Hour
	vouch := func(person, by string, ago time.Duration) identity.Vouch {
		return identity.Vouch{Act: identity.AccountReset, Person: person, By: by, At: now.Add(-ago)}
	}
	for name, c := range map[string]struct {
		first, second string
		vouches       []identity.Vouch
		may           bool
	}{
		"two persons":                 {"a", "b", nil, true},
		"one person":                  {"a", "a", nil, false},
		"nobody did the first":        {"", "b", []identity.Vouch{vouch("b", "", 0)}, true},
		"whom the first has reset":    {"a", "b", []identity.Vouch{vouch("b", "a", time.Hour)}, false},
		"who has reset the first":     {"a", "b", []identity.Vouch{vouch("a", "b", time.Hour)}, false},
		"a moment before the week":    {"a", "b", []identity.Vouch{vouch("b", "a", week-time.Millisecond)}, false},
		"a week later":                {"a", "b", []identity.Vouch{vouch("b", "a", week)}, true},
		"whom somebody else has made": {"a", "b", []identity.Vouch{vouch("b", "c", 0), vouch("a", "c", 0)}, true},
		"whom the server has made":    {"a", "b", []identity.Vouch{vouch("b", "", 0)}, true},
		"whom two have made": {"a", "b", []identity.Vouch{vouch("b", "c", 0), vouch("b", "a", 0)},
			false},
	} {
		err := identity.MayBeSecond(c.first, c.second, c.vouches, now)
		other := identity.MayBeSecond(c.second, c.first, c.vouches, now)
		if (err == nil) != c.may || (other == nil) != c.may {
			t.Errorf("%s: %v, the other way round %v", name, err, other)
		}
		if err != nil && fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	who := identity.Actor{PersonID: "b", At: now, Vouches: []identity.Vouch{vouch("b", "a", 0)}}
	if err := who.Second("不行", "b"); fault.MessageOf(err) != "不行" {
		t.Errorf("himself: %v", err)
	}
	tradingtest.Must(t, who.Second("不行", "", "c"))
	tradingtest.Want(t, who.Second("不行", "c", "a"), fault.Forbidden, "")
}

// TestRolesThatExcludeEachOther where their places meet, and only there.
func TestRolesThatExcludeEachOther(t *testing.T) {
	const county, town, village, next = "/c/", "/c/t/", "/c/t/v/", "/c/t/w/"
	for name, c := range map[string]struct {
		has  identity.Role
		at   identity.Path
		role identity.Role
		in   identity.Path
		may  bool
	}{
		"clerk and committee of a village":       {identity.Clerk, village, identity.Supervision, village, false},
		"committee and clerk of a village":       {identity.Supervision, village, identity.Clerk, village, false},
		"clerk here, committee there":            {identity.Clerk, village, identity.Supervision, next, true},
		"clerk and station of his township":      {identity.Clerk, village, identity.Station, town, false},
		"station and leader":                     {identity.Station, town, identity.Leader, town, false},
		"station and leader of another township": {identity.Station, town, identity.Leader, "/c/u/", true},
		"bidder and clerk":                       {identity.BidderRole, county, identity.Clerk, village, false},
		"leader and bidder":                      {identity.Leader, town, identity.BidderRole, county, false},
		"administrator and leader":               {identity.Administrator, county, identity.Leader, town, false},
		"administrator and receiver":             {identity.Administrator, county, identity.Receiver, county, false},
		"representative and bidder":              {identity.Representative, village, identity.BidderRole, county, true},
		"representative and committee": {identity.Representative, village, identity.Supervision, village,
			true},
		"clerk of two villages": {identity.Clerk, village, identity.Clerk, next, true},
	} {
		held := []identity.Membership{{Role: c.has, OrgID: "one", OrgName: "甲", Path: c.at}}
		err := identity.MayHold(held, c.role, identity.Org{ID: "other", Name: "乙", Path: c.in})
		if (err == nil) != c.may {
			t.Errorf("%s: %v", name, err)
		}
	}
	twice := []identity.Membership{{Role: identity.Clerk, OrgID: "one", Path: village}}
	err := identity.MayHold(twice, identity.Clerk, identity.Org{ID: "one", Path: village})
	tradingtest.Want(t, err, fault.Conflict, "role")
	for _, pair := range identity.Apart {
		if pair[0] == pair[1] || !pair[0].Exists() || !pair[1].Exists() {
			t.Errorf("%v is no pair", pair)
		}
	}
}

// TestNobodyBidsWhoDecides, whatever he was when he registered.
func TestNobodyBidsWhoDecides(t *testing.T) {
	bidder := identity.Membership{Role: identity.BidderRole, Path: "/c/"}
	for _, role := range identity.Roles() {
		held := []identity.Membership{bidder, {Role: role, Path: "/c/t/"}}
		who := identity.Actor{PersonID: "p", Memberships: held}
		if err := who.MayBid(); (err != nil) != role.Official() {
			t.Errorf("%s: %v", role, err)
		}
	}
}
