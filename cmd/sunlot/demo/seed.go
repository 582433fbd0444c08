package demo

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"image/jpeg"
	"slices"

	"sunlot/cmd/sunlot/house"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
)

// Password is everybody's in the demonstration; the start prints it.
const Password = "shifan-demo-2026"

// People are persons by their roles; none is real.
var People = []struct {
	login, name, org string
	role             identity.Role
}{
	{"admin", "县管理员", "示范县", identity.Administrator},
	{"admin2", "县管理员乙", "示范县", identity.Administrator},
	{"clerk", "青塘村经办人", "青塘村经济合作社", identity.Clerk},
	{"supervision", "青塘村监委会主任", "青塘村村民委员会", identity.Supervision},
	{"station", "云溪镇经管员", "云溪镇经管站", identity.Station},
	{"stationb", "云溪镇经管员乙", "云溪镇经管站", identity.Station},
	{"leader", "云溪镇分管领导", "云溪镇", identity.Leader},
	{"daibiao", "户代表甲", "青塘村第三村民小组", identity.Representative},
	{"daibiao2", "户代表乙", "青塘村第三村民小组", identity.Representative},
	{"clerk2", "松坪村经办人", "松坪村经济合作社", identity.Clerk},
	{"supervision2", "松坪村监委会主任", "松坪村村民委员会", identity.Supervision},
}

// orgs are the fictional county's organisations, each after its parent.
var orgs = []struct {
	kind         identity.OrgKind
	name, parent string
}{
	{identity.Township, "云溪镇", "示范县"},
	{identity.Department, "云溪镇经管站", "云溪镇"},
	{identity.Village, "青塘村村民委员会", "云溪镇"},
	{identity.Collective, "青塘村经济合作社", "青塘村村民委员会"},
	{identity.Group, "青塘村第三村民小组", "青塘村村民委员会"},
	{identity.Village, "松坪村村民委员会", "云溪镇"},
	{identity.Collective, "松坪村经济合作社", "松坪村村民委员会"},
	{identity.Group, "松坪村第一村民小组", "松坪村村民委员会"},
}

// Seeder fills an empty demonstration through the use-cases, so that its data
// is as real as any: events, documents and proofs.
type Seeder struct {
	*house.House
	Clock  *Clock
	Actors map[string]identity.Actor
	Orgs   map[string]string
}

// Found founds the county with one open notice and one work just begun. It does nothing when the county
// is already there.
func Found(ctx context.Context, h *house.House, clock *Clock) error {
	s, fresh, err := newSeeder(ctx, h, clock)
	if err != nil || !fresh {
		return err
	}
	if err := s.people(ctx); err != nil {
		return err
	}
	if err := s.rolls(ctx); err != nil {
		return fmt.Errorf("rolls: %w", err)
	}
	if _, err := s.announced(ctx, TeaGarden); err != nil {
		return err
	}
	item, err := s.item(ctx)
	if err != nil {
		return err
	}
	return s.build(ctx, gully, item, func(int) error { return nil })
}

// newSeeder says whether the demonstration is still empty.
func newSeeder(ctx context.Context, h *house.House, clock *Clock) (*Seeder, bool, error) {
	orgs, _, err := h.Data.People.Orgs(ctx, identity.Everywhere, "", identity.Page{Number: 1, Size: identity.MaxPage})
	s := &Seeder{House: h, Clock: clock, Actors: map[string]identity.Actor{}, Orgs: map[string]string{}}
	for _, o := range orgs {
		s.Orgs[o.Name] = o.ID
	}
	return s, len(orgs) == 0, err
}

// actor is a person of the demonstration with the roles of now.
func (s *Seeder) actor(ctx context.Context, login string) (identity.Actor, error) {
	p, err := s.Data.People.PersonByLogin(ctx, login)
	if err != nil {
		return identity.Actor{}, err
	}
	held, err := s.Data.People.Memberships(ctx, p.ID, s.Clock.Now())
	return identity.Actor{PersonID: p.ID, Name: p.Name, Memberships: held}, err
}

