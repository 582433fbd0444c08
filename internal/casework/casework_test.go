package casework_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

var draft = identity.NewAction("tender.draft", "起草公告", identity.Clerk)

// clerk acts in one village, and is the leader of its township.
var clerk = identity.Actor{PersonID: "p", Memberships: []identity.Membership{
	{Role: identity.Leader, Path: "/c/t/"}, {Role: identity.Clerk, Path: "/c/t/v/"},
}}

// TestALifecycleMovesAlongItsArrowsOnly: a refused move leaves the state as it
// was, and says in the screen's words what it is.
func TestALifecycleMovesAlongItsArrowsOnly(t *testing.T) {
	life := casework.Lifecycle{
		Noun:   "合同",
		Labels: map[casework.State]string{"offered": "待签", "signed": "已签"},
		Moves:  map[casework.State][]casework.State{"offered": {"signed"}},
	}
	at := casework.State("offered")
	for _, to := range []casework.State{"offered", "unheard", ""} {
		err := life.Move(&at, to)
		tradingtest.Want(t, err, fault.Conflict, "")
		if at != "offered" {
			t.Errorf("refused, it stands at %q", at)
		}
	}
	tradingtest.Must(t, life.Move(&at, "signed"))
	err := life.Move(&at, "offered")
	tradingtest.Want(t, err, fault.Conflict, "")
	if at != "signed" || fault.MessageOf(err) != "合同目前为“已签”，不能办理这一步（“待签”）" || life.Label(at) != "已签" {
		t.Errorf("%q: %v", at, err)
	}
}

// TestTheHeadOfAUseCase: who is not there, who has not changed the password and
// who may not are refused before the request is looked at.
func TestTheHeadOfAUseCase(t *testing.T) {
	scope, once, err := casework.Begin(clerk, draft, "tender.draft", "request-0001", []any{"x", 1})
	tradingtest.Must(t, err)
	if !slices.Equal(scope, identity.Scope{"/c/t/v/"}) || once.Actor != "p" || once.Kind != "tender.draft" ||
		once.ID != "request-0001" || len(once.Digest) != 64 {
		t.Errorf("%v, %+v", scope, once)
	}
	fresh := clerk
	fresh.MustChange = true
	for name, c := range map[string]struct {
		who  identity.Actor
		id   string
		code fault.Code
		at   string
	}{
		"nobody":          {identity.Actor{}, "", fault.Unauthenticated, ""},
		"a new password":  {fresh, "", fault.Forbidden, ""},
		"without a role":  {identity.Actor{PersonID: "q"}, "", fault.Forbidden, ""},
		"without request": {clerk, "", fault.Invalid, "request_id"},
	} {
		t.Log(name)
		scope, _, err := casework.Begin(c.who, draft, "tender.draft", c.id, nil)
		tradingtest.Want(t, err, c.code, c.at)
		if name != "without request" && scope != nil {
			t.Errorf("%s: refused with scope %v", name, scope)
		}
	}
}

// TestSmallRefusals: the outdated copy, the missing object that a form names.
func TestSmallRefusals(t *testing.T) {
	tradingtest.Must(t, casework.SameVersion(3, 3))
	for _, seen := range []int{2, 4, 0} {
		tradingtest.Want(t, casework.SameVersion(3, seen), fault.Conflict, "")
	}
	tradingtest.Must(t, casework.InvalidIfMissing(nil, "asset", "请选择"))
	err := casework.InvalidIfMissing(fault.New(fault.NotFound, "没有"), "asset", "请选择")
	tradingtest.Want(t, err, fault.Invalid, "asset")
	broken := errors.New("disk")
	if got := casework.InvalidIfMissing(broken, "asset", "请选择"); got != broken {
		t.Errorf("another trouble became %v", got)
	}
	none, err := event.Canonical(casework.NotNil[string](nil))
	if err != nil || string(none) != "[]" {
		t.Errorf("a missing list is written %s, %v", none, err)
	}
	if one := casework.NotNil([]int{7}); !slices.Equal(one, []int{7}) {
		t.Errorf("%v", one)
	}
}

