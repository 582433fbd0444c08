package identity_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// TestAnOrganisationIsPublicAndStandsWhereItMay: below a parent of the right
// kind, by an administrator, once.
func TestAnOrganisationIsPublicAndStandsWhereItMay(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		form := identity.OrgForm{Kind: identity.Group, Name: " 第四村民小组 ", Parent: v.VillageOrg}
		id, err := v.Admin.AddOrg(t.Context(), v.Administrator, "request-0001", form)
		tradingtest.Must(t, err)
		again, err := v.Admin.AddOrg(t.Context(), v.Administrator, "request-0001", form)
		if err != nil || again != id {
			t.Errorf("the same request again: %q, %v", again, err)
		}
		org, err := v.Admin.Org(t.Context(), v.Administrator, id)
		tradingtest.Must(t, err)
		village, err := v.DB.Org(t.Context(), v.VillageOrg)
		tradingtest.Must(t, err)
		if org.Name != "第四村民小组" || org.ParentID != v.VillageOrg || org.Path != village.Path+identity.Path(id+"/") {
			t.Errorf("it stands as %+v", org)
		}
		list, err := v.Library.Events(t.Context(), event.Of("org", id), 0, 9)
		tradingtest.Must(t, err)
		var facts identity.OrgFacts
		if len(list) != 1 || list[0].Kind != "org.registered" || json.Unmarshal(list[0].Facts, &facts) != nil ||
			facts != (identity.OrgFacts{Kind: identity.Group, Name: "第四村民小组", Parent: v.VillageOrg}) {
			t.Errorf("the log says %+v %+v", list, facts)
		}
		for name, c := range map[string]struct {
			field  string
			change func(*identity.OrgForm)
		}{
			"no name":                    {"name", func(f *identity.OrgForm) { f.Name = " " }},
			"a long name":                {"name", func(f *identity.OrgForm) { f.Name = strings.Repeat("组", 61) }},
			"no kind":                    {"kind", func(f *identity.OrgForm) { f.Kind = "" }},
			"another county":             {"kind", func(f *identity.OrgForm) { f.Kind = identity.County }},
			"no parent":                  {"parent", func(f *identity.OrgForm) { f.Parent = "" }},
			"below what is no area":      {"parent", func(f *identity.OrgForm) { f.Parent = v.Collective }},
			"a township under a village": {"parent", func(f *identity.OrgForm) { f.Kind = identity.Township }},
		} {
			bad := form
			c.change(&bad)
			t.Log(name)
			_, err := v.Admin.AddOrg(t.Context(), v.Administrator, event.NewID(), bad)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
		_, err = v.Admin.AddOrg(t.Context(), v.Clerk, event.NewID(), form)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Admin.Org(t.Context(), v.Administrator, "nosuchorg")
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}

// TestAnAccountIsOpenedForARoleThatExistsThere: each thing that can be wrong is
// named; a login is taken once.
func TestAnAccountIsOpenedForARoleThatExistsThere(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		form := identity.PersonForm{Name: "张三", Login: "zhangsan", Org: v.VillageOrg, Role: identity.Villager}
		for name, c := range map[string]struct {
			code   fault.Code
			field  string
			change func(*identity.PersonForm)
		}{
			"no name": {fault.Invalid, "name", func(f *identity.PersonForm) { f.Name = "" }},
			"a long name": {fault.Invalid, "name",
				func(f *identity.PersonForm) { f.Name = strings.Repeat("张", 31) }},
			"a short login":  {fault.Invalid, "login", func(f *identity.PersonForm) { f.Login = "zs" }},
			"a login of two": {fault.Invalid, "login", func(f *identity.PersonForm) { f.Login = "zhang san" }},
			"a number first": {fault.Invalid, "login", func(f *identity.PersonForm) { f.Login = "1zhang" }},
			"a login of 33": {fault.Invalid, "login",
				func(f *identity.PersonForm) { f.Login = "z" + strings.Repeat("a", 32) }},
			"no such role":          {fault.Invalid, "role", func(f *identity.PersonForm) { f.Role = "mayor" }},
			"a role of elsewhere":   {fault.Invalid, "role", func(f *identity.PersonForm) { f.Role = identity.Leader }},
			"no organisation":       {fault.Invalid, "org", func(f *identity.PersonForm) { f.Org = "nosuchorg" }},
			"a login that is taken": {fault.Conflict, "login", func(f *identity.PersonForm) { f.Login = "clerk" }},
		} {
			bad := form
			c.change(&bad)
			t.Log(name)
			handed, err := v.Admin.AddPerson(t.Context(), v.Administrator, event.NewID(), bad)
			tradingtest.Want(t, err, c.code, c.field)
			if handed != (identity.Handed{}) {
				t.Errorf("%s: refused, it answers %+v", name, handed)
			}
		}
		_, err := v.Admin.AddPerson(t.Context(), v.Leader, event.NewID(), form)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, total, err := v.Admin.People(t.Context(), v.Administrator, "zhangsan", "", identity.Page{}.Clip())
		if err != nil || total != 0 {
			t.Errorf("a refused account was opened: %d, %v", total, err)
		}
		handed, err := v.Admin.AddPerson(t.Context(), v.Administrator, event.NewID(), form)
		tradingtest.Must(t, err)
		list, _, err := v.Admin.People(t.Context(), v.Administrator, "张三", "", identity.Page{}.Clip())
		if err != nil || len(list) != 1 || list[0].ID != handed.ID || !list[0].MustChange ||
			len(list[0].Memberships) != 1 ||
			list[0].Memberships[0].Role != identity.Villager {
			t.Errorf("the list has %+v, %v", list, err)
		}
		_, _, err = v.Admin.People(t.Context(), v.Clerk, "", "", identity.Page{}.Clip())
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestRolesAreGivenAndEndedOnce: to persons who are there, at organisations that
// have the role; what has ended cannot end again.
func TestRolesAreGivenAndEndedOnce(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		give := func(person, org string, role identity.Role) (string, error) {
			handed, err := v.Admin.GiveRole(ctx, v.Administrator, event.NewID(),
				identity.RoleForm{Person: person, Org: org, Role: role})
			return handed.ID, err
		}
		id, err := give(v.Representative.PersonID, v.VillageOrg, identity.Villager)
		tradingtest.Must(t, err)
		_, err = give(v.Representative.PersonID, v.VillageOrg, identity.Villager)
		tradingtest.Want(t, err, fault.Conflict, "role")
		_, err = give("nosuchperson", v.VillageOrg, identity.Villager)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = give(v.Clerk.PersonID, v.VillageOrg, identity.Clerk)
		tradingtest.Want(t, err, fault.Invalid, "role")
		_, err = give(v.Clerk.PersonID, "", identity.Clerk)
		tradingtest.Want(t, err, fault.Invalid, "org")
		_, err = v.Admin.GiveRole(ctx, v.Station, event.NewID(), identity.RoleForm{})
		tradingtest.Want(t, err, fault.Forbidden, "")
		held := func() (roles []identity.Role) {
			list, err := v.DB.Memberships(ctx, v.Representative.PersonID, v.Clock.Now())
			tradingtest.Must(t, err)
			for _, m := range list {
				roles = append(roles, m.Role)
			}
			slices.Sort(roles)
			return roles
		}
		if got := held(); !slices.Equal(got, []identity.Role{identity.Representative, identity.Villager}) {
			t.Errorf("held %v", got)
		}
		v.Clock.Set(v.Clock.Now().Add(time.Hour))
		_, err = v.Admin.EndRole(ctx, v.Administrator, event.NewID(), id)
		tradingtest.Must(t, err)
		v.Clock.Set(v.Clock.Now().Add(time.Millisecond))
		if got := held(); !slices.Equal(got, []identity.Role{identity.Representative}) {
			t.Errorf("after the end held %v", got)
		}
		_, err = v.Admin.EndRole(ctx, v.Administrator, event.NewID(), id)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Admin.EndRole(ctx, v.Administrator, event.NewID(), "nosuchrole")
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}

// TestAResetPasswordReplacesTheOldOne, lets in for a day and is told once.
func TestAResetPasswordReplacesTheOldOne(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		who := d.actor(t, "admin", password+"!")
		id, err := d.admin.Join(ctx, event.NewID(),
			identity.JoinForm{Name: "李四", Login: "lisi", Password: "a first secret"})
		tradingtest.Must(t, err)
		tokens, err := d.Login(ctx, "lisi", "a first secret", identity.From{Network: "here"})
		tradingtest.Must(t, err)
		fresh, err := d.admin.ResetPassword(ctx, who, "request-0001", id)
		tradingtest.Must(t, err)
		again, err := d.admin.ResetPassword(ctx, who, "request-0001", id)
		if err != nil || again.Code != "" || fresh.Code == "" || fresh.Half {
			t.Errorf("first %+v, then %+v, %v", fresh, again, err)
		}
		_, err = d.Authenticate(ctx, tokens.Access)
		refused(t, "a session from before", err)
		_, err = d.Login(ctx, "lisi", "a first secret", identity.From{Network: "here"})
		refused(t, "the password from before", err)
		if _, err = d.Login(ctx, "lisi", fresh.Code, identity.From{Network: "there"}); err != nil {
			t.Errorf("the new password: %v", err)
		}
		history, err := d.admin.OwnHistory(ctx, identity.Actor{PersonID: id})
		if err != nil || len(history) != 1 || history[0].Act != identity.AccountReset ||
			!slices.Equal(history[0].By, []string{"县管理员"}) {
			t.Errorf("he is told %+v, %v", history, err)
		}
		d.pass(identity.CodeLife)
		_, err = d.Login(ctx, "lisi", fresh.Code, identity.From{Network: "elsewhere"})
		refused(t, "a one-time password of yesterday", err)
		_, err = d.admin.ResetPassword(ctx, who, event.NewID(), "nosuchperson")
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}

// TestTheCountyIsFoundByItsKind: a department of the county lies at the county's path, and its
// name may come before the county's.
func TestTheCountyIsFoundByItsKind(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		_, err := v.Admin.AddOrg(t.Context(), v.Administrator, event.NewID(), identity.OrgForm{
			Kind:   identity.Department,
			Name:   "一个名称在前的局",
			Parent: v.Administrator.Memberships[0].OrgID,
		})
		tradingtest.Must(t, err)
		b := v.Bidder("laohu", "")
		if got := b.Memberships[0].OrgID; got != v.Administrator.Memberships[0].OrgID {
			t.Errorf("the bidder joined %s", got)
		}
	})
}

