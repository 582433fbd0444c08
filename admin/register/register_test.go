package register_test

import (
	"net/http"
	"strings"
	"testing"

	"sunlot/admin/admintest"
	"sunlot/admin/register"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	occupied "sunlot/trading/register"
	"sunlot/trading/tendering"
)

func open(t *testing.T) *admintest.Office {
	o := admintest.New(t)
	(&register.Screens{Kit: o.Kit, Pack: o.Pack, Directory: o.Directory, Assets: o.Assets}).Register()
	o.Desk(occupied.Duties...)
	return o
}

// registered sends the form and has it confirmed; the answer is the asset's id.
func registered(o *admintest.Office, form []string) string {
	o.T.Helper()
	id := o.As(o.Clerk).Send("/office/assets", form...).LeadsTo("/office/asset-drafts/")
	return o.As(o.Supervision).Send("/office/asset-drafts/"+id+"/confirm", "version", "1").LeadsTo("/assets/")
}

// fields is the pond as somebody types it in, with more or other fields after it.
func fields(o *admintest.Office, more ...string) []string {
	f := o.AssetForm()
	all := []string{
		"owner", f.Owner, "acting", f.Acting, "assembly", f.Assembly, "name", f.Name, "kind", string(f.Kind),
		"location", f.Location, "area", "38.60", "use", f.Use, "title", f.Title,
		"last_rent", "350", "last_unit", "mu_year", "last_ends", "2026-12-31", "last_tenant", f.LastTenant,
		"plot_name", "鱼塘", "plot_area", "28.60", "plot_east", "路", "plot_south", "渠", "plot_west", "田",
		"plot_north", "山",
		"plot_name", "", "plot_area", "", "plot_east", "", "plot_south", "", "plot_west", "", "plot_north", "",
		"plot_name", "旱地", "plot_area", "10", "plot_east", "田", "plot_south", "路", "plot_west", "渠", "plot_north", "塘",
	}
	for _, sha := range f.Photos {
		all = append(all, "photos", sha)
	}
	return append(all, more...)
}

// other is the fields with one value instead of the form's.
func other(all []string, name, value string) []string {
	for i := 0; i < len(all); i += 2 {
		if all[i] == name {
			all[i+1] = value
			break
		}
	}
	return all
}

func TestAnAssetIsRegisteredAndCorrected(t *testing.T) {
	o := open(t)
	clerk := o.As(o.Clerk)
	clerk.Get("/office/assets/new").Shows("登记资产", "青塘村第三村民小组", "青塘村经济合作社").Lacks("松坪村经济合作社", "有一份暂存的表单")
	id := registered(o, fields(o))
	a, err := o.DB.Asset(t.Context(), id, identity.Everywhere)
	if err != nil || len(a.Plots) != 2 || a.Plots[1].Name != "旱地" || a.Area != 3860 || a.LastRent != 35000 ||
		len(a.Photos) != 3 {
		t.Fatalf("an empty row of plots is none: %+v %v", a, err)
	}
	clerk.Get("/office/assets/"+id+"/edit").Shows(`value="38.60"`, `value="28.60"`, `value="350.00"`, a.Photos[2])
	entry := clerk.Send("/office/assets/"+id, append(other(fields(o), "use", "养鱼"), "version", "1")...).
		LeadsTo("/office/asset-drafts/")
	o.As(o.Supervision).Get("/office/asset-drafts/"+entry).Shows("更正资产登记", "有改动", "养鱼", "现在的登记：养殖")
	o.As(o.Supervision).Send("/office/asset-drafts/"+entry+"/confirm", "version", "1").LeadsTo("/assets/" + id)
	clerk.Send("/office/assets/"+id, append(fields(o), "version", "1")...).Refuses(http.StatusConflict, "内容已被他人修改")
	o.As(o.OtherClerk).Get("/office/assets/" + id + "/edit").Refuses(http.StatusNotFound)
	o.As(o.Station).Get("/office/assets/new").Refuses(http.StatusForbidden)
}

