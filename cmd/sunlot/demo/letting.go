package demo

import (
	"context"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
)

// story is a case of the demonstration: what is let, for how much, and who
// handles it in the village.
type story struct {
	clerk, supervision, group, collective string
	asset                                 trading.AssetForm // without owner, photos and dates
	title                                 string
	side                                  trading.Side
	unit                                  money.Unit
	floor, start, step                    money.Fen
	years                                 int // none of a sale
	priorities                            []trading.Priority
	town                                  *town             // none is 云溪镇
	assembly                              string            // none is the group's
	use                                   string            // none is that of farm land
	texts                                 map[string]string // of the notice, other than DemoTexts
	bidders                               []string          // of the script, by login
}

func (st story) of() town {
	if st.town == nil {
		return yunxi
	}
	return *st.town
}

func (st story) decides() string {
	if st.assembly == "" {
		return "group_meeting"
	}
	return st.assembly
}

// desk is one of those over which a case goes before it is public.
type desk int

const (
	registers desk = iota
	confirms
	records
	verifies
	drafts
	checks
	approves
	announces
)

// hours are when each desk does its part, later than the one before: so a case may
// also pass all of them on one day.
var hours = [...][2]int{{9, 30}, {10, 20}, {11, 10}, {13, 50}, {14, 20}, {14, 50}, {15, 30}, {16, 5}}

// A case takes three weeks to its notice; one that a visitor asks for, a day.
var (
	unhurried = [...]int{-14, -13, -6, -5, -4, -3, -2, 0}
	inADay    = [len(unhurried)]int{}
)

// pace is how fast a case goes: until waits for the time of a desk, notice is how many
// working days lie between the draft and its publication.
type pace struct {
	until  func(desk) error
	notice int
}

// atOnce is a case of a test, which has no weeks.
var atOnce = pace{until: func(desk) error { return nil }}

// minutes are a story's own, so that not all cases are done at the same stroke.
func (st story) minutes() int { return int(crc32.ChecksumIEEE([]byte(st.asset.Name)) % 17) }

// pace is that of a story whose notice is published on that day of the diary.
func (st story) pace(d diary, day int, ahead [len(unhurried)]int, until func(time.Time) error) pace {
	return pace{
		until: func(at desk) error {
			return until(d.at(day+ahead[at], hours[at][0], hours[at][1]+st.minutes()))
		},
		notice: ahead[announces] - ahead[drafts],
	}
}

// announced carries a story to its published notice and returns the lot's id.
func (s *Seeder) announced(ctx context.Context, st story, p pace) (string, error) {
	id, err := s.drafted(ctx, st, p)
	if err != nil {
		return "", err
	}
	if err := p.until(checks); err != nil {
		return "", err
	}
	if err := s.check(ctx, st, id); err != nil {
		return "", err
	}
	if err := p.until(approves); err != nil {
		return "", err
	}
	if _, err := s.Tendering.ApproveTender(ctx, s.Actors[st.of().leader], event.NewID(), id, 3); err != nil {
		return "", fmt.Errorf("approval: %w", err)
	}
	if err := p.until(announces); err != nil {
		return "", err
	}
	if _, err := s.Tendering.AnnounceTender(ctx, s.Actors[st.clerk], event.NewID(), id, 4); err != nil {
		return "", fmt.Errorf("notice: %w", err)
	}
	t, err := s.Data.Trading.Tender(ctx, id, identity.Everywhere)
	return t.Lot, err
}

func (s *Seeder) check(ctx context.Context, st story, tender string) error {
	if _, err := s.Tendering.CheckTender(ctx, s.Actors[st.of().station], event.NewID(), tender, 2); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	return nil
}

// drafted carries a story to the draft that waits for the station's check.
func (s *Seeder) drafted(ctx context.Context, st story, p pace) (string, error) {
	asset, resolution, err := s.resolved(ctx, st, p)
	if err != nil {
		return "", err
	}
	if err := p.until(drafts); err != nil {
		return "", err
	}
	id, err := s.draft(ctx, st, asset, resolution, p.notice)
	if err != nil {
		return "", fmt.Errorf("draft: %w", err)
	}
	if _, err := s.Tendering.SubmitTender(ctx, s.Actors[st.clerk], event.NewID(), id, 1); err != nil {
		return "", fmt.Errorf("draft: %w", err)
	}
	return id, nil
}

