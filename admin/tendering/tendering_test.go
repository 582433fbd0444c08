package tendering_test

import (
	"net/http"
	"testing"

	"sunlot/admin/admintest"
	"sunlot/admin/tendering"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	cases "sunlot/trading/tendering"
)

func open(t *testing.T) *admintest.Office {
	o := admintest.New(t)
	(&tendering.Screens{
		Kit:       o.Kit,
		Pack:      o.Pack,
		Assets:    o.Assets,
		Resolving: o.Resolving,
		Tendering: o.Tendering,
		Standings: o.Standings,
	}).Register()
	o.Desk(cases.Duties...)
	return o
}

// fields is the terms as somebody types them in.
func fields(o *admintest.Office, asset, resolution string, more ...string) []string {
	f := o.TenderForm(asset, resolution)
	all := []string{
		"asset", asset, "resolution", resolution, "start_price", "400", "step", "10", "deposit_percent", "10",
		"years", "5",
		"starts_on", string(f.StartsOn), "rent_due", f.RentDue, "notice_days", "10",
		"inspection_on", string(f.InspectionOn), "priority_notified", string(f.PriorityNotified),
	}
	for _, text := range f.Texts() {
		all = append(all, text.Field, *text.Value)
	}
	return append(all, more...)
}

// other is the fields with one value instead of the form's.
func other(all []string, name, value string) []string {
	for i := 0; i < len(all); i += 2 {
		if all[i] == name {
			all[i+1] = value
		}
	}
	return all
}

func TestATenderGoesFromDeskToDesk(t *testing.T) {
	o := open(t)
	asset := o.Asset()
	resolution := o.Resolution(o.ResolutionForm(asset))
	clerk := o.As(o.Clerk)
	station, leader := o.As(o.Station), o.As(o.Leader)

	clerk.Get("/office/tenders/new?asset="+asset+"&resolution="+resolution).
		Shows("2026-11-10 决议，出租，底价400.00 元/亩·年，5年", `name="years"`, `value="5"`, "今天发布的，不少于10个工作日")
	id := clerk.Send("/office/tenders", fields(o, asset, resolution)...).LeadsTo("/office/tenders/")
	at := "/office/tenders/" + id
	clerk.Get(at+"/edit").Shows(`value="400.00"`, `value="2027-01-15"`, `name="version" value="1"`)
	clerk.Send(at, append(other(fields(o, asset, resolution), "step", "20"), "version", "1")...).LeadsTo(at)
	clerk.Send(at+"/submit", "version", "2").LeadsTo(at)

	clerk.Get(at).Shows("待审核", "办到哪里了", "在乡镇经管站工作人员处", "第 1 天").Lacks("审核通过")
	clerk.Get("/office/tenders").Shows("乡镇经管站工作人员，第 1 天")
	station.Get("/office").Shows(`href="` + at + `"`)
	station.Get(at).Shows("审核通过", "起始价", "400.00 元/亩·年", "20.00 元/亩·年")
	station.Send(at+"/check", "version", "3").LeadsTo(at)
	leader.Get(at).Shows("批准后由村集体经办人发布")
	leader.Send(at+"/approve", "version", "4").LeadsTo(at)
	clerk.Send(at+"/announce", "version", "5").LeadsTo(at)
	if state := o.State(id); state != trading.Announced {
		t.Errorf("%s", state)
	}
	clerk.Get("/office/tenders").Shows("共 1 条", `href="`+at+`"`)
	clerk.Get("/office/tenders?as=csv").Shows("资产,项目编号,所有权人,办理状态,竞价状态", "第三组鱼塘及旱地",
		"400.00,", "元/亩·年", "38.60,", "亩")
}

func TestATenderIsReturnedLineByLine(t *testing.T) {
	o := open(t)
	tender := o.Tender(trading.Submitted)
	at := "/office/tenders/" + tender.ID
	clerk, station := o.As(o.Clerk), o.As(o.Station)
	both := station.Send(at+"/check", "version", "2", "reason_step", "太小")
	both.Refuses(http.StatusUnprocessableEntity, "已填写退回理由，不能点通过", `value="太小"`)
	station.Send(at+"/return", "version", "2").Refuses(http.StatusUnprocessableEntity, "请至少写明一处")
	station.Send(at+"/return", "version", "2", "reason_step", "太小").LeadsTo(at)
	clerk.Get(at+"/edit").Shows("退回理由", "加价幅度：太小")
	clerk.Send(at, append(other(fields(o, tender.Asset, tender.TenderForm.Resolution), "step", "20"), "version",
		"3")...).LeadsTo(at)
	clerk.Send(at+"/submit", "version", "4").LeadsTo(at)
	station.Get(at).Shows("退回后改了 1 栏", "退回时是：", "10.00 元/亩·年", "上次退回要求：太小")
	clerk.Send(at+"/withdraw", "version", "5").Refuses(http.StatusConflict)
}

