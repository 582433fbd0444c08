package resolving_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// recorded is a lawful vote on a new asset, typed in and not handed over.
func recorded(t *testing.T, v *tradingtest.Village) (id string, form trading.ResolutionForm) {
	t.Helper()
	form = v.ResolutionForm(v.Asset())
	id, err := v.Resolving.RecordResolution(t.Context(), v.Clerk, event.NewID(), form)
	tradingtest.Must(t, err)
	return id, form
}

// submitted is one that waits for the committee.
func submitted(t *testing.T, v *tradingtest.Village) string {
	t.Helper()
	id, _ := recorded(t, v)
	_, err := v.Resolving.SubmitResolution(t.Context(), v.Clerk, event.NewID(), id, 1)
	tradingtest.Must(t, err)
	return id
}

// TestEachFieldOfARecordHasItsLimits.
func TestEachFieldOfARecordHasItsLimits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		good := v.ResolutionForm(v.Asset())
		for name, c := range map[string]struct {
			field  string
			change func(*trading.ResolutionForm)
		}{
			"no years":          {"years", func(f *trading.ResolutionForm) { f.Years = 0 }},
			"more than the law": {"years", func(f *trading.ResolutionForm) { f.Years = 21 }},
			"no price":          {"floor_price", func(f *trading.ResolutionForm) { f.FloorPrice = 0 }},
			"no such priority": {"priorities",
				func(f *trading.ResolutionForm) { f.Priorities = []trading.Priority{"mayor"} }},
			"a priority twice": {"priorities",
				func(f *trading.ResolutionForm) { f.Priorities[1] = f.Priorities[0] }},
			"no such step":   {"steps", func(f *trading.ResolutionForm) { f.Steps[0].Key = "dance" }},
			"no such day":    {"steps", func(f *trading.ResolutionForm) { f.Steps[0].On = "2026-11-31" }},
			"nobody was due": {"votes", func(f *trading.ResolutionForm) { f.Votes = nil }},
			"501 were due": {"votes",
				func(f *trading.ResolutionForm) { f.Votes = slices.Repeat(f.Votes[1:2], 501) }},
			"a vote without a name": {"votes", func(f *trading.ResolutionForm) { f.Votes[3].Name = "" }},
			"a vote without choice": {"votes", func(f *trading.ResolutionForm) { f.Votes[3].Choice = "" }},
			"a name twice":          {"votes", func(f *trading.ResolutionForm) { f.Votes[3].Name = " 户代表 5" }},
			"one name for all": {"votes", func(f *trading.ResolutionForm) {
				for i := range f.Votes {
					f.Votes[i].Name = "张三"
				}
			}},
			"somebody twice": {"votes",
				func(f *trading.ResolutionForm) { f.Votes[3].Person = f.Votes[0].Person }},
			"a stranger's vote": {"votes",
				func(f *trading.ResolutionForm) { f.Votes[3].Person = v.OtherClerk.PersonID }},
			"ten photos": {"minutes",
				func(f *trading.ResolutionForm) { f.Minutes = slices.Repeat(f.Minutes, 10) }},
			"a neighbour's photo": {"sign_in",
				func(f *trading.ResolutionForm) { f.SignIn = []string{v.Photo(v.OtherClerk, 9)} }},
			"an asset of elsewhere":   {"asset", func(f *trading.ResolutionForm) { f.Asset = "nosuchasset" }},
			"nothing was uploaded":    {"minutes", func(f *trading.ResolutionForm) { f.Minutes = []string{""} }},
			"a price beyond counting": {"floor_price", func(f *trading.ResolutionForm) { f.FloorPrice = 1 << 60 }},
		} {
			form := good
			form.Steps = slices.Clone(good.Steps)
			form.Votes = slices.Clone(good.Votes)
			form.Priorities = slices.Clone(good.Priorities)
			c.change(&form)
			t.Log(name)
			_, err := v.Resolving.RecordResolution(t.Context(), v.Clerk, event.NewID(), form)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
		bare := good
		bare.Years = 20
		bare.Priorities = nil
		bare.Steps = nil
		bare.SignIn = nil
		bare.Minutes = nil
		id, err := v.Resolving.RecordResolution(t.Context(), v.Clerk, event.NewID(), bare)
		tradingtest.Must(t, err) // what is missing may come later; not at the hand-over
		_, err = v.Resolving.SubmitResolution(t.Context(), v.Clerk, event.NewID(), id, 1)
		tradingtest.Want(t, err, fault.Invalid, "sign_in")
		tradingtest.Want(t, err, fault.Invalid, "minutes")
	})
}

