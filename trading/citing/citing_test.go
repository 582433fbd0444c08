package citing_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/casework/lifecycletest"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/citing"
	"sunlot/trading/rules"
	"sunlot/trading/tradingtest"
)

func TestLifecycles(t *testing.T) {
	lifecycletest.Keep(t, "../../docs/lifecycles.md", "", "Amendment 参数改动",
		lifecycletest.Of("Citation 条号核对",
			[]casework.State{citing.Entered, citing.Checked, citing.Declined, citing.Ended},
			citing.Lifecycle.Labels, citing.Lifecycle.Moves, citing.Lifecycle.Move))
}

func quorum(v *tradingtest.Village) rules.Source {
	return v.Citing.Pack().Assemblies["group_meeting"].Quorum.Source
}

func entered(v *tradingtest.Village) citing.Form {
	return citing.Form{
		Cites:   quorum(v).ID(),
		Edition: "2025修正",
		From:    "2026-01-01",
		Article: "第三十二条第一款",
		Same:    true,
	}
}

var all = casework.Query{Page: identity.Page{}.Clip()}

// waiting lists what lies on an administrator's desk.
func waiting(t *testing.T, v *tradingtest.Village) (kinds []string) {
	t.Helper()
	list, _, err := v.Duties.Own(t.Context(), v.SecondAdministrator, "", identity.Page{}.Clip())
	tradingtest.Must(t, err)
	for _, w := range list {
		kinds = append(kinds, w.Kind)
	}
	return kinds
}

// TestAnArticleIsCheckedByTwo: nothing stands on one person's word, and neither
// does a pair whom one of them made up; once it stands every node says so, and it
// can be taken back.
func TestAnArticleIsCheckedByTwo(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		for range 2 {
			tradingtest.Must(t, v.Citing.Ask(ctx))
		}
		if got := waiting(t, v); strings.Join(got, " ") != "citation citation" {
			t.Errorf("two articles are to be looked up, once each: %v", got)
		}
		id, err := v.Citing.EnterCitation(ctx, v.Administrator, event.NewID(), entered(v))
		tradingtest.Must(t, err)
		_, err = v.Citing.EnterCitation(ctx, v.SecondAdministrator, event.NewID(), entered(v))
		tradingtest.Want(t, err, fault.Conflict, "cites")
		if got := waiting(t, v); strings.Join(got, " ") != "cited citation" {
			t.Errorf("what was entered waits to be confirmed: %v", got)
		}
		agree := citing.DecideForm{Version: 1, Agree: true, Same: true}
		for _, who := range []identity.Actor{v.Administrator, v.Station, {}} {
			_, err := v.Citing.DecideCitation(ctx, who, event.NewID(), id, agree)
			if code := fault.CodeOf(err); code != fault.Forbidden && code != fault.Unauthenticated {
				t.Errorf("%s confirms: %v", who.Name, err)
			}
		}
		_, err = v.Citing.DecideCitation(ctx, v.SecondAdministrator, event.NewID(), id,
			citing.DecideForm{Version: 1, Agree: true})
		tradingtest.Want(t, err, fault.Invalid, "same")
		if !strings.Contains(quorum(v).String(), "现行条号待核") {
			t.Error("it is cited before it is confirmed:", quorum(v))
		}
		_, err = v.Citing.DecideCitation(ctx, v.SecondAdministrator, event.NewID(), id, agree)
		tradingtest.Must(t, err)
		other := *v.Citing
		pack, err := rules.Find("shifan")
		tradingtest.Must(t, err)
		other.Pack = tradingtest.Under(pack)
		tradingtest.Must(t, other.Learn(ctx))
		for _, node := range []*citing.Service{v.Citing, &other} {
			s := node.Pack().Assemblies["group_meeting"].Quorum.Source
			if !strings.Contains(s.String(), "2026-01-01起为2025修正第三十二条第一款") || !s.InForce("2026-11-23") {
				t.Error("it is not cited:", s)
			}
		}
		c, acts, err := v.Citing.SeeCitation(ctx, v.Administrator, id)
		tradingtest.Must(t, err)
		if len(acts) != 2 || c.Event.Seq == 0 {
			t.Errorf("the trail has %d acts, the event %v", len(acts), c.Event)
		}
		_, err = v.Citing.EndCitation(ctx, v.Administrator, event.NewID(), id,
			citing.DecideForm{Version: 2, Reason: "看错了款"})
		tradingtest.Must(t, err)
		if quorum(v).InForce("2026-11-23") || strings.Join(waiting(t, v), " ") != "citation citation" {
			t.Errorf("what was taken back is still cited: %s, %v", quorum(v), waiting(t, v))
		}
		for _, form := range []citing.DecideForm{{Version: 3, Reason: "再来一次"}, {Version: 2, Reason: "旧的"}} {
			_, err = v.Citing.EndCitation(ctx, v.Administrator, event.NewID(), id, form)
			tradingtest.Want(t, err, fault.Conflict, "")
		}
	})
}

