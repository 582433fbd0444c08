package rolls_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/rolls"
	"sunlot/trading/tradingtest"
)

// enter enters a roll that nobody has confirmed.
func enter(t *testing.T, v *tradingtest.Village, form rolls.Form) string {
	t.Helper()
	id, err := v.Rolls.EnterRoll(t.Context(), v.Clerk, event.NewID(), form)
	tradingtest.Must(t, err)
	return id
}

// TestEachFieldOfARollHasItsLimits: a name counts once, and those of one name are told apart.
func TestEachFieldOfARollHasItsLimits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		named := func(all ...rolls.Member) func(*rolls.Form) {
			return func(f *rolls.Form) { f.Members = all }
		}
		for name, c := range map[string]struct {
			field  string
			change func(*rolls.Form)
		}{
			"no body":           {"body", func(f *rolls.Form) { f.Org = "" }},
			"no such body":      {"body", func(f *rolls.Form) { f.Assembly = "committee" }},
			"a body of another": {"body", func(f *rolls.Form) { f.Assembly = "village_representatives" }},
			"a neighbour's":     {"body", func(f *rolls.Form) { f.Org = v.OtherGroup }},
			"no day":            {"from", func(f *rolls.Form) { f.From = "" }},
			"no such day":       {"from", func(f *rolls.Form) { f.From = "2026-02-30" }},
			"nobody":            {"members", named()},
			"too many":          {"members", func(f *rolls.Form) { *f = v.RollForm("2026-01-01", 501) }},
			"without a name":    {"members", named(rolls.Member{Note: "三组"})},
			"a long name":       {"members", named(rolls.Member{Name: strings.Repeat("长", 19)})},
			"a long note":       {"members", named(rolls.Member{Name: "张三", Note: strings.Repeat("长", 11)})},
			"twice":             {"members", named(rolls.Member{Name: "张三"}, rolls.Member{Name: " 张 三"})},
			"twice with a note": {"members", named(rolls.Member{
				Name: "张三",
				Note: "三组",
			}, rolls.Member{Name: "张三（三组）"})},
			"one of two without":    {"members", named(rolls.Member{Name: "张三", Note: "三组"}, rolls.Member{Name: "张三"})},
			"an identity number":    {"members", named(rolls.Member{Name: "张三", Note: "13900000012"})},
			"a name of two lines":   {"members", named(rolls.Member{Name: "张三\n李四"})},
			"a sign nobody can see": {"members", named(rolls.Member{Name: "张\u200b三"})},
		} {
			form := v.RollForm("2026-01-01", 3)
			c.change(&form)
			t.Log(name)
			_, err := v.Rolls.EnterRoll(t.Context(), v.Clerk, event.NewID(), form)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
		form := v.RollForm("2026-01-01", 3)
		form.Members = []rolls.Member{{Name: "张三", Note: "三组"}, {Name: "张三", Note: "五组"}, {Name: "李四"}}
		r, _, err := v.Rolls.SeeRoll(t.Context(), v.Clerk, v.Roll(form))
		if err != nil || r.Count != 3 || r.Members[1].Full() != "张三（五组）" {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

// TestTwoPersonsMakeARoll: the clerk enters, another confirms, sends it back or it is
// withdrawn; nobody confirms his own, and the log has the count and no name.
func TestTwoPersonsMakeARoll(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.RollForm("2026-01-01", 26)
		id := enter(t, v, form)
		confirm := func(who identity.Actor, version int) error {
			_, err := v.Rolls.ConfirmRoll(ctx, who, event.NewID(), id, version)
			return err
		}
		both := v.Give(v.Clerk, v.Collective, identity.Station)
		tradingtest.Want(t, confirm(v.Clerk, 1), fault.Forbidden, "")
		tradingtest.Want(t, confirm(both, 1), fault.Forbidden, "")
		tradingtest.Want(t, confirm(v.Supervision, 1), fault.Forbidden, "")
		tradingtest.Want(t, confirm(v.Station, 2), fault.Conflict, "")
		back := casework.Return{Version: 1, Reasons: []fault.Field{{Name: "应到的人", Message: "少了一户"}}}
		_, err := v.Rolls.ReturnRoll(ctx, both, event.NewID(), id, back)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Rolls.ReturnRoll(ctx, v.Station, event.NewID(), id, casework.Return{Version: 1})
		tradingtest.Want(t, err, fault.Invalid, "reasons")
		_, err = v.Rolls.ReturnRoll(ctx, v.Station, event.NewID(), id, back)
		tradingtest.Must(t, err)
		tradingtest.Want(t, confirm(v.Station, 2), fault.Conflict, "")
		other := form
		other.Org, other.Assembly = v.VillageOrg, "village_representatives"
		_, err = v.Rolls.AmendRoll(ctx, v.Clerk, event.NewID(), id, 2, other)
		tradingtest.Want(t, err, fault.Invalid, "body")
		_, err = v.Rolls.AmendRoll(ctx, v.OtherClerk, event.NewID(), id, 2, form)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Rolls.AmendRoll(ctx, v.Clerk, event.NewID(), id, 2, v.RollForm("2026-01-01", 27))
		tradingtest.Must(t, err)
		_, err = v.Rolls.ConfirmRoll(ctx, v.Station, "request-0001", id, 3)
		tradingtest.Must(t, err)
		_, err = v.Rolls.ConfirmRoll(ctx, v.Station, "request-0001", id, 3) // the same tap again
		tradingtest.Must(t, err)
		_, err = v.Rolls.WithdrawRoll(ctx, v.Clerk, event.NewID(), id, 4)
		tradingtest.Want(t, err, fault.Conflict, "") // what counts is not taken back
		list, err := v.Library.Events(ctx, event.Of("roll", id), 0, 9)
		tradingtest.Must(t, err)
		var facts rolls.ConfirmedFacts
		tradingtest.Must(t, json.Unmarshal(list[0].Facts, &facts))
		if len(list) != 1 || facts.Count != 27 || facts.Org != v.Group || facts.From != "2026-01-01" ||
			list[0].Sealed == "" || strings.Contains(string(list[0].Facts), "户代表1") {
			t.Errorf("the log says %s", list[0].Facts)
		}
	})
}