// TestTheWayOfARecord: amended before it is handed over and after it came back,
// with the reasons; never in between, never on an old copy, never by a stranger.
func TestTheWayOfARecord(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id, form := recorded(t, v)
		amend := func(version int, form trading.ResolutionForm) error {
			_, err := v.Resolving.AmendResolution(ctx, v.Clerk, event.NewID(), id, version, form)
			return err
		}
		other := form
		other.Asset = v.Asset()
		tradingtest.Want(t, amend(1, other), fault.Invalid, "asset")
		tradingtest.Want(t, amend(2, form), fault.Conflict, "")
		form.Votes[23].Choice = trading.For
		tradingtest.Must(t, amend(1, form))
		_, err := v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "") // which was never handed over
		_, err = v.Resolving.SubmitResolution(ctx, v.Clerk, event.NewID(), id, 2)
		tradingtest.Must(t, err)
		tradingtest.Want(t, amend(3, form), fault.Conflict, "")
		back := casework.Return{Version: 3, Reasons: []fault.Field{{Name: "表决", Message: "与签到表不符"}}}
		_, err = v.Resolving.ReturnResolution(ctx, v.Supervision, event.NewID(), id, casework.Return{Version: 3})
		tradingtest.Want(t, err, fault.Invalid, "reasons")
		_, err = v.Resolving.ReturnResolution(ctx, v.OtherSupervision, event.NewID(), id, back)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Resolving.ReturnResolution(ctx, v.Clerk, event.NewID(), id, back)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Resolving.ReturnResolution(ctx, v.Supervision, event.NewID(), id, back)
		tradingtest.Must(t, err)
		r, err := v.Resolving.SeeResolution(ctx, v.Clerk, id)
		if err != nil || r.State != trading.ResolutionReturned || len(r.Mend) != 1 ||
			r.Mend[0] != back.Reasons[0] || r.Count.For != 23 {
			t.Errorf("back it is %+v, %v", r, err)
		}
		tradingtest.Must(t, amend(4, form))
		_, err = v.Resolving.SubmitResolution(ctx, v.Clerk, event.NewID(), id, 5)
		tradingtest.Must(t, err)
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 6)
		tradingtest.Must(t, err)
		tradingtest.Want(t, amend(7, form), fault.Conflict, "")
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 7)
		tradingtest.Want(t, err, fault.Conflict, "")
		if got := tradingtest.Kinds(t, v, event.Of("resolution", id)); !slices.Equal(got,
			[]string{"resolution.confirmed"}) {
			t.Errorf("events: %v", got)
		}
	})
}

// TestWhatIsConfirmedIsTheCount: the log has the numbers, whether it is lawful,
// and no name.
func TestWhatIsConfirmedIsTheCount(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, id := t.Context(), submitted(t, v)
		for name, who := range map[string]identity.Actor{"visitor": {}, "neighbour": v.OtherClerk,
			"representative": v.Representative} {
			t.Log(name)
			_, err := v.Resolving.SeeResolution(ctx, who, id)
			tradingtest.Want(t, err, fault.NotFound, "")
		}
		_, err := v.Resolving.ConfirmResolution(ctx, v.Supervision, "request-0001", id, 2)
		tradingtest.Must(t, err)
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, "request-0001", id, 2) // the same tap again
		tradingtest.Must(t, err)
		list, err := v.Library.Events(ctx, event.Of("resolution", id), 0, 9)
		tradingtest.Must(t, err)
		var facts trading.ConfirmedFacts
		tradingtest.Must(t, json.Unmarshal(list[0].Facts, &facts))
		if facts.Count != (trading.Count{Due: 26, Present: 24, For: 22, Against: 1, Abstain: 1}) || !facts.Lawful ||
			facts.Reasons == nil || facts.HeldOn != "2026-11-10" || facts.Years != 5 || facts.FloorPrice != 40000 ||
			list[0].Sealed == "" {
			t.Errorf("the log says %+v", facts)
		}
		r, err := v.Resolving.SeeResolution(ctx, identity.Actor{}, id)
		if err != nil || len(r.Votes)+len(r.SignIn)+len(r.Minutes) != 0 ||
			r.RecordedBy+r.SubmittedBy+r.ConfirmedBy != "" {
			t.Errorf("the public reads %+v, %v", r, err)
		}
		shown, total, err := v.Resolving.SeeResolutions(ctx, identity.Actor{},
			casework.Query{States: []casework.State{trading.Recorded}})
		if err != nil || total != 1 || shown[0].ID != id || len(shown[0].Votes) != 0 {
			t.Errorf("the public lists %+v, %v", shown, err)
		}
	})
}