func (s *Seeder) people(ctx context.Context) error {
	if _, err := s.Admin.Found(ctx, "示范县", [2]identity.Founder{
		{Name: People[0].name, Login: People[0].login, Password: Password},
		{Name: People[1].name, Login: People[1].login, Password: Password},
	}); err != nil {
		return err
	}
	for _, p := range People[:2] {
		if err := s.login(ctx, p.login); err != nil {
			return err
		}
	}
	all, _, err := s.Data.People.Orgs(ctx, identity.Everywhere, "", identity.Page{}.Clip())
	if err != nil {
		return err
	}
	s.Orgs["示范县"] = all[0].ID
	for _, o := range orgs {
		id, err := s.Admin.AddOrg(ctx, s.Actors["admin"], event.NewID(), identity.OrgForm{
			Kind:   o.kind,
			Name:   o.name,
			Parent: s.Orgs[o.parent],
		})
		if err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
		s.Orgs[o.name] = id
	}
	for _, p := range People[2:] {
		err := appoint(ctx, s.Admin, s.Actors["admin"], s.Actors["admin2"],
			identity.PersonForm{Name: p.name, Login: p.login, Org: s.Orgs[p.org], Role: p.role})
		if err != nil {
			return err
		}
		if err := s.login(ctx, p.login); err != nil {
			return err
		}
	}
	_, err = s.Bidding.OpenAccount(ctx, s.Actors["station"], event.NewID(), bidding.AccountForm{
		Number: "36010100209000123456",
		Name:   "云溪镇经管站保证金专户",
	})
	return err
}

// appoint opens an account, by both administrators where it takes two.
func appoint(ctx context.Context, admin *identity.Admin, first, second identity.Actor,
	form identity.PersonForm) error {
	handed, err := admin.AddPerson(ctx, first, event.NewID(), form)
	if err == nil && handed.ID == "" {
		_, err = admin.ConfirmAccount(ctx, second, event.NewID(), handed.Proposal)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", form.Login, err)
	}
	return nil
}

// login lets a person in and replaces the one-time password by the demonstration's.
func (s *Seeder) login(ctx context.Context, login string) error {
	p, err := s.Data.People.PersonByLogin(ctx, login)
	if err != nil {
		return err
	}
	hash, err := identity.HashPassword(login, Password)
	if err != nil {
		return err
	}
	if err := s.Data.People.SetPassword(ctx, p.ID, hash, false); err != nil {
		return err
	}
	s.Actors[login], err = s.actor(ctx, login)
	return err
}

// story is a case of the demonstration: what is let, for how much, and who
// handles it in the village.
type story struct {
	clerk, supervision, group, collective string
	asset                                 trading.AssetForm // without owner, photos and dates
	title                                 string
	floor, start, step                    money.Fen
	years                                 int
	priorities                            []trading.Priority
}

// TeaGarden is the notice that a visitor finds open for registration.
var TeaGarden = story{
	clerk:       "clerk2",
	supervision: "supervision2",
	group:       "松坪村第一村民小组",
	collective:  "松坪村经济合作社",
	asset: trading.AssetForm{
		Name:       "松坪一组茶园",
		Kind:       trading.FarmLand,
		Location:   "松坪村东坡，村道旁",
		Area:       2150,
		Use:        "茶叶种植，不得改变农业用途",
		Title:      "村民小组农民集体所有，无权属争议，无抵押",
		LastRent:   26000,
		LastTenant: "上一承租方",
		Plots: []trading.Plot{
			{Name: "上园", Area: 1200, East: "山路", South: "水渠", West: "林地", North: "山脊"},
			{Name: "下园", Area: 950, East: "村道", South: "溪", West: "水渠", North: "上园"}},
	},
	title:      "松坪一组茶园经营权出租公告",
	floor:      28000,
	start:      30000,
	step:       1000,
	years:      3,
	priorities: []trading.Priority{trading.MemberFirst},
}

// announced carries a story to its published notice and returns the tender's id.
func (s *Seeder) announced(ctx context.Context, st story) (string, error) {
	photos, err := s.Photos(ctx, s.Actors[st.clerk], st.asset.Kind, st.asset.Name, 5)
	if err != nil {
		return "", err
	}
	today := calendar.DateOf(s.Clock.Now())
	form := st.asset
	form.Owner = s.Orgs[st.group]
	form.Acting = s.Orgs[st.collective]
	form.Assembly = "group_meeting"
	form.LastEnds = today.AddDays(20)
	form.Photos = photos[:3]
	_, before, err := s.Assets.SeeAssets(ctx, s.Actors[st.clerk], casework.Query{
		Scope: identity.Everywhere,
		Text:  form.Name,
		Page:  identity.Page{}.Clip(),
	})
	if err != nil {
		return "", fmt.Errorf("assets: %w", err)
	}
	if before > 0 { // the same story again, on the land next to it
		form.Name += fmt.Sprintf("（%d）", before+1)
		form.Plots = slices.Clone(form.Plots)
		for i := range form.Plots {
			form.Plots[i].Name += fmt.Sprintf("（%d）", before+1)
		}
	}
	asset, err := s.Register(ctx, st.clerk, st.supervision, form)
	if err != nil {
		return "", fmt.Errorf("asset: %w", err)
	}
	resolution, err := s.Resolution(ctx, st, asset, photos[3:], today)
	if err != nil {
		return "", fmt.Errorf("resolution: %w", err)
	}
	return s.announce(ctx, st, asset, resolution, today)
}