// TestABidderJoins by himself, with a password of his own and no role but his.
func TestABidderJoins(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		form := identity.JoinForm{Name: " 李四 ", Login: "lisi", Password: "a long enough secret"}
		id, err := d.admin.Join(ctx, "request-0001", form)
		tradingtest.Must(t, err)
		if again, err := d.admin.Join(ctx, "request-0001", form); err != nil || again != id {
			t.Errorf("a second tap: %q, %v", again, err)
		}
		tokens, err := d.Login(ctx, "lisi", form.Password, identity.From{Network: "here"})
		tradingtest.Must(t, err)
		who, err := d.Authenticate(ctx, tokens.Access)
		if err != nil || who.Name != "李四" || who.MustChange || len(who.Memberships) != 1 ||
			who.Memberships[0].Role != identity.BidderRole {
			t.Errorf("he is %+v, %v", who, err)
		}
		for field, change := range map[string]func(*identity.JoinForm){
			"name":     func(f *identity.JoinForm) { f.Name = strings.Repeat("李", 61) },
			"login":    func(f *identity.JoinForm) { f.Login = "li si" },
			"password": func(f *identity.JoinForm) { f.Password = "short" },
		} {
			bad := form
			bad.Login = "another"
			change(&bad)
			_, err := d.admin.Join(ctx, event.NewID(), bad)
			tradingtest.Want(t, err, fault.Invalid, field)
		}
		_, err = d.admin.Join(ctx, event.NewID(), form)
		tradingtest.Want(t, err, fault.Conflict, "login")
		_, err = d.admin.Join(ctx, event.NewID(), identity.JoinForm{})
		if got := len(fault.FieldsOf(err)); got != 3 {
			t.Errorf("of an empty form %d fields are named: %v", got, err)
		}
	})
}