// TestOwnVotes: a representative finds his own, as the committee has it; nobody
// else asks for his.
func TestOwnVotes(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		id := submitted(t, v)
		own, total, err := v.Resolving.OwnVotes(t.Context(), v.Representative, identity.Page{}.Clip())
		if err != nil || total != 1 || own[0].ID != id || len(own[0].Votes) != 1 || len(own[0].SignIn) != 0 ||
			own[0].Votes[0].Name != "户代表1" {
			t.Errorf("own %+v, %d, %v", own, total, err)
		}
		_, _, err = v.Resolving.OwnVotes(t.Context(), v.Clerk, identity.Page{}.Clip())
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestTheDeskOfTheResolving: the clerk's as long as it is his, then the
// committee's, then the clerk's again, who drafts the notice; never the neighbour's.
func TestTheDeskOfTheResolving(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		waits := func() string {
			var who []string
			for name, actor := range map[string]identity.Actor{
				"clerk":           v.Clerk,
				"committee":       v.Supervision,
				"other clerk":     v.OtherClerk,
				"other committee": v.OtherSupervision,
				"leader":          v.Leader,
			} {
				for _, w := range v.Waits(actor) {
					who = append(who, name+" "+w.Name+" "+w.Note)
				}
			}
			return strings.Join(who, ", ")
		}
		id, _ := recorded(t, v)
		for _, step := range []struct {
			want string
			next func() (string, error)
		}{
			{"clerk resolution 登记中",
				func() (string, error) { return v.Resolving.SubmitResolution(ctx, v.Clerk, event.NewID(), id, 1) }},
			{"committee confirmation 待核实",
				func() (string,
					error) {
					return v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 2)
				}},
		} {
			if got := waits(); got != step.want {
				t.Errorf("it waits for %q, want %q", got, step.want)
			}
			_, err := step.next()
			tradingtest.Must(t, err)
		}
		if got := waits(); got != "clerk letting 决议已核实" {
			t.Errorf("confirmed, it waits for %q", got)
		}
		_, err := v.Resolving.ResolutionFor(ctx, v.OtherClerk, trading.ResolutionRecord, id)
		tradingtest.Want(t, err, fault.NotFound, "")
		list, _, err := v.Resolving.ResolutionsFor(ctx, v.Clerk, trading.ResolutionRecord, casework.Query{})
		if err != nil || len(list) != 1 {
			t.Errorf("the clerk's: %+v, %v", list, err)
		}
	})
}

// TestWhoTypedAPartIsNoSecond: whoever amended what another had typed in, and that one
// handed over, is none in whatever post he has later.
func TestWhoTypedAPartIsNoSecond(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id, form := recorded(t, v)
		second := v.Give(v.County, v.Collective, identity.Clerk)
		form.Votes[23].Choice = trading.For
		_, err := v.Resolving.AmendResolution(ctx, second, event.NewID(), id, 1, form)
		tradingtest.Must(t, err)
		_, err = v.Resolving.SubmitResolution(ctx, v.Clerk, event.NewID(), id, 2)
		tradingtest.Must(t, err)
		second = v.Give(second, v.VillageOrg, identity.Supervision)
		_, err = v.Resolving.ConfirmResolution(ctx, second, event.NewID(), id, 3)
		tradingtest.Want(t, err, fault.Forbidden, "")
		back := casework.Return{Version: 3, Reasons: []fault.Field{{Name: "表决", Message: "与签到表不符"}}}
		_, err = v.Resolving.ReturnResolution(ctx, second, event.NewID(), id, back)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 3)
		tradingtest.Must(t, err)
	})
}