// resolved carries a story to its confirmed resolution and returns the ids of the
// asset and the resolution.
func (s *Seeder) resolved(ctx context.Context, st story, p pace) (asset, resolution string, err error) {
	asset, err = s.registered(ctx, st, p)
	if err != nil {
		return "", "", err
	}
	if err := p.until(records); err != nil {
		return "", "", err
	}
	resolution, err = s.submitted(ctx, st, asset)
	if err != nil {
		return "", "", err
	}
	if err := p.until(verifies); err != nil {
		return "", "", err
	}
	_, err = s.Resolving.ConfirmResolution(ctx, s.Actors[st.supervision], event.NewID(), resolution, 2)
	if err != nil {
		return "", "", fmt.Errorf("resolution: %w", err)
	}
	return asset, resolution, nil
}

// submitted records a story's resolution with its sheets and hands it to the committee.
func (s *Seeder) submitted(ctx context.Context, st story, asset string) (string, error) {
	papers, err := s.Photos(ctx, s.Actors[st.clerk], st.asset.Kind, st.asset.Name+" resolution "+asset, 2)
	if err != nil {
		return "", err
	}
	id, err := s.recorded(ctx, st, asset, papers, calendar.DateOf(s.Clock.Now()))
	if err != nil {
		return "", fmt.Errorf("resolution: %w", err)
	}
	return id, nil
}

// registered has a story's asset entered and confirmed.
func (s *Seeder) registered(ctx context.Context, st story, p pace) (string, error) {
	if err := p.until(registers); err != nil {
		return "", err
	}
	form, err := s.assetOf(ctx, st)
	if err != nil {
		return "", fmt.Errorf("asset: %w", err)
	}
	entry, err := s.Assets.RegisterAsset(ctx, s.Actors[st.clerk], event.NewID(), form)
	if err != nil {
		return "", fmt.Errorf("asset: %w", err)
	}
	if err := p.until(confirms); err != nil {
		return "", err
	}
	id, err := s.Assets.ConfirmAsset(ctx, s.Actors[st.supervision], event.NewID(), entry, 1)
	if err != nil {
		return "", fmt.Errorf("asset: %w", err)
	}
	return id, nil
}

// assetOf is what the clerk enters for a story today.
func (s *Seeder) assetOf(ctx context.Context, st story) (trading.AssetForm, error) {
	form := st.asset
	form.Owner = s.Orgs[st.group]
	form.Acting = s.Orgs[st.collective]
	form.Assembly = st.decides()
	if form.LastTenant != "" {
		form.LastEnds = calendar.DateOf(s.Clock.Now()).AddDays(40)
	}
	_, before, err := s.Assets.SeeAssets(ctx, s.Actors[st.clerk], casework.Query{
		Scope: identity.Everywhere,
		Text:  form.Name,
		Page:  identity.Page{}.Clip(),
	})
	if err != nil {
		return form, err
	}
	if before > 0 { // the same story again, on the land next to it
		form.Name += fmt.Sprintf("（%d）", before+1)
		form.Plots = slices.Clone(form.Plots)
		for i := range form.Plots {
			form.Plots[i].Name += fmt.Sprintf("（%d）", before+1)
		}
	}
	form.Photos, err = s.Photos(ctx, s.Actors[st.clerk], form.Kind, form.Name, 3)
	return form, err
}

// Resolution records what the assembly decided and has the committee confirm it.
func (s *Seeder) Resolution(ctx context.Context, st story, asset string, papers []string,
	today calendar.Date) (string, error) {
	id, err := s.recorded(ctx, st, asset, papers, today)
	if err != nil {
		return "", err
	}
	return s.Resolving.ConfirmResolution(ctx, s.Actors[st.supervision], event.NewID(), id, 2)
}

