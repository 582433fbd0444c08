package tendering

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// Sound is a draft on which the program finds nothing wrong.
func sound(t *testing.T) board {
	t.Helper()
	pack, err := rules.Find("shifan")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	asset := trading.Asset{AssetForm: trading.AssetForm{
		Kind:     trading.WaterLand,
		Area:     3860,
		LastRent: 35000,
		Photos:   []string{"a", "b", "c"},
		Plots:    []trading.Plot{{Area: 2860}, {Area: 1000}},
	}}
	vote := trading.Resolution{
		State:    trading.Confirmed,
		Lawful:   true,
		Assembly: "group_meeting",
		Count:    trading.Count{Due: 26, Present: 24, For: 22, Against: 1, Abstain: 1},
	}
	vote.ResolutionForm = trading.ResolutionForm{
		Years:      5,
		FloorPrice: 40000,
		Outsiders:  true,
		Priorities: []trading.Priority{trading.MemberFirst},
		Steps:      []trading.StepDone{{Key: "decide", On: "2025-12-31"}},
	}
	draft := trading.Tender{
		Area: 3860,
		TenderForm: trading.TenderForm{
			StartPrice:       40000,
			Step:             1000,
			DepositPercent:   10,
			Years:            5,
			StartsOn:         "2027-01-15",
			RentDue:          "01-10",
			NoticeDays:       10,
			InspectionOn:     "2026-11-27",
			PriorityNotified: "2026-11-20",
			Contact:          "村委会 0719-1234567",
		},
	}
	return board{
		pack:  pack,
		asset: asset,
		vote:  vote,
		draft: draft,
		term:  TermOf(pack, calendar.Published, now, 10),
		now:   now,
	}
}

// TestTicks: each point is judged by its own figure, and only by that.
func TestTicks(t *testing.T) {
	const conditions = "资格条件和交易条件" // which the program never judges
	for label, c := range map[string]struct {
		spoil func(b *board)
		want  Verdict
	}{
		"决议已核实，各步骤齐全、顺序正确": {func(b *board) { b.vote.Lawful, b.vote.Reasons = false, []string{"缺少党员大会"} }, Bad},
		"到会人数": {func(b *board) {
			b.vote.Count.Present, b.vote.Count.For = 17, 17
			b.vote.Outsiders = false
		}, Bad},
		"同意人数": {func(b *board) { b.vote.Count.For = 12; b.vote.Outsiders = false }, Bad},
		"土地租给本集体以外的单位或者个人": {func(b *board) { b.vote.Count.For = 17 }, Bad},
		"起始价和底价":    {func(b *board) { b.vote.FloorPrice = 40001 }, Bad},
		"起始价和上一期租金": {func(b *board) { b.asset.LastRent = 40001 }, Look},
		"租期和决议":     {func(b *board) { b.vote.Years = 4 }, Bad},
		"租期上限":      {func(b *board) { b.vote.Years, b.draft.Years = 21, 21 }, Bad},
		"保证金比例":     {func(b *board) { b.draft.DepositPercent = 21 }, Bad},
		"公告期":       {func(b *board) { b.draft.NoticeDays = 9 }, Bad},
		"现场看样日":     {func(b *board) { b.draft.InspectionOn = "2026-11-23" }, Bad},
		"租期起始日":     {func(b *board) { b.draft.StartsOn, b.draft.RentDue = "2026-12-08", "12-01" }, Bad},
		"通知优先权人":    {func(b *board) { b.draft.PriorityNotified = "2026-11-24" }, Bad},
		"面积":        {func(b *board) { b.asset.Plots[0].Area++ }, Bad},
		"现场照片":      {func(b *board) { b.asset.Photos = b.asset.Photos[:2] }, Look},
		"公告里的个人信息":  {func(b *board) { b.draft.Contact = "王会计 13800001234" }, Look},
	} {
		b := sound(t)
		for _, k := range ticks(b) {
			if k.Verdict != Good && k.Label != conditions {
				t.Fatalf("a sound draft: %+v", k)
			}
			if k.Found == "" || k.Asked == "" || k.Source == "" {
				t.Errorf("a point without its figure, rule or source: %+v", k)
			}
		}
		c.spoil(&b)
		var spoilt []string
		for _, k := range ticks(b) {
			if k.Verdict != Good && k.Label != conditions {
				spoilt = append(spoilt, k.Label)
				if k.Label == label && k.Verdict != c.want {
					t.Errorf("%s: %s, want %s", label, k.Verdict, c.want)
				}
			}
		}
		if len(spoilt) != 1 || spoilt[0] != label {
			t.Errorf("%s: the program finds %v", label, spoilt)
		}
	}
}

