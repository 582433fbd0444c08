package privacy_test

import (
	"net/http"
	"testing"

	"sunlot/admin/admintest"
	"sunlot/admin/privacy"
	cases "sunlot/disclosure/privacy"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

func open(t *testing.T) *admintest.Office {
	o := admintest.New(t)
	(&privacy.Screens{Kit: o.Kit, Directory: o.Directory, Privacy: o.Privacy}).Register()
	o.Desk(cases.Duties...)
	return o
}

func TestANumberIsAskedForAndCleared(t *testing.T) {
	o := open(t)
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	clerk.Get("/office/numbers").Shows("没有放行的号码", "申请放行")
	committee.Get("/office/numbers").Lacks("哪个单位的号码")
	clerk.Send("/office/numbers", "org", o.VillageOrg, "number", "八九不离十", "reason", "值班").
		Refuses(http.StatusUnprocessableEntity, "请填写一个号码", "八九不离十")
	id := clerk.Send("/office/numbers", "org", o.VillageOrg, "number", "１３９ ００００ ００１２", "reason", "值班手机").
		LeadsTo("/office/numbers/")
	at := "/office/numbers/" + id
	clerk.Get(at).Shows("13900000012", "值班手机", "待复核").Lacks("核对无误")
	committee.Get("/office").Shows(`href="` + at + `"`)
	committee.Get(at).Shows("核对无误，放行", "不同意放行")
	committee.Send(at+"/decide", "version", "1").Refuses(http.StatusUnprocessableEntity, "请填写理由")
	committee.Send(at+"/decide", "version", "1", "agree", "yes").LeadsTo(at)
	clerk.Get(at).Shows("已放行", "收回放行")
	clerk.Send(at+"/end", "version", "2", "reason", "停用").LeadsTo(at)
	clerk.Get("/office/numbers").Shows("已收回", "13900000012")
}

func TestATextIsWithheldByTwoPersons(t *testing.T) {
	o := open(t)
	station, leader := o.As(o.Station), o.As(o.Leader)
	a, err := o.Assets.SeeAsset(t.Context(), identity.Actor{}, o.Asset())
	tradingtest.Must(t, err)
	station.Get("/office/withheld?address="+a.Document).Shows("没有隐去的内容", a.Document)
	station.Send("/office/withheld", "address", "nothing", "ground", "personal", "reason", "手机号").
		Refuses(http.StatusUnprocessableEntity, "请粘贴要隐去的", "手机号")
	id := station.Send("/office/withheld", "address", "/documents/"+a.Document, "ground", "personal", "reason", "有手机号").
		LeadsTo("/office/withheld/")
	at := "/office/withheld/" + id
	station.Get(at).Shows("/documents/"+a.Document, "有手机号", "待复核").Lacks("确认隐去")
	leader.Get("/office").Shows(`href="` + at + `"`)
	leader.Get(at).Shows("确认隐去", "不同意隐去")
	leader.Send(at+"/decide", "version", "1").Refuses(http.StatusUnprocessableEntity, "请填写理由")
	leader.Send(at+"/decide", "version", "1", "agree", "yes").LeadsTo(at)
	station.Get(at).Shows("已隐去", "云溪镇").Lacks(`href="/documents/` + a.Document)
	leader.Send(at+"/decide", "version", "1", "agree", "yes").Refuses(http.StatusConflict, "内容已被他人修改")
	station.Get("/office/withheld").Shows("已隐去", "含有个人信息")
	photo := station.Send("/office/withheld", "address", a.Photos[0], "ground", "minor", "reason", "拍到了孩子").
		LeadsTo("/office/withheld/")
	_, err = o.Privacy.DecideWithholding(t.Context(), o.Leader, event.NewID(), photo,
		cases.DecideForm{Version: 1, Reason: "看不清是谁"})
	tradingtest.Must(t, err)
	station.Get("/office/withheld/"+photo).Shows("未同意", "看不清是谁", "/photos/"+a.Photos[0]+".jpg")
}
