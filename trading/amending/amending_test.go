package amending_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/casework/lifecycletest"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/amending"
	"sunlot/trading/rules"
	"sunlot/trading/tradingtest"
)

func TestLifecycles(t *testing.T) {
	lifecycletest.Keep(t, "../../docs/lifecycles.md", "", "Account 账号变更",
		lifecycletest.Of("Amendment 参数改动",
			[]casework.State{amending.Proposed, amending.Confirmed, amending.Declined, amending.Withdrawn},
			amending.Lifecycle.Labels, amending.Lifecycle.Moves, amending.Lifecycle.Move))
}

// change proposes seven days to sign instead of five, from three days on.
func change(v *tradingtest.Village) amending.Form {
	return amending.Form{
		Key:     "contract.sign_days",
		Value:   7,
		From:    v.Days.Today().AddDays(3),
		Title:   "示范县农村产权流转交易管理办法",
		Article: "第八条第二款",
		Reason:  "合同要先由乡镇审核",
	}
}

func confirmed(t *testing.T, v *tradingtest.Village, form amending.Form) string {
	t.Helper()
	id, err := v.Amending.ProposeAmendment(t.Context(), v.Administrator, event.NewID(), form)
	tradingtest.Must(t, err)
	_, err = v.Amending.DecideAmendment(t.Context(), v.SecondAdministrator, event.NewID(), id, agree)
	tradingtest.Must(t, err)
	return id
}

var agree = amending.DecideForm{Version: 1, Agree: true, Read: true}

func waiting(t *testing.T, v *tradingtest.Village) (kinds []string) {
	t.Helper()
	list, _, err := v.Duties.Own(t.Context(), v.SecondAdministrator, "", identity.Page{}.Clip())
	tradingtest.Must(t, err)
	for _, w := range list {
		kinds = append(kinds, w.Kind)
	}
	return kinds
}

// TestAFigureIsChangedByTwo: one proposes, another confirms, from its day on it stands
// on every server, and what was announced before keeps its own.
func TestAFigureIsChangedByTwo(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), change(v)
		before := v.Tender(trading.Announced)
		requestID := event.NewID()
		id, err := v.Amending.ProposeAmendment(ctx, v.Administrator, requestID, form)
		tradingtest.Must(t, err)
		again, err := v.Amending.ProposeAmendment(ctx, v.Administrator, requestID, form)
		if err != nil || again != id {
			t.Errorf("sent twice it is %s and then %s: %v", id, again, err)
		}
		if got := waiting(t, v); strings.Join(got, " ") != "amended" {
			t.Errorf("what waits: %v", got)
		}
		_, err = v.Amending.ProposeAmendment(ctx, v.SecondAdministrator, event.NewID(), form)
		tradingtest.Want(t, err, fault.Conflict, "key")
		for _, who := range []identity.Actor{v.Administrator, v.Station, {}} {
			_, err := v.Amending.DecideAmendment(ctx, who, event.NewID(), id, agree)
			if code := fault.CodeOf(err); code != fault.Forbidden && code != fault.Unauthenticated {
				t.Errorf("%s confirms: %v", who.Name, err)
			}
		}
		_, err = v.Amending.DecideAmendment(ctx, v.SecondAdministrator, event.NewID(), id,
			amending.DecideForm{Version: 1, Agree: true})
		tradingtest.Want(t, err, fault.Invalid, "read")
		_, err = v.Amending.DecideAmendment(ctx, v.SecondAdministrator, event.NewID(), id, agree)
		tradingtest.Must(t, err)
		other := *v.Amending
		pack, err := rules.Find("shifan")
		tradingtest.Must(t, err)
		other.Pack = func() rules.Pack { return pack.Book().On(v.Days.Today()) }
		tradingtest.Must(t, other.Learn(ctx))
		servers := []*amending.Service{v.Amending, &other}
		for _, server := range servers {
			if p := server.Pack(); p.Version != 1 || p.SignDays.Value() != 5 {
				t.Errorf("before its day: edition %d, %s", p.Version, p.SignDays)
			}
		}
		v.Clock.Set(form.From.At(0, 0))
		for _, server := range servers {
			p := server.Pack()
			want := "7 个工作日 《示范县农村产权流转交易管理办法》第八条第二款（本县设定）"
			if got := p.SignDays.String() + " " + p.SignDays.Source.String(); p.Version != 2 || got != want {
				t.Errorf("edition %d: %s, want %s", p.Version, got, want)
			}
		}
		old, err := rules.At(before.Rules, v.Amending.Pack())
		if err != nil || old.SignDays.Value() != 5 {
			t.Errorf("what was announced signs within %s: %v", old.SignDays, err)
		}
		a, acts, err := v.Amending.SeeAmendment(ctx, v.Administrator, id)
		if err != nil || len(acts) != 2 || a.Event.Seq == 0 || a.Was != "5 个工作日" {
			t.Errorf("%+v with %d acts: %v", a, len(acts), err)
		}
		seen, err := v.Amending.SeeAmended(ctx)
		if err != nil || len(seen) != 1 || seen[0].ProposedBy+seen[0].DecidedBy != "" {
			t.Errorf("everybody sees %+v: %v", seen, err)
		}
		for _, form := range []amending.DecideForm{{Version: 2, Reason: "太晚"}, {Version: 1, Reason: "旧的"}} {
			_, err = v.Amending.WithdrawAmendment(ctx, v.Administrator, event.NewID(), id, form)
			tradingtest.Want(t, err, fault.Conflict, "")
		}
	})
}