// TestARollThatIsWithdrawn leaves nothing to do and nothing in the log.
func TestARollThatIsWithdrawn(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, id := t.Context(), enter(t, v, v.RollForm("2026-01-01", 3))
		_, err := v.Rolls.WithdrawRoll(ctx, v.Station, event.NewID(), id, 1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Rolls.WithdrawRoll(ctx, v.Clerk, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		_, err = v.Rolls.ConfirmRoll(ctx, v.Station, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "")
		if kinds := tradingtest.Kinds(t, v, event.Of("roll", id)); len(kinds) != 0 {
			t.Errorf("the log has %v", kinds)
		}
	})
}

// TestWhatWaitsOfARoll: the station's until five working days later, then the clerk's
// who mends it; the leader's when it is late.
func TestWhatWaitsOfARoll(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		waits := func(who identity.Actor) (names []string) {
			for _, w := range v.Waits(who) {
				names = append(names, w.Name+" "+string(w.Due))
			}
			return names
		}
		id := enter(t, v, v.RollForm("2026-01-01", 3))
		if got := waits(v.Station); !slices.Equal(got, []string{"roll 2026-11-30"}) || len(waits(v.Clerk)) > 0 {
			t.Errorf("the station has %v, the clerk %v", got, waits(v.Clerk))
		}
		back := casework.Return{Version: 1, Reasons: []fault.Field{{Name: "应到的人", Message: "少了一户"}}}
		_, err := v.Rolls.ReturnRoll(t.Context(), v.Station, event.NewID(), id, back)
		tradingtest.Must(t, err)
		if got := waits(v.Clerk); !slices.Equal(got, []string{"roll_mend 2026-11-30"}) || len(waits(v.Station)) > 0 {
			t.Errorf("the clerk has %v, the station %v", got, waits(v.Station))
		}
	})
}

