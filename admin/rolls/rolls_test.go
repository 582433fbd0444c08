package rolls_test

import (
	"net/http"
	"strings"
	"testing"

	"sunlot/admin/admintest"
	"sunlot/admin/rolls"
	cases "sunlot/trading/rolls"
)

func open(t *testing.T) *admintest.Office {
	o := admintest.New(t)
	(&rolls.Screens{Kit: o.Kit, Pack: o.Pack, Directory: o.Directory, Rolls: o.Rolls}).Register()
	o.Desk(cases.Duties...)
	return o
}

// TestARollIsEnteredAndConfirmed on the pages: what the clerk pasted is read, the station
// finds it on its desk with who has come and gone, sends it back and confirms it.
func TestARollIsEnteredAndConfirmed(t *testing.T) {
	o := open(t)
	clerk, station := o.As(o.Clerk), o.As(o.Station)
	clerk.Get("/office/rolls").Shows("还没有登记名册", "登记一版名册")
	station.Get("/office/rolls").Lacks("登记一版名册")
	body := o.Group + ",group_meeting"
	clerk.Get("/office/rolls/new").Shows("青塘村第三村民小组：村民小组会议", "青塘村村民委员会：村民代表会议",
		"青塘村经济合作社：成员代表大会").Lacks("松坪村")
	form := func(names string, more ...string) []string {
		return append([]string{"body", body, "from", "2026-01-01", "members", names}, more...)
	}
	clerk.Send("/office/rolls", form("张三\n张三")...).
		Refuses(http.StatusUnprocessableEntity, "张三写了不止一次", "确是同名的")
	clerk.Send("/office/rolls", form("张三\n李四、王五")...).
		Refuses(http.StatusUnprocessableEntity, "第2行读不懂", "李四、王五")
	clerk.Send("/office/rolls", "body", body, "from", "", "members", "张三").
		Refuses(http.StatusUnprocessableEntity, "起用")
	clerk.Send("/office/rolls", "body", "", "from", "2026-01-01", "members", "张三").
		Refuses(http.StatusUnprocessableEntity, "哪个单位的哪个会议", `href="#f-body"`)
	id := clerk.Send("/office/rolls", form("姓名\t电话\t组别\n张三\t13900000012\t东头\n张三\t\t西头\n李四")...).
		LeadsTo("/office/rolls/")
	at := "/office/rolls/" + id
	clerk.Get(at).Shows("待核对", "张三（东头）", "张三（西头）", "3 人", "撤回这份名册").Lacks("13900000012", "核对无误</button>")
	station.Get("/office").Shows(`href="`+at+`"`, "核对应到人员名册")
	station.Get(at).Shows("核对无误", "退回修改", "以前没有核对过的名册")
	station.Send(at+"/return", "version", "1").Refuses(http.StatusUnprocessableEntity, "请至少写明一处")
	station.Send(at+"/return", "version", "1", "reason_members", "少了王五").LeadsTo(at)
	clerk.Get("/office").Shows(`href="`+at+`"`, "修改退回的名册")
	clerk.Get(at).Shows("少了王五", "修改后重新提交")
	clerk.Get(at+"/edit").Shows("张三，东头", `value="2026-01-01"`)
	clerk.Send(at, form("张三，东头\n张三，西头\n李四\n王五", "version", "2")...).LeadsTo(at)
	station.Send(at+"/confirm", "version", "3").LeadsTo(at)
	station.Get(at).Shows("已核对", "4 人", "核对时间")
	station.Send(at+"/confirm", "version", "3").Refuses(http.StatusConflict, "内容已被他人修改")
	next := clerk.Send("/office/rolls", "body", body, "from", "2026-06-01", "members", "张三，东头\n李四\n王五\n赵六").
		LeadsTo("/office/rolls/")
	station.Get("/office/rolls/"+next).Shows("2026年1月1日 起用的名册比", "新增 1 人：赵六", "减少 1 人：张三（西头）")
	clerk.Send("/office/rolls", form("张三")...).
		Refuses(http.StatusConflict, "已有一版名册在办", `href="#f-body"`)
	clerk.Send("/office/rolls/"+next+"/withdraw", "version", "1").LeadsTo("/office/rolls/" + next)
	clerk.Get("/office/rolls").Shows("已撤回", "已核对", "2026年6月1日")
	file := clerk.Get("/office/rolls?as=csv")
	if !strings.HasPrefix(file.Type, "text/csv") || !strings.Contains(file.Body, "2026-06-01") ||
		strings.Contains(file.Body, "张三") {
		t.Errorf("the file says %s", file.Body)
	}
	o.As(o.OtherClerk).Get(at).Refuses(http.StatusNotFound, "没有找到这份名册")
}

// TestAFormThatIsRefusedIsKept: what was pasted stands in it again, also of a roll that is
// mended, and who may not enter or confirm is told so.
func TestAFormThatIsRefusedIsKept(t *testing.T) {
	o := open(t)
	clerk, station := o.As(o.Clerk), o.As(o.Station)
	body := o.Group + ",group_meeting"
	clerk.Get("/office/rolls/new?body=" + body).Shows(`value="` + body + `" selected`)
	id := clerk.Send("/office/rolls", "body", body, "from", "2026-01-01", "members", "张三\n李四").LeadsTo("/office/rolls/")
	at := "/office/rolls/" + id
	station.Send(at+"/return", "version", "1", "reason_from", "换届在三月").LeadsTo(at)
	clerk.Send(at, "version", "2", "body", body, "from", "三月", "members", "张三\n李四").
		Refuses(http.StatusUnprocessableEntity, `href="#f-from"`, "李四", `name="version" value="2"`)
	clerk.Send(at, "version", "2", "body", o.VillageOrg+",village_representatives", "from", "2026-03-01", "members",
		"张三").
		Refuses(http.StatusUnprocessableEntity, "不能改成别的会议")
	clerk.Send(at, "version", "1", "body", body, "from", "2026-03-01", "members", "张三").
		Refuses(http.StatusConflict, "内容已被他人修改")
	clerk.Send(at+"/withdraw", "version", "1").Refuses(http.StatusConflict, "内容已被他人修改")
	o.As(o.OtherClerk).Send(at, "version", "2", "body", body, "from", "2026-03-01", "members", "张三").
		Refuses(http.StatusNotFound, "没有找到这份名册")
	o.As(o.Supervision).Get("/office/rolls").Refuses(http.StatusForbidden)
	station.Get("/office/rolls/new").Refuses(http.StatusForbidden)
	clerk.Get("/office/rolls?state=returned").Shows("青塘村第三村民小组", "退回修改")
	clerk.Get("/office/rolls?q=松坪").Shows("没有找到")
}