// TestAChangeIsWithdrawnBeforeItBegins, by a whole day, with its reason in the log; a
// later one of another figure moves up.
func TestAChangeIsWithdrawnBeforeItBegins(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), change(v)
		id := confirmed(t, v, form)
		other := change(v)
		other.Key, other.Value, other.From = "decision.roll_days", 9, form.From.AddDays(1)
		confirmed(t, v, other)
		_, err := v.Amending.WithdrawAmendment(ctx, v.Station, event.NewID(), id,
			amending.DecideForm{Version: 2, Reason: "没有印发"})
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Amending.WithdrawAmendment(ctx, v.Administrator, event.NewID(), id, amending.DecideForm{Version: 2})
		tradingtest.Want(t, err, fault.Invalid, "reason")
		_, err = v.Amending.WithdrawAmendment(ctx, v.Administrator, event.NewID(), id,
			amending.DecideForm{Version: 2, Reason: "请问13900000012"})
		tradingtest.Want(t, err, fault.Invalid, "")
		_, err = v.Amending.WithdrawAmendment(ctx, v.Administrator, event.NewID(), id,
			amending.DecideForm{Version: 2, Reason: "文件没有印发"})
		tradingtest.Must(t, err)
		v.Clock.Set(form.From.AddDays(1).At(9, 0))
		if p := v.Amending.Pack(); p.Version != 2 || p.SignDays.Value() != 5 || p.RollDays.Value() != 9 {
			t.Errorf("edition %d: %s, %s", p.Version, p.SignDays, p.RollDays)
		}
		if got := tradingtest.Kinds(t, v, amending.StreamOf("shifan")); strings.Join(got, " ") !=
			"rules.amended rules.amended rules.withdrawn" {
			t.Errorf("the log has %v", got)
		}
	})
}

// TestWhatIsNoChangeIsRefused by its field, and nothing is written.
func TestWhatIsNoChangeIsRefused(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		for name, c := range map[string]struct {
			field string
			bad   func(f *amending.Form)
		}{
			"no figure":      {"key", func(f *amending.Form) { f.Key = "contract.colour" }},
			"no value":       {"value", func(f *amending.Form) { f.Value = 0 }},
			"too much":       {"value", func(f *amending.Form) { f.Value = 61 }},
			"what it is":     {"value", func(f *amending.Form) { f.Value = 5 }},
			"contradiction":  {"value", func(f *amending.Form) { f.Key, f.Value = "deposit.lease_min", 15 }},
			"past":           {"from", func(f *amending.Form) { f.From = v.Days.Today().AddDays(-1) }},
			"today":          {"from", func(f *amending.Form) { f.From = v.Days.Today() }},
			"tomorrow":       {"from", func(f *amending.Form) { f.From = v.Days.Today().AddDays(1) }},
			"no day":         {"from", func(f *amending.Form) { f.From = "2027-02-30" }},
			"never":          {"from", func(f *amending.Form) { f.From = "2999-01-01" }},
			"no document":    {"title", func(f *amending.Form) { f.Title = "" }},
			"no article":     {"article", func(f *amending.Form) { f.Article = "八" }},
			"no reason":      {"reason", func(f *amending.Form) { f.Reason = " " }},
			"somebody's own": {"", func(f *amending.Form) { f.Reason = "请问13900000012" }},
		} {
			form := change(v)
			c.bad(&form)
			_, err := v.Amending.ProposeAmendment(t.Context(), v.Administrator, event.NewID(), form)
			if fault.CodeOf(err) != fault.Invalid || c.field != "" && !slices.ContainsFunc(fault.FieldsOf(err),
				func(f fault.Field) bool { return f.Name == c.field }) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := v.Amending.ProposeAmendment(t.Context(), v.Leader, event.NewID(), change(v))
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, total, err := v.Amending.SeeAmendments(t.Context(), v.Administrator,
			casework.Query{Page: identity.Page{}.Clip()})
		if err != nil || total != 0 {
			t.Errorf("%d were written: %v", total, err)
		}
	})
}