func (s *Seeder) Resolution(ctx context.Context, st story, asset string, papers []string,
	today calendar.Date) (string, error) {
	clerk := s.Actors[st.clerk]
	form := trading.ResolutionForm{Asset: asset, Years: st.years, FloorPrice: st.floor, Outsiders: true,
		Priorities: st.priorities, SignIn: papers[:1], Minutes: papers[1:],
		Steps: []trading.StepDone{{Key: "propose", On: today.AddDays(-30)}, {Key: "consult", On: today.AddDays(-27)},
			{Key: "party", On: today.AddDays(-24)}, {Key: "decide", On: today.AddDays(-20)}, {
				Key: "publish",
				On:  today.AddDays(-19),
			}}}
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
	if _, err := s.Resolving.SubmitResolution(ctx, clerk, event.NewID(), id, 1); err != nil {
		return "", err
	}
	return s.Resolving.ConfirmResolution(ctx, s.Actors[st.supervision], event.NewID(), id, 2)
}

func (s *Seeder) announce(ctx context.Context, st story, asset, resolution string,
	today calendar.Date) (string, error) {
	// each year's rent is due on the first of the month in which the year begins: in advance
	starts := today.AddDays(60)
	form := trading.TenderForm{
		Asset:            asset,
		Resolution:       resolution,
		Title:            st.title,
		StartPrice:       st.start,
		Step:             st.step,
		DepositPercent:   10,
		Years:            st.years,
		StartsOn:         starts,
		RentDue:          string(starts)[5:8] + "01",
		NoticeDays:       10,
		InspectionOn:     today.AddDays(4),
		InspectionPlace:  "村委会门口集合，上午九点",
		PriorityNotified: today.AddDays(-3),
	}
	for _, t := range form.Texts() {
		if *t.Value == "" {
			*t.Value = DemoTexts[t.Field]
		}
	}
	id, err := s.Tendering.DraftTender(ctx, s.Actors[st.clerk], event.NewID(), form)
	if err != nil {
		return "", fmt.Errorf("tender: %w", err)
	}
	for version, step := range []struct {
		who  string
		take func(context.Context, identity.Actor, string, string, int) (string, error)
	}{
		{st.clerk, s.Tendering.SubmitTender}, {"station", s.Tendering.CheckTender},
		{"leader", s.Tendering.ApproveTender}, {st.clerk, s.Tendering.AnnounceTender},
	} {
		if _, err := step.take(ctx, s.Actors[step.who], event.NewID(), id, version+1); err != nil {
			return "", fmt.Errorf("tender, step %d: %w", version+1, err)
		}
	}
	return id, nil
}

// DemoTexts are the notices' texts in the demonstration.
var DemoTexts = map[string]string{
	"use":             "只能按原用途经营和管护，不得改变农业用途，不得建设永久性建筑。",
	"conditions":      "按现状出租；先交租金、后使用；公示期满后五个工作日内签订合同；经营期间自负水电和管护费用。",
	"qualification":   "具有农业经营能力或者资质的自然人、法人和非法人组织。",
	"material":        "无。",
	"burdens":         "村民小组集体所有，现由村民小组管护，无抵押、无查封、无争议。",
	"pricing_basis":   "参照上一期租金，由村民小组会议决定底价。",
	"deposit_account": "户名：云溪镇经管站保证金专户；开户行：示范农商银行云溪支行；账号：3601 0100 2090 0012 3456（竞买人须从本人账户转入，附言写明转账附言码，报名后显示）",
	"fees":            "不收交易服务费；双方税费各自承担。",
	"contact":         "云溪镇经管站（云溪镇便民服务中心一楼），办公电话 0000-0000000，工作日 9:00 至 17:00",
	"supervision":     "村务监督委员会；云溪镇纪委，办公电话 0000-0000001",
	"warnings":        "按现状交付，请务必到现场看样。成交后不签订合同的，保证金不予退还。",
	"media":           "本平台；村公告栏；村民微信群",
}

// Photos draws pictures of that scene for the demonstration: no real place. Another
// name is another picture.
func (s *Seeder) Photos(ctx context.Context, who identity.Actor, scene trading.AssetKind, name string,
	n int) ([]string, error) {
	var all []string
	for i := range n {
		var out bytes.Buffer
		place := int(crc32.ChecksumIEEE([]byte(name))%9973)*8 + i
		if err := jpeg.Encode(&out, Scene(scene, place), &jpeg.Options{Quality: 80}); err != nil {
			return nil, err
		}
		p, err := s.Library.AddPhoto(ctx, who, out.Bytes())
		if err != nil {
			return nil, err
		}
		all = append(all, p.SHA256)
	}
	return all, nil
}
