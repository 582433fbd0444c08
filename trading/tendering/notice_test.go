package tendering_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tendering"
	"sunlot/trading/tradingtest"
)

// TestEachFieldOfADraftHasItsLimits: those of the form, and those that its
// resolution sets.
func TestEachFieldOfADraftHasItsLimits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		asset := v.Asset()
		good := v.TenderForm(asset, v.Resolution(v.ResolutionForm(asset)))
		other := v.ResolutionForm(v.Asset())
		others, err := v.Resolving.RecordResolution(t.Context(), v.Clerk, event.NewID(), v.ResolutionForm(asset))
		tradingtest.Must(t, err)
		elsewhere := v.Resolution(other)
		cases := map[string]struct {
			field  string
			change func(*trading.TenderForm)
		}{
			"no start price":          {"start_price", func(f *trading.TenderForm) { f.StartPrice = 0 }},
			"below the floor":         {"start_price", func(f *trading.TenderForm) { f.StartPrice = 39999 }},
			"no step":                 {"step", func(f *trading.TenderForm) { f.Step = 0 }},
			"a step above the price":  {"step", func(f *trading.TenderForm) { f.Step = 40001 }},
			"no deposit":              {"deposit_percent", func(f *trading.TenderForm) { f.DepositPercent = 0 }},
			"too low a deposit":       {"deposit_percent", func(f *trading.TenderForm) { f.DepositPercent = 4 }},
			"too high a deposit":      {"deposit_percent", func(f *trading.TenderForm) { f.DepositPercent = 21 }},
			"longer than was decided": {"years", func(f *trading.TenderForm) { f.Years = 6 }},
			"longer than the law":     {"years", func(f *trading.TenderForm) { f.Years = 21 }},
			"no notice":               {"notice_days", func(f *trading.TenderForm) { f.NoticeDays = 0 }},
			"an endless notice":       {"notice_days", func(f *trading.TenderForm) { f.NoticeDays = 121 }},
			"no first day":            {"starts_on", func(f *trading.TenderForm) { f.StartsOn = "" }},
			"no inspection":           {"inspection_on", func(f *trading.TenderForm) { f.InspectionOn = "27.11." }},
			"nobody was told":         {"priority_notified", func(f *trading.TenderForm) { f.PriorityNotified = "" }},
			"no asset":                {"asset", func(f *trading.TenderForm) { f.Asset = "" }},
			"no resolution":           {"resolution", func(f *trading.TenderForm) { f.Resolution = "" }},
			"of another asset":        {"resolution", func(f *trading.TenderForm) { f.Resolution = elsewhere }},
			"not confirmed":           {"resolution", func(f *trading.TenderForm) { f.Resolution = others }},
		}
		for _, text := range good.Texts() {
			cases["no "+text.Field] = struct {
				field  string
				change func(*trading.TenderForm)
			}{text.Field, func(f *trading.TenderForm) { *f.Texts()[index(text.Field)].Value = " " }}
			cases["long "+text.Field] = struct {
				field  string
				change func(*trading.TenderForm)
			}{text.Field, func(f *trading.TenderForm) {
				*f.Texts()[index(text.Field)].Value = strings.Repeat("字", text.Limit+1)
			}}
		}
		for name, c := range cases {
			form := good
			c.change(&form)
			t.Log(name)
			_, err := v.Tendering.DraftTender(t.Context(), v.Clerk, event.NewID(), form)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
		_, err = v.Tendering.DraftTender(t.Context(), v.Clerk, event.NewID(), good)
		tradingtest.Must(t, err)
		_, err = v.Tendering.DraftTender(t.Context(), v.Clerk, event.NewID(), good) // a resolution carries one tender
		tradingtest.Want(t, err, fault.Invalid, "resolution")
	})
}

func index(field string) int {
	var form trading.TenderForm
	for i, text := range form.Texts() {
		if text.Field == field {
			return i
		}
	}
	return -1
}

// lots is a port that refuses, to see that the notice does not stand alone.
type lots struct{ err error }

func (l lots) List(tendering.Tx, trading.Tender) error     { return l.err }
func (l lots) Postpone(tendering.Tx, trading.Tender) error { return l.err }
func (l lots) Reschedule(context.Context, tendering.Tx, trading.Tender, time.Time) error {
	return l.err
}

// TestANoticeAndItsLotAreOne: when the bidding refuses the lot nothing of the
// notice is left, and when it refuses the new days nothing of the supplement is.
func TestANoticeAndItsLotAreOne(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, broken, sound := t.Context(), errors.New("no lot"), v.Tendering.Lots
		n := v.Tender(trading.Approved)
		v.Tendering.Lots = lots{broken}
		_, err := v.Tendering.AnnounceTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version)
		if !errors.Is(err, broken) || v.State(n.ID) != trading.Approved ||
			len(tradingtest.Kinds(t, v, n.Stream())) != 0 {
			t.Errorf("the notice stands without its lot: %v, %s", err, v.State(n.ID))
		}
		v.Tendering.Lots = sound
		_, err = v.Tendering.AnnounceTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version)
		tradingtest.Must(t, err)
		n = v.Load(n.ID)
		l := v.Lot(n.Lot)
		if l.State != trading.Listed || l.Terms.Start != n.StartPrice || l.Deposit != n.Deposit() ||
			!l.RegisterUntil.Equal(n.RegisterUntil) ||
			l.Tender != n.ID || l.Place != 1 || l.ID == n.ID ||
			l.Size != n.Area || l.Years != n.Years || len(l.Code) != 10 {
			t.Errorf("its lot is %+v", l)
		}
		id, err := v.Tendering.ProposeSupplement(ctx, v.Clerk, event.NewID(),
			trading.SupplementForm{Tender: n.ID, Text: "路已通"})
		tradingtest.Must(t, err)
		v.Tendering.Lots = lots{broken}
		_, err = v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), id, 1)
		if got := v.Load(n.ID); !errors.Is(err, broken) || !got.RegisterUntil.Equal(n.RegisterUntil) {
			t.Errorf("the notice has other days than its lot: %v, %s", err, got.RegisterUntil)
		}
	})
}