// TestALaterRollHoldsFromItsDay, another of the same day takes its place, and one that
// nobody confirmed holds never; a body has its own, and the neighbour's is not found.
func TestALaterRollHoldsFromItsDay(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		first := v.Roll(v.RollForm("2026-01-01", 3))
		second := v.Roll(v.RollForm("2026-06-01", 4))
		v.Clock.Set(v.Clock.Now().Add(1e9))
		mended := v.Roll(v.RollForm("2026-01-01", 6))
		village := v.Roll(rolls.Form{Org: v.VillageOrg, Assembly: "village_representatives", From: "2026-01-01",
			Members: []rolls.Member{{Name: "代表甲"}}})
		enter(t, v, v.RollForm("2026-07-01", 5))
		for _, c := range []struct {
			org      string
			assembly string
			day      string
			want     string
		}{
			{v.Group, "group_meeting", "2025-12-31", ""},
			{v.Group, "group_meeting", "2026-05-31", mended},
			{v.Group, "group_meeting", "2026-06-01", second},
			{v.Group, "group_meeting", "2026-11-23", second},
			{v.Group, "village_representatives", "2026-11-23", ""},
			{v.VillageOrg, "village_representatives", "2026-11-23", village},
			{v.OtherGroup, "group_meeting", "2026-11-23", ""},
			{"", "group_meeting", "2026-11-23", ""},
		} {
			got, err := v.Rolls.Store.RollOn(ctx, c.org, c.assembly, calendar.Date(c.day))
			if got.ID != c.want || (c.want == "") != (fault.CodeOf(err) == fault.NotFound) {
				t.Errorf("%s on %s: %s, %v; want %s", c.assembly, c.day, got.ID, err, c.want)
			}
		}
		old, _, err := v.Rolls.SeeRoll(ctx, v.Station, first)
		tradingtest.Must(t, err)
		if old.State != rolls.Confirmed || old.Count != 3 {
			t.Errorf("the wrong one is %+v", old)
		}
		r, _, err := v.Rolls.SeeRoll(ctx, v.Station, second)
		tradingtest.Must(t, err)
		change, err := v.Rolls.SeeChange(ctx, v.Station, r)
		if err != nil || change.From != "2026-01-01" || len(change.Come) != 0 ||
			!slices.Equal(change.Gone, []string{"户代表5", "户代表6"}) {
			t.Errorf("the change is %+v, %v", change, err)
		}
		for name, who := range map[string]identity.Actor{"neighbour": v.OtherClerk} {
			_, _, err := v.Rolls.SeeRoll(ctx, who, first)
			t.Log(name)
			tradingtest.Want(t, err, fault.NotFound, "")
		}
		_, _, err = v.Rolls.SeeRoll(ctx, v.Representative, first)
		tradingtest.Want(t, err, fault.Forbidden, "")
		list, total, err := v.Rolls.SeeRolls(ctx, v.Station, casework.Query{Page: identity.Page{}.Clip()})
		if err != nil || total != 5 || len(list[0].Members) != 0 {
			t.Errorf("the station lists %d, %v", total, err)
		}
		if list, _, _ := v.Rolls.SeeRolls(ctx, v.OtherClerk,
			casework.Query{Page: identity.Page{}.Clip()}); len(list) > 0 {
			t.Errorf("the neighbour lists %d", len(list))
		}
	})
}