// TestAYearIsPublishedAndAmended by two administrators, as the State Council has it:
// each enters it, and what they have both entered counts.
func TestAYearIsPublishedAndAmended(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		year := calendar.Year{Year: 2028, Source: "通知",
			Holidays: []calendar.Span{{From: "2028-01-01", To: "2028-01-03"}}}
		enter := func(who identity.Actor, y calendar.Year, waits bool) {
			t.Helper()
			answer, waiting, err := v.Admin.AddYear(ctx, who, event.NewID(), y)
			if err != nil || answer != fmt.Sprint(y.Year) || waiting != waits {
				t.Fatalf("%q, waits %v, %v", answer, waiting, err)
			}
		}
		refused := func(who identity.Actor, y calendar.Year, code fault.Code, field string) {
			t.Helper()
			_, _, err := v.Admin.AddYear(ctx, who, event.NewID(), y)
			tradingtest.Want(t, err, code, field)
		}
		counts := func() int {
			t.Helper()
			years, err := v.DB.Years(ctx)
			tradingtest.Must(t, err)
			return len(years)
		}
		enter(v.Administrator, year, true)
		refused(v.Administrator, year, fault.Conflict, "year")
		if counts() != 0 {
			t.Error("it counts on one administrator's word")
		}
		slip := year
		slip.Holidays = []calendar.Span{{From: "2028-01-01", To: "2028-01-08"}}
		enter(v.SecondAdministrator, slip, true) // which differs, and waits in its place
		enter(v.Administrator, year, true)
		puppet := v.SecondAdministrator
		puppet.At = v.Clock.Now()
		puppet.Vouches = []identity.Vouch{{Person: puppet.PersonID, By: v.Administrator.PersonID, At: puppet.At}}
		refused(puppet, year, fault.Forbidden, "")
		if counts() != 0 {
			t.Error("it counts before two have entered the same")
		}
		enter(v.SecondAdministrator, year, false)
		list, err := v.Library.Events(ctx, event.Of("calendar", "china"), 0, 9)
		tradingtest.Must(t, err)
		if len(list) != 1 || !strings.Contains(string(list[0].Facts), `"worked":[]`) {
			t.Errorf("the log says %+v", list)
		}
		refused(v.Administrator, year, fault.Conflict, "year")
		year.Holidays = []calendar.Span{{From: "2028-01-01", To: "2028-01-04"}}
		v.Year(year)
		years, err := v.DB.Years(ctx)
		if err != nil || len(years) != 1 || years[0].Holidays[0].To != "2028-01-04" {
			t.Errorf("the last does not count: %+v, %v", years, err)
		}
		if waiting, err := v.Admin.SeeEnteredYears(ctx, v.Administrator); err != nil || len(waiting) != 0 {
			t.Errorf("%+v still waits: %v", waiting, err)
		}
		kinds := tradingtest.Kinds(t, v, event.Of("calendar", "china"))
		if !slices.Equal(kinds, []string{"calendar.year_added", "calendar.year_amended"}) {
			t.Errorf("the log has %v", kinds)
		}
		refused(v.Administrator, calendar.Published[2026], fault.Conflict, "year")
		year.Year = 2029
		refused(v.Administrator, year, fault.Invalid, "holidays")
		refused(v.Leader, year, fault.Forbidden, "")
	})
}