// TestTheNewestCheckStands: of two that stand the newer is cited, and one
// that was declined leaves what stood.
func TestTheNewestCheckStands(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), entered(v)
		check := func(agree bool) {
			t.Helper()
			v.Clock.Set(v.Clock.Now().Add(time.Minute))
			id, err := v.Citing.EnterCitation(ctx, v.Administrator, event.NewID(), form)
			tradingtest.Must(t, err)
			_, err = v.Citing.DecideCitation(ctx, v.SecondAdministrator, event.NewID(), id,
				citing.DecideForm{Version: 1, Agree: agree, Same: true, Reason: "不对"})
			tradingtest.Must(t, err)
		}
		check(true)
		form.Article = "第三十三条"
		check(false)
		if got := quorum(v).String(); !strings.Contains(got, "第三十二条第一款") {
			t.Error("what was declined is cited:", got)
		}
		check(true)
		if got := quorum(v).String(); !strings.Contains(got, "第三十三条") {
			t.Error("the older one is cited:", got)
		}
		tradingtest.Must(t, v.Citing.Ask(ctx))
		list, total, err := v.Citing.SeeCitations(ctx, v.Administrator, all)
		tradingtest.Must(t, err)
		if total != 3 || len(list) != 3 {
			t.Errorf("%d of %d are listed", len(list), total)
		}
	})
}

// TestWhatIsNoArticleIsRefused by its field, and nothing is written.
func TestWhatIsNoArticleIsRefused(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		for field, bad := range map[string]func(f *citing.Form){
			"cites":   func(f *citing.Form) { f.Cites = v.Citing.Pack().NoticeFields.ID() },
			"edition": func(f *citing.Form) { f.Edition = "最新版" },
			"from":    func(f *citing.Form) { f.From = calendar.Date("2025-12-31") },
			"article": func(f *citing.Form) { f.Article = "第三十二条，电话13900000012" },
			"same":    func(f *citing.Form) { f.Same = false },
		} {
			form := entered(v)
			bad(&form)
			_, err := v.Citing.EnterCitation(t.Context(), v.Administrator, event.NewID(), form)
			tradingtest.Want(t, err, fault.Invalid, field)
		}
		_, err := v.Citing.EnterCitation(t.Context(), v.Leader, event.NewID(), entered(v))
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, total, err := v.Citing.SeeCitations(t.Context(), v.Administrator, all)
		if err != nil || total != 0 {
			t.Errorf("%d were written: %v", total, err)
		}
	})
}