func TestWhoHandledATenderDoesNotApproveIt(t *testing.T) {
	o := open(t)
	tender := o.Tender(trading.Checked)
	at := "/office/tenders/" + tender.ID
	o.As(o.Leader).Get(at).Shows("批准后由村集体经办人发布").Lacks("您是本公告的经办人")
	township, err := o.Directory.Orgs(t.Context(), identity.Everywhere, identity.Township)
	if err != nil {
		t.Fatal(err)
	}
	o.Station = o.Give(o.Station, township[0].ID, identity.Leader)
	o.As(o.Station).Get(at).Shows("您是本公告的经办人，应当回避，不能审批。").Lacks("批准后由村集体经办人发布")
	o.As(o.Station).Send(at+"/approve", "version", "3").Refuses(http.StatusForbidden)
}

func TestSupplementsAndThePostedNotice(t *testing.T) {
	o := open(t)
	tender := o.Tender(trading.Announced)
	at := "/office/tenders/" + tender.ID
	clerk, station := o.As(o.Clerk), o.As(o.Station)
	clerk.Send(at+"/supplements", "text", "").Refuses(http.StatusUnprocessableEntity, `id="f-text"`)
	clerk.Send(at+"/supplements", "text", "看样改到下午").LeadsTo(at)
	var id string
	for _, s := range supplements(t, o, tender) {
		id = s.ID
	}
	station.Get("/office").Shows(`href="` + at + `"`)
	station.Get(at).Shows("看样改到下午", "发布补充公告")
	station.Send("/office/supplements/"+id+"/return", "version", "1").Refuses(http.StatusUnprocessableEntity, "请至少写明一处")
	station.Send("/office/supplements/"+id+"/return", "version", "1", "reason_text", "写明几点").LeadsTo(at)
	clerk.Send(at+"/supplements", "text", "看样改到下午三点").LeadsTo(at)
	for _, s := range supplements(t, o, tender) {
		if s.State == trading.Proposed {
			station.Send("/office/supplements/"+s.ID+"/release", "version", "1").LeadsTo(at)
		}
	}
	station.Get(at).Shows("看样改到下午三点").Lacks(`/release"`)

	clerk.Send(at+"/posting").Refuses(http.StatusUnprocessableEntity, "board_photo")
	clerk.Send(at+"/posting", "board_photo", o.Photo(o.Clerk, 9)).LeadsTo(at)
	clerk.Get(at).Lacks("村公告栏张贴纸质公告的照片")
	clerk.Get("/office/tenders/new?asset="+tender.Asset+"&like="+tender.ID).Shows("已按上次公告预填", "上次起始价 400.00 元")
}

func supplements(t *testing.T, o *admintest.Office, tender trading.Tender) []trading.Supplement {
	t.Helper()
	all, err := o.Tendering.SeeSupplements(t.Context(), o.Station, tender.ID)
	if err != nil || len(all) == 0 {
		t.Fatalf("%v %v", all, err)
	}
	return all
}

func TestWhatCannotBeReadIsSaidAndKept(t *testing.T) {
	o := open(t)
	asset := o.Asset()
	resolution := o.Resolution(o.ResolutionForm(asset))
	clerk := o.As(o.Clerk)
	for name, bad := range map[string]string{"start_price": "四百", "years": "五", "notice_days": "十天",
		"starts_on": "年初"} {
		page := clerk.Send("/office/tenders", other(fields(o, asset, resolution), name, bad)...)
		page.Refuses(http.StatusUnprocessableEntity, `href="#f-`+name+`"`, `value="`+bad+`"`, "特别提示：如实填写")
	}
	o.As(o.OtherClerk).Get("/office/tenders/new?asset=" + asset).Refuses(http.StatusNotFound)
}

func TestAnUnfinishedTenderIsKept(t *testing.T) {
	o := open(t)
	asset := o.Asset()
	clerk, page := o.As(o.Clerk), "/office/tenders/new?asset="+asset
	clerk.Send("/office/drafts", fields(o, asset, "", "draft", "tenders/new/"+asset)...).LeadsTo("/office")
	clerk.Get("/office").Shows("起草交易公告：公告标题：如实填写", `href="`+page+`&amp;draft=yes"`)
	clerk.Get(page+"&draft=yes").Shows(`value="400"`, "特别提示：如实填写")
	clerk.Send("/office/drafts", fields(o, asset, "", "draft", "tenders/"+event.NewID())...).
		Refuses(http.StatusNotFound)
	o.As(o.Station).Send("/office/drafts", "draft", "tenders/new/"+asset).Refuses(http.StatusForbidden)
}