// TestARollIsSentInOnce: the same tap again is the same roll, and with other content none.
func TestARollIsSentInOnce(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.RollForm("2026-01-01", 3)
		first, err := v.Rolls.EnterRoll(ctx, v.Clerk, "request-0001", form)
		tradingtest.Must(t, err)
		again, err := v.Rolls.EnterRoll(ctx, v.Clerk, "request-0001", form)
		if err != nil || again != first {
			t.Errorf("again it is %s, %v", again, err)
		}
		_, err = v.Rolls.EnterRoll(ctx, v.Clerk, "request-0001", v.RollForm("2026-01-01", 4))
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Rolls.AmendRoll(ctx, v.Clerk, event.NewID(), first, 1, form)
		tradingtest.Want(t, err, fault.Conflict, "") // which the station has
		_, err = v.Rolls.EnterRoll(ctx, v.Supervision, event.NewID(), form)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Rolls.EnterRoll(ctx, identity.Actor{}, event.NewID(), form)
		tradingtest.Want(t, err, fault.Unauthenticated, "")
		if list, _, err := v.Rolls.SeeRolls(ctx, v.Clerk,
			casework.Query{Page: identity.Page{}.Clip()}); len(list) != 1 {
			t.Errorf("%d rolls, %v", len(list), err)
		}
	})
}

// TestTwoAtTheStation: of two who confirm at once one is told that it is done.
func TestTwoAtTheStation(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		id := enter(t, v, v.RollForm("2026-01-01", 3))
		done := make(chan error, 2)
		for _, who := range []identity.Actor{v.Station, v.Colleague} {
			go func() {
				_, err := v.Rolls.ConfirmRoll(t.Context(), who, event.NewID(), id, 1)
				done <- err
			}()
		}
		refused := 0
		for range 2 {
			if err := <-done; fault.CodeOf(err) == fault.Conflict {
				refused++
			} else {
				tradingtest.Must(t, err)
			}
		}
		if kinds := tradingtest.Kinds(t, v, event.Of("roll", id)); refused != 1 || len(kinds) != 1 {
			t.Errorf("%d refused, the log has %v", refused, kinds)
		}
	})
}

// TestARollIsWrittenBeforeItsMeeting: what is confirmed for a day afterwards does not
// stand in the place of what was confirmed by then; from its confirmation on it does.
func TestARollIsWrittenBeforeItsMeeting(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		meeting := calendar.Date("2026-11-25")
		v.Roll(v.RollForm("2026-01-01", 26))
		v.Clock.Set(meeting.At(18, 0))
		v.Roll(v.RollForm(meeting, 25)) // on the day itself it is in time
		v.Clock.Set(meeting.AddDays(2).At(9, 0))
		v.Roll(v.RollForm(meeting, 10)) // written from those who came
		org, err := v.DB.Org(t.Context(), v.Group)
		tradingtest.Must(t, err)
		for day, want := range map[calendar.Date]int{
			meeting.AddDays(-1): 26,
			meeting:             25,
			meeting.AddDays(1):  25,
			meeting.AddDays(2):  10,
		} {
			r, err := v.DB.RollOn(t.Context(), org.ID, "group_meeting", day)
			if err != nil || r.Count != want {
				t.Errorf("on %s %d are due, want %d: %v", day, r.Count, want, err)
			}
		}
	})
}

// TestALineIsOnePerson: a list that was pasted askew has lines with two of them, with
// numbers before the names, or none at all.
func TestALineIsOnePerson(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		for _, line := range []string{
			"1.张三", "1 张三", "１张三", "张三；李四", "孙七 周八 吴九", "张三、李四", "合计", "姓名：张三", "张三。", "（张三）", "张三（东头）",
		} {
			form := v.RollForm("2026-01-01", 3)
			form.Members[1].Name = line
			_, err := v.Rolls.EnterRoll(t.Context(), v.Clerk, event.NewID(), form)
			if fault.CodeOf(err) != fault.Invalid || !strings.Contains(fault.FieldsOf(err)[0].Message, "一行只写一个人") {
				t.Errorf("%s: %v", line, err)
			}
		}
		for _, name := range []string{"张三", "欧阳 明", "王 五", "买买提·吐尔逊", "户代表2"} {
			form := v.RollForm("2026-01-01", 3)
			form.Members[1].Name = name
			_, err := v.Rolls.WithdrawRoll(t.Context(), v.Clerk, event.NewID(), enter(t, v, form), 1)
			tradingtest.Must(t, err)
		}
	})
}