// TestASupplementsWay: proposed by the clerk, released or returned by another,
// once; no later than the end of registration.
func TestASupplementsWay(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		early := v.Tender(trading.Approved)
		propose := func(who identity.Actor, tender, text string) (string, error) {
			return v.Tendering.ProposeSupplement(ctx, who, event.NewID(),
				trading.SupplementForm{Tender: tender, Text: text})
		}
		_, err := propose(v.Clerk, early.ID, "太早")
		tradingtest.Want(t, err, fault.Conflict, "")
		n := v.Tender(trading.Announced)
		for _, bad := range []string{" ", strings.Repeat("字", 2001)} {
			_, err = propose(v.Clerk, n.ID, bad)
			tradingtest.Want(t, err, fault.Invalid, "text")
		}
		_, err = propose(v.OtherClerk, n.ID, "别村")
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = propose(v.Station, n.ID, "不是经办")
		tradingtest.Want(t, err, fault.Forbidden, "")
		both := v.Give(v.Clerk, v.Station.Memberships[0].OrgID, identity.Station)
		id, err := propose(both, n.ID, "路已通")
		tradingtest.Must(t, err)
		_, err = v.Tendering.ReleaseSupplement(ctx, both, event.NewID(), id, 1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		desk := v.Waits(v.Station)
		if len(desk) != 1 || desk[0].Name != "supplement" || desk[0].Case != n.ID ||
			!strings.Contains(desk[0].Title, "第1号补充公告") {
			t.Errorf("the station's desk has %+v", desk)
		}
		back := casework.Return{Version: 1, Reasons: []fault.Field{{Name: "补充内容", Message: "请写明哪条路"}}}
		_, err = v.Tendering.ReturnSupplement(ctx, v.Station, event.NewID(), id, casework.Return{Version: 1})
		tradingtest.Want(t, err, fault.Invalid, "reasons")
		_, err = v.Tendering.ReturnSupplement(ctx, v.Station, event.NewID(), id, back)
		tradingtest.Must(t, err)
		_, err = v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "")
		for name, c := range map[string]struct {
			who  identity.Actor
			want int
		}{"visitor": {identity.Actor{}, 0}, "clerk": {v.Clerk, 1}, "leader": {v.Leader,
			1}, "neighbour": {v.OtherClerk, 0}} {
			list, err := v.Tendering.SeeSupplements(ctx, c.who, n.ID)
			if err != nil || len(list) != c.want {
				t.Errorf("%s reads %+v, %v", name, list, err)
			}
		}
		second, err := propose(v.Clerk, n.ID, "东头的路")
		tradingtest.Must(t, err)
		v.Clock.Set(n.RegisterUntil)
		_, err = v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), second, 1)
		tradingtest.Want(t, err, fault.Conflict, "")
		if got := tradingtest.Kinds(t, v, n.Stream()); !slices.Equal(got, []string{"tender.announced"}) {
			t.Errorf("events: %v", got)
		}
	})
}

// TestThePaperOnTheBoard is shown once, after the notice, by its clerk.
func TestThePaperOnTheBoard(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, photo := t.Context(), v.Photo(v.Clerk, 8)
		n := v.Tender(trading.Approved)
		post := func(who identity.Actor, photo string) error {
			_, err := v.Tendering.PostTender(ctx, who, event.NewID(), n.ID, photo)
			return err
		}
		tradingtest.Want(t, post(v.Clerk, photo), fault.Conflict, "")
		_, err := v.Tendering.AnnounceTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version)
		tradingtest.Must(t, err)
		tradingtest.Want(t, post(v.Clerk, ""), fault.Invalid, "board_photo")
		tradingtest.Want(t, post(v.Clerk, v.Photo(v.OtherClerk, 9)), fault.Invalid, "board_photo")
		tradingtest.Want(t, post(v.OtherClerk, photo), fault.NotFound, "")
		v.Clock.Set(v.Clock.Now().Add(time.Hour))
		tradingtest.Must(t, post(v.Clerk, photo))
		tradingtest.Want(t, post(v.Clerk, photo), fault.Conflict, "")
		_, err = v.Library.SeePhoto(ctx, identity.Actor{}, photo)
		tradingtest.Must(t, err)
		if got := tradingtest.Kinds(t, v, n.Stream()); !slices.Equal(got,
			[]string{"tender.announced", "tender.posted"}) {
			t.Errorf("events: %v", got)
		}
	})
}

// TestADepositIsNeverNothing: a share of so little rent that no fen is left of it is
// refused, though the share itself is within its limits.
func TestADepositIsNeverNothing(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		small := v.AssetForm()
		small.Area = 100
		small.Plots = small.Plots[:1]
		small.Plots[0].Area = 100
		asset, err := v.Register(v.Clerk, small)
		tradingtest.Must(t, err)
		vote := v.ResolutionForm(asset)
		vote.FloorPrice = 1
		form := v.TenderForm(asset, v.Resolution(vote))
		form.Step = 1
		form.DepositPercent = 5
		form.StartPrice = 9
		_, err = v.Tendering.DraftTender(t.Context(), v.Clerk, event.NewID(), form)
		tradingtest.Want(t, err, fault.Invalid, "deposit_percent")
		form.StartPrice = 10
		_, err = v.Tendering.DraftTender(t.Context(), v.Clerk, event.NewID(), form)
		tradingtest.Must(t, err)
	})
}