func (s *Seeder) recorded(ctx context.Context, st story, asset string, papers []string,
	today calendar.Date) (string, error) {
	clerk := s.Actors[st.clerk]
	form := trading.ResolutionForm{
		Asset:      asset,
		Side:       st.side,
		Unit:       st.unit,
		Years:      st.years,
		FloorPrice: st.floor,
		Outsiders:  true,
		Priorities: st.priorities,
		SignIn:     papers[:1],
		Minutes:    papers[1:],
		Steps: []trading.StepDone{
			{Key: "propose", On: today.AddDays(-30)}, {Key: "consult", On: today.AddDays(-27)},
			{Key: "party", On: today.AddDays(-24)}, {Key: "decide", On: today.AddDays(-20)},
			{Key: "publish", On: today.AddDays(-19)},
		},
	}
	due, err := s.due(ctx, st, today)
	if err != nil {
		return "", fmt.Errorf("roll: %w", err)
	}
	for i, m := range due {
		choice := trading.For
		if last := len(due) - i; last <= 3 {
			choice = []trading.Choice{trading.Absent, trading.Abstain, trading.Against}[last-1]
		}
		form.Votes = append(form.Votes, trading.Vote{Name: m.Full(), Choice: choice})
	}
	id, err := s.Resolving.RecordResolution(ctx, clerk, event.NewID(), form)
	if err != nil {
		return "", err
	}
	return s.Resolving.SubmitResolution(ctx, clerk, event.NewID(), id, 1)
}

// draft writes a story's notice; the days in it count from today.
func (s *Seeder) draft(ctx context.Context, st story, asset, resolution string, notice int) (string, error) {
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return "", err
	}
	today := calendar.DateOf(s.Clock.Now())
	inspection, _ := days.AddWorkingDays(today, notice+4)
	// each year's rent is due on the first of the month in which the year begins: in advance
	starts := today.AddDays(60)
	form := trading.TenderForm{
		Asset:           asset,
		Resolution:      resolution,
		Title:           st.title,
		StartPrice:      st.start,
		Step:            st.step,
		DepositPercent:  10,
		Years:           st.years,
		StartsOn:        starts,
		RentDue:         string(starts)[5:8] + "01",
		NoticeDays:      10,
		InspectionOn:    inspection,
		InspectionPlace: "村委会门口集合，上午九点",
		Use:             st.use,
	}
	form.Side, form.Unit = st.side, st.unit
	if len(st.priorities) > 0 {
		form.PriorityNotified = today.AddDays(-3)
	}
	if st.side == trading.Sell {
		form.RentDue = ""
	}
	for _, t := range form.Texts() {
		if own := st.texts[t.Field]; own != "" {
			*t.Value = own
		}
		if *t.Value == "" {
			*t.Value = st.of().writes(DemoTexts[t.Field])
		}
	}
	return s.Tendering.DraftTender(ctx, s.Actors[st.clerk], event.NewID(), form)
}

// writes is a text of a notice as this township has it.
func (t town) writes(text string) string {
	return strings.NewReplacer(yunxi.name, t.name, "云溪支行", strings.TrimSuffix(t.name, "镇")+"支行",
		yunxi.shown, t.shown, yunxi.phone, t.phone).Replace(text)
}

// DemoTexts are the notices' texts in the demonstration.
var DemoTexts = map[string]string{
	"use":             "只能按原用途经营和管护，不得改变农业用途，不得建设永久性建筑。",
	"conditions":      "按现状出租；先交租金、后使用；公示期满后五个工作日内签订合同；经营期间自负水电和管护费用。",
	"qualification":   "具有农业经营能力或者资质的自然人、法人和非法人组织。",
	"material":        "无。",
	"burdens":         "集体所有，现由上一承租方经营，期满交回；无抵押、无查封、无争议。",
	"pricing_basis":   "参照上一期租金，由会议决定底价。",
	"deposit_account": "户名：云溪镇经管站保证金专户；开户行：示范农商银行云溪支行；账号：3601 0100 2090 0012 3456（竞买人须从本人账户转入，附言写明转账附言码，报名后显示）",
	"fees":            "不收交易服务费；双方税费各自承担。",
	"contact":         "云溪镇经管站（云溪镇便民服务中心一楼），办公电话 0000-0000000，工作日 9:00 至 17:00",
	"supervision":     "村务监督委员会；云溪镇纪委，办公电话 0000-0000001",
	"warnings":        "按现状交付，请务必到现场看样。成交后不签订合同的，保证金不予退还。",
	"media":           "本平台；村公告栏；村民微信群",
}