// TestTwoChangesAtOnceAgree: what was proposed beside another is held against it when
// it is confirmed, and what was confirmed too late is not.
func TestTwoChangesAtOnceAgree(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		most, usual := change(v), change(v)
		most.Key, most.Value = "deposit.lease_max", 12
		usual.Key, usual.Value = "deposit.lease_pct", 15
		first, err := v.Amending.ProposeAmendment(ctx, v.Administrator, event.NewID(), most)
		tradingtest.Must(t, err)
		second, err := v.Amending.ProposeAmendment(ctx, v.Administrator, event.NewID(), usual)
		tradingtest.Must(t, err)
		_, err = v.Amending.DecideAmendment(ctx, v.SecondAdministrator, event.NewID(), first, agree)
		tradingtest.Must(t, err)
		_, err = v.Amending.DecideAmendment(ctx, v.SecondAdministrator, event.NewID(), second, agree)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Amending.DecideAmendment(ctx, v.SecondAdministrator, event.NewID(), second,
			amending.DecideForm{Version: 1, Reason: "和上限矛盾"})
		tradingtest.Must(t, err)
		late, err := v.Amending.ProposeAmendment(ctx, v.Administrator, event.NewID(), change(v))
		tradingtest.Must(t, err)
		v.Clock.Set(v.Clock.Now().Add(2 * 24 * time.Hour))
		_, err = v.Amending.DecideAmendment(ctx, v.SecondAdministrator, event.NewID(), late, agree)
		tradingtest.Want(t, err, fault.Conflict, "")
		if p := v.Amending.Pack().Book().On(calendar.Date("2030-01-01")); p.Version != 2 {
			t.Errorf("there are %d editions", p.Version)
		}
	})
}

// TestWhatAnotherRestsOnIsNotWithdrawn: a change under which a later one fits stays
// until that one is withdrawn.
func TestWhatAnotherRestsOnIsNotWithdrawn(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		most, usual := change(v), change(v)
		most.Key, most.Value = "deposit.lease_max", 30
		usual.Key, usual.Value = "deposit.lease_pct", 25
		first, second := confirmed(t, v, most), confirmed(t, v, usual)
		back := amending.DecideForm{Version: 2, Reason: "文件没有印发"}
		_, err := v.Amending.WithdrawAmendment(t.Context(), v.Administrator, event.NewID(), first, back)
		tradingtest.Want(t, err, fault.Conflict, "")
		for _, id := range []string{second, first} {
			_, err := v.Amending.WithdrawAmendment(t.Context(), v.Administrator, event.NewID(), id, back)
			tradingtest.Must(t, err)
		}
	})
}

// TestWhoWasMadeUpIsNoSecond: an administrator cannot make the second one.
func TestWhoWasMadeUpIsNoSecond(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		id, err := v.Amending.ProposeAmendment(t.Context(), v.Administrator, event.NewID(), change(v))
		tradingtest.Must(t, err)
		puppet := v.SecondAdministrator
		puppet.At = v.Clock.Now()
		puppet.Vouches = []identity.Vouch{{
			Person: puppet.PersonID,
			By:     v.Administrator.PersonID,
			At:     v.Clock.Now().Add(-time.Hour),
		}}
		_, err = v.Amending.DecideAmendment(t.Context(), puppet, event.NewID(), id, agree)
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestWhatACountyHasNotSetStopsAtTheStart: on the national pack nothing is drafted, in
// words that name what is missing; two administrators set it as they change a figure.
func TestWhatACountyHasNotSetStopsAtTheStart(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, n := t.Context(), v.Tender(trading.Drafted)
		bare, err := rules.Find("national-default")
		tradingtest.Must(t, err)
		v.Tendering.Pack = tradingtest.Under(bare)
		_, err = v.Tendering.AmendTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version, n.TenderForm)
		tradingtest.Want(t, err, fault.Conflict, "")
		if !strings.Contains(fault.MessageOf(err), "“成交结果公示期”（result.publicity_days）") {
			t.Error(err)
		}
		v.Amending.Pack = func() rules.Pack { return bare.Book().On(v.Days.Today()) }
		form := change(v)
		form.Key, form.Value = "result.publicity_days", 3
		confirmed(t, v, form)
		v.Clock.Set(form.From.At(9, 0))
		if got, err := v.Amending.Pack().ResultDays.Need(); err != nil || got != 3 {
			t.Errorf("set it is %d: %v", got, err)
		}
	})
}

// TestHowAChangeIsTold: in the log's words, with the figure's name and unit and the
// document that it comes from.
func TestHowAChangeIsTold(t *testing.T) {
	registry, err := words.New(amending.Wordings)
	tradingtest.Must(t, err)
	facts, err := event.Canonical(amending.AmendedFacts{
		Key:     "runner_up.ask",
		Was:     "是",
		Value:   0,
		From:    "2027-01-01",
		Title:   "示范县参数表",
		Article: "附件1",
		Reason:  "不再询问",
	})
	tradingtest.Must(t, err)
	got := registry.Sentence(event.Event{Stream: amending.StreamOf("shifan"), Kind: "rules.amended", Facts: facts})
	for _, want := range []string{"竞得人违约的，是否询问次高报价人（runner_up.ask）", "改为", "否", "2027-01-01", "《示范县参数表》附件1"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
}