func TestWhatCannotBeReadIsSaidAndKept(t *testing.T) {
	o := open(t)
	clerk := o.As(o.Clerk)
	for name, bad := range map[string]string{"area": "许多", "last_rent": "三百五", "last_ends": "去年底", "plot_area": "一半"} {
		page := clerk.Send("/office/assets", other(fields(o), name, bad)...)
		field := strings.Replace(name, "plot_area", "plots", 1)
		page.Refuses(http.StatusUnprocessableEntity, `href="#f-`+field+`"`, `value="`+bad+`"`, "第三组鱼塘及旱地", "旱地")
	}
	clerk.Send("/office/assets", other(fields(o), "name", "")...).
		Refuses(http.StatusUnprocessableEntity, `href="#f-name"`)
}

func TestTheListIsNarrowedByKind(t *testing.T) {
	o := open(t)
	form := o.AssetForm()
	if _, err := o.Register(o.Clerk, form); err != nil {
		t.Fatal(err)
	}
	clerk := o.As(o.Clerk)
	clerk.Get("/office/assets").Shows("第三组鱼塘及旱地", "共 1 条", "类别")
	clerk.Get("/office/assets?state="+string(form.Kind)).Shows("第三组鱼塘及旱地", "清除条件")
	clerk.Get("/office/assets?state=building").Shows("没有找到").Lacks("第三组鱼塘及旱地") // one of the kinds
	clerk.Get("/office/assets?state=nothing").Shows("第三组鱼塘及旱地")                // none of them
	o.As(o.OtherClerk).Get("/office/assets").Lacks("第三组鱼塘及旱地")
	file := clerk.Get("/office/assets?as=csv")
	file.Shows("名称,类别,所有权人,经办的集体经济组织,坐落,面积或者数量,计量单位,"+
		"上一期租金（元）,上一期租金的计价单位,上一租期届满日,登记时间", "第三组鱼塘及旱地", "38.60,亩,350.00,元/亩·年,2026-12-31")
	if !strings.HasPrefix(file.Type, "text/csv") {
		t.Errorf("%s", file.Type)
	}
}

func TestAnUnfinishedAssetIsKept(t *testing.T) {
	o := open(t)
	clerk := o.As(o.Clerk)
	clerk.Send("/office/drafts", append(other(fields(o), "area", "许多"), "draft", "assets/new")...).LeadsTo("/office")
	clerk.Get("/office").Shows("暂存的表单", "资产登记：第三组鱼塘及旱地", `href="/office/assets/new?draft=yes"`)
	clerk.Get("/office/assets/new").Shows("有一份暂存的表单").Lacks(`value="许多"`)
	clerk.Get("/office/assets/new?draft=yes").Shows(`value="许多"`, "旱地").Lacks("有一份暂存的表单")
	clerk.Send("/office/assets", fields(o)...).LeadsTo("/office/asset-drafts/")
	clerk.Get("/office").Lacks("暂存的表单")

	clerk.Send("/office/drafts", append(fields(o), "draft", "assets/"+event.NewID())...).Refuses(http.StatusNotFound)
	clerk.Send("/office/drafts", append(fields(o), "draft", "assets/new/"+event.NewID())...).
		Refuses(http.StatusNotFound)
	long := other(fields(o), "use", strings.Repeat("很", identity.DraftBytes/3))
	clerk.Send("/office/drafts", append(long, "draft", "assets/new")...).
		Refuses(http.StatusUnprocessableEntity, "第三组鱼塘及旱地", "旱地")
}