// TestWhoEnteredMayTakeItBack without a second: then nothing stands, and the
// article waits to be looked up once more.
func TestWhoEnteredMayTakeItBack(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		requestID := event.NewID()
		id, err := v.Citing.EnterCitation(ctx, v.Administrator, requestID, entered(v))
		tradingtest.Must(t, err)
		again, err := v.Citing.EnterCitation(ctx, v.Administrator, requestID, entered(v))
		if err != nil || again != id {
			t.Errorf("sent twice it is %s and then %s: %v", id, again, err)
		}
		tradingtest.Must(t, v.Citing.Ask(ctx))
		if got := waiting(t, v); strings.Join(got, " ") != "cited citation" {
			t.Errorf("what waits to be confirmed is asked for again: %v", got)
		}
		_, err = v.Citing.DecideCitation(ctx, v.Administrator, event.NewID(), id, citing.DecideForm{Version: 1})
		tradingtest.Want(t, err, fault.Invalid, "reason")
		_, err = v.Citing.DecideCitation(ctx, v.Administrator, event.NewID(), id,
			citing.DecideForm{Version: 1, Reason: "写错了"})
		tradingtest.Must(t, err)
		if got := waiting(t, v); strings.Join(got, " ") != "citation citation" {
			t.Errorf("when it was taken back: %v", got)
		}
		c, _, err := v.Citing.SeeCitation(ctx, v.SecondAdministrator, id)
		if err != nil || c.State != citing.Declined || c.Event.Seq != 0 || c.Answer != "写错了" {
			t.Errorf("%+v, %v", c, err)
		}
		_, err = v.Citing.EnterCitation(ctx, v.Administrator, event.NewID(), entered(v))
		tradingtest.Must(t, err)
	})
}

// TestWhoWasMadeUpIsNoSecond: an administrator cannot make the second one.
func TestWhoWasMadeUpIsNoSecond(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id, err := v.Citing.EnterCitation(ctx, v.Administrator, event.NewID(), entered(v))
		tradingtest.Must(t, err)
		puppet := v.SecondAdministrator
		puppet.At = v.Clock.Now()
		puppet.Vouches = []identity.Vouch{{
			Person: puppet.PersonID,
			By:     v.Administrator.PersonID,
			At:     v.Clock.Now().Add(-time.Hour),
		}}
		_, err = v.Citing.DecideCitation(ctx, puppet, event.NewID(), id,
			citing.DecideForm{Version: 1, Agree: true, Same: true})
		tradingtest.Want(t, err, fault.Forbidden, "")
		if strings.Contains(quorum(v).String(), "2025修正") {
			t.Error("it is cited:", quorum(v))
		}
	})
}

// TestACheckedArticleIsFoundMet: what a check of a notice left to a person, since
// the text of the day was not read, is met once two have read it.
func TestACheckedArticleIsFoundMet(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id := v.Tender(trading.Drafted).ID
		seats := func() (found string) {
			t.Helper()
			r, err := v.Tendering.SeeReview(ctx, v.Clerk, id)
			tradingtest.Must(t, err)
			for _, tick := range r.Ticks {
				if tick.Label == "到会人数" {
					found = string(tick.Verdict) + " " + tick.Source
				}
			}
			return found
		}
		before := seats()
		c, err := v.Citing.EnterCitation(ctx, v.Administrator, event.NewID(), entered(v))
		tradingtest.Must(t, err)
		_, err = v.Citing.DecideCitation(ctx, v.SecondAdministrator, event.NewID(), c,
			citing.DecideForm{Version: 1, Agree: true, Same: true})
		tradingtest.Must(t, err)
		if after := seats(); before == after || !strings.Contains(after, "第三十二条第一款") {
			t.Errorf("%q before and %q after", before, after)
		}
	})
}

// TestATextInForceWaitsForNobody: until the last day of the text that was read
// there is nothing to look up, from the next day on there is.
func TestATextInForceWaitsForNobody(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		v.Clock.Set(calendar.Date("2025-12-31").At(23, 59))
		tradingtest.Must(t, v.Citing.Ask(t.Context()))
		if got := waiting(t, v); len(got) != 0 {
			t.Errorf("on its last day: %v", got)
		}
		v.Clock.Set(calendar.Date("2026-01-01").At(0, 1))
		tradingtest.Must(t, v.Citing.Ask(t.Context()))
		if got := waiting(t, v); len(got) != 2 {
			t.Errorf("on the day after: %v", got)
		}
	})
}