// TestTicksOfWhatNeedsNone: nothing let before, no priority right, no plots.
func TestTicksOfWhatNeedsNone(t *testing.T) {
	b := sound(t)
	b.asset.LastRent = 0
	b.asset.Plots = nil
	b.vote.Priorities = nil
	b.draft.PriorityNotified = ""
	b.vote.Outsiders = false
	for _, k := range ticks(b) {
		if k.Verdict == Bad {
			t.Errorf("%+v", k)
		}
	}
}

// TestRentIsDueOnADayOfEachYear: three years of four have no 29 February.
func TestRentIsDueOnADayOfEachYear(t *testing.T) {
	b := sound(t)
	b.draft.RentDue = "01-20"
	if k := rentTick(b.draft); k.Verdict != Look || !strings.Contains(k.Found, "提前 360 天") {
		t.Errorf("a rent due five days into the lease: %+v", k)
	}
	for due, refused := range map[string]bool{
		"03-01": false,
		"02-28": false,
		"02-29": true,
		"02-30": true,
		"3-1":   true,
		"":      true,
	} {
		form := b.draft.TenderForm
		form.RentDue = due
		err := checkTender(form, b.pack)
		if got := err != nil &&
			slices.ContainsFunc(fault.FieldsOf(err), func(f fault.Field) bool {
				return f.Name == "rent_due"
			}); got != refused {
			t.Errorf("%q: %v", due, err)
		}
	}
}

// TestAShareOfAnAmendedTextIsForAPerson: what was read is not the text in force on the day of
// the vote, so the program does not say that it is met until two have read that text.
func TestAShareOfAnAmendedTextIsForAPerson(t *testing.T) {
	b := sound(t)
	b.vote.Steps = []trading.StepDone{{Key: "decide", On: "2026-01-01"}}
	for _, k := range ticks(b) {
		if amended := k.Label == "到会人数" || k.Label == "同意人数"; amended &&
			(k.Verdict != Look || !strings.Contains(k.Source, "条号待核")) {
			t.Errorf("%+v", k)
		}
	}
	read := b.pack.Assemblies[b.vote.Assembly].Quorum.Source
	b.pack.Book().Learn([]rules.Reading{{
		Cites:   read.ID(),
		Edition: "2025修正",
		From:    "2026-01-01",
		Article: "第三十二条",
	}})
	for _, k := range ticks(b) {
		if k.Label == "到会人数" && (k.Verdict != Good || !strings.Contains(k.Source, "第三十二条")) {
			t.Errorf("two have read it, and it is still left to a person: %+v", k)
		}
	}
}

// TestADepositIsWithinItsLimits: what the check of a draft refuses is bad on the desk, too.
func TestADepositIsWithinItsLimits(t *testing.T) {
	for percent, want := range map[int]Verdict{1: Bad, 4: Bad, 5: Good, 20: Good, 21: Bad} {
		b := sound(t)
		b.draft.DepositPercent = percent
		for _, k := range ticks(b) {
			if k.Label == "保证金比例" && (k.Verdict != want || !strings.Contains(k.Asked, "5%") ||
				!strings.Contains(k.Asked, "20%")) {
				t.Errorf("%d %%: %+v", percent, k)
			}
		}
		refused := slices.ContainsFunc(fault.FieldsOf(checkTender(b.draft.TenderForm, b.pack)),
			func(f fault.Field) bool { return f.Name == "deposit_percent" })
		if refused != (want == Bad) {
			t.Errorf("%d %%: refused %v", percent, refused)
		}
	}
}
