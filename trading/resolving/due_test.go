package resolving_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rolls"
	"sunlot/trading/tradingtest"
)

// TestWhoIsDueIsTheRolls and not the clerk's to say: whoever is not on it is refused, the
// absent are counted, and three names are no quorum.
func TestWhoIsDueIsTheRolls(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		good := v.ResolutionForm(v.Asset())
		for name, c := range map[string]struct {
			says   string
			change func(f *trading.ResolutionForm)
		}{
			"three of three": {"应到26人，户代表4等23人没有填",
				func(f *trading.ResolutionForm) { f.Votes = f.Votes[:3] }},
			"somebody from elsewhere": {"路过的人不在2026-01-01起用的名册上",
				func(f *trading.ResolutionForm) { f.Votes[5].Name = "路过的人" }},
			"one more": {"路过的人不在", func(f *trading.ResolutionForm) {
				f.Votes = append(f.Votes, trading.Vote{Name: "路过的人", Choice: trading.For})
			}},
			"before any roll": {"2025-12-31没有核对过的应到人员名册", func(f *trading.ResolutionForm) {
				f.Steps[3].On = "2025-12-31"
			}},
		} {
			form := good
			form.Votes, form.Steps = slices.Clone(good.Votes), slices.Clone(good.Steps)
			c.change(&form)
			_, err := v.Resolving.RecordResolution(t.Context(), v.Clerk, event.NewID(), form)
			tradingtest.Want(t, err, fault.Invalid, "votes")
			if said := fault.FieldsOf(err)[0].Message; !strings.Contains(said, c.says) {
				t.Errorf("%s: %s", name, said)
			}
		}
		shuffled := good
		shuffled.Votes = slices.Clone(good.Votes)
		slices.Reverse(shuffled.Votes)
		shuffled.Votes[3].Name = " " + shuffled.Votes[3].Name + "\u3000"
		id, err := v.Resolving.RecordResolution(t.Context(), v.Clerk, event.NewID(), shuffled)
		tradingtest.Must(t, err)
		r, err := v.Resolving.SeeResolution(t.Context(), v.Clerk, id)
		if err != nil || !slices.Equal(r.Votes, good.Votes) || r.Count.Due != 26 || r.Roll.From != "2026-01-01" ||
			r.Roll.On != "2026-11-23" {
			t.Errorf("recorded as %+v, %v", r, err)
		}
	})
}

// TestTheRollOfTheDayCounts: a resolution takes the edition of its day, is held against it
// again at the hand-over and at the confirmation, and the log names it.
func TestTheRollOfTheDayCounts(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		form := v.ResolutionForm(v.Asset())
		later := v.Roll(v.RollForm("2026-11-11", 27)) // the day after the vote
		id, err := v.Resolving.RecordResolution(ctx, v.Clerk, event.NewID(), form)
		tradingtest.Must(t, err)
		_, err = v.Resolving.SubmitResolution(ctx, v.Clerk, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		roll := v.Roll(v.RollForm("2026-11-01", 27)) // which was in force on the day
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Resolving.RecordResolution(ctx, v.Clerk, event.NewID(), form)
		tradingtest.Want(t, err, fault.Invalid, "votes")
		form.Votes = append(form.Votes, trading.Vote{Name: "户代表27", Choice: trading.Absent})
		open, err := v.Resolving.RecordResolution(ctx, v.Clerk, event.NewID(), form)
		tradingtest.Must(t, err)
		_, err = v.Resolving.SubmitResolution(ctx, v.Clerk, event.NewID(), open, 1)
		tradingtest.Must(t, err)
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), open, 2)
		tradingtest.Must(t, err)
		r, err := v.Resolving.SeeResolution(ctx, identity.Actor{}, open)
		if err != nil || r.Roll.Event != (event.Ref{Stream: event.Of("roll", roll), Seq: 1}) || r.Count.Due != 27 ||
			r.Roll.Event.Stream.ID() == later {
			t.Errorf("judged by %+v, %v", r.Roll, err)
		}
	})
}

// TestTheDayComesWithTheHandOver: without it nobody knows who was due.
func TestTheDayComesWithTheHandOver(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		form := v.ResolutionForm(v.Asset())
		form.Steps = nil
		id, err := v.Resolving.RecordResolution(t.Context(), v.Clerk, event.NewID(), form)
		tradingtest.Must(t, err)
		_, err = v.Resolving.SubmitResolution(t.Context(), v.Clerk, event.NewID(), id, 1)
		tradingtest.Want(t, err, fault.Invalid, "steps")
	})
}

// TestThoseOfOneNameAreToldApart: the bare name is enough for who shares it with nobody.
func TestThoseOfOneNameAreToldApart(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		roll := v.RollForm("2026-01-01", 0)
		roll.Members = []rolls.Member{{Name: "张三", Note: "东头"}, {Name: "张三", Note: "西头"}, {Name: "李四", Note: "三组"}}
		form := v.ResolutionForm(v.Asset())
		roll.From = "2026-02-01"
		v.Roll(roll)
		record := func(names ...string) error {
			form.Votes = nil
			for _, name := range names {
				form.Votes = append(form.Votes, trading.Vote{Name: name, Choice: trading.For})
			}
			_, err := v.Resolving.RecordResolution(t.Context(), v.Clerk, event.NewID(), form)
			return err
		}
		tradingtest.Want(t, record("张三", "张三（西头）", "李四"), fault.Invalid, "votes")
		tradingtest.Want(t, record("张三（东头）", "李四", "李四（三组）"), fault.Invalid, "votes")
		tradingtest.Must(t, record("张三（东头）", "张三（西头）", "李四"))
		asset, err := v.Assets.SeeAsset(t.Context(), v.Clerk, form.Asset)
		tradingtest.Must(t, err)
		due, err := v.Resolving.Due(t.Context(), v.Clerk, asset, "2026-11-10")
		if err != nil || due.Count != 3 {
			t.Errorf("due are %+v, %v", due, err)
		}
		_, err = v.Resolving.Due(t.Context(), v.OtherClerk, asset, "2026-11-10")
		tradingtest.Want(t, err, fault.NotFound, "votes")
		_, err = v.Resolving.Due(t.Context(), v.Supervision, asset, "2026-11-10")
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestAVoteIsOneMembers: of two whose names are told apart by a note alone, one vote
// counts for one, whatever brackets it is written with.
func TestAVoteIsOneMembers(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		v.Due()
		roll := v.RollForm("2026-11-01", 26)
		roll.Members[0] = rolls.Member{Name: "张三", Note: "东头"}
		roll.Members[1] = rolls.Member{Name: "张三", Note: "东头，三组"}
		v.Roll(roll)
		form := v.ResolutionForm(v.Asset())
		form.Votes[0].Name = "张三（东头）"
		form.Votes = append(form.Votes[:1], form.Votes[2:]...)
		_, err := v.Resolving.RecordResolution(t.Context(), v.Clerk, event.NewID(), form)
		tradingtest.Want(t, err, fault.Invalid, "votes")
	})
}