// TestWhoOpensTheForm: whoever registers for the asset's owner; an asset of
// another village is not found, and a form of it is sent in vain.
func TestWhoOpensTheForm(t *testing.T) {
	o := open(t)
	id := registered(o, fields(o))
	edit := "/office/assets/" + id + "/edit"
	o.As(o.Clerk).Get(edit).Shows("第三组鱼塘及旱地")
	o.As(o.Station).Get(edit).Refuses(http.StatusForbidden)
	o.As(o.OtherClerk).Get(edit).Refuses(http.StatusNotFound)
	o.As(o.Leader).Send("/office/assets/"+id, append(fields(o), "version", "1")...).Refuses(http.StatusForbidden)
	o.As(o.OtherClerk).Send("/office/assets/"+id, append(fields(o), "version", "1")...).Refuses(http.StatusNotFound)
	o.As(o.Clerk).Get("/office/assets/" + event.NewID() + "/edit").Refuses(http.StatusNotFound)
}

// TestWhatTheContractSaysIsNotTyped: an asset that was let has its last rent from the contract,
// the form links it and does not ask, and what was sent all the same is not kept.
func TestWhatTheContractSaysIsNotTyped(t *testing.T) {
	o := open(t)
	clerk, id := o.As(o.Clerk), o.Asset()
	clerk.Get("/office/assets/" + id + "/edit").Shows(`name="last_rent"`).Lacks("最近一份合同")
	once, err := event.NewRequest(o.Clerk.PersonID, "test.occupy", event.NewID(), id)
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.DB.WriteTender(t.Context(), once, func(tx tendering.Tx) (string, error) {
		return "", tx.Occupy(occupied.Occupancy{
			Lot:    "lot1",
			Asset:  id,
			From:   "2027-01-01",
			To:     "2029-12-31",
			Let:    true,
			Rent:   51200,
			Tenant: "承租方",
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	clerk.Get("/office/assets/"+id+"/edit").Shows("最近一份合同", "/lots/lot1/contract").Lacks(`name="last_rent"`)
	entry := clerk.Send("/office/assets/"+id, fields(o, "version", "1", "last_lot", "lot1")...).
		LeadsTo("/office/asset-drafts/")
	clerk.Get("/office/asset-drafts/" + entry + "/edit").Shows("最近一份合同").Lacks(`name="last_rent"`)
	o.As(o.Supervision).Send("/office/asset-drafts/"+entry+"/confirm", "version", "1").LeadsTo("/assets/" + id)
	a, err := o.DB.Asset(t.Context(), id, identity.Everywhere)
	if err != nil || a.Version != 2 || a.LastRent != 51200 || a.LastEnds != "2029-12-31" || a.LastTenant != "承租方" {
		t.Errorf("corrected it has %+v, %v", a, err)
	}
}

// TestAnEntryIsAnActOfTwoPersons on the screens: the clerk's form leads to the
// committee's desk, who gives it back with a reason; the clerk mends and sends it
// again, and it is public when it is confirmed. Nobody else opens it.
func TestAnEntryIsAnActOfTwoPersons(t *testing.T) {
	o := open(t)
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	id := clerk.Send("/office/assets", fields(o)...).LeadsTo("/office/asset-drafts/")
	path := "/office/asset-drafts/" + id
	clerk.Get(path).Shows("待核实", "村务监督委员会成员处", "撤回这份登记", "上一户").Lacks("核实并公开")
	clerk.Get("/office/assets").Lacks("第三组鱼塘及旱地")
	committee.Get("/office").Shows("核实资产登记", path).Lacks("第三组鱼塘及旱地")
	committee.Get("/office/asset-drafts").Shows("第三组鱼塘及旱地", "登记资产", "待核实")
	committee.Get(path).Shows("村东头", "38.60 亩", "核实并公开", "/photos/").Lacks("撤回这份登记", "上一户")
	for _, who := range []identity.Actor{o.Station, o.Leader, o.Representative} {
		o.As(who).Get(path).Refuses(http.StatusForbidden)
		o.As(who).Get("/office/asset-drafts").Refuses(http.StatusForbidden)
	}
	for _, who := range []identity.Actor{o.OtherClerk, o.OtherSupervision} {
		o.As(who).Get(path).Refuses(http.StatusNotFound)
		o.As(who).Get("/office/asset-drafts").Lacks("第三组鱼塘及旱地")
	}
	committee.Send(path+"/return", "version", "1").Refuses(http.StatusUnprocessableEntity, "请至少写明一处")
	committee.Send(path+"/return", "version", "1", "reason_title", "请写明有没有抵押").LeadsTo(path)
	clerk.Get("/office").Shows("修改或者撤回资产登记", path)
	clerk.Get(path).Shows("退回修改", "请写明有没有抵押")
	clerk.Get(path+"/edit").Shows("修改资产登记", `value="38.60"`, `name="last_rent"`, `action="`+path+`"`)
	clerk.Send("/office/drafts", append(fields(o), "draft", "asset-drafts/"+id)...).LeadsTo("/office")
	clerk.Get("/office").Shows("修改资产登记：第三组鱼塘及旱地", path+"/edit?draft=yes")
	clerk.Send("/office/drafts", append(other(fields(o), "use", strings.Repeat("很", identity.DraftBytes/3)),
		"draft", "asset-drafts/"+id)...).Refuses(http.StatusUnprocessableEntity, "修改资产登记")
	clerk.Send(path, append(other(fields(o), "title", "无抵押"), "version", "2")...).LeadsTo(path)
	committee.Send(path+"/confirm", "version", "2").Refuses(http.StatusConflict, "内容已被他人修改")
	asset := committee.Send(path+"/confirm", "version", "3").LeadsTo("/assets/")
	clerk.Get("/office/assets").Shows("第三组鱼塘及旱地", "/assets/"+asset)
	clerk.Get(path).Shows("已核实", "看公开的登记").Lacks("撤回这份登记")
	clerk.Send(path+"/withdraw", "version", "4").Refuses(http.StatusConflict, "已核实")

	elsewhere := other(fields(o), "name", "另一处")
	for i := range elsewhere {
		if elsewhere[i] == "鱼塘" || elsewhere[i] == "旱地" {
			elsewhere[i] += "北"
		}
	}
	gone := clerk.Send("/office/assets", elsewhere...).LeadsTo("/office/asset-drafts/")
	clerk.Send("/office/asset-drafts/"+gone+"/withdraw", "version", "1").LeadsTo("/office/asset-drafts/" + gone)
	clerk.Get("/office/asset-drafts?state=withdrawn").Shows("另一处", "已撤回").Lacks(">第三组鱼塘及旱地<")
	committee.Send("/office/asset-drafts/"+gone+"/confirm", "version", "2").Refuses(http.StatusConflict, "已撤回")
}

// TestACorrectionIsReadBesideTheRegister: what it changes is marked, plots and all,
// and whoever entered it is told why he cannot confirm it.
func TestACorrectionIsReadBesideTheRegister(t *testing.T) {
	o := open(t)
	id := registered(o, fields(o))
	changed := other(other(fields(o), "location", "村西头"), "plot_east", "新修的村道")
	entry := o.As(o.Clerk).Send("/office/assets/"+id, append(changed, "version", "1")...).
		LeadsTo("/office/asset-drafts/")
	path := "/office/asset-drafts/" + entry
	o.As(o.Supervision).Get(path).Shows("村西头", "现在的登记：村东头", "地块和四至有改动", "新修的村道", "/assets/"+id).
		Lacks("现在的登记：第三组鱼塘及旱地")
	o.As(o.Clerk).Send("/office/assets/"+id, append(fields(o), "version", "1")...).
		Refuses(http.StatusConflict, "已有一份更正在办")
	both := o.Give(o.Clerk, o.VillageOrg, identity.Supervision)
	o.As(both).Get(path).Shows("应当回避，不能核实").Lacks("核实并公开")
	o.As(both).Send(path+"/confirm", "version", "1").Refuses(http.StatusForbidden, "不能核实同一份登记")
	o.As(o.Supervision).Send(path+"/confirm", "version", "1").LeadsTo("/assets/" + id)
	o.As(o.Clerk).Get(path).Lacks("有改动")
}