// TestTheTrailNamesTheRoleOfThePlace: of several roles the one by which it may be
// done there.
func TestTheTrailNamesTheRoleOfThePlace(t *testing.T) {
	for place, want := range map[identity.Path]identity.Role{
		"/c/t/v/": identity.Clerk, "/c/t/v/g/": identity.Clerk, "/c/t/": "", "/c/t/w/": "",
	} {
		if got := casework.RoleFor(clerk, draft, place); got != want {
			t.Errorf("at %s as %q, want %q", place, got, want)
		}
	}
}

// TestPhotosOfAField: at least so many, at most nine, each another and each uploaded.
func TestPhotosOfAField(t *testing.T) {
	shas := func(n int) (all []string) {
		for i := range n {
			all = append(all, strings.Repeat(strconv.Itoa(i), 64))
		}
		return all
	}
	for name, c := range map[string]struct {
		photos []string
		least  int
		says   string
	}{
		"none asked":        {nil, 0, ""},
		"the least":         {shas(2), 2, ""},
		"the most":          {shas(9), 1, ""},
		"one short":         {shas(1), 2, "请上传现场照片，至少2张"},
		"one more":          {append(shas(9), strings.Repeat("x", 64)), 1, "现场照片最多9张"},
		"one twice":         {append(shas(2), shas(1)...), 1, "现场照片有重复或没有上传成功的照片"},
		"one that is none":  {[]string{"abc"}, 1, "现场照片有重复或没有上传成功的照片"},
		"an empty one":      {[]string{""}, 0, "现场照片有重复或没有上传成功的照片"},
		"too few and wrong": {[]string{"abc"}, 2, "请上传现场照片，至少2张"},
	} {
		var f fault.Form
		casework.CheckPhotos(&f, "photos", "现场照片", c.photos, c.least)
		fields := fault.FieldsOf(f.Err())
		if (c.says == "") != (len(fields) == 0) ||
			c.says != "" && (fields[0].Name != "photos" || fields[0].Message != c.says) {
			t.Errorf("%s: %v, want %q", name, fields, c.says)
		}
	}
}

// TestAReturnSaysWhy, field by field, in at most sixty short reasons.
func TestAReturnSaysWhy(t *testing.T) {
	reasons := func(n int, name, message string) casework.Return {
		return casework.Return{Version: 1, Reasons: slices.Repeat([]fault.Field{{Name: name, Message: message}}, n)}
	}
	tradingtest.Must(t, reasons(60, strings.Repeat("栏", 40), strings.Repeat("理", 300)).Check())
	for name, back := range map[string]casework.Return{
		"none":               reasons(0, "", ""),
		"too many":           reasons(61, "税费", "请写明"),
		"no field":           reasons(1, "", "请写明"),
		"no message":         reasons(1, "税费", " "),
		"a field too long":   reasons(1, strings.Repeat("栏", 41), "请写明"),
		"a message too long": reasons(1, "税费", strings.Repeat("理", 301)),
	} {
		t.Log(name)
		tradingtest.Want(t, back.Check(), fault.Invalid, "reasons")
	}
}

// TestADayOfTheAdministratorCounts: schedules that are entered later join those
// that the program knows.
func TestADayOfTheAdministratorCounts(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		after := func() calendar.Date {
			t.Helper()
			day, err := v.Days.After(t.Context(), tradingtest.Monday.AddDate(1, 0, 0), 1) // Tuesday, 23 November 2027
			tradingtest.Must(t, err)
			return day
		}
		if v.Days.Today() != "2026-11-23" || after() != "2027-11-24" {
			t.Errorf("today %s, one day later %s", v.Days.Today(), after())
		}
		v.Year(calendar.Year{
			Year:     2027,
			Source:   "国务院办公厅通知",
			Holidays: []calendar.Span{{From: "2027-11-24", To: "2027-11-25"}},
			Worked:   []calendar.Date{"2027-11-27"},
		})
		if got := after(); got != "2027-11-26" {
			t.Errorf("with two days free: %s", got)
		}
		v.Clock.Set(tradingtest.Monday.AddDate(0, 0, -1).Add(15 * 3600e9)) // midnight in Beijing
		if v.Days.Today() != "2026-11-23" {
			t.Errorf("the day begins in Beijing, not %s", v.Days.Today())
		}
	})
}
